// Conversion of models to fixed-point arithmetic.
#ifndef ENGRAM_NEURO_QUANTIZE_MODELS_PASSES_TD
#define ENGRAM_NEURO_QUANTIZE_MODELS_PASSES_TD

include "mlir/Pass/PassBase.td"

def QuantizeModelsPass : Pass<"neuro-quantize-models", "::mlir::ModuleOp"> {
  let summary = "compute states in fixed-point arithmetic";
  let description = [{
    Gives each population of a discrete network a model of its own in which all real numbers are fixed-point numbers,
    and sources of reals a format. Projections have the formats of their weights (`as`, from `neuro-quantize-weights`)
    already, or weights that 16 bits hold exactly.

    *Programs.* What depends on parameters alone is computed in double precision and becomes parameters of the new
    model, with all `parameter-bits` for their own range. Linear parts become sums of products with these, each of
    which rounds once; functions of one number (exp, tanh, division by a state, ...) become at most `max-pieces` pieces
    of polynomials of degree 2 between which comparisons select. Comparisons are exact. Every other rounding is by
    `rounding`; `stochastic` takes a stream of `neuro.random` for each.

    *Formats.* A state has `state-bits` bits, of which its range, taken `2^headroom` times as wide, decides how many
    are integer bits; one that is always a whole number has no others. Ranges are those of the option `range`, as
    they are; else those of `neuro-calibrate`; else bounds by interval arithmetic, where it finds any, with a
    remark. Intermediate results have the fraction bits that keep their rounding errors below an eighth of half a
    step of the states they change, in at most `intermediate-bits`. A port has the finest step of its products and
    the integer bits that its largest sum needs, in at most `accumulator-bits`; where not even what was seen in
    calibration fits, it is wider, with a warning. Biases are rounded to the port's step. The outputs of external
    sources get the format that holds what calibration saw exactly, or `input-bits` bits for its range; without
    calibration `!fx.uq<8, 0>`, with a remark.

    The attribute `neuro.state_error` of a population says what was done: `states`, `inputs` and `parameters` with
    their formats, ranges and errors; `functions` with pieces and the largest error seen.

    ```mlir
    neuro.model @LIF.a {
      %v_threshold = parameter "v_threshold" = 1.0
      %exp_v_v = parameter "exp_v_v" = 0.9
      %int_v_v = parameter "int_v_v" = 2.0
      %v = state "v" = 0.0
      %I = input "I"
      update {
        %0 = arith.mulf %exp_v_v, %v : f64
        %1 = arith.mulf %int_v_v, %I : f64
        %2 = arith.addf %0, %1 : f64
        assign %v, %2 : f64
      }
      ...
    ```
    becomes
    ```mlir
    neuro.model @LIF.a {
      %v_to_v = parameter "v_to_v" = 0.9 : !fx.uq<0, 16>
      %I_to_v = parameter "I_to_v" = 2.0 : !fx.uq<2, 0>
      %v = state "v" = 0.0 : !fx.q<3, 13>
      %I = input "I" : !fx.q<5, 7>
      update {
        %0 = fx.mul %v_to_v, %v nearest_even : !fx.uq<0, 16>, !fx.q<3, 13> -> !fx.q<3, 17>
        %1 = fx.mul_add %I_to_v, %I, %0 nearest_even : !fx.uq<2, 0>, !fx.q<5, 7>, !fx.q<3, 17> -> !fx.q<3, 13>
        assign %v, %1 : !fx.q<3, 13>
      }
      ...
    ```
  }];
  let options = [
    Option<"stateBits", "state-bits", "int", /*default=*/"16", "bits of a state, 2 to 32">,
    Option<"fractionBits", "fraction-bits", "int", /*default=*/"-1",
           "fraction bits of every state; -1: as its range leaves">,
    ListOption<"fractions", "fraction", "std::string",
               "'state=bits' or 'population/state=bits': fraction bits of some states">,
    Option<"parameterBits", "parameter-bits", "int", /*default=*/"16", "bits of a parameter, 2 to 32">,
    Option<"intermediateBits", "intermediate-bits", "int", /*default=*/"32",
           "most bits of an intermediate result, 8 to 48">,
    Option<"accumulatorBits", "accumulator-bits", "int", /*default=*/"24", "most bits of a port, 8 to 53">,
    Option<"inputBits", "input-bits", "int", /*default=*/"8", "most bits of what a source emits, 1 to 24">,
    Option<"headroom", "headroom", "int", /*default=*/"1",
           "calibrated ranges are taken 2^headroom times as wide, 0 to 8">,
    Option<"maxPieces", "max-pieces", "int", /*default=*/"64", "most pieces of a function, 1 to 1024">,
    Option<"rounding", "rounding", "std::string", /*default=*/"\"nearest_even\"",
           "nearest_even, floor, toward_zero or stochastic">,
    ListOption<"ranges", "range", "std::string",
               "'state=low:high' or 'population/state=low:high'">];
  let dependentDialects = ["::engram::fx::FxDialect", "::engram::neuro::NeuroDialect",
                           "::mlir::arith::ArithDialect"];
}

#endif // ENGRAM_NEURO_QUANTIZE_MODELS_PASSES_TD
