// Crossbars while networks are cut: blocks of columns stay together, tiles are counted, and what finds rows of synapses in a
// core finds no crossbars there.
// RUN: engram-opt %s -split-input-file -ncore-partition -verify-diagnostics | FileCheck %s

// Five columns in blocks of two, a tile a block; cores of four neurons with one tile each.
// CHECK: core @c0 {
// CHECK-NEXT: slice @b [0, 2]
// CHECK: core @c1 {
// CHECK-NEXT: slice @b [2, 4]
// CHECK: core @c2 {
// CHECK-NEXT: slice @b [4, 5]
module attributes {ncore.target = #ncore.target<name = "t", grid = [3, 1], neurons = 4, crossbars = 1, crossbar_rows = 4, crossbar_columns = 2>} {
  neuro.model @M {
    %v = state "v" = 0.0 : !fx.q<12, 2>
    %I = input "I" : !fx.q<12, 2>
    update {
      assign %v, %I : !fx.q<12, 2>
    }
  }
  neuro.network @blocks dt = 1.0 ms {
    source @in [1] is #neuro.external as !fx.uq<8, 0>
    population @b [5] of @M
    projection @p from @in to @b via #xbar.crossbar<weights = dense<0.5> : tensor<5x1xf64>, codes = dense<7> : tensor<1x1x2x5xui8>,
        rows = 4, columns = 2, bits = 8, shift = 0, low = dense<0> : tensor<3x1xi32>, gain = dense<1> : tensor<3x1xi32>,
        zero = dense<0> : tensor<3x1xi32>, scale = dense<1> : tensor<3x1xi32>> as !fx.q<1, 2>
  }
}

// -----

// Both would fit onto one core, but '@in' reaches one by crossbars and the other by rows.
// CHECK: core @c0 {
// CHECK-NEXT: slice @b [0, 2]
// CHECK-NEXT: }
// CHECK-NEXT: core @c1 {
// CHECK-NEXT: slice @c [0, 2]
module attributes {ncore.target = #ncore.target<name = "t", grid = [3, 1], neurons = 4, crossbars = 1>} {
  neuro.model @M {
    %v = state "v" = 0.0 : !fx.q<12, 2>
    %I = input "I" : !fx.q<12, 2>
    update {
      assign %v, %I : !fx.q<12, 2>
    }
  }
  neuro.network @apart dt = 1.0 ms {
    source @in [2] is #neuro.external as !fx.uq<8, 0>
    population @b [2] of @M
    population @c [2] of @M
    projection @p from @in to @b via #xbar.crossbar<weights = dense<0.5> : tensor<2x2xf64>, codes = dense<7> : tensor<2x1x2x2xui8>,
        bits = 8, shift = 0, low = dense<0> : tensor<1x1xi32>, gain = dense<1> : tensor<1x1xi32>,
        zero = dense<0> : tensor<1x1xi32>, scale = dense<1> : tensor<1x1xi32>> as !fx.q<1, 2>
    projection @q from @in to @c via #neuro.one_to_one<weight = 0.5> as !fx.q<1, 2>
  }
}

// -----

// A block needs the tiles of all row blocks on its core.
module attributes {ncore.target = #ncore.target<name = "t", grid = [3, 1], neurons = 4, crossbars = 1, crossbar_rows = 2>} {
  neuro.model @M {
    %v = state "v" = 0.0 : !fx.q<12, 2>
    %I = input "I" : !fx.q<12, 2>
    update {
      assign %v, %I : !fx.q<12, 2>
    }
  }
  // expected-error@+1 {{core c0 needs 2 crossbars, limit is 1}}
  neuro.network @many dt = 1.0 ms {
    source @in [3] is #neuro.external as !fx.uq<8, 0>
    // expected-error@+1 {{'b' needs 2 crossbars, limit is 1}}
    population @b [2] of @M
    projection @p from @in to @b via #xbar.crossbar<weights = dense<0.5> : tensor<2x3xf64>, codes = dense<7> : tensor<3x1x2x2xui8>,
        rows = 2, bits = 8, shift = 0, low = dense<0> : tensor<2x1xi32>, gain = dense<1> : tensor<2x1xi32>,
        zero = dense<0> : tensor<2x1xi32>, scale = dense<1> : tensor<2x1xi32>> as !fx.q<1, 2>
  }
}

// -----

// xbar_c7
module attributes {ncore.target = #ncore.target<name = "t", grid = [3, 1], neurons = 4, crossbars = 4>} {
  neuro.model @M {
    %v = state "v" = 0.0 : !fx.q<12, 2>
    %I = input "I" : !fx.q<12, 2>
    update {
      assign %v, %I : !fx.q<12, 2>
    }
  }
  neuro.network @widths dt = 1.0 ms {
    source @in [1] is #neuro.external as !fx.uq<8, 0>
    population @b [2] of @M
    projection @p from @in to @b via #xbar.crossbar<weights = dense<0.5> : tensor<2x1xf64>, codes = dense<7> : tensor<1x1x2x2xui8>,
        columns = 2, bits = 8, shift = 0, low = dense<0> : tensor<1x1xi32>, gain = dense<1> : tensor<1x1xi32>,
        zero = dense<0> : tensor<1x1xi32>, scale = dense<1> : tensor<1x1xi32>> as !fx.q<1, 2>
    // expected-error@+1 {{expected tiles of 2 columns, as others into 'b' have, got 128}}
    projection @q from @in to @b via #xbar.crossbar<weights = dense<0.5> : tensor<2x1xf64>, codes = dense<7> : tensor<1x1x2x2xui8>,
        bits = 8, shift = 0, low = dense<0> : tensor<1x1xi32>, gain = dense<1> : tensor<1x1xi32>,
        zero = dense<0> : tensor<1x1xi32>, scale = dense<1> : tensor<1x1xi32>> as !fx.q<1, 2>
  }
}
