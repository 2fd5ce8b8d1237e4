#!/bin/bash
# Random networks on all machines, for the minutes that './dev soak' is given, from seeds that no run before has seen.
# What fails is kept in the build folder, as it was drawn and reduced; the reduced one belongs into
# tests/conformance/regressions.
set -euo pipefail
here="$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"
export ENGRAM_RANDOM_KEEP="$ENGRAM_BUILD/soak/networks"
mkdir -p "$ENGRAM_RANDOM_KEEP"
end=$((SECONDS + ${ENGRAM_SOAK_MINUTES:-1} * 60))
first=$(date +%s)000
failed=0
while ((SECONDS < end)); do
  kept=$(mktemp)
  ENGRAM_RANDOM_FIRST_SEED=$first ENGRAM_RANDOM_NETWORKS=100 \
    "$ENGRAM_BUILD/bin/ConformanceTests" --gtest_brief=1 --gtest_filter='RandomNetworks.RunTheSame*' || failed=1
  while IFS= read -r network; do
    reduced="${network%.mlir}-reduced.mlir"
    # The first line of a kept network holds the options with which it fails.
    read -r -a options <<<"$(sed -n '1s|^// engram verify ||p' "$network")"
    "$here/reduce-network.sh" "$network" "$reduced" "${options[@]}" && echo "soak: reduced to $reduced"
  done < <(find "$ENGRAM_RANDOM_KEEP" -name 'random-*.mlir' ! -name '*-reduced.mlir' -newer "$kept")
  rm "$kept"
  first=$((first + 100))
done
exit "$failed"
