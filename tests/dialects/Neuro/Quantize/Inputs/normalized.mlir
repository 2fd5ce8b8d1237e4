// Membrane potentials that are normalized before they are compared, as PyTorch's BatchNorm in evaluation.
neuro.model @Norm {
  %gamma = parameter "gamma"
  %beta = parameter "beta" = 0.1
  %mean = parameter "mean" = 0.05
  %var = parameter "var" = 0.3
  %eps = parameter "eps" = 1.0e-05
  %theta = parameter "theta" = 0.5
  %decay = parameter "decay" = 0.75
  %v = state "v" = 0.0
  %I = input "I"
  update {
    %0 = arith.mulf %decay, %v : f64
    %1 = arith.addf %0, %I : f64
    assign %v, %1 : f64
  }
  fire {
    %0 = arith.subf %v, %mean : f64
    %1 = arith.addf %var, %eps : f64
    %2 = math.sqrt %1 : f64
    %3 = arith.divf %0, %2 : f64
    %4 = arith.mulf %3, %gamma : f64
    %5 = arith.addf %4, %beta : f64
    %6 = arith.cmpf ogt, %5, %theta : f64
    yield %6 : i1
  }
  reset {
    %0 = arith.subf %v, %theta : f64
    assign %v, %0 : f64
  }
}
neuro.network @n dt = 1.0 ms seed = 3 {
  source @in [40] is #neuro.poisson<rate = 300.0>
  population @a [30] of @Norm parameters {gamma = #neuro.normal<0.2, 1.0>, mean = #neuro.normal<0.0, 0.3>, theta = 0.4}
  population @b [20] of @Norm parameters {gamma = #neuro.uniform<0.3, 1.0>, beta = #neuro.normal<0.0, 0.2>}
  projection @ia from @in to @a via #neuro.fixed_probability<probability = 0.2, weight = 0.13>
  projection @ab from @a to @b via #neuro.fixed_probability<probability = 0.3, weight = 0.07>
  projection @ba from @b to @a via #neuro.fixed_probability<probability = 0.3, weight = -0.31> delay 1
}
