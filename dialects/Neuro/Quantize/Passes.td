// Passes that make fixed-point networks of networks.
#ifndef ENGRAM_NEURO_QUANTIZE_PASSES_TD
#define ENGRAM_NEURO_QUANTIZE_PASSES_TD

include "mlir/Pass/PassBase.td"

def FoldNormalizationPass : Pass<"neuro-fold-normalization", "::mlir::ModuleOp"> {
  let summary = "fold normalization before the firing function into thresholds";
  let description = [{
    Where `fire` compares an affine function of a state or input with parameters (a batch normalization of the
    membrane potential, Guo et al. 2023: `gamma (v - mean) / sqrt(var + eps) + beta > threshold`), it compares the
    state itself with a threshold that is computed once, a number a neuron. The chain from the state to the
    comparison consists of `addf`, `subf`, `mulf`, `divf`, `negf`, `fma`, the other operands and the other side of
    the comparison being any operations on parameters and constants.

    Each operation of such a chain is monotonic in floating point too, so there is one number at which the
    comparison turns: it is found by bisection on the numbers of the type, by evaluating the operations of the
    region. So spikes are equal to the last bit, for all finite values. Where a negative factor turns the comparison
    in a neuron, a parameter of -1 turns it back: `sign v > threshold`. Parameters that nothing else uses are removed.

    ```mlir
    fire {
      %0 = arith.subf %v, %mean : f64
      %1 = arith.mulf %gamma, %0 : f64
      %2 = arith.addf %1, %beta : f64
      %z = arith.cmpf ogt, %2, %threshold : f64
      yield %z : i1
    }
    ```
    becomes
    ```mlir
    fire {
      %0 = arith.mulf %folded_sign, %v : f64
      %z = arith.cmpf ogt, %0, %folded_threshold : f64
      yield %z : i1
    }
    ```
    with `%folded_sign` only where a neuron needs it. Shapes of populations have to be known.
  }];
  let dependentDialects = ["::engram::neuro::NeuroDialect", "::mlir::arith::ArithDialect"];
}

def QuantizeWeightsPass : Pass<"neuro-quantize-weights", "::mlir::ModuleOp"> {
  let summary = "round weights to few bits";
  let description = [{
    Gives each projection without a format one, and weights that are numbers of it: signed whole numbers of `bits`
    bits times a power of two. Weights stay floats in the text. Connectors with one weight (`all_to_all`,
    `fixed_probability`, ...) and factors (`one_to_one`) are tensors of their own; in a composition each map is. A
    pool takes the mean no longer: its factor goes into the weights of another map of its composition, and stays if
    it is a power of two; else the pool becomes a convolution with quantized weights.

    | option | |
    |---|---|
    | `granularity` | `tensor`: one step; `channel`: one for each output (row of a matrix, filter). The format of the projection then has the finest step and holds all |
    | `step` | `max`: the least step that clips no weight; `error`: of this and its half, quarter and eighth the one with the least error |
    | `rounding` | `nearest`, ties to even; `stochastic`, by Philox at (seed, stream of the projection, number of the weight); `obc`, `flexround`: below |
    | `codebook` | width of the values of a codebook: the weights are 2^bits values that weighted k-means finds; 0 for none |
    | `sparsity` | the part of the weights that becomes zero |

    With a Hessian H of what reaches the layer (`neuro.hessian`, which `neuro-calibrate` writes: the mean of x x^T), an
    error e of an output's weights costs e H e^T. `obc` is Optimal Brain Compression (Frantar and Alistarh 2022): the
    weight that costs least is rounded, the others make good for its error through the inverse of H, and so on; rows
    of more than 256 inputs are rounded in one order (GPTQ, Frantar et al. 2022), shorter ones in the better of both
    ways; then single weights move as long as this makes the cost less. No row costs more than if it were rounded to the
    nearest. `flexround` (Lee et al. 2023) learns divisors of each weight and output by gradients of
    the cost. Pruning removes what costs least by the same H, and adapts the rest; without H the least weights go.

    What it did is in `neuro.weight_error` of each projection: `bits`, `step` (the finest), `range` of the weights
    before, `mean_error`, `worst_error`, `output_error` (the part of the mean square output that is wrong, by H or for
    independent inputs), `count`, `zeroed`, `clipped`, `pruned`, `method`; with several maps `maps` has it for each of
    them; `channel_fractions` and `codebook` where there are such. A warning counts weights that became zero.

    ```mlir
    projection @p from @a to @b via #neuro.dense<weights = dense<[[0.3, -0.52]]> : tensor<1x2xf64>>
    ```
    becomes, with `bits=4`,
    ```mlir
    projection @p from @a to @b via #neuro.dense<weights = dense<[[0.25, -0.5]]> : tensor<1x2xf64>> as !fx.q<1, 3>
    ```
  }];
  let options = [
    Option<"bits", "bits", "int64_t", /*default=*/"8", "bits of a weight: 2 to 16">,
    Option<"granularity", "granularity", "std::string", /*default=*/"\"tensor\"", "tensor or channel: what has a step of its own">,
    Option<"rounding", "rounding", "std::string", /*default=*/"\"nearest\"", "nearest, stochastic, obc or flexround">,
    Option<"step", "step", "std::string", /*default=*/"\"error\"", "max: no weight is clipped; error: the least error">,
    Option<"codebook", "codebook", "int64_t", /*default=*/"0", "bits of the values of a codebook, 2 to 32; 0 for evenly spaced numbers">,
    Option<"sparsity", "sparsity", "double", /*default=*/"0.0", "part of the weights that becomes zero, 0 to 1">,
    Option<"seed", "seed", "uint64_t", /*default=*/"0", "of stochastic rounding">
  ];
  let dependentDialects = ["::engram::neuro::NeuroDialect", "::engram::fx::FxDialect"];
}

#endif // ENGRAM_NEURO_QUANTIZE_PASSES_TD
