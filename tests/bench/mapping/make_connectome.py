#!/usr/bin/env python3
"""Writes a connectome as a network: one population, a synapse an edge, weighted by its number of contacts.

usage: make_connectome.py NODES.csv EDGES.csv > FILE.mlir

NODES has a header and the name of a neuron in its first column, EDGES has lines of source,target,contacts.
"""

import csv
import sys


def main(arguments):
    if len(arguments) != 3:
        sys.exit(__doc__.strip())
    with open(arguments[1], newline="") as file:
        names = [row[0] for row in csv.reader(file)][1:]
    index = {name: i for i, name in enumerate(names)}
    rows = [[] for _ in names]
    with open(arguments[2], newline="") as file:
        for source, target, contacts in csv.reader(file):
            rows[index[source]].append((index[target], float(contacts)))
    starts, targets, weights = [0], [], []
    for row in rows:
        for target, contacts in sorted(row):
            targets.append(target)
            weights.append(contacts)
        starts.append(len(targets))
    count = len(targets)
    print("neuro.network @connectome dt = 1.0 ms {")
    print(f"  population @neurons [{len(names)}] of @LIF_delta")
    print(
        f'  projection @synapses from @neurons to @neurons port "spikes" via #neuro.csr<'
        f"row_starts = dense<{starts}> : tensor<{len(starts)}xi64>, "
        f"targets = dense<{targets}> : tensor<{count}xi64>, weights = dense<{weights}> : tensor<{count}xf64>> "
        f"delay 1"
    )
    print("}")


if __name__ == "__main__":
    main(sys.argv)
