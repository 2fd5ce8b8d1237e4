// As sPyNNaker uses a SpiNNaker chip: cores that hold spikes back for others.
module attributes {ncore.target = #ncore.target<
    name = "extension-cores", topology = hexagonal, grid = [1, 1], cores_per_router = 17, neurons = 256, populations = 1,
    delay_slots = 17, extension_core_cost = 256>} {
}
