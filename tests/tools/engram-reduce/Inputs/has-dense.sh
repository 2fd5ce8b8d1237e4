#!/bin/sh
# Interesting (1) while a matrix is left.
if grep -q 'neuro.dense' "$1"; then exit 1; else exit 0; fi
