#!/bin/bash
# Random images on the RTL of the whole chip beside its golden model, for a quarter of the minutes that './dev soak' is
# given, on the meshes that are built ('./dev build engram_rtl_2x2' is one more).
set -euo pipefail
test="$ENGRAM_BUILD/bin/RtlChipTest"
[[ -x $test ]] || exit 0
export ENGRAM_SOAK_MINUTES=$(((${ENGRAM_SOAK_MINUTES:-1} + 3) / 4))
"$test" --gtest_brief=1 --gtest_filter='ChipSoak.*'
