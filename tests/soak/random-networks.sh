#!/bin/bash
# Random networks on the interpreter and as native code, for the minutes that './dev soak' is given, from seeds that no
# run before has seen. A failure prints its seed and its network.
set -euo pipefail
end=$((SECONDS + ${ENGRAM_SOAK_MINUTES:-1} * 60))
first=$(date +%s)000
while ((SECONDS < end)); do
  ENGRAM_RANDOM_FIRST_SEED=$first ENGRAM_RANDOM_NETWORKS=100 \
    "$ENGRAM_BUILD/bin/ConformanceTests" --gtest_brief=1 --gtest_filter='RandomNetworks.*'
  first=$((first + 100))
done
