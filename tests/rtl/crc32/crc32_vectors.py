"""Checksums by zlib: lines of 'words then the CRC-32 of all words so far', for crc32_bench.sv."""

import random
import struct
import zlib

random.seed(7)
crc = 0
for k in range(2000):
    word = random.choice([0, 0xFFFFFFFF, 1 << random.randrange(32), random.getrandbits(32)])
    crc = zlib.crc32(struct.pack("<I", word), crc)
    print(f"{word:08x} {crc:08x}")
