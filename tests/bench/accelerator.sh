#!/bin/bash
# The verilated chip: synaptic operations a cycle and cycles of a step, from the chip's own counters, and how fast it
# simulates, with one core at work and with all; beside what open designs say of themselves.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
build="${ENGRAM_BUILD:-$root/build}"
cmake --build "$build" --target engram-bench-accelerator engram_rtl_1x1 engram_rtl_2x2 engram_rtl_4x4 engram_rtl_8x8 >/dev/null
"$build/bin/engram-bench-accelerator"
cat <<'EOF'

Open designs, from their papers or measured on their sources:

| design | synaptic operations a cycle and core | energy of one |
|---|---|---|
| ODIN | 0.5 | 12.7 pJ |
| Catalyst N1 | about 0.17 | |
| ReckOn | | 5.3 pJ |
| SNE | | 0.22 pJ |
EOF
