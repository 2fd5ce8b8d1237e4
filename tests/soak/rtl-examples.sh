#!/bin/bash
# Trained networks on the RTL of the chip, all samples that there are: answers, spikes and counts are those of the
# interpreter and of the golden model.
set -euo pipefail
root="$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."
engram="$ENGRAM_BUILD/bin/engram"
[[ -e $ENGRAM_BUILD/lib/libengram_rtl_1x1.so ]] || exit 0
folder="$ENGRAM_BUILD/soak/rtl"
mkdir -p "$folder"
same() {
  local name=$1
  shift
  echo "soak: $name on the RTL"
  "$engram" run "$@" --quantize 8 --json --target reference >"$folder/$name.reference.json"
  "$engram" run "$@" --quantize 8 --json --target engram-a1-1x1 --model golden >"$folder/$name.golden.json"
  "$engram" run "$@" --quantize 8 --json --target engram-a1-1x1 --model rtl >"$folder/$name.rtl.json"
  python3 "$root/tests/tools/engram/Inputs/same_results.py" "$folder/$name.golden.json" "$folder/$name.rtl.json"
  python3 -c 'import json, sys
a, b = (json.load(open(path)) for path in sys.argv[1:])
assert a["results"] == b["results"] and a["populations"] == b["populations"]' \
    "$folder/$name.reference.json" "$folder/$name.rtl.json"
}
digits="$root/examples/digits"
same digits "$digits/digits.nir" --input "$digits/digits_test_images.npy" --labels "$digits/digits_test_labels.npy" --steps 25
braille="$root/../shared/data/NIR/03_rnn"
if [[ -d $braille ]]; then
  same braille "$braille/braille_noDelay_noBias_subtract.nir" --input "$braille/braille_sample0_input.npy"
else
  echo "skipped: ../shared/data is absent"
fi
