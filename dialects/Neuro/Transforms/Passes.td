// Passes within the level 'neuro'.
#ifndef ENGRAM_NEURO_PASSES_TD
#define ENGRAM_NEURO_PASSES_TD

include "mlir/Pass/PassBase.td"

def InlineLibraryPass : Pass<"neuro-inline-library", "::mlir::ModuleOp"> {
  let summary = "bring in the models that populations name";
  let description = [{
    Copies each model that a population names and the module does not define: from the files of the option
    `models` first, then from the library of Engram. A name that is nowhere is an error. Models that no
    population uses are not copied.

    ```mlir
    neuro.network @n dt = 1.0 ms { population @a [10] of @LIF }
    ```
    becomes
    ```mlir
    neuro.model @LIF { ... }
    neuro.network @n dt = 1.0 ms { population @a [10] of @LIF }
    ```
  }];
  let options = [ListOption<"models", "models", "std::string", "files of models, searched before the library">];
  let dependentDialects = ["::engram::neuro::NeuroDialect"];
}

def InferShapesPass : Pass<"neuro-infer-shapes", "::mlir::ModuleOp"> {
  let summary = "give a shape to each source and population";
  let description = [{
    Repeats until nothing changes: a population without a shape takes the one that a projection into it
    produces from its source's shape, or that of its arrays of parameters; a source without a shape takes
    the number of columns of a matrix, or the shape of the weights, of a projection that leaves it. What stays
    unknown is an error, and so is a shape that does not fit a projection.

    ```mlir
    source @in [2, 34, 34] is #neuro.external
    population @a of @LIF
    projection @c from @in to @a via #neuro.conv<weights = ... tensor<16x2x5x5xf32>, stride = [2, 2], padding = [1, 1, 1, 1], ...>
    ```
    becomes `population @a [16, 16, 16] of @LIF`.
  }];
  let dependentDialects = ["::engram::neuro::NeuroDialect"];
}

def FoldLinearPass : Pass<"neuro-fold-linear", "::mlir::ModuleOp"> {
  let summary = "fold chains of linear maps into one projection";
  let description = [{
    A *relay* is a population whose output is its input (a model without state and `fire` whose `emit` yields
    the input). A relay that no probe watches is removed: the projection into it and the one out of it become
    one, with the composed connector, the sum of the delays and the mapped bias. This is done where no work
    is doubled: one projection in and one out, or several on one side if the single one on the other is
    one-to-one. Then neighbours in a composition are merged: factors of one-to-one maps into weights, dense
    after dense where the product is not larger, factor-free one-to-one maps (flatten) away.

    Outputs are the same up to rounding: products of weights are formed in double precision.

    ```mlir
    projection @a from @in to @r via #neuro.dense<weights = A> bias u
    population @r [8] of @Relay
    projection @b from @r to @out via #neuro.one_to_one<weight = 2.0> delay 1
    ```
    becomes
    ```mlir
    projection @a.b from @in to @out via #neuro.dense<weights = 2 A> bias 2 u delay 1
    ```
  }];
  let dependentDialects = ["::engram::neuro::NeuroDialect"];
}

def DiscretizePass : Pass<"neuro-discretize", "::mlir::ModuleOp"> {
  let summary = "turn time into steps and equations into update programs";
  let description = [{
    Each population gets a model of its own, `@Model.population`, in which time is a whole number of steps:
    `dynamics` becomes `update` by the population's method (`#neuro.method`; the option overrides all), a
    refractory time becomes a counter, and `time_step` a constant. For `exact` the propagators `exp(A h)` and
    their integral (Rotter and Diesmann 1999) become parameters, one number a neuron where the model's
    parameters differ between neurons. Delays become steps; a delay that is not a whole number of steps is
    rounded, with a warning.

    ```mlir
    dynamics {
      %0 = arith.subf %I, %v : f64
      %1 = arith.divf %0, %tau : f64
      derivative %v, %1 : f64
    }
    ```
    becomes, by `euler` with a step of 0.1,
    ```mlir
    update {
      %0 = arith.subf %I, %v : f64
      %1 = arith.divf %0, %tau : f64
      %h = arith.constant 1.000000e-01 : f64
      %2 = arith.mulf %h, %1 : f64
      %3 = arith.addf %v, %2 : f64
      assign %v, %3 : f64
    }
    ```
  }];
  let options = [Option<"method", "method", "std::string", /*default=*/"\"\"",
                        "euler, sequential_euler, exponential_euler, exact or rk4, for all populations">];
  let dependentDialects = ["::engram::neuro::NeuroDialect", "::mlir::arith::ArithDialect", "::mlir::math::MathDialect"];
}

def ConvertPrecisionPass : Pass<"neuro-convert-precision", "::mlir::ModuleOp"> {
  let summary = "compute in another floating-point type";
  let description = [{
    Gives all floating-point values of all models, and the sums of all networks, the type of the option. Values
    of parameters stay as they are written and are rounded where they are read.

    ```mlir
    %v = state "v" = 0.0
    ```
    becomes, with `type=f32`,
    ```mlir
    %v = state "v" = 0.0 : f32
    ```
  }];
  let options = [Option<"type", "type", "std::string", /*default=*/"\"f32\"", "f32 or f64">];
  let dependentDialects = ["::engram::neuro::NeuroDialect", "::mlir::arith::ArithDialect"];
}

def VerifyDiscretePass : Pass<"neuro-verify-discrete", "::mlir::ModuleOp"> {
  let summary = "check what the lowering of discrete networks relies on";
  let description = [{
    The boundary between `neuro` and what lies below it: every population has a shape and a model in the module
    that holds no `dynamics`, `refractory` or `time_step` and only operations that the interpreter knows; delays are
    steps; no cycle is without delay; inputs and sums have the type of the network's precision; weights and biases
    are finite. Changes nothing.
  }];
}

def MapDelaysPass : Pass<"neuro-map-delays", "::mlir::ModuleOp"> {
  let summary = "bring delays into the range that a target has";
  let description = [{
    On a discrete network, changes delays so that each hop takes `min-delay` to `max-delay` steps. What a
    population shows is the same as before, later by a latency.

    *Retiming* (Leiserson and Saxe 1991): population v lags by r(v) steps, and a delay d from u to v becomes d +
    r(v) - r(u). The lags are the least for which no delay is shorter than `min-delay`; sources do not lag. A
    lagging population starts later (`neuro.start`, `neuro_s12`), so that its states, its random numbers and what
    a bias gives it are the same too. A cycle in which the delays do not suffice is an error. Populations whose
    probes read each `every` steps lag by a multiple of that.

    *Delay lines*: what is longer than `max-delay` goes through relays, in the cheapest of three ways.
    - `source`: each source or population has one chain of relays for all its projections. A relay has only the
      neurons that have a synapse behind it, and stands as late as it can: there is no shorter chain. Synapses that
      leave from one relay are one projection, of the same connector where all of them do, else a `csr`. A relay of n
      neurons costs n · `relay-neuron-cost`.
    - `extension`: the same chain on cores of its own, as sPyNNaker has them; for what sends spikes or counts. A core
      costs `extension-core-cost` and holds `extension-neurons` neurons at up to `extension-stages` stages. Relays that
      share their cores have the same attribute `neuro.extension`, the first of them.
    - `target`: a projection with one delay for all synapses ends in a relay of its sums, with a neuron for each target,
      and these go through a chain; each neuron costs `relay-neuron-cost`. Only where no bit changes: at a port of
      fixed-point type, in a format that holds every sum, or, of floats, if nothing else adds to the port.
    As all projections of a source share one chain, each set of its deepest projections is tried at the target side;
    of equal costs the first in this list is taken.

    The network's attribute `neuro.delay_map` says the added latency of each probe and each population (`lags`), for
    each projection with long delays the way, the number of relays on it and what each way would have cost all those of
    its source (`long_delays`), the number of relays and of their neurons, and the ports whose sums may now be formed
    in another order (`neuro_s8`). There rounding may differ; without such ports all bits are the same, and those of
    fixed-point type are exact in any order. Relays have the attribute `neuro.relay_of`. `neuro-fold-linear` comes
    before.

    ```mlir
    projection @in from @s to @a via #neuro.one_to_one<weight = 1.0>
    projection @out from @a to @b via #neuro.one_to_one<weight = 1.0> delay 20
    ```
    becomes
    ```mlir
    population @a [1] of @M {neuro.start = 1 : i64}
    population @a_delayed_15 [1] of @delay_spikes {neuro.relay_of = @a, neuro.start = 16 : i64}
    population @b [1] of @M
    projection @in from @s to @a via #neuro.one_to_one<weight = 1.0> delay 1
    projection @out from @a_delayed_15 to @b via #neuro.one_to_one<weight = 1.0> delay 4
    projection @a_delayed_15_in from @a to @a_delayed_15 via #neuro.one_to_one<weight = 1.0> delay 15
    ```
  }];
  let options = [Option<"minDelay", "min-delay", "int64_t", /*default=*/"1", "least steps that a hop takes">,
                 Option<"maxDelay", "max-delay", "int64_t", /*default=*/"15", "most steps that a hop takes">,
                 Option<"relayNeuronCost", "relay-neuron-cost", "double", /*default=*/"1.0", "cost of a relay's neuron">,
                 Option<"extensionCoreCost", "extension-core-cost", "double", /*default=*/"0.0",
                        "cost of a core that holds spikes back for others; 0 if there are none">,
                 Option<"extensionNeurons", "extension-neurons", "int64_t", /*default=*/"256",
                        "neurons of such a core">,
                 Option<"extensionStages", "extension-stages", "int64_t", /*default=*/"8", "stages of such a core">];
  let dependentDialects = ["::engram::fx::FxDialect", "::engram::neuro::NeuroDialect",
                           "::mlir::arith::ArithDialect"];
}

#endif // ENGRAM_NEURO_PASSES_TD
