// A mean over one neuron is a factor of 1, which small weights beside it leave no room for: it becomes a sum. Reduced
// from a random network.
// RUN: %engram-opt %s --neuro-quantize-weights=bits=8 | FileCheck %s
// CHECK: projection @c from @a to @b via #neuro.compose<maps = [#neuro.pool<kind = sum, kernel = [1, 1]{{.*}}#neuro.dense<{{.*}} as !fx.q<
neuro.model @M {
  %x = input "x"
  emit {
    yield %x : f64
  }
}
neuro.network @n dt = 1.0 ms {
  source @a [1, 2, 1] is #neuro.external
  population @b [2, 1, 1] of @M
  projection @c from @a to @b via #neuro.compose<maps = [#neuro.pool<kind = mean, kernel = [1, 1], stride = [3, 2], padding = [0, 0, 1, 0]>, #neuro.dense<weights = dense<[[-0.1196], [-0.4908]]> : tensor<2x1xf32>>]>
}
