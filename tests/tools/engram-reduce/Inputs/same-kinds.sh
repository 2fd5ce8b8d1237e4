#!/bin/sh
# Interesting (1) while each projection has the kind of connector that it had, and listed spikes are two or more.
grep -q '@dense from @trains to @b.*#neuro.dense<' "$1" && grep -q '@csr from @trains to @a.*#neuro.csr<.*tensor<1xf64>>\|@csr from @trains to @a.*#neuro.csr<.*tensor<[24]xf64>>' "$1" &&
  grep -q '@one from @same to @a.*#neuro.one_to_one<weight = dense' "$1" &&
  grep -q 'spike_trains<steps = dense<\[1' "$1" && exit 1
exit 0
