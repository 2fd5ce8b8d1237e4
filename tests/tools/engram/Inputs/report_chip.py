"""The part of a report that comes from the chip: counts as the network gives them, energies by the target's numbers.

usage: report_chip.py REPORT RUN   (of 'engram report --json' and, for the same sample, 'engram run --json --model golden')
"""

import json
import sys

report, run = (json.load(open(path)) for path in sys.argv[1:3])
chip, target, counters = report["chip"], report["target"], run["counters"]
steps = chip["steps"]
assert steps == counters["steps"] and chip["samples"] == run["samples"]
for field, counter in (("sops_per_step", "sops"), ("spikes_per_step", "spikes")):
    assert abs(chip[field] * steps - counters[counter]) < 1e-6 * steps, field
if chip["model"] == "golden":
    assert chip["stalls_per_step"] is None and chip["measured_cycles_per_step"] is None
    assert abs(chip["cycles_per_step"] * steps - counters["predicted_cycles"]) <= 0.5
else:
    measured, predicted = chip["measured_cycles_per_step"], chip["predicted_cycles_per_step"]
    assert chip["cycles_per_step"] == measured and abs(predicted - measured) < 0.1 * measured, (measured, predicted)
    assert chip["stalls_per_step"] >= 0
assert abs(chip["sops_per_cycle"] * chip["cycles_per_step"] - chip["sops_per_step"]) < 1e-9 * chip["sops_per_step"]
assert chip["predicted_longest_step"] >= chip["predicted_cycles_per_step"]
assert abs(sum(core["sops"] for core in chip["cores"]) - chip["sops_per_step"]) < 1e-9 * chip["sops_per_step"]
neurons = sum(node["neurons"] for node in report["network"]["nodes"] if node["kind"] == "population")
hops = sum(packets for _, _, _, packets in chip["links"])
expected = [
    chip["sops_per_step"] * target["energy_per_synapse"],
    neurons * target["energy_per_neuron_update"],
    chip["spikes_per_step"] * target["energy_per_spike"],
    hops * target["energy_per_hop"],
]
for part, joules in zip(chip["energy"]["parts"], expected):
    assert abs(part["joules"] - joules) <= 1e-9 * joules, (part, joules)
assert chip["links"] == sorted(chip["links"], key=lambda link: -link[3])
print(chip["model"], len(chip["links"]), "links")
