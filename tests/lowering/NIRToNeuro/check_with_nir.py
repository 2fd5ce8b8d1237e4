"""Reads pairs of NIR files with the format's own library and compares them: what it reads from the first (the
original) and from the second (as Engram wrote it) must be equal, field by field, in value, shape and element type.

Usage: python3 check_with_nir.py ORIGINAL WRITTEN [ORIGINAL WRITTEN]...
Exit status: 0 equal, 1 different, 77 the package `nir` is absent (skipped).
"""

import sys

try:
    import nir
    import numpy as np
except ImportError as reason:
    print(f"skipped: {reason}")
    sys.exit(77)


def differences(place, a, b):
    if isinstance(a, dict) and isinstance(b, dict):
        for key in sorted(set(a) | set(b), key=str):
            if key not in a or key not in b:
                yield f"{place}/{key} is only in the {'original' if key in a else 'written file'}"
            elif key == "edges":
                if [tuple(e) for e in a[key]] != [tuple(e) for e in b[key]]:
                    yield f"{place}/edges differ"
            else:
                yield from differences(f"{place}/{key}", a[key], b[key])
        return
    x, y = np.asarray(a), np.asarray(b)
    same = x.shape == y.shape and x.dtype == y.dtype and np.array_equal(x, y, equal_nan=x.dtype.kind == "f")
    if not same:
        yield f"{place}: {x.dtype}{x.shape} {a!r} became {y.dtype}{y.shape} {b!r}"


status = 0
for original, written in zip(sys.argv[1::2], sys.argv[2::2]):
    # Type checking adds and changes nodes, and refuses some graphs of the library's own tests.
    a, b = (nir.read(path, type_check=False).to_dict() for path in (original, written))
    found = list(differences("", a, b))
    for line in found:
        print(f"{original}: {line}")
    status = status or int(bool(found))
print(f"nir {nir.version}: {len(sys.argv) // 2} pairs compared, {'different' if status else 'equal'}")
sys.exit(status)
