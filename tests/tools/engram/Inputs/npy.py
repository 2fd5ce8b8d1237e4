"""Arrays of .npy files as numpy.lib.format describes them, without numpy and without Engram."""

import ast
import struct

CODES = {"f8": "d", "f4": "f", "i8": "q", "u1": "B", "b1": "?"}


def load(path):
    """The shape and the list of elements, row by row."""
    data = open(path, "rb").read()
    assert data[:8] == b"\x93NUMPY\x01\x00", data[:8]
    (length,) = struct.unpack("<H", data[8:10])
    header = ast.literal_eval(data[10 : 10 + length].decode())
    assert not header["fortran_order"]
    shape, count = header["shape"], 1
    for extent in shape:
        count *= extent
    return shape, list(struct.unpack(f"<{count}{CODES[header['descr'][1:]]}", data[10 + length :]))


def save(path, shape, values, descr="<f8"):
    header = f"{{'descr': '{descr}', 'fortran_order': False, 'shape': {tuple(shape)!r}, }}"
    header += " " * (63 - (10 + len(header)) % 64) + "\n"
    with open(path, "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode())
        file.write(struct.pack(f"<{len(values)}{CODES[descr[1:]]}", *values))
