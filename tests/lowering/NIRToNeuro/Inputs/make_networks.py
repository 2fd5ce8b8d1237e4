#!/usr/bin/env python3
"""Writes the tiny networks of the import tests (needs h5py and numpy): python3 make_networks.py"""
import pathlib

import h5py
import numpy as np

here = pathlib.Path(__file__).parent


def write_graph(group, nodes, edges):
    group["type"] = "NIRGraph"
    group.create_dataset("edges", data=np.array(edges, dtype=object), dtype=h5py.string_dtype())
    inner = group.create_group("nodes", track_order=True)
    for name, (kind, fields) in nodes.items():
        node = inner.create_group(name)
        if kind == "NIRGraph":
            write_graph(node, *fields)
            continue
        node["type"] = kind
        for field, value in fields.items():
            node[field] = value


def write(name, nodes, edges):
    with h5py.File(here / f"{name}.nir", "w") as file:
        file["version"] = "1.0.8"
        write_graph(file.create_group("node"), nodes, edges)


def ends(count_in, count_out):
    return ("Input", {"shape": np.array([count_in])}), ("Output", {"shape": np.array([count_out])})


def full(count, value, dtype=np.float64):
    return np.full(count, value, dtype)


def recurrent():
    source, sink = ends(2, 1)
    neuron = {"tau_syn": full(2, 4e-4), "tau_mem": full(2, 8e-4), "r": full(2, 8.0),
              "v_leak": full(2, 0.0), "w_in": full(2, 4.0), "v_threshold": np.array([1.0, 1.5])}
    nodes = {
        "input": source,
        "fc": ("Linear", {"weight": np.array([[1, 0.5], [0.25, 1]], np.float32)}),
        "lif.cell": ("CubaLIF", neuron),
        "lif.w_rec": ("Affine", {"weight": np.array([[0, -0.5], [0.5, 0]], np.float32),
                                 "bias": np.array([0.125, 0], np.float32)}),
        "sum": ("Linear", {"weight": np.ones((1, 2), np.float32)}),
        "read": ("LI", {"tau": full(1, 1e-3), "r": full(1, 1.0), "v_leak": full(1, 0.0)}),
        "output": sink,
    }
    write("recurrent", nodes,
          [("input", "fc"), ("fc", "lif.cell"), ("lif.cell", "lif.w_rec"),
           ("lif.w_rec", "lif.cell"), ("lif.cell", "sum"), ("sum", "read"), ("read", "output")])


def nested():
    source, sink = ends(2, 2)
    inner = ({"in": source,
              "scale": ("Scale", {"scale": np.array([2, 3])}),
              "wait": ("Delay", {"delay": np.array([1e-4, 3e-4])}),
              "out": sink},
             [("in", "scale"), ("scale", "wait"), ("wait", "out")])
    neuron = {"r": np.float32(1e4), "v_threshold": np.float32(1)}
    nodes = {"input": source, "block": ("NIRGraph", inner), "if": ("IF", neuron), "output": sink}
    write("nested", nodes, [("input", "block"), ("block", "if"), ("input", "if"), ("if", "output")])


def convolution():
    weight = np.arange(8, dtype=np.float32).reshape(2, 1, 2, 2) - 3
    nodes = {
        "input": ("Input", {"shape": np.array([1, 5, 4])}),
        "conv": ("Conv2d", {"weight": weight, "bias": np.array([1, -1], np.float32), "stride": 1,
                            "padding": "same", "dilation": np.array([1, 1]), "groups": 1}),
        "pool": ("AvgPool2d", {"kernel_size": np.array([2, 2]), "stride": np.array([2, 2]),
                               "padding": np.array([0, 0])}),
        "flat": ("Flatten", {"start_dim": 0, "end_dim": -1}),
        "cut": ("Threshold", {"threshold": np.array([0.5])}),
        "output": ("Output", {"shape": np.array([8])}),
    }
    write("convolution", nodes,
          [("input", "conv"), ("conv", "pool"), ("pool", "flat"), ("flat", "cut"), ("cut", "output")])


recurrent()
nested()
convolution()
