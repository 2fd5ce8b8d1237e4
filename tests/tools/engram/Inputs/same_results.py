"""Two reports of 'engram run' have the same answers and spikes; the second has counted its steps."""

import json
import sys

golden, rtl = (json.load(open(path)) for path in sys.argv[1:3])
assert golden["results"] == rtl["results"]
assert golden["populations"] == rtl["populations"]
assert "counters" not in golden
# Each sample runs on for the steps by which what comes out is late.
assert rtl["counters"]["steps"] >= rtl["steps"]
assert rtl["counters"]["sops"] > 0 and rtl["counters"]["cycles"] > rtl["counters"]["steps"]
assert rtl["counters"]["unrouted"] == rtl["counters"]["parity"] == 0
