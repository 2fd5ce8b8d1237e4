#!/bin/sh
# Proves rtl/formal/BLOCK.sv, module BLOCK: prove.sh FOLDER bounded|induction DEPTH BLOCK MUTATION FILE...
# With a MUTATION (a macro that puts a fault in) the proof has to fail.
set -eu
folder=$1
mode=$2
depth=$3
block=$4
mutation=$5
shift 5
rtl=$(cd "$(dirname "$0")/../../rtl" && pwd)
rm -rf "$folder"
mkdir -p "$folder"
define=""
if [ -n "$mutation" ]; then
  define="-D$mutation"
fi
script="read_verilog -sv -formal -D FORMAL $define"
for file in "$@"; do
  script="$script $rtl/$file"
done
script="$script $rtl/formal/$block.sv; prep -flatten -nordff -top $block; memory_map; async2sync; opt -fast; dffunmap; clean"
yosys -q -p "$script; write_smt2 -wires $folder/model.smt2" >"$folder/yosys.txt" 2>&1 || {
  cat "$folder/yosys.txt"
  exit 2
}
proved() {
  yosys-smtbmc -s z3 --unroll --noinfo -t "$depth" --dump-vcd "$folder/trace.vcd" "$folder/model.smt2" >"$folder/base.txt" 2>&1 ||
    return 1
  [ "$mode" = bounded ] ||
    yosys-smtbmc -s z3 --unroll --noinfo -i -t "$depth" --dump-vcd "$folder/induction.vcd" "$folder/model.smt2" \
      >"$folder/step.txt" 2>&1
}
if proved; then
  echo "proved: $block, $mode to depth $depth"
  [ -z "$mutation" ]
else
  cat "$folder"/base.txt "$folder"/step.txt 2>/dev/null | grep -v '^.*Checking' || true
  grep -q "Status: FAILED" "$folder"/base.txt "$folder"/step.txt 2>/dev/null || exit 2
  [ -n "$mutation" ]
fi
