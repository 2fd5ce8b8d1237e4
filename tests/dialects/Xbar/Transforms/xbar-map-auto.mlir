// Which projections 'auto' takes: those that save cycles, as far as there are tiles.
// RUN: engram-opt %s -split-input-file -xbar-map | FileCheck %s

// A spike into 100 targets costs 4 + 100 / 4 cycles by a row, 4 + 1 by a crossbar, and with 1000 spikes a second of each of
// 100 neurons there are 100 spikes a step: 2900 cycles against 500 and the conversion of 13 groups of 8 columns.
// At a spike a second each there is one in ten steps, which a conversion of its own costs more than.
// CHECK-LABEL: @busy
// CHECK: projection @often from @fast to @b via #xbar.crossbar
// CHECK: projection @rare from @slow to @c via #neuro.dense
module attributes {ncore.target = #ncore.target<name = "t", grid = [1, 1], crossbars = 4, cycles_per_synapse = 0.25, cycles_per_spike = 4>} {
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
// CHECK: projection @wide from @a to @c via #xbar.crossbar
module attributes {ncore.target = #ncore.target<name = "t", grid = [1, 1], crossbars = 1, cycles_per_synapse = 0.25, cycles_per_spike = 4>} {
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
    population @c [100] of @M
    projection @narrow from @a to @b via #neuro.dense<weights = dense<0.25> : tensor<50x100xf64>> as !fx.q<1, 2> delay 1
    projection @wide from @a to @c via #neuro.dense<weights = dense<0.25> : tensor<100x100xf64>> as !fx.q<1, 2> delay 1
  }
}
