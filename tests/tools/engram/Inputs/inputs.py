"""The same small input in every format, and what sum.mlir makes of it."""

import json
import os
import sys

import npy

# Steps by (polarity, row, column): 4 steps of 6 pixels.
A = [[1, 0, 0, 0, 0, 1], [0, 0, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0], [0, 0, 0, 0, 1, 1]]
B = [[0, 0, 1, 0, 0, 0], [0, 0, 1, 0, 0, 0], [0, 0, 1, 0, 0, 0], [1, 0, 0, 0, 0, 0]]


def flat(*samples):
    return [x for sample in samples for step in sample for x in step]


def events(sample):
    """5 bytes an event: x, y, polarity and 23 bits of µs; a last one closes the last window of 1 ms."""
    data = b""
    for step, pixels in enumerate(sample):
        for pixel, count in enumerate(pixels):
            time = (1 << 23) * (pixel // 3) + step * 1000
            data += bytes([pixel % 3, 0]) + time.to_bytes(3, "big") if count else b""
    return data + bytes([0, 0]) + (4000).to_bytes(3, "big")


def cumulative(sample):
    rows, total = [], [0] * 6
    for step in sample:
        total = [a + b for a, b in zip(total, step)]
        rows += total
    return rows


if sys.argv[1] == "runs":
    run = json.load(sys.stdin)
    assert run["samples"] == int(sys.argv[2]), run["samples"]
    assert [r["steps"] for r in run["results"]] == [int(sys.argv[3])] * run["samples"]
    sys.exit()

folder = sys.argv[2]
if sys.argv[1] == "make":
    npy.save(f"{folder}/steps.npy", (4, 2, 1, 3), flat(A))
    npy.save(f"{folder}/flat.npy", (4, 6), flat(A), "|u1")
    npy.save(f"{folder}/samples.npy", (2, 4, 2, 1, 3), flat(A, B), "<f4")
    with open(f"{folder}/steps.csv", "w") as file:
        file.writelines(",".join(map(str, row)) + "\n" for row in A)
    os.mkdir(f"{folder}/folder")
    for name, sample in (("a.bs2", A), ("folder/a.bs2", A), ("folder/b.bs2", B)):
        with open(f"{folder}/{name}", "wb") as file:
            file.write(events(sample))
    with open(f"{folder}/labels.txt", "w") as file:
        file.write("#sample #class\nb\t2\na\t5\n")
    sys.exit()

samples = [A] if sys.argv[3] == "one" else [A, B]
shape, v = npy.load(f"{folder}/v.npy")
assert shape == ((4, 6) if len(samples) == 1 else (2, 4, 6)), shape
assert v == [x for sample in samples for x in cumulative(sample)], v
if "named" in sys.argv:
    run = json.load(open(f"{folder}/run.json"))
    counts = [[sum(step[i] for step in sample) for i in range(6)] for sample in samples]
    assert [r["counts"] for r in run["results"]] == counts, run["results"]
    # Of the equal sums of A the last neuron has the largest; of B's the third.
    assert [r["class"] for r in run["results"]] == [5, 2]
    assert [r["name"] for r in run["results"]] == ["a", "b"]
    assert [r["label"] for r in run["results"]] == [5, 2]
    assert (run["right"], run["labels"], run["accuracy"]) == (2, 2, 1.0)
