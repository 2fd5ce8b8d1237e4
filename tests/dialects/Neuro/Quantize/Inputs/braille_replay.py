#!/usr/bin/env python3
"""The hidden layer of the Braille network in fixed point, from the file of the quantized network and rationals alone.

usage: braille_replay.py NETWORK.mlir INPUT.npy V_FRACTION I_FRACTION > spikes.csv
Weights are read from the text (exact binary fractions), 16-bit parameters and states are whole numbers:
i := 3/4 i + s;  v := d v + i;  v > 1: a spike and v := 0. d is 0.85 in 16 bits. What v sees of i keeps four bits
more than the coarser need of the two states; then both states are rounded to nearest-even and saturate at 16 bits.
"""

import re
import struct
import sys
from fractions import Fraction

text, data = open(sys.argv[1]).read(), open(sys.argv[2], "rb").read()
v_fraction, i_fraction = int(sys.argv[3]), int(sys.argv[4])


def weights(name, columns):
    blob = bytes.fromhex(re.search(re.escape(name) + r'\.quantized: "0x([0-9A-F]+)"', text).group(1))[4:]
    numbers = [Fraction(x) for x in struct.unpack(f"<{len(blob) // 4}f", blob)]
    return [numbers[k : k + columns] for k in range(0, len(numbers), columns)]


def rounded(x, fraction, bits=None):
    raw = round(x * (1 << fraction))  # halves to even
    if bits:
        raw = min(max(raw, -(1 << (bits - 1))), (1 << (bits - 1)) - 1)
    return Fraction(raw, 1 << fraction)


feed, recurrent = weights("fc1", 12), weights("lif1.w_rec", 40)
header = data[: data.index(b"\n") + 1]
assert b"'|u1'" in header and b"'fortran_order': True" in header and b"(256, 12)" in header
frames = [[data[len(header) + j * 256 + t] for j in range(12)] for t in range(256)]
decay = Fraction(round(Fraction(0.8500000238418579) * 65536), 65536)
guard = max(v_fraction, i_fraction) + 1 + 3
i, v, spikes = [Fraction(0)] * 40, [Fraction(0)] * 40, []
print("step,time,output")
for t, frame in enumerate(frames):
    sums = [
        sum(w for w, x in zip(feed[n], frame) if x) + sum(recurrent[n][m] for m in spikes) for n in range(40)
    ]
    spikes = []
    for n in range(40):
        current = rounded(Fraction(3, 4) * i[n] + sums[n], guard)
        i[n] = rounded(current, i_fraction, 16)
        v[n] = rounded(decay * v[n] + current, v_fraction, 16)
        if v[n] > 1:
            spikes.append(n)
            v[n] = Fraction(0)
    print(f"{t},0," + ",".join(str(int(n in spikes)) for n in range(40)))
