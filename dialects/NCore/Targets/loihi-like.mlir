// A chip like Intel's Loihi, as far as it is published: to see what a network would need, not to run it there.
//
// From Davies et al., IEEE Micro 38(1), 2018: 128 cores in tiles of four on a mesh; 1,024 neurons, 128 KiB of synapses in words
// of 64 bits and 4,096 lists of synapses a core, weights of 1 to 9 bits, delays of 6 bits; its figures before silicon: 23.6 pJ
// and 3.5 ns a synapse, 81 pJ and 8.4 ns an active neuron, 1.7 pJ a spike within a tile, at most 4 pJ and 6.5 ns a hop, 3.44
// billion spikes a second across a tile. The chip has no clock: one of 1 GHz stands for nanoseconds. Sums and states of 24
// bits: Michaelis et al., Frontiers in Neuroinformatics 16, 2022.
// Assumptions: tiles of 8 x 4; synapses with 16 bits of index and delay, or weights alone where neurons are consecutive; no
// table of routes, so that entries are without limit; programs are not limited, although the chip's neurons are all of one kind.
module attributes {ncore.target = #ncore.target<
    name = "loihi-like", description = "like Loihi: 128 cores of 1,024 neurons", topology = mesh, grid = [8, 4],
    cores_per_router = 4,
    neurons = 1024, synapse_words = 16384, synapse_word_bits = 64, synapse_overhead_bits = 16, row_header_words = 1,
    dense_rows = true, fan_in = 4096, weight_bits = [1, 2, 3, 4, 5, 6, 7, 8, 9], delay_slots = 64, state_bits = 24,
    accumulator_bits = 24,
    clock_hz = 1.0e9, cycles_per_synapse = 3.5, cycles_per_neuron = 8.4,
    link_packets_per_second = 3.44e9, hop_seconds = 6.5e-9,
    energy_per_synapse = 23.6e-12, energy_per_neuron_update = 81.0e-12, energy_per_spike = 1.7e-12,
    energy_per_hop = 4.0e-12>} {
}
