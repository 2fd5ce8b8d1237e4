#!/bin/bash
# Makes a network on which machines differ small: tests/soak/reduce-network.sh NETWORK OUTPUT [VERIFY-OPTION...]
# OUTPUT is a test for tests/conformance/regressions: its first line says in how many steps the difference shows.
set -euo pipefail
network=$1 output=$2
shift 2
reduced="${output%.mlir}.tmp.mlir"
here="$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"
bin="${ENGRAM_BUILD:-$here/../../build}/bin"
export ENGRAM="$bin/engram"

# steps_of FILE [VERIFY-OPTION...]: the steps until the first difference of machines that have to be equal.
steps_of() {
  { "$ENGRAM" verify --json "${@:2}" "$1" || true; } 2>/dev/null | python3 -c '
import json, os, sys
wanted = os.environ.get("ENGRAM_DIFFERS")
found = [c["first"]["step"] + 1 for c in json.load(sys.stdin)["comparisons"]
         if not c["equal"] and (c["machine"] == wanted if wanted else c["must_be_equal"])]
print(min(found, default=""))'
}

steps=$(steps_of "$network" --steps 60 "$@")
[[ $steps ]] || {
  echo "reduce-network: '$network': no machines differ in 60 steps" >&2
  exit 1
}
arguments="test=$here/differs.sh test-arg=--steps test-arg=$steps"
for argument in "$@"; do arguments+=" test-arg=$argument"; done
"$bin/engram-reduce" "$network" --neuro-reduce="$arguments" -o "$reduced"
steps=$(steps_of "$reduced" --steps "$steps" "$@")
{
  echo "// steps=$steps"
  [[ $# -eq 0 ]] || echo "// engram verify --steps $steps $*"
  cat "$reduced"
} >"$output"
rm "$reduced"
