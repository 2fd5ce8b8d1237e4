#!/bin/bash
# The simulated SpiNNaker machine of docs/benchmarks.md: how fast it runs, and what the cortical microcircuit takes on boards.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
engram=${ENGRAM_BUILD:-$root/build}/bin/engram
here=$root/tests/bench/spinnaker
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

echo "10,000 neurons, 2 million synapses on a board of 48 chips"
"$engram" compile "$here/balanced.mlir" --target=cpu --emit=discrete -o "$work/balanced.mlir" >/dev/null
for model in fast arm; do
  steps=1000
  [[ $model == arm ]] && steps=20
  "$engram" run "$work/balanced.mlir" --quantize=8 --steps "$steps" --target=spinnaker-1-48 --model "$model" --json >"$work/run.json"
  python3 - "$model" "$work/run.json" <<'PYTHON'
import json, sys
run = json.load(open(sys.argv[2], encoding="utf-8"))
counters = run["counters"]
print(f"  {sys.argv[1]:5} {run['steps']:>6} steps of 1 ms in {run['seconds']:.2f} s; {counters['packets sent']:,} packets, "
      f"{counters['copies to cores']:,} deliveries, {counters['synaptic events']:,} synaptic events, "
      f"busiest core {counters['busiest core in a tick (us)']} us of a tick")
PYTHON
done

echo
"$engram" report "$work/balanced.mlir" --quantize=8 --steps 2 --target=spinnaker-1-48 --model fast --json >"$work/report.json"
python3 - "$work/report.json" "$work/cycles.json" <<'PYTHON'
import json, sys
costs = json.load(open(sys.argv[1], encoding="utf-8"))["simulation"]["costs"][0]
json.dump(costs, open(sys.argv[2], "w", encoding="utf-8"))
print("clock cycles of LIF_exp_curr, measured on its ARM binary: "
      + ", ".join(f"{name} {costs[name]:.0f}" for name in ("fiq", "packet", "row", "synapse", "neuron", "send", "tick")))
PYTHON

echo
echo "a tenth of the microcircuit on a board, 100 ms in steps of 0.1 ms, a tick each 2 ms"
python3 "$here/microcircuit.py" simulate 0.1 >"$work/tenth.mlir"
"$engram" run "$work/tenth.mlir" --quantize=16 --steps 1000 --output "$work/interpreter" --json >/dev/null
"$engram" run "$work/tenth.mlir" --quantize=16 --steps 1000 --target=spinnaker-1-48 --model fast --slow-down 2 \
  --output "$work/machine" --json >"$work/run.json"
python3 - "$work/run.json" <<'PYTHON'
import json, sys
run = json.load(open(sys.argv[1], encoding="utf-8"))
counters = run["counters"]
print(f"  {run['seconds']:.2f} s; {counters['packets sent']:,} packets, {counters['copies to cores']:,} deliveries, "
      f"{counters['synaptic events']:,} synaptic events, {counters['packets dumped']} packets dumped, "
      f"busiest core {counters['busiest core in a tick (us)']} us of a tick")
PYTHON
for raster in "$work"/interpreter/*.npy; do
  cmp "$raster" "$work/machine/$(basename "$raster")"
done
echo "  spikes are those of the interpreter"
python3 "$here/microcircuit.py" rates "$work/run.json" "$work/machine"

echo
echo "Potjans and Diesmann (2014), 77,169 neurons, 0.3 billion synapses, steps of 0.1 ms: microseconds a step of the slowest core"
printf '%6s %9s %7s %8s %9s %9s %9s %6s %8s %9s %9s %8s\n' boards neurons/p cores entries neurons spikes synapses tick busy slow-down poisson seconds
python3 "$here/microcircuit.py" network >"$work/microcircuit.mlir"
# The last two are neurons a core of what is published.
for machine in ${ENGRAM_BOARDS:-1 2 3 6 12 6:80 12:64}; do
  boards=${machine%:*}
  neurons=$(((77169 + 808 * boards - 9) / (808 * boards - 8)))
  [[ $machine == *:* ]] && neurons=${machine#*:}
  "$engram" targets show "spinnaker-1-boards-$boards" --mlir >"$work/boards.mlir"
  python3 "$here/microcircuit.py" target "$work/boards.mlir" "$neurons" "$work/cycles.json" >"$work/target.mlir"
  begin=$EPOCHREALTIME
  "$engram" report "$work/microcircuit.mlir" --target="$work/target.mlir" --json >"$work/report.json"
  seconds=$(awk "BEGIN { print $EPOCHREALTIME - $begin }")
  python3 "$here/microcircuit.py" row "$boards" "$work/report.json" "$work/cycles.json" "$seconds"
done
