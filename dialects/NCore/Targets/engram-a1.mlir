// Engram's own accelerator, the smallest chip: rtl/ is generated from these numbers.
//
// By design: mesh, neurons, 8 lanes, 128-bit words of 16 x 8 or 32 x 4 dense bits or of sparse synapses {index 8, weight 8,
// delay 4, type 2}, 24-bit sums, 16 slots, 8 state words, 64 instructions, 64 entries, and four types of synapses, which the
// two bits of a type give.
// Cycles are those of the RTL (docs/accelerator.md, "Timing of a step"), a packet a cycle on a link among them; tests hold them
// against runtime/accelerator/Cost and the verilated chip.
// Assumptions: 16,384 words (256 KiB) of synapse memory and rows of 4,096 source neurons a core; state words of 32 bits; a
// clock of 100 MHz. Energies until the design is measured, each from a chip of its kind: a synapse 12.7 pJ (ODIN: Frenkel et
// al., IEEE TBioCAS 13(1), 2019); a neuron 81 pJ, a spike 1.7 pJ, a hop 4 pJ (Loihi: Davies et al., IEEE Micro 38(1),
// 2018); a code 1.6 pJ, a row of eight arrays 5 pJ (ISAAC: Shafiee et al., ISCA 2016: of its table, a converter of 8 bits takes
// 2 mW at 1.28 GHz, an array of 128 x 128 with its drivers 0.8 mW for reads of 100 ns).
module attributes {ncore.target = #ncore.target<
    name = "engram-a1", description = "Engram's accelerator, 4 x 4 cores", topology = mesh, grid = [4, 4],
    cores_per_router = 1,
    neurons = 256, synapse_words = 16384, synapse_word_bits = 128, synapse_overhead_bits = 14, row_header_words = 1,
    dense_rows = true, fan_in = 4096, key_map_entries = 64, weight_bits = [4, 8], delay_slots = 16, state_words = 8, state_bits = 32,
    program_length = 64, constants = 256, accumulator_bits = 24, ports = 4, crossbars = 4, crossbar_rows = 128, crossbar_columns = 128,
    table_entries = 64, key_bits = 32,
    clock_hz = 100.0e6, cycles_per_synapse = 0.373, cycles_per_spike = 1, delivers_while_updating = true, lanes = 8,
    cycles_per_step = 23, cycles_per_step_end = 24, cycles_per_population = 7, cycles_per_operation = 1,
    cycles_per_product = 3, cycles_per_random = 12, spike_latency = 8, cycles_per_drive = 1, cycles_per_noise = 15,
    cycles_per_conversion = 26, conversions_per_cycle = 8,
    link_packets_per_second = 100.0e6, hop_seconds = 20.0e-9,
    energy_per_synapse = 12.7e-12, energy_per_neuron_update = 81.0e-12, energy_per_spike = 1.7e-12,
    energy_per_hop = 4.0e-12, energy_per_drive = 5.0e-12, energy_per_conversion = 1.6e-12>} {
}
