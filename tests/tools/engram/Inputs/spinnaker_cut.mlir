// Two chips of which the only link is dead.
module attributes {ncore.target = #ncore.target<
    name = "spinnaker-cut", description = "two chips apart", topology = hexagonal, grid = [2, 1], cores_per_router = 8, source_cores = 1,
    dead_links = [[0, 0, 0]],
    neurons = 8, populations = 1, own_programs = true, synapse_words = 100000, synapse_word_bits = 32, synapse_overhead_bits = 16,
    row_header_words = 3, weight_bits = [16], delay_slots = 17, state_words = 16, state_bits = 32, program_length = 2048,
    accumulator_bits = 32, ports = 2, table_entries = 1023, key_bits = 32, step_seconds = 0.001, clock_hz = 200.0e6>} {
}
