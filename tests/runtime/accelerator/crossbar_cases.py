#!/usr/bin/env python3
"""Random cases for a crossbar tile, from the section Crossbar of docs/accelerator.md, in exact arithmetic. A line is a
command with hexadecimal words:

  noise    2048 parts of the memory NOISE
  tile     32 parts of the memory TILE
  row      row, 256 parts of the memory CELL
  drive    row, payload (24 bits), step, seed low, seed high: a spike
  convert  number of codes, then for each column in use what its neuron gets, mod 2^24

Usage: crossbar_cases.py [CASES [SEED]]"""
import random
import sys
from fractions import Fraction
from math import floor

ROWS, COLUMNS, SLICES, BITS = 128, 128, 4, 8


def philox(counter, key):
    """Salmon et al., SC 2011, as their reference writes it."""
    c, k = list(counter), list(key)
    for _ in range(10):
        high0, low0 = divmod(0xD2511F53 * c[0], 1 << 32)
        high1, low1 = divmod(0xCD9E8D57 * c[2], 1 << 32)
        c = [high1 ^ c[1] ^ k[0], low1, high0 ^ c[3] ^ k[1], low0]
        k = [(k[0] + 0x9E3779B9) % (1 << 32), (k[1] + 0xBB67AE85) % (1 << 32)]
    return c


class Tile:
    def __init__(self, rng):
        self.bits = rng.randint(1, 16)
        self.columns = rng.choice([1, 7, 8, 9, 100, 127, 128, rng.randint(1, 128)])
        self.first, self.port = rng.randrange(256), rng.randrange(4)
        self.shift = rng.choice([0, 0, 1, 7, 31])
        self.delay, self.number = rng.randrange(16), rng.randrange(256)
        self.stream, self.start = rng.getrandbits(32), rng.choice([0, 3, 1 << 31])
        self.noisy = rng.random() < 0.5
        self.low = [rng.choice([0, -300, rng.randint(-(1 << 19), (1 << 19) - 1), rng.randint(-700, 0)])
                    for _ in range(SLICES)]
        # 1/2 and 1/4 give ties; the largest is as good as 1.
        self.gain = [rng.choice([1 << 23, 1 << 22, 3 << 22, (1 << 24) - 1, rng.getrandbits(24), rng.getrandbits(12)])
                     for _ in range(SLICES)]
        self.zero = [rng.choice([0, 1 << (self.bits - 1) if self.bits < 16 else -1, rng.randint(-32768, 32767)])
                     for _ in range(SLICES)]
        self.scale = [rng.choice([0, 256, 65535, rng.getrandbits(16)]) for _ in range(SLICES)]
        self.sigma = [rng.choice([0, 255, rng.randrange(256)]) for _ in range(16)]
        self.sums = {}

    def parts(self):
        parts = [0] * 32
        parts[0] = (1 | self.noisy << 1 | (self.bits - 1) << 4 | (self.columns - 1) << 8 | self.first << 16 |
                    self.port << 24 | self.shift << 26)
        parts[1:4] = [self.stream, self.delay | self.number << 8, self.start]
        parts[4:8] = [x % (1 << 20) for x in self.low]
        parts[8:12] = self.gain
        parts[12:16] = [x % (1 << 16) for x in self.zero]
        parts[16:20] = self.scale
        for k in range(16):
            parts[20 + k // 4] |= self.sigma[k] << 8 * (k % 4)
        return parts

    def drive(self, cells, table, row, payload, step, seed):
        h = philox((row + 128 * self.number, 0, (step - self.start) % (1 << 32), self.stream),
                   (seed % (1 << 32), seed >> 32))[0]
        a, b = h % 64, h // 64 % 128
        for s in range(SLICES):
            for c in range(COLUMNS):
                plus, minus = cells[s][0][c], cells[s][1][c]
                n = 0
                if self.noisy:
                    n = floor(Fraction(table[(a + s) % 64][c ^ b] * self.sigma[max(plus, minus) // 16] + 64, 128))
                current = (plus - minus + n) * (-1 if payload < 0 else 1)
                for p in range(BITS):
                    if abs(payload) >> p & 1:
                        self.sums[p, s, c] = self.sums.get((p, s, c), 0) + current

    def convert(self):
        codes, values = 0, []
        driven = sorted({p for p, _, _ in self.sums})
        for c in range(self.columns):
            y = 0
            for p in driven:
                for s in range(SLICES):
                    if self.scale[s] == 0:
                        continue
                    x = self.sums[p, s, c]
                    code = round(Fraction((x - self.low[s]) * self.gain[s], 1 << 24))  # of a Fraction: half to even
                    code = max(0, min((1 << self.bits) - 1, code))
                    y += 2**p * self.scale[s] * (code - self.zero[s])
                    codes += 1
            values.append((floor(Fraction(y + 128, 256)) << self.shift) % (1 << 24))
        self.sums = {}
        return [codes] + values


def randomRow(rng):
    kind = rng.random()
    if kind < 0.1:  # the largest sums
        plus = rng.choice([0, 255])
        return [[[plus] * COLUMNS, [255 - plus] * COLUMNS] for _ in range(SLICES)]
    code = (lambda: rng.getrandbits(8)) if kind < 0.5 else (lambda: rng.choice([0, 0, 85, 170, 255]))
    return [[[code() for _ in range(COLUMNS)] for _ in range(2)] for _ in range(SLICES)]


def pack(numbers, bits):
    each = 32 // bits
    return [sum(numbers[k + j] % (1 << bits) << bits * j for j in range(each)) for k in range(0, len(numbers), each)]


def show(command, words):
    print(command, *(f"{word:x}" for word in words))


def main():
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    rng = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 4)
    table = [[rng.randint(-128, 127) for _ in range(128)] for _ in range(64)]
    show("noise", sum((pack(word, 8) for word in table), []))
    for case in range(cases):
        tile = Tile(rng)
        show("tile", tile.parts())
        rows = {rng.randrange(ROWS): randomRow(rng) for _ in range(4)}
        for row, cells in rows.items():
            show("row", [row] + sum((pack(cells[s][k], 8) for s in range(SLICES) for k in range(2)), []))
        for step in range(2):
            seed = rng.getrandbits(64)
            for _ in range(rng.choice([0, 1, 3, 8])):
                row = rng.choice(list(rows))
                payload = rng.choice([1, 1, 1, -1, 0, 255, -255, rng.randint(-255, 255)])
                at = rng.choice([step, rng.getrandbits(32)])
                tile.drive(rows[row], table, row, payload, at, seed)
                show("drive", [row, payload % (1 << 24), at, seed % (1 << 32), seed >> 32])
            show("convert", tile.convert())


main()
