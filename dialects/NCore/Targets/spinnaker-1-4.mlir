// SpiNNaker 1: a board of four chips (SpiNN-2 and SpiNN-3). Numbers of a core and a chip: see spinnaker-1.mlir.
//
// From SpiNNMachine: 2 x 2 chips that wrap around, without the links to the west and south-west of the left column.
module attributes {ncore.target = #ncore.target<
    name = "spinnaker-1-4", description = "SpiNNaker 1, board of 4 chips", topology = hexagonal_torus, grid = [2, 2],
    cores_per_router = 17, source_cores = 2, dead_links = [[0, 0, 3], [0, 0, 4], [0, 1, 3], [0, 1, 4]],
    neurons = 256, populations = 1, own_programs = true,
    synapse_words = 1815732, synapse_word_bits = 32, synapse_overhead_bits = 16,
    row_header_words = 3, weight_bits = [16], delay_slots = 17, state_bits = 64, program_length = 8192,
    accumulator_bits = 32, ports = 4,
    memory_bytes = 61440, memory_fixed = 5120, memory_neuron = 9, memory_port = 68, memory_word = 4, memory_sender = 32,
    table_entries = 1023, key_bits = 32,
    step_seconds = 0.001, clock_hz = 200.0e6, cycles_per_synapse = 20, cycles_per_neuron = 230, cycles_per_spike = 200,
    link_packets_per_second = 4.5e6, hop_seconds = 220.0e-9,
    energy_per_synapse = 3.4e-9, energy_per_neuron_update = 39.1e-9, energy_per_spike = 34.0e-9, energy_per_hop = 1.0e-9,
    idle_watts = 1.4>} {
}
