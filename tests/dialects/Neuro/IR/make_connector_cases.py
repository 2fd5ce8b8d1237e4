#!/usr/bin/env python3
"""Writes ConnectorCases.inc: synapses of connectors, computed from their definitions alone.

Random connectors from Philox4x32-10 written down after Salmon et al. 2011 and checked against their known answers;
convolution and pooling from what a unit impulse at each input does to an explicitly padded image.
"""

from itertools import product
from math import floor
from pathlib import Path

MASK = 0xFFFFFFFF


def philox(counter, key):
    c, k = list(counter), list(key)
    for _ in range(10):
        a, b = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(b >> 32) ^ c[1] ^ k[0], b & MASK, (a >> 32) ^ c[3] ^ k[1], a & MASK]
        k = [(k[0] + 0x9E3779B9) & MASK, (k[1] + 0xBB67AE85) & MASK]
    return c


# Known answers of Random123 1.14.0, kat_vectors.
assert philox([0] * 4, [0] * 2) == [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]
assert philox([MASK] * 4, [MASK] * 2) == [0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD]


def stream_of(name):
    value = 2166136261
    for byte in name.encode():
        value = ((value ^ byte) * 16777619) & MASK
    return value


def word(seed, stream, number):
    draw = number // 4
    counter = [draw & MASK, draw >> 32, 0, stream]
    return philox(counter, [seed & MASK, seed >> 32])[number % 4]


def fixed_probability(seed, name, sources, targets, probability, weight, allow_self):
    limit = floor(probability * 2**32)
    return [(j, i, weight) for j in range(sources) for i in range(targets)
            if word(seed, stream_of(name), j * targets + i) < limit and (i != j or allow_self)]


def fixed_indegree(seed, name, sources, targets, indegree, weight):
    result = []
    for i in range(targets):
        chosen = [(word(seed, stream_of(name), i * indegree + k) * sources) >> 32 for k in range(indegree)]
        result += [(j, i, weight) for j in sorted(chosen)]
    return result


def window_map(shape, kernel_of, outputs, kernel, stride, padding, dilation):
    """(input, output, weight) of a sliding window; kernel_of(o, c, ky, kx) is None where o does not see c."""
    channels, height, width = shape
    top, left, bottom, right = padding
    rows, columns = height + top + bottom, width + left + right
    out_height = (rows - dilation[0] * (kernel[0] - 1) - 1) // stride[0] + 1
    out_width = (columns - dilation[1] * (kernel[1] - 1) - 1) // stride[1] + 1
    result = []
    for c, y, x in product(range(channels), range(height), range(width)):
        image = [[0] * columns for _ in range(rows)]
        image[top + y][left + x] = 1
        for o, oy, ox in product(range(outputs), range(out_height), range(out_width)):
            for ky, kx in product(range(kernel[0]), range(kernel[1])):
                weight = kernel_of(o, c, ky, kx)
                seen = image[oy * stride[0] + ky * dilation[0]][ox * stride[1] + kx * dilation[1]]
                if weight is not None and seen:
                    source, target = (c * height + y) * width + x, (o * out_height + oy) * out_width + ox
                    result.append((source, target, weight))
    return (outputs, out_height, out_width), result


def conv(shape, weights_shape, stride, padding, dilation, groups):
    outputs, per_group, kh, kw = weights_shape

    def kernel_of(o, c, ky, kx):
        group = o // (outputs // groups)
        if c // per_group != group:
            return None
        return ((o * per_group + c - group * per_group) * kh + ky) * kw + kx + 1

    return window_map(shape, kernel_of, outputs, (kh, kw), stride, padding, dilation)


def pool(shape, kernel, stride, padding, weight):
    return window_map(shape, lambda o, c, ky, kx: weight if o == c else None, shape[0], kernel, stride, padding, (1, 1))


def entry(connector, source, target, synapses):
    """A connector as text, both shapes, its synapses."""
    listed = ", ".join(f"{{{j}, {i}, {float(w)!r}}}" for j, i, w in sorted(synapses))
    shape = lambda s: "{" + ", ".join(map(str, s)) + "}"
    return f'{{R"({connector})", {shape(source)}, {shape(target)}, {{{listed}}}}},\n'


def counting(shape):
    numbers = iter(range(1, 10**6))

    def level(k):
        return str(next(numbers)) + ".0" if k == len(shape) else "[" + ", ".join(level(k + 1) for _ in range(shape[k])) + "]"

    return f"dense<{level(0)}> : tensor<{'x'.join(map(str, shape))}xf64>"


def main():
    text = "// Written by make_connector_cases.py; not edited by hand.\n"
    seed, name = 0x123456789ABCDEF0, "random"
    for p, allow in ((0.3, "true"), (0.3, "false"), (0.0, "true"), (1.0, "true")):
        text += entry(f"#neuro.fixed_probability<probability = {p!r}, weight = 0.5, allow_self = {allow}>", (7,), (9,),
                      fixed_probability(seed, name, 7, 9, p, 0.5, allow == "true"))
    for k in (0, 1, 5):
        text += entry(f"#neuro.fixed_indegree<indegree = {k}, weight = 2.0>", (6,), (5,),
                      fixed_indegree(seed, name, 6, 5, k, 2.0))
    text += entry("#neuro.all_to_all<weight = 3.0>", (2, 2), (3,), [(j, i, 3) for j in range(4) for i in range(3)])
    text += entry("#neuro.all_to_all<weight = 3.0, allow_self = false>", (3,), (4,),
                  [(j, i, 3) for j in range(3) for i in range(4) if i != j])
    text += entry("#neuro.one_to_one<weight = 3.0>", (2, 2), (4,), [(j, j, 3) for j in range(4)])
    text += entry(f"#neuro.one_to_one<weight = {counting((4,))}>", (2, 2), (4,), [(j, j, j + 1) for j in range(4)])
    text += entry(f"#neuro.dense<weights = {counting((2, 3))}>", (3,), (2,),
                  [(j, i, i * 3 + j + 1) for j in range(3) for i in range(2)])
    text += entry("#neuro.csr<row_starts = dense<[0, 2, 2, 3]> : tensor<4xi64>, targets = dense<[1, 0, 1]> : "
                  f"tensor<3xi32>, weights = {counting((3,))}>", (3,), (2,), [(0, 1, 1), (0, 0, 2), (2, 1, 3)])
    lists = lambda values: "[" + ", ".join(map(str, values)) + "]"
    for shape, weights, stride, padding, dilation, groups in (
        ((1, 4, 5), (1, 1, 2, 3), (1, 1), (0, 0, 0, 0), (1, 1), 1),
        ((2, 5, 4), (4, 1, 2, 2), (2, 1), (1, 0, 0, 2), (1, 2), 2),
        ((3, 6, 6), (2, 3, 3, 2), (3, 2), (0, 1, 2, 0), (2, 1), 1),
        ((4, 3, 3), (4, 1, 3, 3), (1, 1), (1, 1, 1, 1), (1, 1), 4),
    ):
        target, synapses = conv(shape, weights, stride, padding, dilation, groups)
        text += entry(f"#neuro.conv<weights = {counting(weights)}, stride = {lists(stride)}, padding = {lists(padding)}, "
                      f"dilation = {lists(dilation)}, groups = {groups}>", shape, target, synapses)
    # One dimension is two with a height of one.
    target, synapses = conv((2, 1, 9), (4, 1, 1, 3), (1, 2), (0, 2, 0, 1), (1, 2), 2)
    text += entry(f"#neuro.conv<weights = {counting((4, 1, 3))}, stride = [2], padding = [2, 1], dilation = [2], "
                  "groups = 2>", (2, 9), (4, target[2]), synapses)
    for kind, shape, kernel, stride, padding in (
        ("sum", (2, 4, 4), (2, 2), (2, 2), (0, 0, 0, 0)),
        ("mean", (1, 5, 4), (2, 4), (1, 3), (1, 0, 0, 2)),
    ):
        weight = 1.0 if kind == "sum" else 1.0 / (kernel[0] * kernel[1])
        target, synapses = pool(shape, kernel, stride, padding, weight)
        text += entry(f"#neuro.pool<kind = {kind}, kernel = {lists(kernel)}, stride = {lists(stride)}, "
                      f"padding = {lists(padding)}>", shape, target, synapses)
    # A composition is the product of matrices; here 0.5 times a sum over 2x2 windows, then a matrix.
    target, first = pool((1, 4, 4), (2, 2), (2, 2), (0, 0, 0, 0), 1.0)
    text += entry("#neuro.compose<maps = [#neuro.pool<kind = sum, kernel = [2, 2], stride = [2, 2], padding = [0, 0, 0, "
                  f"0]>, #neuro.one_to_one<weight = 0.5>, #neuro.dense<weights = {counting((2, 4))}>]>", (1, 4, 4), (2,),
                  [(j, i, 0.5 * (i * 4 + k + 1)) for j, k, _ in first for i in range(2)])
    Path(__file__).with_name("ConnectorCases.inc").write_text(text)


if __name__ == "__main__":
    main()
