#!/usr/bin/env python3
"""Compares two lists of numbers, or what two runs wrote.

usage: compare_trace.py trace EXPECTED SPIKES.csv STATE.csv    'step spike v' a line, against the files of a run
       compare_trace.py spikes A.csv B.csv                     prints how many numbers differ, of how many
"""

import csv
import sys


def rows(path):
    """The numbers of each record, after its step and time."""
    with open(path) as file:
        return [[float(x) for x in row[2:]] for row in csv.reader(file) if row and row[0].isdigit()]


if sys.argv[1] == "spikes":
    a, b = rows(sys.argv[2]), rows(sys.argv[3])
    assert len(a) == len(b), (len(a), len(b))
    pairs = [(x, y) for left, right in zip(a, b) for x, y in zip(left, right)]
    print(sum(x != y for x, y in pairs), "of", len(pairs), "differ;", int(sum(x for x, _ in pairs)), "spikes")
else:
    expected = [line.split() for line in open(sys.argv[2])]
    spikes, states = rows(sys.argv[3]), rows(sys.argv[4])
    assert len(expected) == len(spikes) == len(states) > 0
    for (step, spike, v), z, x in zip(expected, spikes, states):
        assert float(spike) == z[0] and float(v) == x[0], f"step {step}: expected {spike}, {v}, got {z[0]}, {x[0]}"
    print(len(expected), "steps,", sum(e[1] == "1" for e in expected), "spikes: equal")
