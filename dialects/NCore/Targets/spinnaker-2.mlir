// SpiNNaker 2: one chip.
//
// From SpiNNMachine (version 201) and Hoeppner et al. 2021 (arXiv:2103.08392): 152 Cortex-M4F cores of 128 kB, one more is the
// monitor; 300 MHz; 16,384 entries.
// Assumptions: programs and data as on SpiNNaker 1 (words, rows, delays, limits of a neuron, cycles), with all of them in the
// core's own memory: 64 kB of synapses, 32 kB of sums, 16 kB of states, 16 kB of program. Energies are not known.
module attributes {ncore.target = #ncore.target<
    name = "spinnaker-2", description = "SpiNNaker 2, one chip", topology = hexagonal, grid = [1, 1],
    cores_per_router = 152, source_cores = 4,
    neurons = 256, populations = 1, own_programs = true,
    synapse_words = 16384, synapse_word_bits = 32, synapse_overhead_bits = 16,
    row_header_words = 3, weight_bits = [16], delay_slots = 17, state_words = 16, state_bits = 32, program_length = 2048,
    accumulator_bits = 32, ports = 2,
    table_entries = 16384, key_bits = 32,
    step_seconds = 0.001, clock_hz = 300.0e6, cycles_per_synapse = 20, cycles_per_neuron = 230, cycles_per_spike = 200>} {
}
