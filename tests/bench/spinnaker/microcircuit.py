#!/usr/bin/env python3
"""The cortical microcircuit of Potjans and Diesmann (2014) at full scale for SpiNNaker, and what a step of it takes.

usage: microcircuit.py network                               writes the network: LIF_exp_curr in steps of 0.1 ms
       microcircuit.py simulate SCALE                        a part of it with currents and probes, to be run
       microcircuit.py rates RUN.json DIRECTORY              mean rates of such a run beside those of the full network
       microcircuit.py target BASE NEURONS CYCLES.json       a target with NEURONS a core and measured cycles, from a target's text
       microcircuit.py row BOARDS REPORT.json CYCLES.json SECONDS
                                                             a line of the table, from 'engram report --json'

Connections and rates: ../mapping/make_microcircuit.py. External input is a current, as in the paper's control; the last column
adds a Poisson source a neuron, of 8 Hz times the number of its external inputs (Table 5 of the paper).

A part has SCALE of the neurons and of each neuron's synapses, whose weights grow by 1 / sqrt(SCALE), and a current for what
their mean input loses (van Albada, Helias and Diesmann 2015). Weights and delays are the means of the paper's distributions;
potentials begin with the means and deviations of NEST's PyNEST microcircuit, evenly distributed.
"""

import json
import math
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "mapping"))
from make_microcircuit import NAMES, NEURONS, PROBABILITIES, RATES  # noqa: E402

EXTERNAL = [1600, 1500, 2100, 1900, 2000, 1900, 2900, 2100]
# Mean and deviation of the first membrane potentials, mV.
POTENTIALS = [
    (-68.28, 5.36),
    (-63.16, 4.57),
    (-63.33, 4.74),
    (-63.45, 4.94),
    (-63.11, 4.94),
    (-61.66, 4.55),
    (-66.72, 5.46),
    (-61.43, 4.48),
]
BACKGROUND, WEIGHT, TAU = 8.0, 87.8, 0.5e-3  # Hz, pA, s


def indegree(source, target):
    pairs = NEURONS[source] * NEURONS[target]
    return math.log(1 - PROBABILITIES[target][source]) / math.log(1 - 1 / pairs) / NEURONS[target]


def weight(source, target):
    if NAMES[source].endswith("I"):
        return -4 * WEIGHT
    return 2 * WEIGHT if (NAMES[source], NAMES[target]) == ("L4E", "L23E") else WEIGHT


def projections(scale):
    for target in range(8):
        for source in range(8):
            count = round(indegree(source, target) * scale) if PROBABILITIES[target][source] else 0
            if not count:
                continue
            value = weight(source, target) / math.sqrt(scale)
            delay, port = (0.8, "inh") if value < 0 else (1.5, "exc")
            print(
                f"  projection @{NAMES[source]}_{NAMES[target]} from @{NAMES[source]} to @{NAMES[target]} "
                f'port "{port}" via #neuro.fixed_indegree<indegree = {count}, weight = {value:.6}> delay {delay} ms'
            )


def network():
    print("neuro.network @microcircuit dt = 0.1 ms seed = 1 {")
    for name, size, rate in zip(NAMES, NEURONS, RATES):
        print(f"  population @{name} [{size}] of @LIF_exp_curr {{neuro.rates = {rate}}}")
    projections(1)
    print("}")


def simulate(scale):
    print("neuro.network @microcircuit dt = 0.1 ms seed = 1 {")
    for target, name in enumerate(NAMES):
        lost = sum(
            indegree(source, target) * weight(source, target) * RATES[source]
            for source in range(8)
            if PROBABILITIES[target][source]
        )
        current = TAU * (BACKGROUND * EXTERNAL[target] * WEIGHT + (1 - math.sqrt(scale)) * lost)
        mean, deviation = POTENTIALS[target]
        low, high = mean - math.sqrt(3) * deviation, min(mean + math.sqrt(3) * deviation, -50.0)
        print(
            f"  population @{name} [{round(NEURONS[target] * scale)}] of @LIF_exp_curr parameters {{tau_syn_exc = 0.5 ms, "
            f"tau_syn_inh = 0.5 ms, v_leak = -65.0 mV, v_threshold = -50.0 mV, v_reset = -65.0 mV, i_offset = {current:.3f}}} "
            f"initial {{v = #neuro.uniform<{low:.3f}, {high:.3f}>}} {{neuro.rates = {RATES[target]}}}"
        )
    projections(scale)
    for name in NAMES:
        print(f'  probe @{name}_spikes of @{name} "spikes"')
    print("}")


def rates(path, directory):
    """Spikes of the second half of the run, so that the start does not count."""
    run = json.loads(Path(path).read_text(encoding="utf-8"))
    print("  spikes a second: " + ", ".join(NAMES))
    found = []
    for population in run["populations"]:
        data = (Path(directory) / f"{population['name']}_spikes.npy").read_bytes()
        raster = data[10 + int.from_bytes(data[8:10], "little") :]  # steps x neurons, a byte each
        half = len(raster) // 2 // population["neurons"] * population["neurons"]
        seconds = (len(raster) - half) / population["neurons"] * run["dt_seconds"]
        found.append(sum(map(bool, raster[half:])) / population["neurons"] / seconds)
    print("  in this run:     " + ", ".join(f"{rate:.2f}" for rate in found))
    print("  full, NEST:      " + ", ".join(f"{rate:.2f}" for rate in RATES))


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


def row(boards, path, cycles, taken):
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
        f"{synapses:>9.1f} {tick:>6.1f} {busy:>8.1f} {busy / step / 1e6:>9.2f} {(busy + poisson) / step / 1e6:>9.2f} "
        f"{float(taken):>8.1f}"
    )


def main(arguments):
    if arguments[1:2] == ["network"]:
        network()
    elif arguments[1:2] == ["simulate"] and len(arguments) == 3:
        simulate(float(arguments[2]))
    elif arguments[1:2] == ["rates"] and len(arguments) == 4:
        rates(*arguments[2:])
    elif arguments[1:2] == ["target"] and len(arguments) == 5:
        target(arguments[2], int(arguments[3]), arguments[4])
    elif arguments[1:2] == ["row"] and len(arguments) == 6:
        row(*arguments[2:])
    else:
        sys.exit(__doc__.strip())


if __name__ == "__main__":
    main(sys.argv)
