#!/usr/bin/env python3
"""docs/spec-xbar.md in plain Python: writes a network with random crossbars, and predicts what a run of it adds up.

usage: crossbar.py make FILE | crossbar.py check FOLDER
"""
import ast
import sys
from pathlib import Path

from random_numbers import MASK, philox, stream

SEED, STEPS = 77, 14
SOURCES, TARGETS, SLICES, ROWS, COLUMNS = 5, 7, 3, 2, 4
BITS, SHIFT, DELAY = 5, 2, 1
TILES = -(-SOURCES // ROWS) * -(-TARGETS // COLUMNS)


class Numbers:
    """A generator of our own, so that what is made does not depend on a version of Python."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % limit


def network():
    """All numbers of the network, by name."""
    draw = Numbers(5).below
    return {
        "codes": [[[[draw(256) for _ in range(TARGETS)] for _ in range(2)] for _ in range(SLICES)] for _ in range(SOURCES)],
        "low": [[-draw(400) for _ in range(SLICES)] for _ in range(TILES)],
        "gain": [[2**20 + draw(2**22) for _ in range(SLICES)] for _ in range(TILES)],
        "zero": [[draw(12) - 2 for _ in range(SLICES)] for _ in range(TILES)],
        "scale": [[draw(5000) for _ in range(SLICES)] for _ in range(TILES)],
        "noise": [[draw(256) - 128 for _ in range(128)] for _ in range(64)],
        "sigma": [draw(64) for _ in range(16)],
        # Payloads of both signs, in steps of 1/4; zero is no output.
        "levels": [[draw(41) - 20 for _ in range(SOURCES)] for _ in range(STEPS)],
    }


def dense(value, kind):
    shape, inner = [], value
    while isinstance(inner, list):
        shape.append(len(inner))
        inner = inner[0]
    return f"dense<{value}> : tensor<{'x'.join(map(str, shape))}x{kind}>"


def make(path):
    n = network()
    levels = dense([[x / 4 for x in row] for row in n["levels"]], "f64")
    weights = dense([[0.5] * SOURCES for _ in range(TARGETS)], "f64")
    numbers = ", ".join(f"{name} = {dense(n[name], 'i32')}" for name in ("low", "gain", "zero", "scale"))
    Path(path).write_text(f"""neuro.model @Sum {{
  %v = state "v" = 0.0 : !fx.q<20,4>
  %I = input "I" : !fx.q<20,4>
  update {{
    assign %v, %I : !fx.q<20,4>
  }}
}}
neuro.network @net dt = 1.0 ms seed = {SEED} {{
  source @level [{SOURCES}] is #neuro.current<starts = {list(range(STEPS))}, values = {levels}> as !fx.q<4,2>
  population @sum [{TARGETS}] of @Sum
  projection @cells from @level to @sum via #xbar.crossbar<weights = {weights}, codes = {dense(n["codes"], "ui8")},
    rows = {ROWS}, columns = {COLUMNS}, bits = {BITS}, shift = {SHIFT}, {numbers},
    noise = {dense(n["noise"], "i8")}, sigma = {dense(n["sigma"], "i32")}> as !fx.q<2,1> delay {DELAY}
  probe @v of @sum "v"
}}
""", encoding="utf-8")


def rounded(value, bits):
    """value / 2^bits to the nearest whole number, ties to even."""
    whole, rest = value >> bits, value & (2**bits - 1)
    return whole + (rest > 2 ** (bits - 1) or (rest == 2 ** (bits - 1) and whole & 1))


def sums(n, t):
    """What each target gets of step t, in steps of weight times output."""
    row_blocks = -(-SOURCES // ROWS)
    currents = {}
    for j, payload in enumerate(n["levels"][t]):
        for i in range(TARGETS):
            tile = j // ROWS + row_blocks * (i // COLUMNS)
            h = philox((j % ROWS + 128 * tile, 0, t, stream("cells")), (SEED, 0))[0]
            a, b = h & 63, h >> 6 & 127
            for s in range(SLICES):
                plus, minus = n["codes"][j][s][0][i], n["codes"][j][s][1][i]
                noise = n["noise"][(a + s) % 64][(i % COLUMNS) ^ b] * n["sigma"][max(plus, minus) // 16]
                current = plus - minus + ((noise + 64) >> 7)
                for p in range(8):
                    if abs(payload) >> p & 1:
                        place = (tile, p, s, i)
                        currents[place] = currents.get(place, 0) + (current if payload > 0 else -current)
    y = {}
    for (tile, p, s, i), x in currents.items():
        code = rounded((x - n["low"][tile][s]) * n["gain"][tile][s], 24)
        code = min(max(code, 0), 2**BITS - 1)
        y[tile, i] = y.get((tile, i), 0) + 2**p * n["scale"][tile][s] * (code - n["zero"][tile][s])
    result = [0] * TARGETS
    for (_, i), value in y.items():
        result[i] += ((value + 128) // 256) * 2**SHIFT
    return result


def read_npy(path):
    data = path.read_bytes()
    length = int.from_bytes(data[8:10], "little")
    header = ast.literal_eval(data[10:10 + length].decode())
    assert header["descr"] in ("<f8", "<f4") and not header["fortran_order"], header
    import struct

    kind = "d" if header["descr"] == "<f8" else "f"
    return header["shape"], struct.unpack(f"<{len(data[10 + length:]) // struct.calcsize(kind)}{kind}", data[10 + length:])


def check(folder):
    n = network()
    _, values = read_npy(Path(folder, "v.npy"))
    assert len(values) == STEPS * TARGETS, len(values)
    seen = 0
    for t in range(STEPS):
        expected = sums(n, t - DELAY) if t >= DELAY else [0] * TARGETS
        for i in range(TARGETS):
            got = values[t * TARGETS + i]
            assert got == expected[i] / 8, f"step {t}, target {i}: expected {expected[i] / 8}, got {got}"
            seen += got != 0
    assert seen > STEPS * TARGETS / 2, seen


if __name__ == "__main__":
    {"make": make, "check": check}[sys.argv[1]](sys.argv[2])
