"""Checks a description of an image by 'engram info --json --disassemble' against the file: header, sections, programs.

usage: reassemble.py IMAGE DESCRIPTION
"""

import json
import struct
import sys

data = open(sys.argv[1], "rb").read()
words = struct.unpack(f"<{len(data) // 4}I", data)
info = json.load(open(sys.argv[2]))
assert info["version"] == words[1] == 1 and int(info["feature_hash"], 16) == words[2] and info["words"] == len(words)
at, listed, programs, states = 5 + 5 * words[3], [], {}, 0
for k in range(words[3]):
    memory, core, base, length = words[5 + 5 * k : 9 + 5 * k]
    if memory < 0x100:
        listed.append(([core % info["mesh"][0], core // info["mesh"][0]], base, length))
    if memory == 1:
        programs[core] = words[at : at + length]
    at += length
assert listed == [(s["core"], s["base"], s["words"]) for s in info["sections"]], listed
assert info["programs"] and programs
for program in info["programs"]:
    core = program["core"][1] * info["mesh"][0] + program["core"][0]
    for k, line in enumerate(program["instructions"], start=program["first"]):
        assert int(line["word"], 16) == programs[core][2 * k] | programs[core][2 * k + 1] << 32, (program, k)
    assert program["instructions"][-1]["text"] == "end", program
neurons = sum(core["neurons"] for core in info["cores"])
places = sum(count for p in info["network"]["populations"] for _, _, count in p["places"])
assert neurons == places == sum(
    __import__("math").prod(p["shape"]) for p in info["network"]["populations"]), (neurons, places)
print(neurons, "neurons")
