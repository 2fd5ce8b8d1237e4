// A small convolution of counts, whose matrix of 64 by 72 a tile holds, and a dense layer behind it.
neuro.model @Cell {
  %leak = parameter "leak" = 0.75
  %theta = parameter "theta" = 1.0
  %v = state "v" = 0.0
  %I = input "I"
  update {
    %0 = arith.mulf %leak, %v : f64
    %1 = arith.addf %0, %I : f64
    assign %v, %1 : f64
  }
  fire {
    %z = arith.cmpf ogt, %v, %theta : f64
    yield %z : i1
  }
  reset {
    %zero = arith.constant 0.0 : f64
    assign %v, %zero : f64
  }
}
neuro.network @net dt = 1.0 ms seed = 5 {
  source @in [1, 8, 8] is #neuro.poisson<rate = 200.0>
  population @a [2, 6, 6] of @Cell
  population @b [2, 3, 3] of @Cell
  projection @in_a from @in to @a via #neuro.conv<weights = dense<[[[[0.5, -0.25, 0.3], [0.2, 0.61, -0.1], [-0.33, 0.4, 0.15]]], [[[-0.2, 0.7, 0.1], [0.45, -0.5, 0.25], [0.6, 0.05, -0.4]]]]> : tensor<2x1x3x3xf64>, stride = [1, 1], padding = [0, 0, 0, 0], dilation = [1, 1], groups = 1> delay 1
  projection @a_b from @a to @b via #neuro.conv<weights = dense<[[[[0.5, 0.25], [0.75, 0.4]]], [[[0.3, -0.3], [0.6, 0.9]]]]> : tensor<2x1x2x2xf64>, stride = [2, 2], padding = [0, 0, 0, 0], dilation = [1, 1], groups = 2> delay 1
}
