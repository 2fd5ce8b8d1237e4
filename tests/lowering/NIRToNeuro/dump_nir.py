"""Prints a NIR file as sorted lines, one a node, edge, field: read by h5py alone, to compare a reader with.

Usage: python3 dump_nir.py FILE...     (needs h5py; the line `@ FILE` starts each file)
"""

import sys

import h5py
import numpy as np


def lines_of_field(place, name, data):
    value = data[()]
    if h5py.check_string_dtype(data.dtype) or data.dtype.kind == "S":
        decode = lambda v: (v if isinstance(v, bytes) else v.encode()).decode()
        if data.shape == ():
            yield f"S {place} {name} {decode(value).rstrip() if data.dtype.kind == 'S' else decode(value)}"
        else:
            yield f"T {place} {name} {list(data.shape)} {'|'.join(decode(v) for v in value.ravel())}"
        return
    kind = {"b": ("bool", "u1"), "i": ("i64", "<i8"), "u": ("i64", "<i8")}.get(data.dtype.kind)
    if kind is None:
        kind = ("f64", "<f8") if data.dtype.itemsize == 8 else ("f32", "<f4")
    array = np.asarray(value).astype(kind[1])
    yield f"F {place} {name} {kind[0]} {list(data.shape)} {array.tobytes().hex()}"


def lines_of_metadata(place, group):
    for name, item in group.items():
        if isinstance(item, h5py.Group):
            yield from lines_of_metadata(f"{place}/{name}", item)
        else:
            yield from lines_of_field(place, name, item)


def lines_of_node(place, group):
    kind = group["type"][()].decode()
    yield f"N {place} {kind}"
    for name, item in group.items():
        if name == "metadata":
            yield from lines_of_metadata(f"{place}@", item)
        elif name == "nodes" and kind == "NIRGraph":
            for child, node in item.items():
                yield from lines_of_node(f"{place}/{child}", node)
        elif name == "edges" and kind == "NIRGraph":
            if item.size:
                for source, target in item[()]:
                    yield f"E {place} {source.decode()} -> {target.decode()}"
        elif name != "type":
            yield from lines_of_field(place, name, item)


for path in sys.argv[1:]:
    with h5py.File(path, "r") as file:
        version = file["version"][()].decode() if "version" in file else ""
        print(f"@ {path}")
        print("\n".join(sorted([f"V {version}", *lines_of_node("", file["node"])])))
