#!/bin/sh
# Proves rtl/formal/BLOCK.sv, module BLOCK: prove.sh FOLDER bounded|induction|swept DEPTH BLOCK MUTATION FILE...
# 'swept' is induction after ABC has joined signals that are equal, which solvers find hard for long sums mod 2.
# With a MUTATION the proof has to fail: a line of rtl/formal/mutations.txt that changes one of the files, or else a macro
# under which the proof's own view of the world has a fault.
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
mutated=""
if [ -n "$mutation" ]; then
  line=$(grep "^$mutation " "$rtl/formal/mutations.txt" || true)
  # A world that a proof narrows for its refutations is one in which the fault still shows.
  define="-DMUTATED"
  if [ -n "$line" ]; then
    # NAME FILE SED-COMMAND
    rest=${line#* }
    mutated=${rest%% *}
    sed -e "${rest#* }" "$rtl/$mutated" >"$folder/mutated.sv"
    if cmp -s "$rtl/$mutated" "$folder/mutated.sv"; then
      echo "mutation $mutation changes nothing in $mutated"
      exit 2
    fi
  else
    define="$define -D$mutation"
  fi
fi
script="read_verilog -sv -formal -D FORMAL $define"
for file in "$@"; do
  if [ "$file" = "$mutated" ]; then
    script="$script $folder/mutated.sv"
  else
    script="$script $rtl/$file"
  fi
done
# Memories become registers before modules are joined, so that a proof can name their words.
script="$script $rtl/formal/$block.sv; hierarchy -check -top $block; proc; memory_collect; memory_map; flatten"
script="$script; prep -top $block; async2sync; opt -fast; dffunmap; clean"
if [ "$mode" = swept ]; then
  script="$script; techmap; opt_clean; abc -script +strash;ifraig;strash;map -g XOR,AND; opt"
fi
yosys -q -p "$script; write_smt2 -wires $folder/model.smt2" >"$folder/yosys.txt" 2>&1 || {
  cat "$folder/yosys.txt"
  exit 2
}
# A register that a proof names and that is no longer there would be anything.
if grep 'used but has no driver' "$folder/yosys.txt"; then
  exit 2
fi
base() {
  yosys-smtbmc -s z3 --unroll -t "$depth" --dump-vcd "$folder/trace.vcd" "$folder/model.smt2" >"$folder/base.txt" 2>&1
}
step() {
  yosys-smtbmc -s z3 --unroll -i -t "$depth" --dump-vcd "$folder/induction.vcd" "$folder/model.smt2" \
    >"$folder/step.txt" 2>&1
}
complain() {
  grep -v 'Checking\|Trying\|Solver:\|Value for\|Writing' "$1" || true
}
if [ -n "$mutation" ]; then
  # It has to be refuted by a run from reset: an induction that fails would show nothing.
  base && echo "not refuted: $block with $mutation" && exit 1
  complain "$folder/base.txt"
  grep -q 'Status: FAILED' "$folder/base.txt"
else
  base || { complain "$folder/base.txt" && exit 1; }
  [ "$mode" = bounded ] || step || { complain "$folder/step.txt" && exit 1; }
  echo "proved: $block, $mode to depth $depth"
fi
