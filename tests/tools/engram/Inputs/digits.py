"""usage: digits.py FOLDER RUN: compares a run with what snnTorch gave for each digit."""

import json
import sys

import npy

folder, path = sys.argv[1:]
run = json.load(open(path))
classes = npy.load(f"{folder}/expected_classes.npy")[1]
labels = npy.load(f"{folder}/digits_test_labels.npy")[1]
counts = npy.load(f"{folder}/expected_counts.npy")[1]
assert [r["class"] for r in run["results"]] == classes
assert [count for r in run["results"] for count in r["counts"]] == counts
assert [r["label"] for r in run["results"]] == labels
right = sum(a == b for a, b in zip(classes, labels))
assert (run["right"], run["labels"]) == (right, 540) and right == 529
assert run["populations"][-1]["spikes"] == sum(counts)
