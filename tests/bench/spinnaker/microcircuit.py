#!/usr/bin/env python3
"""The cortical microcircuit of Potjans and Diesmann (2014) at full scale for SpiNNaker, and what a step of it takes.

usage: microcircuit.py network                               writes the network: LIF_exp_curr in steps of 0.1 ms
       microcircuit.py target BASE NEURONS CYCLES.json       a target with NEURONS a core and measured cycles, from a target's text
       microcircuit.py row BOARDS REPORT.json CYCLES.json    a line of the table, from 'engram report --json'

Connections and rates: ../mapping/make_microcircuit.py. External input is a current, as in the paper's control; the last column
adds a Poisson source a neuron, of 8 Hz times the number of its external inputs (Table 5 of the paper).
"""

import json
import math
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "mapping"))
from make_microcircuit import NAMES, NEURONS, PROBABILITIES, RATES  # noqa: E402

EXTERNAL = [1600, 1500, 2100, 1900, 2000, 1900, 2900, 2100]


def network():
    print("neuro.network @microcircuit dt = 0.1 ms seed = 1 {")
    for name, size, rate in zip(NAMES, NEURONS, RATES):
        print(f"  population @{name} [{size}] of @LIF_exp_curr {{neuro.rates = {rate}}}")
    for target, row in zip(range(8), PROBABILITIES):
        for source, p in enumerate(row):
            if p == 0:
                continue
            pairs = NEURONS[source] * NEURONS[target]
            indegree = round(math.log(1 - p) / math.log(1 - 1 / pairs) / NEURONS[target])
            weight, delay, port = (-351.2, 0.8, "inh") if NAMES[source].endswith("I") else (87.8, 1.5, "exc")
            if indegree:
                print(
                    f"  projection @{NAMES[source]}_{NAMES[target]} from @{NAMES[source]} to @{NAMES[target]} "
                    f'port "{port}" via #neuro.fixed_indegree<indegree = {indegree}, weight = {weight}> delay {delay} ms'
                )
    print("}")


def target(base, neurons, cycles):
    text = Path(base).read_text(encoding="utf-8")
    measured = json.loads(Path(cycles).read_text(encoding="utf-8"))
    for field, value in {
        "neurons": neurons,
        "cycles_per_neuron": measured["neuron"],
        "cycles_per_spike": measured["packet"] + measured["row"],
        "cycles_per_synapse": measured["synapse"],
    }.items():
        text, count = re.subn(rf"\b{field} = [0-9.e+-]+", f"{field} = {value}", text)
        assert count == 1, field
    print(re.sub(r'name = "[^"]*"', f'name = "spinnaker-microcircuit-{neurons}"', text, count=1))


def row(boards, path, cycles):
    report = json.loads(Path(path).read_text(encoding="utf-8"))
    measured = json.loads(Path(cycles).read_text(encoding="utf-8"))
    time, step = report["prediction"]["time"], report["network"]["dt_seconds"]
    # Neurons, spikes that reach the slowest core, their synapses; what a tick takes besides.
    neurons, spikes, synapses = [(p["seconds"] or 0) * 1e6 for p in time["parts"][:3]]
    clock = report["target"]["clock_hz"]
    tick = measured["tick"] / clock * 1e6
    busy = neurons + spikes + synapses + tick
    # A Poisson source a neuron: one packet in each step in which it is not silent, with a row of one synapse.
    per_core = report["target"]["neurons"]
    noisy = per_core * max(1 - math.exp(-8.0 * n * step) for n in EXTERNAL)
    poisson = noisy * (measured["packet"] + measured["row"] + measured["synapse"]) / clock * 1e6
    largest = report.get("tables", {}).get("most", {}).get("entries", "-")
    print(
        f"{boards:>6} {per_core:>9} {report['mapping']['cores_used']:>7} {largest:>8} {neurons:>9.1f} {spikes:>9.1f} "
        f"{synapses:>9.1f} {tick:>6.1f} {busy:>8.1f} {busy / step / 1e6:>9.2f} {(busy + poisson) / step / 1e6:>9.2f}"
    )


def main(arguments):
    if arguments[1:2] == ["network"]:
        network()
    elif arguments[1:2] == ["target"] and len(arguments) == 5:
        target(arguments[2], int(arguments[3]), arguments[4])
    elif arguments[1:2] == ["row"] and len(arguments) == 5:
        row(*arguments[2:])
    else:
        sys.exit(__doc__.strip())


if __name__ == "__main__":
    main(sys.argv)
