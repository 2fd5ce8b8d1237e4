"""Damages an image in each of its parts: every copy has to be refused with one clear sentence, as has each cut end.

usage: damage_image.py ENGRAM IMAGE FOLDER
Checksums are put right where what is below them is meant to be found: the format is that of docs/accelerator.md.
"""

import json
import struct
import subprocess
import sys
import zlib
from pathlib import Path

engram, image, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
original = list(struct.unpack(f"<{image.stat().st_size // 4}I", image.read_bytes()))


def pack(words):
    return struct.pack(f"<{len(words)}I", *words)


def crc(words):
    return zlib.crc32(pack(words))


def sections(words):
    """Each with the place of its entry and of its data."""
    at = 5 + 5 * words[3]
    for k in range(words[3]):
        entry = 5 + 5 * k
        yield entry, at
        at += words[entry + 3]


def mended(words):
    for entry, at in sections(words):
        words[entry + 4] = crc(words[at : at + words[entry + 3]])
    words[4] = len(words)
    words[-1] = crc(words[:-1])
    return words


def with_text(change):
    """The image with another tools' section."""
    words = original[:]
    entry, at = next((e, a) for e, a in sections(words) if words[e] == 0x100)
    length = words[entry + 3]
    text = pack(words[at + 1 : at + length])[: words[at]]
    text = change(text)
    data = [len(text)] + list(struct.unpack(f"<{(len(text) + 3) // 4}I", text + b"\0" * (-len(text) % 4)))
    words[at : at + length] = data
    words[entry + 3] = len(data)
    return mended(words)


def with_json(**changes):
    def change(text):
        plan = json.loads(text)
        for path, value in changes.items():
            *way, last = [int(p) if p.isdigit() else p for p in path.split("__")]
            place = plan
            for part in way:
                place = place[part]
            if value is None:
                del place[last]
            else:
                place[last] = value
        return json.dumps(plan).encode()

    return with_text(change)


def changed(*places):
    words = original[:]
    for place, value in places:
        words[place] = value
    return words


entries = [entry for entry, _ in sections(original)]
data = next(at for _, at in sections(original))
cases = {
    "magic": (changed((0, 7)), "not an image: the magic number is another one"),
    "version": (changed((1, 2)), "a version of the image that this chip does not know"),
    "hash": (mended(changed((2, 1))), "an image for a chip with other sizes"),
    "count": (changed((3, 5000)), "the image is shorter or longer than it says"),
    "many": (changed((3, 0xFFFFFFFF)), "the image is shorter or longer than it says"),
    "length": (changed((4, 1)), "the image is shorter or longer than it says"),
    "memory": (mended(changed((entries[0], 99))), "a section beyond the chip or the memory"),
    "core": (mended(changed((entries[0] + 1, 16))), "a section beyond the chip or the memory"),
    "base": (mended(changed((entries[0] + 2, 0xFFFFFFF0))), "a section beyond the chip or the memory"),
    "words": (changed((entries[-1] + 3, 0xFFFFFFFF)), "the image is shorter or longer than it says"),
    "data": (changed((data, original[data] ^ 1)), "the checksum of a section does not fit its data"),
    "end": (changed((len(original) - 1, 0)), "the checksum at the end does not fit the image"),
    "empty": ([], "the image is shorter or longer than it says"),
    "no-json": (with_text(lambda text: b"hello"), "the tools' section is not a JSON object"),
    "deep": (with_text(lambda text: b"[" * 100000), "the tools' section is not a JSON object"),
    "no-chip": (with_json(chip=None), "expected 'chip' to be there"),
    "large": (with_json(chip__columns=100000), "expected 'columns' to be a whole number of 1 to 16"),
    "shape": (with_json(populations__0__shape=[2**40, 2**40]), "expected 'shape' to be"),
    "places": (with_json(populations__0__places=[[0, 0, 1]]), "expected 'places' to be one for each neuron"),
    "place": (with_json(populations__0__places=[[99, 0, 1]]), "expected 'places' to be a whole number of 0 to 0"),
    "probe": (with_json(probes__0__target="nobody"), "expected 'variable' to be one that the probe's target has"),
}
for cut in (1, 2, 4, 18, 19, 20, 21, 24, 100, 4 * len(original) - 1):
    cases[f"cut-{cut}"] = (pack(original)[:cut], "")

for name, (words, expected) in cases.items():
    path = folder / f"{name}.egi"
    path.write_bytes(words if isinstance(words, bytes) else pack(words))
    for command in ("info", "run"):
        result = subprocess.run([engram, command, path, "--steps", "1"][: 3 if command == "info" else 5],
                                capture_output=True, text=True)
        lines = result.stderr.splitlines()
        good = result.returncode == 1 and not result.stdout and len(lines) == 1
        good = good and lines[0].startswith(f"engram: error: '{path}': ") and expected in lines[0]
        assert good, (name, command, result)

# What only a run needs: sources that are what the rest says.
for name, change, expected in (
    ("source-text", {"source_text": "neuro.network"}, "the sources of the tools' section: "),
    ("source-name", {"sources__0__name": "other"}, "is not the one of its text"),
    ("source-deep", {"source_text": "(" * 100000}, "nested too deep"),
):
    path = folder / f"{name}.egi"
    path.write_bytes(pack(with_json(**change)))
    result = subprocess.run([engram, "run", path, "--steps", "1"], capture_output=True, text=True)
    assert result.returncode == 1 and expected in result.stderr, (name, result)
print(len(cases), "damaged images refused")
