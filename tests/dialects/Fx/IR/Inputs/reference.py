#!/usr/bin/env python3
"""Writes reference.mlir: one operation of 'fx' a function, with a checksum of its results by exact rational arithmetic.

usage: reference.py [TEXT] > reference.mlir
With TEXT, only the functions whose operation contains it. FixedPointTest.cpp walks through the same operands.
"""

import math
import re
import struct
import sys
from fractions import Fraction
from itertools import product

MASK = 2**64 - 1
AMOUNTS = [*range(0, 41), 63, 64, 65, 96, 97, 127, 128, 2**31, 2**32 - 1]
ROUNDINGS = ["nearest_even", "toward_zero", "floor", "stochastic"]


# ---- formats and rounding ----

def parse(text):
    """(signed, I, F) of a fixed-point type, or the text of another type."""
    found = re.fullmatch(r"!fx\.(u?)q<(-?\d+), (-?\d+)>", text)
    return (not found[1], int(found[2]), int(found[3])) if found else text


def width_of(fmt):
    return fmt[1] + fmt[2]


def bounds(fmt):
    width = width_of(fmt)
    return (-2**(width - 1), 2**(width - 1) - 1) if fmt[0] else (0, 2**width - 1)


def number(raw, fmt):
    return raw / Fraction(2)**fmt[2]


def stored(x, fmt, rounding="exact", random=0):
    """The raw number for the exact result x."""
    steps = x * Fraction(2)**fmt[2]
    if rounding == "exact":
        assert steps.denominator == 1
    whole = {"exact": round, "nearest_even": round, "toward_zero": math.trunc, "floor": math.floor,
             "stochastic": lambda s: math.floor(s + Fraction(random, 2**32))}[rounding](steps)
    low, high = bounds(fmt)
    return min(max(whole, low), high)


def float_bits(x, mantissa, code):
    """The bits of the float nearest to x, of two the even one; x is a normal number of the type or zero."""
    if x == 0:
        return 0
    exponent = 0
    while abs(x) / Fraction(2)**exponent >= 2**mantissa:
        exponent += 1
    while abs(x) / Fraction(2)**exponent < 2**(mantissa - 1):
        exponent -= 1
    whole = round(x / Fraction(2)**exponent)
    return int.from_bytes(struct.pack(code, math.ldexp(whole, exponent)), "little")


# ---- operations: (text of the operation, types of arguments, type of the result, function of raw operands) ----

CASES = []


def case(inputs, text, arguments, result, function):
    CASES.append((inputs, text, arguments, result, function))


def rounding_case(inputs, name, arguments, result, exact, tail=None):
    formats = [parse(a) for a in arguments]
    to = parse(result)
    for rounding in ROUNDINGS:
        stochastic = rounding == "stochastic"
        names = ", ".join(f"%{i}" for i in range(len(arguments)))
        mode = f"stochastic(%{len(arguments)})" if stochastic else rounding

        def function(*raw, rounding=rounding, stochastic=stochastic):
            x = exact(*[number(r, f) if isinstance(f, tuple) else r for r, f in zip(raw, formats)])
            return 0 if x is None else stored(x, to, rounding, raw[-1] if stochastic else 0)

        types = tail or f"{', '.join(arguments)} -> {result}"
        case(inputs, f"fx.{name} {names} {mode} : {types}", arguments + ["i32"] * stochastic, result, function)


def binary_cases(inputs, t):
    f = parse(t)
    for name, exact in {"add": lambda a, b: a + b, "sub": lambda a, b: a - b, "min": min, "max": max}.items():
        case(inputs, f"fx.{name} %0, %1 : {t}", [t, t], t,
             lambda a, b, exact=exact: stored(exact(number(a, f), number(b, f)), f))
    for name, exact in {"neg": lambda a: -a, "abs": abs}.items():
        case(inputs, f"fx.{name} %0 : {t}", [t], t, lambda a, exact=exact: stored(exact(number(a, f)), f))


def cmp_cases(inputs, t):
    f = parse(t)
    for name in ("eq", "ne", "lt", "le", "gt", "ge"):
        relation = getattr(Fraction, f"__{name}__", None) or (lambda a, b: a != b)
        case(inputs, f"fx.cmp {name}, %0, %1 : {t}", [t, t], "i1",
             lambda a, b, relation=relation: int(relation(number(a, f), number(b, f))))


def shift_cases(inputs, t):
    f = parse(t)
    # Beyond 200 places nothing changes, and Python would make numbers of gigabytes.
    power = lambda n: Fraction(2)**min(n, 200)
    case(inputs, f"fx.shl %0, %1 : {t}", [t, "i32"], t, lambda a, n: stored(number(a, f) * power(n), f))
    rounding_case(inputs, "shr", [t, "i32"], t, lambda a, n: a / power(n), tail=t)


def bits_of(raw, source):
    return raw & (2**(width_of(source) if isinstance(source, tuple) else int(source[1:])) - 1)


def bitcast_case(inputs, source, target):
    f, g = parse(source), parse(target)

    def function(raw):
        bits = bits_of(raw, f)
        width = width_of(g) if isinstance(g, tuple) else int(g[1:])
        signed = g[0] if isinstance(g, tuple) else width > 1
        return bits - 2**width if signed and bits >> (width - 1) else bits

    case(inputs, f"fx.bitcast %0 : {source} -> {target}", [source], target, function)


def float_cases(t):
    f = parse(t)
    for name, mantissa, code in (("f32", 24, "<f"), ("f64", 53, "<d")):
        case("sample" if width_of(f) > 8 else "all", f"fx.to_float %0 : {t} -> {name}", [t], name,
             lambda a, m=mantissa, c=code: float_bits(number(a, f), m, c))

        def exact(bits, code=code):
            x = struct.unpack(code, bits.to_bytes(4 if code == "<f" else 8, "little"))[0]
            if math.isnan(x):
                return None
            return Fraction(x) if math.isfinite(x) else Fraction(2)**200 * (1 if x > 0 else -1)

        rounding_case("sample", "from_float", [name], t, exact)


def all_cases():
    q4_4, uq0_8 = "!fx.q<4, 4>", "!fx.uq<0, 8>"
    for t in (q4_4, uq0_8, "!fx.q<2, 3>", "!fx.uq<3, 3>"):
        binary_cases("all", t)
        shift_cases("all", t)
    for t in (q4_4, uq0_8):
        cmp_cases("all", t)
    product_of = lambda a, b: a * b
    for types in (
        (q4_4, q4_4, q4_4), (q4_4, uq0_8, q4_4), (uq0_8, "!fx.uq<5, 3>", "!fx.uq<5, 3>"),
        ("!fx.q<1, 7>", "!fx.q<1, 7>", "!fx.q<-2, 10>"), (q4_4, q4_4, "!fx.q<8, 8>"), (q4_4, q4_4, "!fx.q<2, 10>"),
        ("!fx.q<12, -4>", q4_4, q4_4), (q4_4, q4_4, "!fx.q<12, -4>"), (uq0_8, uq0_8, "!fx.q<1, 2>"),
        (q4_4, "!fx.uq<1, 0>", "!fx.uq<4, 2>"), ("!fx.q<-56, 64>", "!fx.uq<0, 8>", "!fx.q<-56, 64>"),
    ):
        rounding_case("all", "mul", list(types[:2]), types[2], product_of)
    sum_of = lambda a, b, c: a * b + c
    for types in (
        ("!fx.q<3, 2>", "!fx.uq<1, 4>", "!fx.q<2, 3>", "!fx.q<3, 2>"),
        ("!fx.uq<0, 5>", "!fx.q<1, 4>", "!fx.q<-5, 10>", "!fx.q<0, 6>"),
        ("!fx.uq<5, 0>", "!fx.uq<7, -2>", "!fx.uq<3, 2>", "!fx.uq<6, 0>"),
    ):
        rounding_case("all", "mul_add", list(types[:3]), types[3], sum_of)
    for source, target in (
        (q4_4, "!fx.q<4, 1>"), (q4_4, uq0_8), (q4_4, "!fx.q<8, 8>"), (q4_4, "!fx.q<2, 0>"), (q4_4, "!fx.q<12, -4>"),
        ("!fx.uq<5, 3>", "!fx.q<1, 7>"), ("!fx.q<-2, 10>", q4_4), ("!fx.q<12, -4>", q4_4), (uq0_8, "!fx.q<1, 0>"),
        ("!fx.q<-56, 64>", q4_4), ("!fx.q<72, -64>", q4_4), (q4_4, "!fx.q<-56, 64>"), (q4_4, "!fx.q<72, -64>"),
        ("!fx.q<72, -64>", "!fx.q<-56, 64>"), ("!fx.q<-56, 64>", "!fx.uq<72, -64>"), (uq0_8, "!fx.uq<-1, 64>"),
    ):
        rounding_case("all", "convert", [source], target, lambda a: a)
    for source, target in ((q4_4, "i8"), ("i8", uq0_8), (q4_4, uq0_8), ("i5", "!fx.q<2, 3>"), ("!fx.uq<2, 3>", "i5"),
                           ("i1", "!fx.uq<1, 0>"), ("!fx.q<1, 0>", "i1"), ("!fx.uq<3, 2>", "!fx.q<0, 5>")):
        bitcast_case("all", source, target)
    for t in (q4_4, uq0_8, "!fx.q<12, -4>", "!fx.q<8, 24>", "!fx.q<32, 32>", "!fx.uq<-1, 64>", "!fx.q<128, -64>"):
        float_cases(t)


def sampled_cases():
    for t in ("!fx.q<8, 8>", "!fx.q<16, 8>", "!fx.q<8, 24>", "!fx.uq<16, 16>", "!fx.q<32, 32>", "!fx.uq<1, 62>"):
        binary_cases("sample", t)
        shift_cases("sample", t)
        cmp_cases("sample", t)
    for types in (
        ("!fx.q<8, 8>", "!fx.uq<0, 16>", "!fx.q<8, 8>"), ("!fx.q<8, 24>", "!fx.q<16, 16>", "!fx.q<8, 24>"),
        ("!fx.q<32, 32>", "!fx.q<32, 32>", "!fx.q<32, 32>"), ("!fx.uq<31, 32>", "!fx.q<1, 63>", "!fx.q<64, 0>"),
        ("!fx.q<0, 64>", "!fx.q<0, 64>", "!fx.q<128, -64>"), ("!fx.q<64, 0>", "!fx.q<64, 0>", "!fx.q<0, 64>"),
        ("!fx.q<0, 64>", "!fx.q<0, 64>", "!fx.q<62, 2>"), ("!fx.q<10, 2>", "!fx.q<24, 0>", "!fx.q<8, 56>"),
    ):
        rounding_case("sample", "mul", list(types[:2]), types[2], lambda a, b: a * b)
    for types in (
        ("!fx.uq<0, 16>", "!fx.q<8, 8>", "!fx.q<8, 8>", "!fx.q<8, 8>"),
        ("!fx.q<8, 24>", "!fx.q<8, 24>", "!fx.q<16, 8>", "!fx.q<8, 24>"),
        ("!fx.q<31, 32>", "!fx.uq<31, 31>", "!fx.q<32, 32>", "!fx.q<32, 32>"),
        ("!fx.uq<8, 8>", "!fx.uq<8, 8>", "!fx.q<40, -20>", "!fx.q<4, 60>"),
    ):
        rounding_case("sample", "mul_add", list(types[:3]), types[3], lambda a, b, c: a * b + c)
    for source, target in (("!fx.q<8, 24>", "!fx.q<8, 8>"), ("!fx.q<32, 32>", "!fx.q<24, 0>"),
                           ("!fx.uq<16, 16>", "!fx.q<2, 30>"), ("!fx.q<64, 0>", "!fx.uq<-1, 64>"),
                           ("!fx.q<0, 64>", "!fx.q<128, -64>"), ("!fx.q<16, 8>", "!fx.q<32, 32>")):
        rounding_case("sample", "convert", [source], target, lambda a: a)


def corner_cases():
    # The product of the two least numbers alone is beyond the greatest one.
    for target in ("!fx.q<1, 7>", "!fx.q<1, 14>"):
        rounding_case("all", "mul", ["!fx.q<1, 7>", "!fx.q<1, 7>"], target, lambda a, b: a * b)


# ---- operands ----

class Generator:
    """SplitMix64 (Steele, Lea, Flood 2014)."""

    def __init__(self):
        self.state = 0

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & MASK
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB & MASK
        return z ^ (z >> 31)


def draw_fixed(generator, fmt):
    low, high = bounds(fmt)
    x, width = generator.next(), width_of(fmt)
    if x & 7 == 0:
        return min(max([low, low + 1, -1, 0, 1, high - 1, high][(x >> 3) % 7], low), high)
    bits = generator.next() >> (64 - width)
    if fmt[0] and bits >> (width - 1):
        bits -= 2**width
    return bits >> ((x >> 3) % width)


def draw_amount(generator):
    x = generator.next()
    return (x >> 2) & 0xFFFFFFFF if x & 3 == 0 else (x >> 2) % 100


def draw_random(generator):
    x = generator.next()
    return {0: 0, 1: 0xFFFFFFFF}.get(x & 7, x >> 32)


def draw_float(generator, name):
    x = generator.next()
    if x & 3 == 0:
        return generator.next() >> (32 if name == "f32" else 0)
    value = math.ldexp((x >> 2) % 8191 - 4095, (x >> 16) % 141 - 70)
    return int.from_bytes(struct.pack("<f" if name == "f32" else "<d", value), "little")


def operands(inputs, text, arguments):
    generator = Generator()
    kinds = [parse(a) for a in arguments]
    is_amount = [k == "i32" and i == 1 and text.startswith(("fx.sh")) for i, k in enumerate(kinds)]
    if inputs == "sample":
        for _ in range(2000):
            yield [draw_fixed(generator, k) if isinstance(k, tuple) else
                   draw_amount(generator) if amount else
                   draw_float(generator, k) if k[0] == "f" else draw_random(generator)
                   for k, amount in zip(kinds, is_amount)]
        return
    ranges = []
    for k, amount in zip(kinds, is_amount):
        if isinstance(k, tuple):
            low, high = bounds(k)
            ranges.append(range(low, high + 1))
        elif amount:
            ranges.append(AMOUNTS)
        elif k == "i32":
            # Few operands meet all first bytes of the random number, many a single one each.
            ranges.append(range(256) if len(kinds) == 2 else [None])
        elif k == "i1":
            ranges.append(range(2))
        else:
            ranges.append(range(-2**(int(k[1:]) - 1), 2**(int(k[1:]) - 1)))
    has_random = kinds[-1] == "i32" and not is_amount[-1]
    for values in product(*ranges):
        values = list(values)
        if has_random:
            word = generator.next() >> 32
            values[-1] = word if values[-1] is None else values[-1] << 24 | word >> 8
        yield values


def main():
    all_cases()
    sampled_cases()
    corner_cases()
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    print("// Written by reference.py beside it: operations of 'fx' and checksums of their results, computed as exact")
    print("// rational numbers. 'all' are all operands of the formats, 'sample' 2000 with many extreme ones.")
    for index, (inputs, text, arguments, result, function) in enumerate(CASES):
        if wanted not in text:
            continue
        checksum = 0xCBF29CE484222325
        for values in operands(inputs, text, arguments):
            checksum = ((checksum ^ (function(*values) & MASK)) * 0x100000001B3) & MASK
        parameters = ", ".join(f"%{i}: {a}" for i, a in enumerate(arguments))
        print(f'func.func @f{index}({parameters}) -> {result} attributes {{inputs = "{inputs}", '
              f'checksum = "{checksum:016x}"}} {{\n  %r = {text}\n  return %r : {result}\n}}')


if __name__ == "__main__":
    main()
