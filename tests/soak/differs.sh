#!/bin/bash
# For engram-reduce: exits with 1, which is to say that the network is interesting, if 'engram verify' finds machines
# that differ though they have to be equal, or does not come to an end by itself. With ENGRAM_DIFFERS=NAME the machine
# of that name has to differ, from what it is compared with, and may.
# usage: differs.sh [VERIFY-OPTION...] NETWORK
set -u
json=$(timeout 300 "${ENGRAM:-engram}" verify --json "$@" 2>/dev/null)
status=$?
((status > 2)) && exit 1
python3 -c '
import json, sys
try:
    comparisons = json.load(sys.stdin)["comparisons"]
except (ValueError, KeyError):
    sys.exit(0)
wanted = sys.argv[1]
chosen = [c for c in comparisons if (c["machine"] == wanted if wanted else c["must_be_equal"])]
sys.exit(1 if any(not c["equal"] for c in chosen) else 0)' "${ENGRAM_DIFFERS:-}" <<<"$json"
