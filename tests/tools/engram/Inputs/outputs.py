"""The files of run-outputs.test, against the input that inputs.py makes."""

import sys

import npy

A = [[1, 0, 0, 0, 0, 1], [0, 0, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0], [0, 0, 0, 0, 1, 1]]
folder = sys.argv[1]
values = [x for step in A for x in step]
assert npy.load(f"{folder}/cell:spikes.npy") == ((4, 6), values)
assert npy.load(f"{folder}/camera:output.npy") == ((4, 6), values)
assert npy.load(f"{folder}/cell:v.npy")[1][-6:] == [1, 1, 0, 0, 1, 2]
