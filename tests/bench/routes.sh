#!/bin/bash
# Routing tables of docs/benchmarks.md: PACMAN's hard ones, and networks on a board of 48 chips, by four algorithms.
# 'worse' counts tables on which another algorithm beats ours.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${ENGRAM_BUILD:-$root/build}
shared=${ENGRAM_SHARED_DATA:-$root/../shared/data}
files=()
for file in malloc_hard_routing_tables.json.gz table1.csv.gz; do
  if [[ -f $shared/PACMAN/$file ]]; then
    files+=("$shared/PACMAN/$file")
  else
    echo "skipped: '$shared/PACMAN/$file' is absent"
  fi
done
"$build/bin/engram-bench-routes" "$@" "${files[@]}"
