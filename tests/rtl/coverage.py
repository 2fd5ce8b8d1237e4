#!/usr/bin/env python3
"""Lines of rtl/ that tests reached, from counts of Verilator: coverage.py ROOT LEAST_PERCENT FILE.dat...

A line counts if a point of Verilator lies on it, and is reached if any point of it is. Cover points (`cover` in the
sources) are counted beside. Fails below LEAST_PERCENT of the lines, or if a cover point is not reached."""
import collections
import pathlib
import re
import sys


def lines_of(text):
    for part in text.split(","):
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)


def main():
    root, least, files = pathlib.Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3:]
    exclusions = []
    for line in (root / "tests/rtl/coverage-exclusions.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            module, text, reason = line.split("\t")
            exclusions.append((module, text))
    reached = collections.defaultdict(lambda: collections.defaultdict(int))  # [file][line]
    points = collections.defaultdict(int)  # [file, line, name]
    for file in files:
        for line in open(file, encoding="utf-8"):
            match = re.match(r"C '(.*)' (\d+)$", line)
            if not match:
                continue
            fields = dict(f.split("\x02", 1) for f in match[1].split("\x01") if f)
            name, count = pathlib.Path(fields["f"]).name, int(match[2])
            if not name.startswith("engram_") or not (root / "rtl" / name).exists():
                continue
            if fields["page"].startswith("v_user"):
                # A core or router is there more than once; what one reached counts.
                points[name, int(fields["l"]), fields["o"]] += count
                continue
            for number in lines_of(fields.get("S") or fields["l"]):
                reached[name][number] += count
    total = good = 0
    missing = []
    print(f"{'module':<28} {'lines':>6} {'reached':>8} {'percent':>8} {'excluded':>9}")
    for name in sorted(reached):
        source = (root / "rtl" / name).read_text().splitlines()
        module = name[: -len(".sv")]
        excluded = {n for n in reached[name] if any(m == module and t in source[n - 1] for m, t in exclusions)}
        counted = {n: c for n, c in reached[name].items() if n not in excluded}
        hit = sum(c > 0 for c in counted.values())
        total, good = total + len(counted), good + hit
        percent = 100 * hit / len(counted) if counted else 100
        print(f"{module:<28} {len(counted):>6} {hit:>8} {percent:>7.1f}% {len(excluded):>9}")
        missing += [f"rtl/{name}:{n}: {source[n - 1].strip()}" for n, c in sorted(counted.items()) if not c]
    percent = 100 * good / max(total, 1)
    print(f"{'all':<28} {total:>6} {good:>8} {percent:>7.1f}%")
    print(f"cover points: {sum(c > 0 for c in points.values())} of {len(points)} reached")
    missing += [f"rtl/{f}:{n}: cover point {o} is not reached" for (f, n, o), c in sorted(points.items()) if not c]
    print("\n".join(missing))
    sys.exit(percent < least or any(not c for c in points.values()))


main()
