// Passes from a network to its mapping.
#ifndef ENGRAM_NEUROTONCORE_PASSES_TD
#define ENGRAM_NEUROTONCORE_PASSES_TD

include "mlir/Pass/PassBase.td"

def PartitionPass : Pass<"ncore-partition", "::mlir::ModuleOp"> {
  let summary = "cut populations into slices on cores";
  let description = [{
    Assigns each neuron to a core of the module's target (`ncore.target`), within all limits of a core at once:
    neurons, programs and their length, words of synapses, fan-in, fan-out. What is made small is the number of spikes
    that cross cores, where a spike to one core counts once however many synapses it has there; no more cores are used
    than that needs.

    Neurons (in networks of more than `max-units`, blocks of neighbours) are nodes of a hypergraph, with a net for the
    spikes of each that holds the neuron and its targets. Connectors that are laws (`dense`, `all_to_all`,
    `fixed_probability`, `fixed_indegree`) are never expanded for this: what they need and cost is a closed form of the
    numbers of neurons. For the limits, random ones count with their mean and five standard deviations.

    Relays of one extension core (`neuro.extension`, from `ncore-map-delays`) share cores with each other alone, whose
    neurons are those of the largest stage.

    | method | what it does |
    |---|---|
    | `engram` | METIS's multilevel cut, and the given order, each refined by moves and swaps under the true objective and annealed; the better one |
    | `metis` | METIS alone (on the graph of synapses, weighted by rates), with what does not fit moved elsewhere |
    | `first-fit` | neurons in their order, each onto the first core that has room |
    | `random` | any cut within the limits; results of a network must not depend on it |

    The same network, target and options give the same mapping. Spike rates (Hz) come from the attribute `neuro.rates` of a
    source or population, one number or one a neuron; else from the recording `rates`, as `engram run --output` writes
    it (.csv, .h5; several with commas between them); else from the source's own numbers; else they are `rate`.

    If it does not fit, each need above its limit is a diagnostic.

    ```mlir
    neuro.network @net dt = 1.0 ms {
      source @in [4] is #neuro.external
      population @a [6] of @Cell
      ...
    }
    ```
    gets, on a target of 4 neurons a core,
    ```mlir
    ncore.mapping @map of @net {
      host [@in]
      core @c0 { slice @a [0, 4] }
      core @c1 { slice @a [4, 6] }
    }
    ```
  }];
  let options = [
    Option<"network", "network", "std::string", "", "the network, if the module has several">,
    Option<"mapping", "mapping", "std::string", "\"map\"", "name of the mapping">,
    Option<"method", "method", "std::string", "\"engram\"", "engram, metis, first-fit or random">,
    Option<"random", "random", "int64_t", "-1", "a seed: the method random with it">,
    Option<"seed", "seed", "uint64_t", "1", "of all random choices">,
    Option<"rates", "rates", "std::string", "", "a recording of spikes to take rates from">,
    Option<"rate", "rate", "double", "10.0", "spikes a second of a neuron that nothing else tells">,
    Option<"maxUnits", "max-units", "int64_t", "100000", "the most units that neurons are kept apart for">
  ];
  let dependentDialects = ["::engram::ncore::NCoreDialect"];
}

def PlacePass : Pass<"ncore-place", "::mlir::ModuleOp"> {
  let summary = "put the cores of a mapping onto the target's";
  let description = [{
    Gives each core of the mapping its place, and each host its router, so that spikes times the hops that they travel
    become few. Absent routers and dead cores are left out; hops lead around dead links. Rates are those of
    `ncore-partition`.

    | method | what it does |
    |---|---|
    | `engram` | a Hilbert curve in the given order and in that of a recursive bisection of the traffic, force-directed and annealed; the best of these |
    | `hilbert-force` | the given order along a Hilbert curve, then exchanges of neighbours while one pays |
    | `hilbert` | the given order along a Hilbert curve |
    | `linear` | the given order, row by row |

    ```mlir
    core @c0 { slice @a [0, 4] }
    ```
    becomes
    ```mlir
    core @c0 at [0, 0, 0] { slice @a [0, 4] }
    ```
  }];
  let options = [
    Option<"mapping", "mapping", "std::string", "", "the mapping, if the module has several">,
    Option<"method", "method", "std::string", "\"engram\"", "engram, hilbert-force, hilbert or linear">,
    Option<"seed", "seed", "uint64_t", "1", "of all random choices">,
    ListOption<"host", "host", "int64_t", "column and row of the router of the hosts; 0,0 by default, and the first router if that is absent">,
    Option<"rates", "rates", "std::string", "", "a recording of spikes to take rates from">,
    Option<"rate", "rate", "double", "10.0", "spikes a second of a neuron that nothing else tells">
  ];
  let dependentDialects = ["::engram::ncore::NCoreDialect"];
}

def MapDelaysPass : Pass<"ncore-map-delays", "::mlir::ModuleOp"> {
  let summary = "bring delays into the range that the module's target has";
  let description = [{
    `neuro-map-delays` with the numbers of the target (`ncore.target`): `min_delay`; `max_delay`, or one less than
    `delay_slots`; `relay_neuron_cost` and `extension_core_cost`; `neurons` and `extension_stages` of a core that holds
    back spikes. A target whose range is too narrow to split a longer delay is refused.

    ```mlir
    module attributes {ncore.target = #ncore.target<name = "t", grid = [1, 1], delay_slots = 16>} {
      neuro.network @n dt = 1.0 ms {
        projection @out from @a to @b via #neuro.one_to_one<weight = 1.0> delay 20
    ```
    becomes
    ```mlir
        population @a_delayed_15 [1] of @delay_spikes {neuro.relay_of = @a, neuro.start = 15 : i64}
        projection @out from @a_delayed_15 to @b via #neuro.one_to_one<weight = 1.0> delay 5
        projection @a_delayed_15_in from @a to @a_delayed_15 via #neuro.one_to_one<weight = 1.0> delay 15
    ```
  }];
  let dependentDialects = ["::engram::fx::FxDialect", "::engram::neuro::NeuroDialect",
                           "::engram::ncore::NCoreDialect"];
}

#endif // ENGRAM_NEUROTONCORE_PASSES_TD
