#!/bin/sh
# Every module of rtl/ is clean under Verilator's lint, and Yosys and Icarus can read it: lint.sh FOLDER
set -u
folder=$1
rtl=$(cd "$(dirname "$0")/../../rtl" && pwd)
mkdir -p "$folder"
failed=0
packages="$rtl/engram_pkg.sv $rtl/engram_chip_pkg.sv"
for file in "$rtl"/*.sv; do
  module=$(basename "$file" .sv)
  case $module in
  *_pkg) continue ;;
  esac
  # Modules below are found by name; only the module itself is looked at closely.
  # shellcheck disable=SC2086
  verilator --lint-only -Wall --assert -y "$rtl" --top-module "$module" "$rtl/lint/waivers.vlt" $packages "$file" \
    >"$folder/$module.verilator" 2>&1 || {
    echo "$file under verilator:"
    cat "$folder/$module.verilator"
    failed=1
  }
  yosys -q -p "read_verilog -sv -formal $packages $file" >"$folder/$module.yosys" 2>&1 || {
    echo "$file under yosys:"
    cat "$folder/$module.yosys"
    failed=1
  }
  # shellcheck disable=SC2086
  iverilog -g2012 -t null -y "$rtl" -Y .sv -s "$module" $packages "$file" >"$folder/$module.icarus" 2>&1 || {
    echo "$file under icarus:"
    cat "$folder/$module.icarus"
    failed=1
  }
done
exit $failed
