"""Two reports of 'engram run', on the golden model and on the RTL: same answers, spikes, events; cycles as predicted."""

import json
import sys

golden, rtl = (json.load(open(path)) for path in sys.argv[1:3])
assert golden["results"] == rtl["results"]
assert golden["populations"] == rtl["populations"]
for event in ("steps", "sops", "spikes", "unrouted", "saturations", "conversions", "drives"):
    assert golden["counters"][event] == rtl["counters"][event], event
# The model of cost is within 10 % of the chip.
assert abs(golden["counters"]["predicted_cycles"] - rtl["counters"]["cycles"]) < 0.1 * rtl["counters"]["cycles"]
# Each sample runs on for the steps by which what comes out is late.
assert rtl["counters"]["steps"] >= rtl["steps"]
assert rtl["counters"]["sops"] > 0 and rtl["counters"]["cycles"] > rtl["counters"]["steps"]
assert rtl["counters"]["unrouted"] == rtl["counters"]["parity"] == 0
