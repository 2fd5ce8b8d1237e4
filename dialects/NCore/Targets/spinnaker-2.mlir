// SpiNNaker 2: one chip.
//
// From SpiNNMachine (version 201) and Hoeppner et al. 2021 (arXiv:2103.08392): 152 Cortex-M4F cores of 128 kB, one more is the
// monitor; 300 MHz; 16,384 entries.
// Assumptions: programs and data as on SpiNNaker 1 (words, delays, limits of a neuron, cycles), with all of them in the core's
// own memory: 24 kB of program, 4 kB of stacks and the like, 100 kB of data, rows among them, with two words before the
// synapses of a row. Energies are not known.
module attributes {ncore.target = #ncore.target<
    name = "spinnaker-2", description = "SpiNNaker 2, one chip", topology = hexagonal, grid = [1, 1],
    cores_per_router = 152, source_cores = 4,
    neurons = 256, populations = 1, own_programs = true,
    synapse_words = 24832, synapse_word_bits = 32, synapse_overhead_bits = 16,
    row_header_words = 2, weight_bits = [16], delay_slots = 17, state_bits = 64, program_length = 8192,
    accumulator_bits = 32, ports = 4,
    memory_bytes = 102400, memory_fixed = 3072, memory_neuron = 9, memory_port = 68, memory_word = 4, memory_sender = 16,
    rows_in_memory = true,
    table_entries = 16384, key_bits = 32,
    step_seconds = 0.001, clock_hz = 300.0e6, cycles_per_synapse = 20, cycles_per_neuron = 230, cycles_per_spike = 200>} {
}
