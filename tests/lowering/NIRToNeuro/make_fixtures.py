"""Writes the small NIR files in fixtures/: good ones in every storage form, and bad ones, each with one fault.

Usage: python3 make_fixtures.py [folder]     (needs h5py)
"""

import sys
import zipfile
import zlib
from pathlib import Path

import h5py
import numpy as np

folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent / "fixtures")
folder.mkdir(exist_ok=True)
TEXT = h5py.string_dtype()


def text(group, name, value, dtype=TEXT):
    group.create_dataset(name, data=value, dtype=dtype)


def node(nodes, name, kind, **fields):
    group = nodes.create_group(name)
    text(group, "type", kind)
    for key, value in fields.items():
        if isinstance(value, str):
            text(group, key, value)
        else:
            group.create_dataset(key, data=value)
    return group


def graph(parent, edges):
    text(parent, "type", "NIRGraph")
    parent.create_dataset("edges", data=np.array(edges, dtype=object), dtype=TEXT)
    return parent.create_group("nodes")


def lif_network(file, **changes):
    """in -> lin -> lif -> out, two neurons; `changes` replaces fields of the LIF."""
    text(file, "version", "0.2.0")
    nodes = graph(file.create_group("node"), [("in", "lin"), ("lin", "lif"), ("lif", "out")])
    node(nodes, "in", "Input", shape=np.array([2]))
    node(nodes, "lin", "Affine", weight=np.array([[1, -2], [0.5, 4]], "f4"), bias=np.array([0, 1], "f4"))
    fields = {"tau": np.array([0.01, 0.02]), "r": np.ones(2), "v_leak": np.zeros(2), "v_threshold": np.ones(2)}
    fields.update(changes)
    lif = node(nodes, "lif", "LIF", **{k: v for k, v in fields.items() if v is not None})
    node(nodes, "out", "Output", shape=np.array([2]))
    return nodes, lif


def write(name, fill, **options):
    with h5py.File(folder / f"{name}.nir", "w", **options) as file:
        fill(file)


# Good files ---------------------------------------------------------------------------------------


def chunked(file):
    """What the format's library writes since 2026, with metadata, a subgraph and names that need care."""
    text(file, "version", "1.0.8")
    top = file.create_group("node")
    nodes = graph(top, [("10", "sub.net"), ("sub.net", "2"), ("ünï", "10")])
    gzip = dict(compression="gzip")
    inp = node(nodes, "ünï", "Input")
    inp.create_dataset("shape", data=np.array([3]), **gzip)
    scale = node(nodes, "10", "Scale")
    scale.create_dataset("scale", data=np.arange(3) / 4, shuffle=True, fletcher32=True, **gzip)
    meta = scale.create_group("metadata")
    text(meta, "some", "thing")
    meta.create_dataset("data", data=np.array([[1, 2], [3, 4]]), **gzip)
    meta.create_dataset("names", data=np.array(["a", "", "bc"], dtype=object), dtype=TEXT)
    meta.create_dataset("flags", data=np.array([True, False]))
    text(meta.create_group("deeper").create_group("still"), "x", "y")
    sub = nodes.create_group("sub.net")
    text(sub.create_group("metadata"), "who", "sub")
    inner = graph(sub, [("i", "lif"), ("lif", "rec"), ("rec", "lif"), ("lif", "o")])
    node(inner, "i", "Input", shape=np.array([3]))
    node(inner, "lif", "CubaLIF", tau_syn=np.float64(1), tau_mem=np.array([2.0]), r=np.ones(3), v_leak=np.zeros(3),
         w_in=np.float32(1.5), v_threshold=np.ones(3), v_reset=np.zeros(3))
    node(inner, "rec", "Linear", weight=np.eye(3))
    node(inner, "o", "Output", shape=np.array([3]))
    node(nodes, "2", "Output", shape=np.array([3]))


def odd(file):
    """Big-endian numbers, fixed strings, scalars, narrow types, tracked order, the file layout of HDF5 1.10."""
    file.create_dataset("version", data=np.bytes_("1.0"))
    top = file.create_group("node")
    top.create_dataset("type", data=np.bytes_("NIRGraph"), dtype="S12")
    top.create_dataset("edges", data=np.array([[b"z", b"conv"], [b"conv", b"flat"], [b"flat", b"a"]]))
    nodes = top.create_group("nodes", track_order=True)
    node(nodes, "z", "Input", shape=np.array([2, 4, 5], ">i4"))
    conv = node(nodes, "conv", "Conv2d", weight=np.arange(12, dtype=">f8").reshape(2, 2, 1, 3), stride=np.int64(1),
                dilation=np.array([1, 1], "u1"), groups=np.uint64(1), bias=np.array([0.5, -0.25], "f2"),
                input_shape=np.array([4, 5], ">i2"))
    space_padded = h5py.h5t.C_S1.copy()
    space_padded.set_size(8)
    space_padded.set_strpad(h5py.h5t.STR_SPACEPAD)
    padding = h5py.h5d.create(conv.id, b"padding", space_padded, h5py.h5s.create(h5py.h5s.SCALAR))
    padding.write(h5py.h5s.ALL, h5py.h5s.ALL, np.array(b"same    ", "S8"), space_padded)
    node(nodes, "flat", "Flatten", start_dim=np.int32(0), end_dim=np.int8(-1), input_type=np.array([2, 4, 5]))
    node(nodes, "a", "Output", shape=np.array([40.0]))


def no_edges(file):
    """The format's library writes a graph without edges as an empty array of floats."""
    top = file.create_group("node")
    text(top, "type", "NIRGraph")
    top.create_dataset("edges", data=[])
    nodes = top.create_group("nodes")
    node(nodes, "i", "Input", shape=np.array([], "f8"))
    node(nodes, "o", "Output", shape=np.array([], "f8"))


write("contiguous", lif_network)
write("chunked", chunked)
write("odd", odd, libver=("v110", "v110"), userblock_size=512)
write("no_edges", no_edges)

# Bad files ----------------------------------------------------------------------------------------


def bad(name):
    """A network with a fault that the decorated function adds, given the group of nodes and the LIF."""

    def register(add):
        def fill(file):
            add(*lif_network(file))

        write(f"bad_{name}", fill, libver=("v110", "v110"))

    return register


@bad("external_link")
def _(nodes, lif):
    lif["v_reset"] = h5py.ExternalLink("contiguous.nir", "/node/nodes/lif/r")


@bad("soft_link")
def _(nodes, lif):
    lif["v_reset"] = h5py.SoftLink("/node/nodes/lif/r")


@bad("cycle")
def _(nodes, lif):
    sub = nodes.create_group("sub")
    text(sub, "type", "NIRGraph")
    sub.create_dataset("edges", data=[])
    sub["nodes"] = nodes


@bad("metadata_cycle")
def _(nodes, lif):
    meta = lif.create_group("metadata")
    meta.create_group("a")["b"] = meta


@bad("reference")
def _(nodes, lif):
    lif.create_dataset("v_reset", data=nodes.ref, dtype=h5py.ref_dtype)


@bad("compound")
def _(nodes, lif):
    lif.create_dataset("v_reset", data=np.zeros(2, [("a", "f4"), ("b", "f4")]))


@bad("no_value")
def _(nodes, lif):
    lif["v_reset"] = h5py.Empty("f8")


@bad("claims_10_gb")
def _(nodes, lif):
    lif.create_dataset("v_reset", (1_250_000_000,), "f8")


@bad("claims_chunks")
def _(nodes, lif):
    lif.create_dataset("v_reset", (1_250_000_000,), "f8", chunks=(1000,), compression="gzip")


@bad("many_small_claims")
def _(nodes, lif):
    """Each is below the limit of one; together they are not."""
    for i in range(8):
        lif.create_dataset(f"x{i}", (7_000_000,), "f8")


@bad("lzf")
def _(nodes, lif):
    lif.create_dataset("v_reset", data=np.zeros(2), compression="lzf")


@bad("external_storage")
def _(nodes, lif):
    lif.create_dataset("v_reset", (2,), "f8", external=[("bad_lzf.nir", 0, 16)])


@bad("virtual")
def _(nodes, lif):
    layout = h5py.VirtualLayout((2,), "f8")
    layout[:] = h5py.VirtualSource("contiguous.nir", "/node/nodes/lif/r", (2,))
    lif.create_virtual_dataset("v_reset", layout)


@bad("string_tau")
def _(nodes, lif):
    del lif["tau"]
    text(lif, "tau", "slow")


@bad("group_field")
def _(nodes, lif):
    lif.create_group("v_reset")


@bad("not_utf8")
def _(nodes, lif):
    lif.create_dataset("note", data=np.bytes_(b"\xff\xfe"))


@bad("no_type")
def _(nodes, lif):
    del lif["type"]


@bad("number_type")
def _(nodes, lif):
    del lif["type"]
    lif.create_dataset("type", data=3)


@bad("edges_shape")
def _(nodes, lif):
    top = nodes.parent
    del top["edges"]
    top.create_dataset("edges", data=np.array([["a", "b", "c"]], dtype=object), dtype=TEXT)


@bad("uint64")
def _(nodes, lif):
    lif.create_dataset("v_reset", data=np.array([2**63, 1], "u8"))


@bad("stray_group_member")
def _(nodes, lif):
    nodes.create_dataset("stray", data=1)


@bad("deep")
def _(nodes, lif):
    for _ in range(40):
        sub = nodes.create_group("s")
        text(sub, "type", "NIRGraph")
        sub.create_dataset("edges", data=[])
        nodes = sub.create_group("nodes")


@bad("doubling")
def _(nodes, lif):
    """Twenty-eight groups that each name the next one twice: 2^28 paths in a few kilobytes."""
    meta = lif.create_group("metadata")
    for _ in range(28):
        below = meta.create_group("a")
        meta["b"] = below
        meta = below


@bad("long_string_often")
def _(nodes, lif):
    """One stored string that 40,000 elements name: 1.6 GB if each got its copy."""
    meta = lif.create_group("metadata")
    names = meta.create_dataset("names", (40_000,), TEXT, chunks=(40_000,), compression="gzip")
    names[0] = "x" * 40_000
    names.flush()
    first = zlib.decompress(names.id.read_direct_chunk((0,))[1])[:16]
    names.id.write_direct_chunk((0,), zlib.compress(first * 40_000, 9))


write("bad_root_node", lambda f: node(f, "node", "LIF", tau=np.ones(1)))
write("bad_no_node", lambda f: f.create_group("other"))
write("bad_recorded_data", lambda f: f.attrs.__setitem__("__type__", "NIRGraphData"))
with zipfile.ZipFile(folder / "bad_zip.nir", "w") as archive:
    archive.writestr(zipfile.ZipInfo("model.txt"), "not a network")
(folder / "bad_text.nir").write_text("not a network\n")
(folder / "bad_empty.nir").write_bytes(b"")
whole = (folder / "contiguous.nir").read_bytes()
(folder / "bad_cut.nir").write_bytes(whole[: len(whole) // 2])
