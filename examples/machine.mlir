// A machine of two columns and three rows of chips with four cores each; one core is broken, and one cable is missing.
module attributes {ncore.target = #ncore.target<
    name = "bench-six", description = "six chips on our bench", topology = torus, grid = [2, 3], cores_per_router = 4,
    dead_cores = [[1, 0, 3]], dead_links = [[0, 2, 1]],
    neurons = 512, synapse_words = 65536, synapse_word_bits = 32, synapse_overhead_bits = 16, weight_bits = [8, 16],
    delay_slots = 32, state_words = 8, state_bits = 16, table_entries = 256,
    step_seconds = 0.001, clock_hz = 100.0e6, cycles_per_synapse = 6, cycles_per_neuron = 150, hop_seconds = 1.0e-7>} {
}
