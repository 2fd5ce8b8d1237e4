#!/bin/bash
# The networks of docs/benchmarks.md on the CPU, one thread, and Brian2 beside them: networks.sh [REPEATS]
# Prints the median of the repeats. Peers run where ENGRAM_BRIAN2 names a Python that has Brian2 and ENGRAM_PEERS a
# folder with brian2_bench.py (default: ../shared/bench beside the project).
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
bench=${ENGRAM_BUILD:-$root/build}/bin/engram-bench-network
peers=${ENGRAM_PEERS:-$root/../shared/bench}
repeats=${1:-3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 "$root/tests/bench/make_dense.py" 784 1024 1024 10 >"$work/dense.mlir"
vogels=$root/examples/vogels_abbott

# median KEY: of lines of KEY=NUMBER pairs
median() {
  grep -o "$1=[0-9.]*" | cut -d= -f2 | sort -g | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

run() {
  local name=$1 file=$2 steps=$3 precision=$4 lines="" k
  for ((k = 0; k < repeats; ++k)); do
    lines+=$("$bench" "$file" "$steps" "$precision")$'\n'
  done
  printf '%-8s %-4s %10s %10s %10s %8s %8s\n' "$name" "$precision" "$(median sim <<<"$lines")" \
    "$(median compile <<<"$lines")" "$(median parse <<<"$lines")" "$(median rate <<<"$lines")" \
    "$(median rss_mb <<<"$lines")"
}

printf '%-8s %-4s %10s %10s %10s %8s %8s\n' network type 'sim s' 'compile s' 'parse s' Hz 'peak MB'
for precision in f64 f32; do
  run cuba "$vogels/cuba.mlir" 100000 $precision
  run coba "$vogels/coba.mlir" 100000 $precision
  run brunel "$root/tests/bench/brunel.mlir" 10000 $precision
  run dense "$work/dense.mlir" 100 $precision
done

if [[ -z ${ENGRAM_BRIAN2:-} || ! -f $peers/brian2_bench.py ]]; then
  echo "skipped: Brian2 (ENGRAM_BRIAN2 names no Python with it, or '$peers/brian2_bench.py' is absent)"
  exit 0
fi
cd "$work"
for case in "cuba 10" "coba 10" "brunel 1"; do
  read -r name seconds <<<"$case"
  folder=build-brian2/${name}_$seconds.0_1_f64
  "$ENGRAM_BRIAN2" "$peers/brian2_bench.py" "$name" "$seconds" 1 cpp >/dev/null
  # Time of the processor, as above; a run of 1 ms gives what making the connections takes.
  times() { for ((k = 0; k < repeats; ++k)); do /usr/bin/time -f 'sim=%U' ./main 2>&1 >/dev/null; done | median sim; }
  cd "$folder"
  full=$(times)
  sed -i 's/\.run([0-9.]*,/.run(0.001,/' main.cpp
  make >/dev/null 2>&1
  short=$(times)
  cd "$work"
  printf '%-8s %-4s %10s   Brian2 C++ standalone\n' "$name" f64 "$(awk "BEGIN { print $full - $short }")"
done
