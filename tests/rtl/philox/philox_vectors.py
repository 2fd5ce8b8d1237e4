#!/usr/bin/env python3
"""Vectors of Philox4x32-10 (Salmon et al., SC 2011), written from the paper: counter, key, word 0, in hexadecimal."""
import random

rng = random.Random(7)
LOW = (1 << 32) - 1


def philox(counter, key):
    c, (k0, k1) = list(counter), key
    for _ in range(10):
        p0, p1 = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [p1 >> 32 ^ c[1] ^ k0, p1 & LOW, p0 >> 32 ^ c[3] ^ k1, p0 & LOW]
        k0, k1 = k0 + 0x9E3779B9 & LOW, k1 + 0xBB67AE85 & LOW
    return c


# Random123, examples/kat_vectors
assert philox([0] * 4, (0, 0)) == [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]
for _ in range(2000):
    counter = [rng.getrandbits(32) for _ in range(4)]
    key = (rng.getrandbits(32), rng.getrandbits(32))
    words = "".join(f"{c:08x}" for c in reversed(counter))
    print(f"{words} {key[1]:08x}{key[0]:08x} {philox(counter, key)[0]:08x}")
