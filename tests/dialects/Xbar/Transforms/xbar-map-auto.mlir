// Which projections 'auto' takes: those with which a step is shorter, as far as there are tiles.
// RUN: engram-opt %s -split-input-file -xbar-map | FileCheck %s

// A spike into 100 targets costs 4 + 100 / 4 cycles by a row, 4 by a crossbar, and with 1000 spikes a second of each of
// 100 neurons there are 100 spikes a step: 2900 cycles against 400 and a conversion, 26 and 13 groups of 8 columns.
// At a spike a second each there is one in ten steps: 2.9 cycles against 0.4 and a tenth of 39.
// CHECK-LABEL: @busy
// CHECK: projection @often from @fast to @b via #xbar.crossbar
// CHECK: projection @rare from @slow to @c via #neuro.dense
module attributes {ncore.target = #ncore.target<name = "t", grid = [1, 1], crossbars = 4, cycles_per_synapse = 0.25, cycles_per_spike = 4, cycles_per_conversion = 26>} {
  neuro.model @M {
    %v = state "v" = 0.0 : !fx.q<12, 2>
    %I = input "I" : !fx.q<12, 2>
    update {
      assign %v, %I : !fx.q<12, 2>
    }
    fire {
      %one = fx.constant 1.0 : !fx.q<12, 2>
      %z = fx.cmp ge, %v, %one : !fx.q<12, 2>
      yield %z : i1
    }
  }
  neuro.network @busy dt = 1.0 ms {
    population @fast [100] of @M {neuro.rates = 1000.0}
    population @slow [100] of @M {neuro.rates = 1.0}
    population @b [100] of @M
    population @c [100] of @M
    projection @often from @fast to @b via #neuro.dense<weights = dense<0.25> : tensor<100x100xf64>> as !fx.q<1, 2> delay 1
    projection @rare from @slow to @c via #neuro.dense<weights = dense<0.25> : tensor<100x100xf64>> as !fx.q<1, 2> delay 1
  }
}

// -----

// Two would save; one tile is there. The wider one saves more.
// CHECK-LABEL: @short
// CHECK: projection @narrow from @a to @b via #neuro.dense
// CHECK: projection @wide from @d to @c via #xbar.crossbar
module attributes {ncore.target = #ncore.target<name = "t", grid = [1, 1], crossbars = 1, cycles_per_synapse = 0.25, cycles_per_spike = 4, cycles_per_conversion = 26>} {
  neuro.model @M {
    %v = state "v" = 0.0 : !fx.q<12, 2>
    %I = input "I" : !fx.q<12, 2>
    update {
      assign %v, %I : !fx.q<12, 2>
    }
    fire {
      %one = fx.constant 1.0 : !fx.q<12, 2>
      %z = fx.cmp ge, %v, %one : !fx.q<12, 2>
      yield %z : i1
    }
  }
  neuro.network @short dt = 1.0 ms {
    population @a [100] of @M {neuro.rates = 1000.0}
    population @b [50] of @M
    population @d [100] of @M {neuro.rates = 1000.0}
    population @c [100] of @M
    projection @narrow from @a to @b via #neuro.dense<weights = dense<0.25> : tensor<50x100xf64>> as !fx.q<1, 2> delay 1
    projection @wide from @d to @c via #neuro.dense<weights = dense<0.25> : tensor<100x100xf64>> as !fx.q<1, 2> delay 1
  }
}

// -----

// A source's spikes find either rows or tiles in a core, so on one core both of its projections go onto tiles, though the
// second alone would not: its spikes are few for a conversion.
// CHECK-LABEL: @together
// CHECK: projection @p from @a to @b via #xbar.crossbar
// CHECK: projection @q from @a to @c via #xbar.crossbar
module attributes {ncore.target = #ncore.target<name = "t", grid = [1, 1], crossbars = 4, cycles_per_synapse = 0.25, cycles_per_spike = 4, cycles_per_conversion = 26>} {
  neuro.model @M {
    %v = state "v" = 0.0 : !fx.q<12, 2>
    %I = input "I" : !fx.q<12, 2>
    update {
      assign %v, %I : !fx.q<12, 2>
    }
    fire {
      %one = fx.constant 1.0 : !fx.q<12, 2>
      %z = fx.cmp ge, %v, %one : !fx.q<12, 2>
      yield %z : i1
    }
  }
  neuro.network @together dt = 1.0 ms {
    population @a [5] of @M {neuro.rates = 1000.0}
    population @b [100] of @M
    population @c [8] of @M
    projection @p from @a to @b via #neuro.dense<weights = dense<0.25> : tensor<100x5xf64>> as !fx.q<1, 2> delay 1
    projection @q from @a to @c via #neuro.dense<weights = dense<0.25> : tensor<8x5xf64>> as !fx.q<1, 2> delay 1
  }
}
