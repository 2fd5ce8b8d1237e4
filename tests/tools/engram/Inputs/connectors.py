"""Counts the synapses of connectors.mlir one by one."""

import json
import sys

info = json.load(open(sys.argv[1]))
got = {p["name"]: p.get("synapses", p.get("synapses_expected")) for p in info["projections"]}


def window(channels_in, channels_out, size, out, kernel, stride, padding):
    inside = 0
    for e in range(out):
        for f in range(out):
            for k in range(kernel):
                for l in range(kernel):
                    y, x = e * stride - padding + k, f * stride - padding + l
                    inside += 0 <= y < size and 0 <= x < size
    return channels_in * channels_out * inside


expected = {
    "conv": window(2, 3, 6, 3, 3, 2, 1),
    "pool": window(1, 2, 6, 3, 2, 2, 0),
    "dense": 150,
    "random": 0.2 * 150,
    "indegree": 4 * 15,
    "all": 225,
    "others": 15 * 14,
    "one": 15,
    "list": 3,
}
assert got == expected, (got, expected)
assert info["synapses"] == sum(expected.values())
assert info["neurons"] == 27 + 18 + 15 + 15
projections = {p["name"]: p for p in info["projections"]}
assert projections["list"]["weights"] == {"min": -1, "max": 3}
assert projections["random"]["delay_steps"] == 3
assert info["dt_seconds"] == 5e-4 and info["seed"] == 9
