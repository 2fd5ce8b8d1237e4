#!/bin/sh
# rtl/engram_chip_pkg.sv is what its target gives: package_fresh.sh ENGRAM
set -eu
rtl=$(cd "$(dirname "$0")/../../rtl" && pwd)
"$1" targets engram-a1 --sv | diff -u "$rtl/engram_chip_pkg.sv" - ||
  {
    echo "stale: run 'engram targets engram-a1 --sv > rtl/engram_chip_pkg.sv'"
    exit 1
  }
