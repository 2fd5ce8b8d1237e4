#!/usr/bin/env python3
"""A leaky integrate-and-fire neuron in whole numbers, from the definition of fixed point alone.

usage: integer_lif.py STATE_BITS STEPS | integer_lif.py input STEPS
Writes step,spike,v for the neuron of lif.mlir, or the numbers that it gets: v := round(d v + g I) in steps of the state, saturated;
where v > threshold a spike and v := 0. Nothing of Engram is used: rationals, then whole numbers.
"""

import math
import sys
from fractions import Fraction

steps = int(sys.argv[2])
currents = [(t * 7) % 5 for t in range(steps)]  # in quarters
if sys.argv[1] == "input":
    print("\n".join(str(current / 4) for current in currents))
    sys.exit()
state_bits = int(sys.argv[1])


def nearest_even(x):
    """The whole number nearest to a rational one; Python's round takes halves to even."""
    return round(Fraction(x))


def rounded(value, bits):
    """A positive number below 2^k with all its bits below 2^k, as a whole number and its fraction bits."""
    fraction = bits - max(-60, math.frexp(float(value))[1])
    return nearest_even(Fraction(value) * Fraction(2) ** fraction), fraction


# Euler, dt = 1, tau = 7: v + (r I - v) / 7 = (6/7) v + (r/7) I.
decay, decay_fraction = rounded(Fraction(6, 7), 16)
gain, gain_fraction = rounded(Fraction(3, 7), 16)
# v lies in -2 ... 2, so a state has two integer bits; threshold 0.75; inputs are multiples of 1/4.
fraction = state_bits - 2
low, high = -(1 << (state_bits - 1)), (1 << (state_bits - 1)) - 1

v = 0
for t, current in enumerate(currents):  # times a weight of 0.5: I = current / 8
    # The first product keeps 3 guard bits and one more below half a step of the state.
    guard = min(fraction + 1 + 3, fraction + decay_fraction)
    first = nearest_even(Fraction(decay * v, 1 << (decay_fraction + fraction - guard)))
    exact = Fraction(first, 1 << guard) + Fraction(gain * current, 1 << (gain_fraction + 3))
    v = min(max(nearest_even(exact * (1 << fraction)), low), high)
    spike = v * 4 > 3 << fraction
    if spike:
        v = 0
    print(t, int(spike), v / (1 << fraction))
