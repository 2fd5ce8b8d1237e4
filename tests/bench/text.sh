#!/bin/bash
# How long a network of about 50 MB of text takes to read and write, whole and with its weights left out.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
opt=${ENGRAM_BUILD:-$root/build}/bin/engram-opt
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 "$root/tests/bench/make_dense.py" 784 2048 2048 10 >"$work/net.mlir"
echo "file: $(($(stat -c %s "$work/net.mlir") / 1000000)) MB"
/usr/bin/time -f 'read and write: %U s, %M KB' "$opt" "$work/net.mlir" -o "$work/whole.mlir"
/usr/bin/time -f 'read, write without weights: %U s, %M KB' \
  "$opt" "$work/net.mlir" --mlir-elide-resource-strings-if-larger=64 -o "$work/short.mlir"
echo "written: $(stat -c %s "$work/whole.mlir") and $(stat -c %s "$work/short.mlir") bytes"
