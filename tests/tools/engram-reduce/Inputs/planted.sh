#!/bin/sh
# Interesting (1) where a fault would lie in dense projections with a delay onto a cell that is refractory for a time of
# its own in each neuron: a feature of the text, so that what is left does not depend on any machine.
grep -q 'via #neuro.dense<.* delay' "$1" && grep -q 't_ref = dense' "$1" && exit 1
exit 0
