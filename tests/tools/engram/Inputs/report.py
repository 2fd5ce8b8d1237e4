"""Checks 'engram report --json' of report.mlir against numbers that are computed here, by hand.

Rates: 4 inputs at the assumed 10 Hz, 6 neurons of a at 20 Hz, two of b at 5 and 15 Hz. On core 'first' are neurons 0 to 3
of a, on 'second' 4 and 5 of a and both of b. input -> a is all to all, a -> b dense, a -> a one to one.
"""
import json
import math
import sys

report = json.load(open(sys.argv[1]))


def expect(what, got, wanted):
    close = isinstance(wanted, float) and got is not None and math.isclose(got, wanted, rel_tol=1e-12)
    if not close and got != wanted:
        sys.exit(f"{what}: expected {wanted!r}, got {got!r}")


expect("stage", report["stage"], "routed")
network = report["network"]
expect("neurons", network["neurons"], 8)
# 24 of input -> a, 12 of a -> b, 6 of a -> a
expect("synapses", network["synapses"], 42)
expect("nodes", [(n["name"], n["rate_hz"], n["rate_assumed"]) for n in network["nodes"]],
       [("input", 10, True), ("a", 20, False), ("b", {"min": 5, "max": 15}, False)])

# A synapse takes 16 bits of overhead and, its width not being known, 16 of weight: a word. A row has a header of a word.
# first: 4 rows of input with 4 synapses, 4 rows of a with 1: 4 * 5 + 4 * 2 = 28
# second: 4 rows of input with 2, rows 0 to 3 of a with 2, rows 4 and 5 with 3: 4 * 3 + 4 * 3 + 2 * 4 = 32
needs = {
    "neurons": ([4, 4], 8),
    "synapse words": ([28, 32], 64),
    "fan-in": ([8, 10], 9),
    "fan-out": ([2, 1], None),
    "delay slots": ([3, 4], 16),
}
for k, resource in enumerate(report["resources"]):
    if resource["name"] not in needs:
        continue
    wanted, limit = needs.pop(resource["name"])
    expect(resource["name"], [core["needs"][k] for core in report["cores"]], wanted)
    expect(resource["name"] + " limit", resource["limit"], limit)
    expect(resource["name"] + " most", resource["most"], max(wanted))
    expect(resource["name"] + " mean", resource["mean"], sum(wanted) / 2)
    expect(resource["name"] + " at", resource["at"], "second" if wanted[1] > wanted[0] else "first")
expect("resources that are missing", needs, {})
expect("places", [core["at"] for core in report["cores"]], [[0, 0, 0], [1, 0, 1]])
expect("slices", [core["holds"] for core in report["cores"]], [[["a", 4]], [["a", 2], ["b", 2]]])
expect("excess", [e["message"] for e in report["excess"]], ["core second needs 10 source neurons, limit is 9"])
expect("hosts", report["hosts"], [{"sources": ["input"], "at": [0, 0]}])
expect("routers", report["mapping"]["routers_used"], 2)

expect("keys", {k: report["keys"][k] for k in ("bits", "blocks", "neurons", "keys")},
       {"bits": 16, "blocks": 4, "neurons": 12, "keys": 12})
expect("keys of a", report["keys"]["by_population"][1],
       {"name": "a", "blocks": 2, "neurons": 6, "keys": 6, "first": "0x0000", "last": "0x0005"})
expect("tables", report["tables"]["list"], [[0, 0, 2], [1, 0, 3]])
expect("largest table", report["tables"]["most"], {"at": [1, 0], "entries": 3})
expect("links", report["traffic"]["links"], [[0, 0, 0, 120]])

delays = report["delays"]
expect("slots", (delays["longest"], delays["slots_needed"], delays["slots_limit"]), (3, 4, 16))
expect("delays", delays["histogram"], [{"from": 1, "to": 1, "synapses": 24}, {"from": 2, "to": 2, "synapses": 6},
                                       {"from": 3, "to": 3, "synapses": 12}])
expect("latency", delays["latency"],
       [{"probe": "out", "steps": 3, "seconds": 0.003, "target": "b", "variable": "spikes"}])
expect("reordered", delays["reordered_ports"], ["b.I"])

quantization = report["quantization"]
expect("totals", quantization["totals"], {"projections": 3, "projections_recorded": 1, "weights": 12, "zeroed": 2,
                                          "clipped": 1, "pruned": 0, "saturations": 7})
expect("range", quantization["weights"][0]["record"]["range"], {"min": -0.5, "max": 0.5})
state = quantization["states"][0]
expect("state", (state["name"], state["record"]["kind"], state["record"]["format"], state["record"]["saturations"]),
       ("a.v", "state", "!fx.q<3, 13>", 7))

# Events a second. first: 4 neurons * (4 * 10 of input + 20 of a) = 240; second: 2 * (40 + 20) + 2 * 6 * 20 = 360.
# Packets that arrive a second: first: 40 of input, 80 of its own neurons = 120; second: 40, 80 and 40 of its own = 160;
# nothing needs the spikes of b.
# second: 4 neurons * 10 cycles, 0.16 spikes a step * 5, 0.36 events a step * 2, at 1 MHz: 41.52 us; first: 41.08 us
time, energy = report["prediction"]["time"], report["prediction"]["energy"]
expect("seconds of cores", [core["seconds"] for core in report["cores"]], [4.108e-05, 4.152e-05])
expect("slowest", time["slowest_core"], "second")
expect("hops", time["longest_path_hops"], 1)
parts = [40e-6, 0.8e-6, 0.72e-6, 0.12 / 1000, 1e-6]
for part, wanted in zip(time["parts"], parts, strict=True):
    expect(part["name"], part["seconds"], wanted)
step = sum(parts)
expect("busy", time["busy_seconds"], step)
expect("step", time["step_seconds"], step)
expect("speed", time["speed"], 1e-3 / step)
expect("late", time["late"], False)
# 0.6 events, 8 updates, 0.08 + 0.06 spikes of cores, 0.12 hops, a nanojoule each; a milliwatt for the step
parts = [0.6e-9, 8e-9, 0.14e-9, 0.12e-9, 1e-3 * step]
for part, wanted in zip(energy["parts"], parts, strict=True):
    expect(part["name"], part["joules"], wanted)
expect("energy", energy["joules_per_step"], sum(parts))
expect("power", energy["watts"], sum(parts) / step)
expect("left out", report["prediction"]["left_out"], [])
expect("assumption", report["prediction"]["assumptions"][0],
       "4 of 12 neurons and inputs have no known rate of spikes and count with 10 Hz; 'neuro.rates' gives them one.")
