#!/usr/bin/env python3
"""Writes the connectivity of the cortical microcircuit of Potjans and Diesmann (Cerebral Cortex 24:785, 2014).

usage: make_microcircuit.py SCALE > FILE.mlir

SCALE is the part of the neurons (1: 77,169 neurons, 0.3 billion synapses; 0.1: 7,717 and 3 million). Probabilities of
connection (Table 5 of the paper) are the same at each scale. They are those of at least one synapse of a pair, so
that a target gets K = ln(1 - p) / ln(1 - 1 / (N M)) / M synapses from N sources, several of one source among them.
Rates are the means of NEST's simulation of the full circuit (pynest/examples/Potjans_2014). Neurons are simple ones:
what counts here is who is connected.
"""

import math
import sys

NAMES = ["L23E", "L23I", "L4E", "L4I", "L5E", "L5I", "L6E", "L6I"]
NEURONS = [20683, 5834, 21915, 5479, 4850, 1065, 14395, 2948]
RATES = [0.971, 2.868, 4.746, 5.396, 8.142, 9.078, 0.991, 7.523]
# A row a target, a column a source.
PROBABILITIES = [
    [0.1009, 0.1689, 0.0437, 0.0818, 0.0323, 0.0, 0.0076, 0.0],
    [0.1346, 0.1371, 0.0316, 0.0515, 0.0755, 0.0, 0.0042, 0.0],
    [0.0077, 0.0059, 0.0497, 0.135, 0.0067, 0.0003, 0.0453, 0.0],
    [0.0691, 0.0029, 0.0794, 0.1597, 0.0033, 0.0, 0.1057, 0.0],
    [0.1004, 0.0622, 0.0505, 0.0057, 0.0831, 0.3726, 0.0204, 0.0],
    [0.0548, 0.0269, 0.0257, 0.0022, 0.06, 0.3158, 0.0086, 0.0],
    [0.0156, 0.0066, 0.0211, 0.0166, 0.0572, 0.0197, 0.0396, 0.2252],
    [0.0364, 0.001, 0.0034, 0.0005, 0.0277, 0.008, 0.0658, 0.1443],
]


def main(arguments):
    if len(arguments) != 2:
        sys.exit(__doc__.strip())
    scale = float(arguments[1])
    sizes = [max(1, round(n * scale)) for n in NEURONS]
    print("neuro.network @microcircuit dt = 0.1 ms seed = 1 {")
    for name, size, rate in zip(NAMES, sizes, RATES):
        print(f"  population @{name} [{size}] of @LIF_delta {{neuro.rates = {rate}}}")
    for target, row in zip(range(8), PROBABILITIES):
        for source, p in enumerate(row):
            if p == 0:
                continue
            pairs = sizes[source] * sizes[target]
            indegree = round(math.log(1 - p) / math.log(1 - 1 / pairs) / sizes[target])
            if indegree == 0:
                continue
            weight, delay = (-0.35, 0.8) if NAMES[source].endswith("I") else (0.0878, 1.5)
            print(
                f"  projection @{NAMES[source]}_{NAMES[target]} from @{NAMES[source]} to @{NAMES[target]} "
                f'port "spikes" via #neuro.fixed_indegree<indegree = {indegree}, weight = {weight}> delay {delay} ms'
            )
    print("}")


if __name__ == "__main__":
    main(sys.argv)
