#!/usr/bin/env python3
"""The random numbers of docs/spec.md in plain Python, compared with what a run of random-numbers.mlir wrote.

usage: random_numbers.py FOLDER
"""
import ast
import math
import struct
import sys
from pathlib import Path

SEED, DT, STEPS = 0x0123456789ABCDEF, 0.0005, 40
MASK = 0xFFFFFFFF


def philox(counter, key):
    for _ in range(10):
        a, b = 0xD2511F53 * counter[0], 0xCD9E8D57 * counter[2]
        counter = ((b >> 32) ^ counter[1] ^ key[0], b & MASK, (a >> 32) ^ counter[3] ^ key[1], a & MASK)
        key = ((key[0] + 0x9E3779B9) & MASK, (key[1] + 0xBB67AE85) & MASK)
    return counter


def stream(name):
    value = 2166136261
    for byte in name.encode():
        value = ((value ^ byte) * 16777619) & MASK
    return value


def words(index, step, stream_number):
    return philox((index & MASK, index >> 32, step & MASK, stream_number & MASK), (SEED & MASK, SEED >> 32))


def unit(word):
    return (word + 0.5) / 2**32


def poisson(i, t):
    mean, count = 3000.0 * DT, 0
    u, total = unit(words(i, t, stream("noise"))[0]), 0.0
    while True:
        total += math.exp(-mean) * mean**count / math.factorial(count)
        if u <= total:
            return count
        count += 1


def normal(i):
    w = words(i, 0, stream("cell/n"))
    return 1.0 + 0.5 * math.sqrt(-2 * math.log(unit(w[0]))) * math.cos(2 * math.pi * unit(w[1]))


def connected(j, i):
    k = j * 6 + i
    return i != j and words(k // 4, 0, stream("sparse"))[k % 4] < math.floor(0.4 * 2**32)


def indegree(j, i):
    draws = [words(n // 4, 0, stream("few"))[n % 4] * 5 >> 32 for n in range(3 * i, 3 * i + 3)]
    return draws.count(j)


def pulse(t, weight):
    return [float(weight(t, i)) if t < 5 else 0.0 for i in range(6)]


def read_npy(path):
    data = path.read_bytes()
    size = struct.unpack("<H", data[8:10])[0]
    header = ast.literal_eval(data[10 : 10 + size].decode())
    kind = {"<f8": "d", "<f4": "f", "|u1": "B"}[header["descr"]]
    columns = header["shape"][-1]
    body = data[10 + size :]
    numbers = struct.unpack(f"<{len(body) // struct.calcsize(kind)}{kind}", body)
    return [list(numbers[k : k + columns]) for k in range(0, len(numbers), columns)]


def main():
    folder = Path(sys.argv[1])
    expected = {
        "counts": lambda t: [float(poisson(i, t)) for i in range(7)],
        "u": lambda t: [-60.0 + 10.0 * unit(words(i, 0, stream("cell/low"))[0]) for i in range(6)],
        "n": lambda t: [normal(i) for i in range(6)],
        "x": lambda t: [unit(words(i, t, stream("cell") + 3)[0]) for i in range(6)],
        "chance_sums": lambda t: pulse(t, connected),
        "degree_sums": lambda t: pulse(t, indegree),
    }
    failures = 0
    for name, row in expected.items():
        got = read_npy(folder / f"{name}.npy")
        want = [row(t) for t in range(STEPS)]
        # One rounding more or less in the formula of a normal number is no matter.
        same = len(got) == len(want) and all(
            math.isclose(a, b, rel_tol=1e-14) for g, w in zip(got, want) for a, b in zip(g, w)
        )
        if not same:
            failures += 1
            print(f"{name}: got {got[:5]}, expected {want[:5]}")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
