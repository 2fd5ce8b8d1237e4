"""Damages a package in many ways: 'engram info' has to refuse what does not hold together, and never to crash.

usage: damage_spinnaker.py ENGRAM PACKAGE SCRATCH
"""

import json
import random
import shutil
import struct
import subprocess
import sys
from pathlib import Path


def info(engram, folder):
    run = subprocess.run([engram, "info", folder], capture_output=True, text=True, timeout=60)
    assert run.returncode in (0, 1), f"exit code {run.returncode}: {run.stderr[:300]}"
    if run.returncode == 1:
        assert run.stderr.startswith("engram: error: '") and str(folder) in run.stderr, run.stderr[:300]
    return run.returncode


def main():
    engram, package, scratch = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    assert info(engram, package) == 0
    manifest = json.loads((package / "manifest.json").read_text())
    data = manifest["cores"][0]["data"]

    def damaged(change):
        shutil.rmtree(scratch, ignore_errors=True)
        shutil.copytree(package, scratch)
        change()
        return info(engram, scratch)

    def rewrite(name, edit):
        path = scratch / name
        path.write_bytes(edit(path.read_bytes()))

    def with_manifest(edit):
        def change():
            copy = json.loads((package / "manifest.json").read_text())
            edit(copy)
            (scratch / "manifest.json").write_text(json.dumps(copy))
        return change

    def word(k, value):
        return lambda: rewrite(data, lambda b: b[: 4 * k] + struct.pack("<I", value) + b[4 * k + 4 :])

    must_fail = [
        lambda: (scratch / "manifest.json").unlink(),
        lambda: (scratch / data).unlink(),
        lambda: rewrite("manifest.json", lambda b: b[: len(b) // 2]),
        lambda: rewrite("manifest.json", lambda b: b"[" * 100000),
        lambda: rewrite(data, lambda b: b[:-4]),
        lambda: rewrite(data, lambda b: b[:-1]),
        lambda: rewrite(data, lambda b: b[:100]),
        lambda: rewrite(manifest["chips"][0]["table"], lambda b: b[:-16]),
        lambda: rewrite(manifest["kinds"][0]["elf"], lambda b: b"nothing"),
        with_manifest(lambda m: m.pop("cores")),
        with_manifest(lambda m: m.update(version=2)),
        with_manifest(lambda m: m["cores"][0].update(kind=77)),
        with_manifest(lambda m: m["cores"][0].update(kind=-1)),
        with_manifest(lambda m: m["cores"][0].update(data="../../secret")),
        with_manifest(lambda m: m["cores"][0].update(address=2**40)),
        with_manifest(lambda m: m["cores"][0].update(at=[0, 0])),
        with_manifest(lambda m: m["cores"][1].update(at=m["cores"][0]["at"])),
        with_manifest(lambda m: m["machine"].update(width=10**9)),
        with_manifest(lambda m: m["populations"][0].update(neurons=10**6)),
        with_manifest(lambda m: m["populations"][0]["states"][0].update(word=4000)),
        with_manifest(lambda m: m["populations"][0]["parts"][0].update(ranges=[5, 1])),
        with_manifest(lambda m: m["populations"][0]["parts"][0].update(core=99)),
        with_manifest(lambda m: m["sources"][0]["parts"][0].update(first_word=60)),
    ]
    # Each field of the header that leads somewhere.
    must_fail += [word(k, 0xFFFFFFF0) for k in (0, 1, 2, 4, 5, 6, 15, 16, 17, 18, 19, 20, 21, 22, 24, 25, 26, 27, 28, 29, 31)]
    for k, change in enumerate(must_fail):
        assert damaged(change) == 1, f"damage {k} was not seen"

    rng = random.Random(1)
    refused = 0
    for _ in range(60):
        name = rng.choice([data, "manifest.json", manifest["chips"][0]["table"]])

        def change():
            def edit(b):
                k = rng.randrange(min(len(b), 400))
                return b[:k] + bytes([rng.randrange(256)]) + b[k + 1 :]
            rewrite(name, edit)

        refused += damaged(change)
    print(f"{len(must_fail) + refused} damaged packages refused with a message, the rest read")


main()
