#!/bin/bash
# Partition and placement of docs/benchmarks.md, beside METIS, Hilbert curve with force-directed refinement, and
# first-fit packing; then how time and memory grow.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${ENGRAM_BUILD:-$root/build}
bench=$build/bin/engram-bench-mapping
here=$root/tests/bench/mapping
shared=${ENGRAM_SHARED_DATA:-$root/../shared/data}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

printf '%-14s %-16s %7s %13s %11s %13s %12s %9s\n' network method cores 'crossing /s' 'host /s' 'hops /s' \
  'worst link' 'cpu s'
if [[ -f $shared/NIR/02_cnn/cnn_sinabs.nir && -d $shared/NMNIST ]]; then
  "$build/bin/engram" import "$shared/NIR/02_cnn/cnn_sinabs.nir" --convention sinabs -o "$work/cnn.mlir" >/dev/null
  # Rates are those of one digit of 300 ms.
  spikes=()
  for population in 1 3 6 10 12; do
    spikes+=(--output "$population:spikes=$work/cnn-$population.csv")
  done
  "$build/bin/engram" run "$work/cnn.mlir" --input "$shared/NMNIST/60001.bs2" --steps 300 "${spikes[@]}" >/dev/null
  "$bench" "$work/cnn.mlir" --name N-MNIST --neurons 256 --grid 6 6 \
    --rates "$(printf '%s,' "$work"/cnn-*.csv | sed 's/,$//')"
else
  echo "skipped: N-MNIST ('$shared/NIR/02_cnn' or '$shared/NMNIST' is absent)"
fi
"$bench" "$root/tests/bench/brunel.mlir" --name Brunel --inner --neurons 128 --grid 10 10
python3 "$here/make_microcircuit.py" 0.1 >"$work/microcircuit.mlir"
"$bench" "$work/microcircuit.mlir" --name 'microcircuit' --neurons 128 --grid 8 8
if [[ -f $shared/connectome/herm_chem_edgelist.csv ]]; then
  python3 "$here/make_connectome.py" "$shared/connectome/herm_chem_nodes.csv" \
    "$shared/connectome/herm_chem_edgelist.csv" >"$work/connectome.mlir"
  "$bench" "$work/connectome.mlir" --name 'C. elegans' --neurons 16 --grid 5 4
else
  echo "skipped: C. elegans ('$shared/connectome' is absent)"
fi
"$bench" --sheet 64 --name 'sheet' --neurons 64 --grid 8 8

echo
printf '%-14s %9s %13s %7s %12s %9s %9s\n' network neurons synapses cores 'partition s' 'place s' 'peak MB'
for side in 32 100 316; do
  "$bench" --growth --sheet $side --name sheet --neurons 100 --grid 32 32
done
for scale in 0.01 0.1 1; do
  python3 "$here/make_microcircuit.py" $scale >"$work/microcircuit.mlir"
  "$bench" "$work/microcircuit.mlir" --growth --name microcircuit --neurons 80 --grid 32 32
done
