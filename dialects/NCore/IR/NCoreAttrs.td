// Attributes of 'ncore': the target.
#ifndef ENGRAM_NCORE_ATTRS_TD
#define ENGRAM_NCORE_ATTRS_TD

include "dialects/NCore/IR/NCoreDialect.td"
include "mlir/IR/AttrTypeBase.td"

def NCore_TargetAttr : AttrDef<NCore_Dialect, "Target"> {
  let mnemonic = "target";
  let summary = "a machine in numbers";
  let description = [{
    Fields in any order, each at most once; `name` and `grid` are needed. A limit that is not given, or 0, is none; a
    rate or an energy that is not given is not known, and reports leave out what would need it. Times, rates and
    energies take whole numbers and decimal ones.

    Routers are numbered by column and row from 0. Links of `mesh` and `torus`: 0 = E, 1 = N, 2 = W, 3 = S; of
    `hexagonal` and `hexagonal_torus`: 0 = E, 1 = NE, 2 = N, 3 = W, 4 = SW, 5 = S, where NE is (+1, +1). A torus wraps
    around in both directions.

    | field | unit | default | range | meaning |
    |---|---|---|---|---|
    | `name` |  |  |  | letters, digits, '-', '_' and '.'; needed |
    | `description` |  |  |  | one line for people |
    | `topology` |  | mesh |  | how routers are joined: mesh, torus, hexagonal or hexagonal_torus |
    | `grid` | routers |  | each 1 to 1024 | columns and rows of routers, [x, y] |
    | `cores_per_router` | cores | 1 | 1 to 4096 | cores of a router that run neurons |
    | `absent` |  | none |  | places of the grid without a router, [[x, y], ...] |
    | `dead_cores` |  | none |  | cores not to be used, [[x, y, core], ...] |
    | `dead_links` |  | none |  | links not to be used in either direction, [[x, y, link], ...] |
    | `source_cores` | cores | spikes enter from outside | 0 to 10^15 | cores at a host's router that send the spikes of its sources |
    | `neurons` | neurons | no limit | 0 to 10^15 | neurons of a core |
    | `populations` | programs | no limit | 0 to 10^15 | populations of a core, each with its update program |
    | `own_programs` |  | false |  | whether populations with equal update programs count as several |
    | `synapse_words` | words | no limit | 0 to 10^15 | words of synapse memory of a core, headers of rows included |
    | `synapse_word_bits` | bits | 32 | 1 to 4096 | width of such a word |
    | `synapse_overhead_bits` | bits | 0 | 0 to 4096 | of a sparse synapse beside its weight: index, delay, type |
    | `row_header_words` | words | 1 | 0 to 4096 | words of a row (a source neuron's synapses into a core) before its synapses |
    | `dense_rows` |  | false |  | whether a row may be stored as the weights of consecutive neurons alone |
    | `fan_in` | neurons | no limit | 0 to 10^15 | distinct source neurons of the synapses into a core |
    | `key_map_entries` | entries | no limit | 0 to 10^15 | aligned blocks of keys that a core tells apart; 'fan_in' then limits the keys in them |
    | `fan_out` | cores | no limit | 0 to 10^15 | cores that the spikes of one neuron may reach |
    | `weight_bits` | bits | any | each 1 to 64 | widths of weights that there are, [w, ...] |
    | `delay_slots` | steps | no limit | 0 to 10^15 | slots of the ring of inputs, that of the current step included |
    | `state_words` | words | no limit | 0 to 10^15 | state words of a neuron |
    | `state_bits` | bits | no limit | 0 to 64 | width of a state word |
    | `program_length` | operations | no limit | 0 to 10^15 | operations of the update programs of a core together; instructions where there are 'constants' |
    | `constants` | constants | no instructions | 0 to 10^15 | constants of the update programs of a core together, which then are instructions of Engram's neuron engine |
    | `accumulator_bits` | bits | no limit | 0 to 64 | width of the sum of a port |
    | `ports` | ports | no limit | 0 to 10^15 | inputs of a population that projections feed |
    | `memory_bytes` | bytes | no limit | 0 to 10^15 | bytes of one memory of a core that holds sums, states, tables |
    | `memory_fixed` | bytes | 0 | 0 to 10^15 | of it, what there is whatever the core holds |
    | `memory_neuron` | bytes | 0 | 0 to 10^15 | of it, for each neuron |
    | `memory_port` | bytes | 0 | 0 to 10^15 | of it, for each port of a neuron that projections feed |
    | `memory_word` | bytes | 0 | 0 to 10^15 | of it, for each 32 bits of a neuron's states and own parameters |
    | `memory_sender` | bytes | 0 | 0 to 10^15 | of it, for each core or source that sends to the core |
    | `rows_in_memory` |  | false |  | whether the words of synapses lie in it |
    | `crossbars` | tiles | none | 0 to 10^15 | tiles for in-memory computing |
    | `crossbar_rows` | rows | 128 | 0 to 128 | source neurons of a tile |
    | `crossbar_columns` | columns | 128 | 0 to 128 | target neurons of a tile |
    | `table_entries` | entries | no limit | 0 to 10^15 | entries of the routing table of a router |
    | `key_bits` | bits | 32 | 1 to 64 | width of a key |
    | `min_delay` | steps | 1 | 0 to 10^15 | least delay of a synapse between two cores |
    | `max_delay` | steps | delay_slots - 1 | 0 to 10^15 | longest delay of a synapse |
    | `step_seconds` | s | as fast as it goes | 0 to 10^18 | length of a step in real time |
    | `clock_hz` | Hz | not known | 0 to 10^18 | clock of the cores |
    | `cycles_per_synapse` | cycles | not known | 0 to 10^18 | time of a core for a synaptic event |
    | `cycles_per_neuron` | cycles | not known | 0 to 10^18 | time of a core for the update of a neuron |
    | `cycles_per_spike` | cycles | not known | 0 to 10^18 | time of a core for a spike that arrives, beside its synapses |
    | `delivers_while_updating` |  |  |  | whether cores deliver the spikes of cores while they update, and those of hosts before |
    | `lanes` | neurons | not known | 0 to 4096 | neurons, each with another number modulo it, whose synapses a core adds in a cycle |
    | `cycles_per_step` | cycles | 0 | 0 to 10^18 | time of a step before the first update, whatever it holds |
    | `cycles_per_step_end` | cycles | 0 | 0 to 10^18 | time of a step behind the last update |
    | `cycles_per_population` | cycles | 0 | 0 to 10^18 | time of a core for each population on it in a step |
    | `cycles_per_operation` | cycles | 0 | 0 to 10^18 | time of an operation of an update program, beside 'cycles_per_neuron' |
    | `cycles_per_product` | cycles | cycles_per_operation | 0 to 10^18 | time of one that multiplies, shifts or rounds |
    | `cycles_per_random` | cycles | cycles_per_operation | 0 to 10^18 | time of a random number |
    | `spike_latency` | cycles | 0 | 0 to 10^18 | from the arrival of a spike at a core until its synapses are added, beside their number |
    | `cycles_per_drive` | cycles | 1 | 0 to 10^18 | time of a core to drive a row of a crossbar by a bit of a payload |
    | `cycles_per_noise` | cycles | 0 | 0 to 10^18 | time before that for the noise of a spike in a tile |
    | `cycles_per_conversion` | cycles | 0 | 0 to 10^18 | time to convert a tile, beside its codes |
    | `conversions_per_cycle` | codes | 8 | 0 to 10^18 | codes of columns that the converters of a core make in a cycle |
    | `link_packets_per_second` | packets/s | not known | 0 to 10^18 | rate of a link in one direction |
    | `hop_seconds` | s | not known | 0 to 10^18 | time of a packet from router to router |
    | `energy_per_synapse` | J | not known | 0 to 10^18 | energy of a synaptic event |
    | `energy_per_neuron_update` | J | not known | 0 to 10^18 | energy of the update of a neuron in a step |
    | `energy_per_spike` | J | not known | 0 to 10^18 | energy of a spike that a core sends |
    | `energy_per_hop` | J | not known | 0 to 10^18 | energy of a packet over one link |
    | `energy_per_drive` | J | not known | 0 to 10^18 | energy of a row of a crossbar tile, all slices of it, driven by a bit of a payload |
    | `energy_per_conversion` | J | not known | 0 to 10^18 | energy of a code of a column |
    | `idle_watts` | W | not known | 0 to 10^18 | power of the whole machine without a network |
    | `relay_neuron_cost` | neurons | 1 | 0 to 10^18 | cost of a relay neuron that lengthens a delay |
    | `extension_core_cost` | neurons | no such cores | 0 to 10^18 | cost of a core that holds spikes back for other cores |
    | `extension_stages` | stages | 8 | 1 to 4096 | times the longest delay for which such a core holds back the spikes of 'neurons' neurons |

    ```mlir
    module attributes {ncore.target = #ncore.target<name = "two-by-two", grid = [2, 2], neurons = 256,
        synapse_words = 4096, weight_bits = [4, 8], delay_slots = 16, table_entries = 64>} {
    }
    ```

    `dialects/NCore/IR/Target.h` is the same in C++, with the geometry; `targetOf` reads the attribute.
  }];
  let parameters = (ins "::mlir::DictionaryAttr":$fields);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
}

#endif // ENGRAM_NCORE_ATTRS_TD
