// Passes that put projections on crossbars.
#ifndef ENGRAM_XBAR_PASSES_TD
#define ENGRAM_XBAR_PASSES_TD

include "mlir/Pass/PassBase.td"

def MapPass : Pass<"xbar-map", "::mlir::ModuleOp"> {
  let summary = "put projections on crossbars";
  let description = [{
    Gives `dense` projections of a fixed-point network, and `conv` ones whose matrix fits into 16 tiles, cells and converters
    in place of rows of synapses: their connector becomes `#xbar.crossbar`. A projection can lie on crossbars if its port is a fixed-point number, it has one delay, its
    source puts out numbers of at most 255 steps, its weights fit into four slices, and all that joins the same source and
    target can as well. Runs after quantization and before delays are mapped.

    | `projections` | |
    |---|---|
    | `auto` | those with which a step is shorter, or with which the network fits, as far as the target has crossbars: below |
    | `all` | all that can |
    | `none` | none |
    | names | these; one that cannot is an error |

    `auto` compares how long a step takes on the target of the module (`ncore.target`), by the model of cost that
    partition, checks and reports use (`docs/mapping.md`): updates, rows and drives of the cores, conversions before their
    updates, and what of that overlaps. Populations are cut onto cores in their order for this. Rates are `neuro.rates`, else
    `rate`. The projections that shorten the step most are taken first, as long as one does; where the network needs
    more cores than there are, those with which it needs fewer. Without a target it is like `all`.

    Weights become digits of `cell-bits` bits, the least significant first, each in a slice: differential pairs of cells
    with codes g_min + digit * step, the sign choosing the cell. `device` then makes of these codes those that the cells
    have after programming, `seconds` of drift, stuck cells and the fall of voltage along a line, drawn from `seed`. The
    scales of converters make good for the mean of each slice of a tile (`compensate`), as a calibration of the tile with
    known inputs would. Models of devices with their sources are in `docs/crossbar.md`.

    What it did is `xbar.mapping` of the projection: `device`, `cell_bits`, `slices`, `step` (codes between digits), `least`
    (code of g_min), `shift`, `tiles`, `adc_bits`, `adc_range`, `seconds`, `weight_error` (root mean square, in units of the
    weights' step times 2^shift), `seed`.

    ```mlir
    projection @p from @a to @b via #neuro.dense<weights = dense<[[0.5, -0.25]]> : tensor<1x2xf64>> as !fx.q<1, 2> delay 1
    ```
    becomes, with `projections=all adc-range=cell-step`,
    ```mlir
    projection @p from @a to @b via #xbar.crossbar<weights = dense<[[0.5, -0.25]]> : tensor<1x2xf64>,
        codes = dense<[[[[170], [0]]], [[[0], [85]]]]> : tensor<2x1x2x1xui8>, bits = 8, shift = 0,
        low = dense<-85> : tensor<1x1xi32>, gain = dense<197379> : tensor<1x1xi32>, zero = dense<1> : tensor<1x1xi32>,
        scale = dense<256> : tensor<1x1xi32>> as !fx.q<1, 2> delay 1 {xbar.mapping = ...}
    ```
  }];
  let options = [
    Option<"projections", "projections", "std::string", /*default=*/"\"auto\"", "auto, all, none, or names with commas between them">,
    Option<"cellBits", "cell-bits", "int", /*default=*/"0", "bits of a cell, 1 to 8; 0: 2, or as few as four slices need">,
    Option<"adcBits", "adc-bits", "int", /*default=*/"8", "bits of a converter, 1 to 16">,
    Option<"adcRange", "adc-range", "std::string", /*default=*/"\"max\"",
           "max: all that inputs can make; cell-step: a code for each step of a cell">,
    Option<"device", "device", "std::string", /*default=*/"\"ideal\"", "ideal, pcm, rram-wan or rram-milo">,
    Option<"onOffRatio", "on-off-ratio", "double", /*default=*/"-1.0", "g_max / g_min; 0: g_min is 0; -1: as the device has">,
    Option<"seconds", "seconds", "double", /*default=*/"20.0", "since programming">,
    Option<"stuck", "stuck", "double", /*default=*/"0.0", "part of the cells that are stuck, half at g_min, half at g_max">,
    ListOption<"line", "line", "double",
               "what is left of a cell's current, for segments of a column of equally many rows, the nearest to the converter first">,
    Option<"readNoise", "read-noise", "double", /*default=*/"0.0",
           "standard deviation of a read as a part of the conductance; 0: none; -1: as the device has">,
    Option<"compensate", "compensate", "bool", /*default=*/"true", "scales make good for the mean of each slice of a tile">,
    Option<"rate", "rate", "double", /*default=*/"10.0", "spikes a second of sources and populations of unknown rate">,
    Option<"seed", "seed", "uint64_t", /*default=*/"0", "of all random choices">
  ];
  let dependentDialects = ["::engram::neuro::NeuroDialect", "::engram::xbar::XbarDialect"];
}

#endif // ENGRAM_XBAR_PASSES_TD
