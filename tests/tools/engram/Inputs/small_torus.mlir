// Few cores a chip, so that packets cross links, and around the sides.
module attributes {ncore.target = #ncore.target<
    name = "small-torus", topology = hexagonal_torus, grid = [4, 3], cores_per_router = 3, source_cores = 2,
    absent = [[2, 1]], dead_cores = [[1, 0, 1]], dead_links = [[0, 0, 0], [3, 2, 1]],
    neurons = 128, populations = 1, own_programs = true, delay_slots = 17, state_words = 16, state_bits = 64,
    accumulator_bits = 32, ports = 2, table_entries = 1023, key_bits = 32>} {
}
