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
  local name=$1 target=$2
  shift 2
  echo "soak: $name on the RTL"
  "$engram" run "$@" --quantize 8 --json --target reference >"$folder/$name.reference.json"
  "$engram" run "$@" --quantize 8 --json --target "$target" --model golden >"$folder/$name.golden.json"
  "$engram" run "$@" --quantize 8 --json --target "$target" --model rtl >"$folder/$name.rtl.json"
  python3 "$root/tests/tools/engram/Inputs/same_results.py" "$folder/$name.golden.json" "$folder/$name.rtl.json"
  python3 -c 'import json, sys
a, b = (json.load(open(path)) for path in sys.argv[1:])
assert a["results"] == b["results"] and a["populations"] == b["populations"]' \
    "$folder/$name.reference.json" "$folder/$name.rtl.json"
}
digits="$root/examples/digits"
same digits engram-a1-1x1 "$digits/digits.nir" --input "$digits/digits_test_images.npy" --labels "$digits/digits_test_labels.npy" --steps 25
braille="$root/../shared/data/NIR/03_rnn"
if [[ -d $braille ]]; then
  same braille engram-a1-1x1 "$braille/braille_noDelay_noBias_subtract.nir" --input "$braille/braille_sample0_input.npy"
else
  echo "skipped: ../shared/data is absent"
fi
# A recorded digit through the convolutional network on 40 cores: 302 steps, about two minutes.
nmnist="$root/../shared/data/NMNIST"
if [[ ! -d $nmnist ]]; then
  echo "skipped: ../shared/data is absent"
elif [[ ! -e $ENGRAM_BUILD/lib/libengram_rtl_8x8.so ]]; then
  echo "skipped: engram_rtl_8x8 is not built ('./dev build engram_rtl_8x8')"
else
  same nmnist engram-a1-8x8 "$root/../shared/data/NIR/02_cnn/cnn_sinabs.nir" --dt 1 --input "$nmnist/60001.bs2" --calibrate "$nmnist/60001.bs2"
fi
