"""Replays digits.nir by the text of NIR, with numpy and h5py alone, against snnTorch's own answer.

For each LIF node: v += dt/tau * ((v_leak - v) + r*i), spike if v > v_threshold, then v = v_reset.
Exits with 1 if a spike count or a class differs from expected_counts.npy and expected_classes.npy,
or if some v comes nearer to a threshold than 1e-6 of it.
"""

import sys
from pathlib import Path

import h5py
import numpy as np

FOLDER = Path(__file__).resolve().parent
STEPS = 25
DT = 1e-4


def chain():
    """The (type, fields) of the nodes of the graph, in order from the input to the output."""
    with h5py.File(FOLDER / "digits.nir") as file:
        graph = file["node"]
        following = {a.decode(): b.decode() for a, b in graph["edges"][()]}
        name, nodes = "input", []
        while name in following:
            name = following[name]
            node = graph["nodes"][name]
            fields = {k: d[()] for k, d in node.items() if isinstance(d, h5py.Dataset)}
            nodes.append((fields.pop("type").decode(), fields))
    return nodes


def replay(nodes, images, real):
    """Output spike counts (N, 10) and the smallest |v - threshold| / threshold, in type `real`."""
    nodes = [(t, {k: x.astype(real) for k, x in f.items()}) for t, f in nodes if t != "Output"]
    v = [np.zeros((1, 1), real)] * len(nodes)
    counts, closest = 0, np.inf
    for _ in range(STEPS):
        x = images.astype(real)
        for n, (kind, p) in enumerate(nodes):
            if kind == "Affine":
                x = x @ p["weight"].T + p["bias"]
            elif kind == "LIF":
                v[n] = v[n] + real(DT) / p["tau"] * ((p["v_leak"] - v[n]) + p["r"] * x)
                closest = min(closest, np.min(np.abs(v[n] - p["v_threshold"]) / p["v_threshold"]))
                x = (v[n] > p["v_threshold"]).astype(real)
                v[n] = np.where(x == 1, p["v_reset"], v[n])
            else:
                sys.exit(f"unexpected node type '{kind}'")
        counts = counts + x
    return counts.astype(np.int64), closest


def main():
    load = lambda name: np.load(FOLDER / f"{name}.npy")
    images, labels = load("digits_test_images"), load("digits_test_labels")
    good = True
    for real in (np.float64, np.float32):
        counts, closest = replay(chain(), images, real)
        classes = counts.argmax(axis=1)
        other_counts = int((counts != load("expected_counts")).sum())
        other_classes = int((classes != load("expected_classes")).sum())
        top = np.sort(counts, axis=1)
        print(
            f"{real.__name__}: {(classes == labels).sum()} of {len(labels)} right; "
            f"{other_counts} of {counts.size} counts "
            f"and {other_classes} classes differ from snnTorch; "
            f"{(top[:, -1] == top[:, -2]).sum()} ties; "
            f"smallest |v - threshold| / threshold {closest:.2e}"
        )
        good &= other_counts == 0 and other_classes == 0 and closest > 1e-6
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
