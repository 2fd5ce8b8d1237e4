// Few neurons a core, so that small networks need many cores, and no other limit.
module attributes {ncore.target = #ncore.target<
    name = "roomy", description = "for tests", topology = mesh, grid = [5, 5], cores_per_router = 3,
    neurons = 8, synapse_word_bits = 64, row_header_words = 1, delay_slots = 16, key_bits = 32>} {
}
