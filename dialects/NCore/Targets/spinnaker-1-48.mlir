// SpiNNaker 1: a board of 48 chips (SpiNN-4 and SpiNN-5), a hexagon in a grid of 8 x 8 that does not wrap around. Numbers of
// a core and a chip: see spinnaker-1.mlir. spinnaker-1-boards-N is made from this file.
//
// From SpiNNMachine: the 48 chips, the Ethernet chip at (0, 0), and the eight chips of 17 cores instead of 18.
module attributes {ncore.target = #ncore.target<
    name = "spinnaker-1-48", description = "SpiNNaker 1, board of 48 chips", topology = hexagonal, grid = [8, 8],
    cores_per_router = 17, source_cores = 2,
    absent = [[5, 0], [6, 0], [7, 0], [6, 1], [7, 1], [7, 2], [0, 4], [0, 5], [1, 5], [0, 6], [1, 6], [2, 6], [0, 7], [1, 7],
              [2, 7], [3, 7]],
    dead_cores = [[1, 1, 16], [3, 1, 16], [5, 2, 16], [1, 3, 16], [3, 3, 16], [5, 4, 16], [3, 5, 16], [5, 6, 16]],
    neurons = 256, populations = 1, own_programs = true,
    synapse_words = 1815732, synapse_word_bits = 32, synapse_overhead_bits = 16,
    row_header_words = 3, weight_bits = [16], delay_slots = 17, state_bits = 64, program_length = 8192,
    accumulator_bits = 32, ports = 4,
    memory_bytes = 61440, memory_fixed = 5120, memory_neuron = 9, memory_port = 68, memory_word = 4, memory_sender = 32,
    table_entries = 1023, key_bits = 32,
    step_seconds = 0.001, clock_hz = 200.0e6, cycles_per_synapse = 20, cycles_per_neuron = 230, cycles_per_spike = 200,
    link_packets_per_second = 4.5e6, hop_seconds = 220.0e-9,
    energy_per_synapse = 3.4e-9, energy_per_neuron_update = 39.1e-9, energy_per_spike = 34.0e-9, energy_per_hop = 1.0e-9,
    idle_watts = 16.8>} {
}
