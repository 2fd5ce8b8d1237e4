"""Input for cells.mlir, and its answers in closed form."""

import json
import math
import sys

import npy

DRIVE, STEPS, TAU = [0.25, 2.0], 50, 10.0
verb, folder = sys.argv[1:3]
tolerance = 1e-5 if "f32" in sys.argv else 1e-12

if verb == "make":
    npy.save(f"{folder}/drive.npy", (2,), DRIVE)
    sys.exit()

# v(n h) = I (1 - exp(-n h / tau)), recorded at the end of steps 0 .. 49.
expected = [drive * (1 - math.exp(-(n + 1) / TAU)) for n in range(STEPS) for drive in DRIVE]
shape, v = npy.load(f"{folder}/v.npy")
assert shape == (STEPS, 2), shape
worst = max(abs(a - b) for a, b in zip(v, expected))
assert worst <= tolerance, worst

lines = open(f"{folder}/y.csv").read().splitlines()
assert lines[0] == "step,time_ms,output[0],output[1]", lines[0]
assert lines[8].startswith("7,7,"), lines[8]
table = [float(x) for line in lines[1:] for x in line.split(",")[2:]]
assert table == v

# A quarter a step is full in each fourth step; two a step are full in every step.
shape, z = npy.load(f"{folder}/z.npy")
assert shape == (STEPS, 2), shape
assert z == [x for n in range(STEPS) for x in ((n + 1) % 4 == 0, 1)], z

run = json.load(open(f"{folder}/run.json"))
counts = [STEPS // 4, STEPS]
assert run["network"] == "cells" and run["dt_seconds"] == 1e-3
assert run["samples"] == 1 and run["steps"] == STEPS
counter = run["populations"][1]
assert counter["spikes"] == sum(counts), counter
assert abs(counter["mean_rate_hz"] - sum(counts) / (2 * STEPS * 1e-3)) < 1e-9
assert "spikes" not in run["populations"][0]
assert run["readout"] == "spikes"
assert run["results"] == [{"sample": 0, "steps": STEPS, "class": 1, "counts": counts}], run["results"]
