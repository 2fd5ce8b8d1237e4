#!/usr/bin/env python3
"""Vectors for the ALU from the instruction table of docs/accelerator.md, with exact fractions: a line has opcode,
rounding, width, signed, shift, align, imm, a, b, c, random and the expected result, in hexadecimal."""
import random
from fractions import Fraction
from math import floor

rng = random.Random(4)
MASK = (1 << 33) - 1


def sat(x, width, signed):
    low, high = (-(1 << (width - 1)), (1 << (width - 1)) - 1) if signed else (0, (1 << width) - 1)
    return max(low, min(high, x))


def cut(x, width, signed):
    x &= (1 << width) - 1
    return x - (1 << width) if signed and x >> (width - 1) else x


def rnd(x, s, rounding, r):
    exact = Fraction(x) / Fraction(2) ** s
    if exact.denominator == 1:
        return int(exact)
    if rounding == 0:
        return round(exact)  # of a Fraction: half to even
    if rounding == 1:
        return int(exact)  # toward zero
    if rounding == 2:
        return floor(exact)
    # Stochastic: up with probability of the first 32 bits behind the point.
    return floor(Fraction(floor(exact * 2**32), 2**32) + Fraction(r, 2**32))


def result(op, rounding, width, signed, shift, align, imm, a, b, c, r):
    amount = min(b & ((1 << 64) - 1), 64)
    s = lambda x: sat(x, width, signed)
    w = lambda x: cut(x, width, signed)
    match op:
        case 1: return cut(a, min(width, 32), signed)
        case 3: return cut(a, 32, signed)
        case 4 | 5: return s(a + b)
        case 6: return s(a - b)
        case 7: return s(rnd(a * b, shift, rounding, r))
        case 8:
            total = a * b + (c << align) if imm & 1 else (a * b << align) + c
            return s(rnd(cut(total, 100, True), shift, rounding, r))
        case 9: return s(rnd(a, shift, rounding, r))
        case 10: return s(-a)
        case 11: return s(abs(a))
        case 12: return min(a, b)
        case 13: return max(a, b)
        case 14: return int([a == b, a != b, a < b, a <= b, a > b, a >= b, False, False][imm & 7])
        case 15: return a if c & 1 else b
        case 16: return w(a & b)
        case 17: return w(a | b)
        case 18: return w(a ^ b)
        case 19: return w(a + b)
        case 20: return w(a - b)
        case 21: return w(a * b)
        case 22: return s(a << amount)
        case 23: return s(rnd(a, amount, rounding, r))
    return 0


def operand():
    kind = rng.randrange(3)
    if kind == 0:
        x = (1 << rng.randrange(33)) + rng.randrange(-1, 2)
    elif kind == 1:
        x = rng.randrange(16) << rng.randrange(30)
    else:
        x = rng.getrandbits(rng.randrange(1, 33))
    return cut(x * rng.choice((1, -1)), 33, True)


for _ in range(10000):
    op = rng.choice([op for op in range(1, 24) if op != 2])
    signed = rng.randrange(2)
    width = rng.randrange(1, 34 if signed else 33)
    shift = rng.randrange(-64, 64) if rng.random() < 0.2 else rng.randrange(-8, 40)
    align, imm, rounding = rng.randrange(64), rng.randrange(8), rng.randrange(4)
    a, b, c, r = operand(), operand(), operand(), rng.getrandbits(32)
    if op >= 22 and rng.random() < 0.9:
        b = rng.randrange(70)
    if op == 14 and rng.random() < 0.3:
        b = a
    want = result(op, rounding, width, bool(signed), shift, align, imm, a, b, c, r)
    print(f"{op:x} {rounding:x} {width:x} {signed:x} {shift & 127:x} {align:x} {imm:x} "
          f"{a & MASK:x} {b & MASK:x} {c & MASK:x} {r:x} {want & MASK:x}")
