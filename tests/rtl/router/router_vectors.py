#!/usr/bin/env python3
"""Vectors of router_bench.sv: a table, and flits with the outputs that each has to leave by.

Written from docs/accelerator.md; the router is at (1, 0) of a mesh of 3 x 2.
Lines: 't' entry part data, 'f' channel flit outputs (a bit a port, 32: parity error, 64: unrouted).
"""
import random

random.seed(9)
X, Y, COLUMNS, ROWS = 1, 0, 3, 2
EAST, NORTH, WEST, SOUTH, LOCAL, HOST = range(6)
THERE = {EAST: X + 1 < COLUMNS, NORTH: Y + 1 < ROWS, WEST: X > 0, SOUTH: Y > 0, LOCAL: True,
         HOST: (X, Y) == (0, 0)}


def ones(x):
    return bin(x).count("1") & 1


def flit(data, kind):
    parity = sum(ones(data >> 8 * k & 255) << k for k in range(8)) | ones(kind) << 8
    return parity << 66 | kind << 64 | data


def legal(source, port):
    if not THERE[port] or port == source and port != LOCAL:
        return False
    return not (source in (NORTH, SOUTH) and port in (EAST, WEST))


def by_place(x, y):
    if x != X:
        return [EAST if x > X else WEST]
    if y != Y:
        return [NORTH if y > Y else SOUTH]
    return [LOCAL]


table = []
for entry in range(64):
    mask = random.choice([0x3F, 0x3C, 0x38, 0x1F])
    table.append((random.randrange(64) & mask, mask, random.randrange(64)))
    key, mask, route = table[-1]
    for part, data in enumerate([key, mask, 1 << 31 | route]):
        print(f"t {entry:x} {part:x} {data:x} 0")

for number in range(2000):
    channel = random.randrange(10)
    source, vc = divmod(channel, 2)
    if vc == 0:
        key = random.randrange(64)
        data, kind = number << 32 | key, 0
        hits = [route for k, m, route in table if key & m == k]
        wanted = [port for port in range(6) if hits and hits[0] >> port & 1]
    else:
        kind = random.randrange(1, 4)
        x, y = random.randrange(COLUMNS), random.randrange(ROWS)
        data = y << 60 | x << 56 | number << 32
        wanted = by_place(0, 0) if kind == 3 else by_place(x, y)
    good = [port for port in wanted if legal(source, port)]
    outputs = sum(1 << (WEST if port == HOST else port) for port in good)
    if not wanted or len(good) < len(wanted):
        outputs |= 64
    word = flit(data, kind)
    if random.randrange(20) == 0:
        word ^= 1 << random.randrange(66, 75)
        outputs = 32
    print(f"f {channel:x} {word:x} {outputs:x} {number:x}")
