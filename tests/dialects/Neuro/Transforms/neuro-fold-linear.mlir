// RUN: %engram-opt %s --neuro-fold-linear | FileCheck %s
// The same meaning before and after is tested by running, in FoldLinearTest.cpp.

neuro.model @Relay {
  %x = input "x"
  emit {
    yield %x : f64
  }
}
// Not a relay: what comes to 'y' goes nowhere.
neuro.model @Deaf {
  %x = input "x"
  %y = input "y"
  emit {
    yield %x : f64
  }
}
neuro.model @M {
  %I = input "I"
}

// CHECK-LABEL: neuro.network @chain
// CHECK-NOT:     population @r
// CHECK:         projection @a.b from @in to @out port "I" via #neuro.dense<weights = dense<{{\[\[}}2.000000e+00, 4.000000e+00], [6.000000e+00, 8.000000e+00]]> : tensor<2x2xf64>> bias dense<[2.000000e+00, 4.000000e+00]> : tensor<2xf64> delay 4
neuro.network @chain dt = 1.0 ms {
  source @in [2] is #neuro.external
  population @r [2] of @Relay
  population @out [2] of @M
  projection @a from @in to @r via #neuro.dense<weights = dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf64>> bias dense<[1.0, 2.0]> : tensor<2xf64> delay 3
  projection @b from @r to @out port "I" via #neuro.one_to_one<weight = 2.0> delay 1
}

// Integers times a factor are no integers.
// CHECK-LABEL: neuro.network @integers
// CHECK:         via #neuro.dense<weights = dense<{{\[\[}}5.000000e-01, 1.000000e+00]]> : tensor<1x2xf64>>
neuro.network @integers dt = 1.0 ms {
  source @in [2] is #neuro.external
  population @r [1] of @Relay
  population @out [1] of @M
  projection @a from @in to @r via #neuro.dense<weights = dense<[[1, 2]]> : tensor<1x2xi8>>
  projection @b from @r to @out via #neuro.one_to_one<weight = 0.5>
}

// Several in, one plain out; one plain in, several out.
// CHECK-LABEL: neuro.network @several
// CHECK-NOT:     population @r
// CHECK-DAG:     projection @a.c from @in to @out via #neuro.one_to_one<weight = 6.0>
// CHECK-DAG:     projection @b.c from @in to @out via #neuro.one_to_one<weight = 10.0> delay 1
// CHECK-LABEL: neuro.network @flat
neuro.network @several dt = 1.0 ms {
  source @in [2] is #neuro.external
  population @r [2] of @Relay
  population @out [2] of @M
  projection @a from @in to @r via #neuro.one_to_one<weight = 3.0>
  projection @b from @in to @r via #neuro.one_to_one<weight = 5.0> delay 1
  projection @c from @r to @out via #neuro.one_to_one<weight = 2.0>
}

// A flatten goes away; a mean before a matrix is kept as a composition, since the product would be larger.
// CHECK:         projection @a.b.c from @in to @out via #neuro.compose<maps = [#neuro.pool<kind = mean, {{.*}}>, #neuro.dense<{{.*}}>]>
neuro.network @flat dt = 1.0 ms {
  source @in [1, 4, 4] is #neuro.external
  population @r [1, 2, 2] of @Relay
  population @s [4] of @Relay
  population @out [2] of @M
  projection @a from @in to @r via #neuro.pool<kind = mean, kernel = [2, 2], stride = [2, 2], padding = [0, 0, 0, 0]>
  projection @b from @r to @s via #neuro.one_to_one<weight = 1.0>
  projection @c from @s to @out via #neuro.dense<weights = dense<1.0> : tensor<2x4xf64>>
}

// A factor a channel goes into the kernel, one that differs within a channel does not.
// CHECK-LABEL: neuro.network @channels
// CHECK:         projection @a.b from @in to @out via #neuro.conv<weights = dense<{{\[\[\[}}5.000000e-01]], {{\[\[}}3.000000e+00]]]> : tensor<2x1x1xf64>
// CHECK:         projection @c.d from @in to @out via #neuro.compose<maps = [#neuro.conv
neuro.network @channels dt = 1.0 ms {
  source @in [1, 2] is #neuro.external
  population @r [2, 2] of @Relay
  population @s [2, 2] of @Relay
  population @out [2, 2] of @M
  projection @a from @in to @r via #neuro.conv<weights = dense<1.0> : tensor<2x1x1xf64>, stride = [1], padding = [0, 0], dilation = [1], groups = 1>
  projection @b from @r to @out via #neuro.one_to_one<weight = dense<[0.5, 0.5, 3.0, 3.0]> : tensor<4xf64>>
  projection @c from @in to @s via #neuro.conv<weights = dense<1.0> : tensor<2x1x1xf64>, stride = [1], padding = [0, 0], dilation = [1], groups = 1>
  projection @d from @s to @out via #neuro.one_to_one<weight = dense<[0.5, 0.25, 3.0, 3.0]> : tensor<4xf64>>
}

// What stays: a relay that is probed; several in and several out; random and sparse maps; delays in time; a bias
// behind a delay, which is there from the first step on; another shape in between; a second input; a cycle.
// CHECK-LABEL: neuro.network @stays
// CHECK:         population @probed
// CHECK:         population @crossing
// CHECK:         population @random
// CHECK:         population @timed
// CHECK:         population @late
// CHECK:         population @reshaped
// CHECK:         population @deaf
// CHECK:         population @self
neuro.network @stays dt = 1.0 ms {
  source @in [2] is #neuro.external
  source @image [2, 1, 2] is #neuro.external
  population @probed [2] of @Relay
  population @crossing [2] of @Relay
  population @random [2] of @Relay
  population @timed [2] of @Relay
  population @late [2] of @Relay
  population @reshaped [1, 2, 2] of @Relay
  population @deaf [2] of @Deaf
  population @self [2] of @Relay
  population @out [2] of @M
  projection @a1 from @in to @probed via #neuro.one_to_one<weight = 2.0>
  projection @a2 from @probed to @out via #neuro.one_to_one<weight = 2.0>
  projection @b1 from @in to @crossing via #neuro.one_to_one<weight = 2.0>
  projection @b2 from @in to @crossing via #neuro.one_to_one<weight = 3.0>
  projection @b3 from @crossing to @out via #neuro.one_to_one<weight = 2.0>
  projection @b4 from @crossing to @out via #neuro.one_to_one<weight = 2.0>
  projection @c1 from @in to @random via #neuro.fixed_probability<probability = 0.5, weight = 2.0>
  projection @c2 from @random to @out via #neuro.one_to_one<weight = 2.0>
  projection @d1 from @in to @timed via #neuro.one_to_one<weight = 2.0> delay 1.0 ms
  projection @d2 from @timed to @out via #neuro.one_to_one<weight = 2.0> delay 1
  projection @e1 from @in to @late via #neuro.one_to_one<weight = 2.0> delay 1
  projection @e2 from @late to @out via #neuro.one_to_one<weight = 2.0> bias dense<1.0> : tensor<2xf64>
  projection @f1 from @image to @reshaped via #neuro.one_to_one<weight = 1.0>
  projection @f2 from @reshaped to @out via #neuro.pool<kind = sum, kernel = [2, 1], stride = [1, 1], padding = [0, 0, 0, 0]>
  projection @g1 from @in to @deaf port "y" via #neuro.one_to_one<weight = 1.0>
  projection @g2 from @deaf to @out via #neuro.one_to_one<weight = 1.0>
  projection @h1 from @in to @self via #neuro.one_to_one<weight = 1.0>
  projection @h2 from @self to @self via #neuro.one_to_one<weight = 1.0> delay 1
  projection @h3 from @self to @out via #neuro.one_to_one<weight = 1.0>
  probe @watch of @probed "output"
}

// A name that is taken is not taken again.
// CHECK-LABEL: neuro.network @names
// CHECK:         projection @a.b from @in to @out
// CHECK:         projection @a.b.folded from @in to @out
neuro.network @names dt = 1.0 ms {
  source @in [2] is #neuro.external
  population @r [2] of @Relay
  population @out [2] of @M
  projection @a.b from @in to @out via #neuro.one_to_one<weight = 3.0>
  projection @a from @in to @r via #neuro.one_to_one<weight = 3.0>
  projection @b from @r to @out via #neuro.one_to_one<weight = 2.0>
}
