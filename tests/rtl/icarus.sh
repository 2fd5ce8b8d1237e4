#!/bin/sh
# Runs a self-checking bench under Icarus: icarus.sh FOLDER GENERATOR FILE...
# GENERATOR, if not empty, writes the bench's vectors to standard output.
set -eu
folder=$1
generator=$2
shift 2
mkdir -p "$folder"
if [ -n "$generator" ]; then
  python3 "$generator" >"$folder/vectors.txt"
fi
iverilog -g2012 -Wall -Wno-timescale -o "$folder/bench.vvp" "$@"
timeout 300 vvp -N "$folder/bench.vvp" +vectors="$folder/vectors.txt" | tee "$folder/output.txt"
grep -q '^PASS' "$folder/output.txt"
! grep -q '^FAIL' "$folder/output.txt"
