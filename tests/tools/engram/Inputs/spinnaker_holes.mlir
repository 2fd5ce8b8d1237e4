// SpiNNaker chips of eight cores with a hole in the middle and dead links.
module attributes {ncore.target = #ncore.target<
    name = "spinnaker-holes", description = "a board with a hole", topology = hexagonal, grid = [3, 3], cores_per_router = 8, source_cores = 1,
    absent = [[1, 1]], dead_links = [[0, 0, 0], [2, 0, 2]], dead_cores = [[0, 1, 1]],
    neurons = 3, populations = 1, own_programs = true, synapse_words = 100000, synapse_word_bits = 32, synapse_overhead_bits = 16,
    row_header_words = 3, weight_bits = [16], delay_slots = 17, state_words = 16, state_bits = 32, program_length = 2048,
    accumulator_bits = 32, ports = 2, table_entries = 1023, key_bits = 32, step_seconds = 0.001, clock_hz = 200.0e6>} {
}
