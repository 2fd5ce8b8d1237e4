// Passes that run networks on the interpreter.
#ifndef ENGRAM_REFERENCE_PASSES_TD
#define ENGRAM_REFERENCE_PASSES_TD

include "mlir/Pass/PassBase.td"

def CalibratePass : Pass<"neuro-calibrate", "::mlir::ModuleOp"> {
  let summary = "record the ranges that a network's numbers take on data";
  let description = [{
    Runs the only network of the module, which has to be discrete, on the interpreter and writes attributes; nothing
    else changes.

    - `neuro.ranges` of a population: least and greatest value of each state, of the sum at each port, of the output,
      and of each result in the model's regions, over neurons, steps and samples. Operands of a `select` count where
      they are selected. A state above a threshold that the reset overwrites counts as what the reset makes of it.
    - `neuro.ranges` of an external source: the range of its numbers, and how many fraction bits they have.
    - With `hessian`, `neuro.hessian` of each projection with a matrix of weights (`dense`, `conv`, within a
      composition too): the mean of x x^T over steps, samples and, of a convolution, positions, where x are the inputs
      of one output. x is low-pass filtered, x(t) = trace x(t - 1) + (1 - trace) s(t), since a membrane adds up what
      arrives over several steps; the default of 0.9 is one of about ten steps. A matrix of more than `hessian-limit`
      numbers is left out, with a warning.
    - With `count-saturation`, on a network in fixed point, `neuro.saturations`: in how many neuron-steps each state
      and port had the greatest or the least number of its format, with a warning if there are any. The one end of
      an unsigned format that is zero does not count.

    ```mlir
    source @in [12] is #neuro.external
    population @a [40] of @LIF.a
    ```
    becomes
    ```mlir
    source @in [12] is #neuro.external {neuro.ranges = {fraction_bits = 0 : i64, range = array<f64: 0.0, 1.0>}}
    population @a [40] of @LIF.a {neuro.ranges = {
        inputs = {I = array<f64: -0.5, 1.25>}, output = array<f64: 0.0, 1.0>, states = {v = array<f64: -0.25, 1.5>},
        update = array<f64: -0.25, 1.375, -0.5, 1.25, -0.25, 1.5>}}
    ```
  }];
  let options = [
    ListOption<"inputs", "input", "std::string",
               "file, or 'source=file', of each external source, as 'engram run' takes it; 'zeros' or 'noise'">,
    Option<"steps", "steps", "int64_t", /*default=*/"0", "steps a sample; 0: as the input has">,
    Option<"samples", "samples", "int64_t", /*default=*/"0", "how many samples, from the first; 0: all">,
    Option<"frameUs", "frame-us", "int64_t", /*default=*/"1000", "us of an event file that make one step">,
    Option<"hessian", "hessian", "bool", /*default=*/"false", "record what weights are multiplied with">,
    Option<"trace", "trace", "double", /*default=*/"0.9", "factor of the low-pass filter, from 0 to below 1">,
    Option<"hessianLimit", "hessian-limit", "int64_t", /*default=*/"16777216", "most numbers of a matrix">,
    Option<"countSaturation", "count-saturation", "bool", /*default=*/"false",
           "count states and ports at the ends of their formats">];
  let dependentDialects = ["::engram::neuro::NeuroDialect"];
}

def CalibrateCrossbarsPass : Pass<"xbar-calibrate", "::mlir::ModuleOp"> {
  let summary = "set converters of crossbars by data, and record what crossbars make wrong";
  let description = [{
    Runs the only network of the module, which `xbar-map` has put onto crossbars, on the interpreter.

    With `percentile` below 100 the range of each converter becomes that part of the currents of its slice and tile which
    lies in the middle; those of the slices of a tile still differ by powers of two. With 0 the converters stay.

    Then it compares the sums that crossbars add with the exact product of weights and outputs, for the outputs that the
    network has with its crossbars, and writes `xbar.error` of each projection: `snr` (mean square of the exact sums by
    that of the errors, in dB; absent without errors), `largest` (error, in steps of weight times output), `rms` (of the
    errors, likewise), `clipped` (part of the conversions whose current was beyond the ends of the converter), `sums` (how
    many were compared).

    ```mlir
    projection @p from @a to @b via #xbar.crossbar<...> as !fx.q<1, 2> delay 1
    ```
    becomes
    ```mlir
    projection @p from @a to @b via #xbar.crossbar<...> as !fx.q<1, 2> delay 1
        {xbar.error = {clipped = 0.0 : f64, largest = 3.0 : f64, rms = 0.5 : f64, snr = 31.0 : f64, sums = 1024 : i64}}
    ```
  }];
  let options = [
    ListOption<"inputs", "input", "std::string",
               "file, or 'source=file', of each external source, as 'engram run' takes it; 'zeros' or 'noise'">,
    Option<"steps", "steps", "int64_t", /*default=*/"0", "steps a sample; 0: as the input has">,
    Option<"samples", "samples", "int64_t", /*default=*/"0", "how many samples, from the first; 0: all">,
    Option<"frameUs", "frame-us", "int64_t", /*default=*/"1000", "us of an event file that make one step">,
    Option<"percentile", "percentile", "double", /*default=*/"0.0",
           "part of the currents, in percent, that converters take in; 0: converters stay">
  ];
  let dependentDialects = ["::engram::neuro::NeuroDialect", "::engram::xbar::XbarDialect"];
}

#endif // ENGRAM_REFERENCE_PASSES_TD
