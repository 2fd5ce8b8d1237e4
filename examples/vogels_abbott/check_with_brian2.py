#!/usr/bin/env python3
"""Mean rate and coefficient of variation of the intervals between spikes of the same networks in Brian2.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install brian2 'numpy<2'
    /tmp/venv/bin/python check_with_brian2.py cuba|coba [SECONDS [SEEDS]]

Needs nothing of Engram: an independent account of what cuba.mlir and coba.mlir should do.
"""
import sys

import numpy as np
from brian2 import (Network, NeuronGroup, SpikeMonitor, Synapses, defaultclock, mV, ms, prefs, second,
                    seed, start_scope)

prefs.codegen.target = "numpy"
EQUATIONS = {
    "cuba": ("""dv/dt = (ge + gi - (v + 49*mV)) / (20*ms) : volt (unless refractory)
                dge/dt = -ge / (5*ms) : volt
                dgi/dt = -gi / (10*ms) : volt""", "exact", "1.62*mV", "-9*mV"),
    "coba": ("""dv/dt = (ge*(0*mV - v) + gi*(-80*mV - v) + (-60*mV - v) + 20*mV) / (20*ms) : volt (unless refractory)
                dge/dt = -ge / (5*ms) : 1
                dgi/dt = -gi / (10*ms) : 1""", "exponential_euler", "0.4", "5.1"),
}


def run(name, seconds, number):
    start_scope()
    seed(number)
    defaultclock.dt = 0.1 * ms
    equations, method, excitation, inhibition = EQUATIONS[name]
    neurons = NeuronGroup(4000, equations, threshold="v > -50*mV", reset="v = -60*mV", refractory=5 * ms,
                          method=method)
    neurons.v = "-60*mV + rand()*10*mV"
    exc = Synapses(neurons[:3200], neurons, on_pre=f"ge += {excitation}", delay=0.8 * ms)
    inh = Synapses(neurons[3200:], neurons, on_pre=f"gi += {inhibition}", delay=0.8 * ms)
    exc.connect(p=0.02)
    inh.connect(p=0.02)
    spikes = SpikeMonitor(neurons)
    Network(neurons, exc, inh, spikes).run(seconds * second)
    times = np.asarray(spikes.t / second)
    which = np.asarray(spikes.i)
    settled = times >= 0.2
    rate = settled.sum() / 4000 / (seconds - 0.2)
    order = np.lexsort((times, which))
    order = order[settled[order]]
    intervals, owners = np.diff(times[order]), np.diff(which[order]) == 0
    intervals, owner = intervals[owners], which[order][1:][owners]
    # As in the test: neurons with at least five intervals.
    cvs = [x.std() / x.mean() for x in (intervals[owner == i] for i in range(4000)) if len(x) >= 5]
    return rate, float(np.mean(cvs)) if cvs else float("nan")


if __name__ == "__main__":
    name = sys.argv[1]
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 2.0
    for number in range(1, 1 + (int(sys.argv[3]) if len(sys.argv) > 3 else 3)):
        rate, cv = run(name, seconds, number)
        print(f"{name}: seed {number}: {rate:.3f} Hz, CV {cv:.3f}", flush=True)
