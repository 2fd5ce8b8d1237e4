// SpiNNaker 1: one chip. The numbers of a core and a chip are the same in all spinnaker-1 targets.
//
// From the chip's datasheet and SpiNNMachine (github.com/SpiNNakerManchester/SpiNNMachine): 18 cores, one of them the monitor,
// so that core p here is processor p + 1; 200 MHz; 123,469,792 bytes of memory, here an equal part of it a core; 1,023 entries;
// a link 220 ns a packet; 0.35 W idle, 34 mW an active core, 25 pJ a bit of a packet of 40.
// As sPyNNaker has it: 256 neurons and one program a core; words of 32 bits with 16 of weight and 16 of delay, type and
// index, three words before the synapses of a row; delays of 1 to 16 steps in a ring of 16, whose slot of the current step is
// free again before spikes come in, so that it counts as 17; a step of 1 ms. A core has one population, so longer delays are
// relays on cores of their own.
// As our core runtime has it (docs/spinnaker.md): four inputs with sums of 32 bits, states of one or two words of 32 bits;
// 60 kB of data memory for 64 bytes of sums and 4 of a bias for each input of a neuron, 4 bytes a word, 9 of indices, outputs
// and spikes; buffers, packets and common parameters in 5 kB, 32 bytes for each core or source that sends to the core.
// Assumptions: two cores at the host's chip send the spikes of sources; 8,192 operations in 32 kB of program memory, where
// the compiler counts the bytes that they take; 20 cycles for a synapse, 230
// for a neuron, 200 for a spike; their energies are these cycles times 34 mW / 200 MHz.
module attributes {ncore.target = #ncore.target<
    name = "spinnaker-1", description = "SpiNNaker 1, one chip", topology = hexagonal, grid = [1, 1],
    cores_per_router = 17, source_cores = 2,
    neurons = 256, populations = 1, own_programs = true,
    synapse_words = 1815732, synapse_word_bits = 32, synapse_overhead_bits = 16,
    row_header_words = 3, weight_bits = [16], delay_slots = 17, state_bits = 64, program_length = 8192,
    accumulator_bits = 32, ports = 4,
    memory_bytes = 61440, memory_fixed = 5120, memory_neuron = 9, memory_port = 68, memory_word = 4, memory_sender = 32,
    table_entries = 1023, key_bits = 32,
    step_seconds = 0.001, clock_hz = 200.0e6, cycles_per_synapse = 20, cycles_per_neuron = 230, cycles_per_spike = 200,
    link_packets_per_second = 4.5e6, hop_seconds = 220.0e-9,
    energy_per_synapse = 3.4e-9, energy_per_neuron_update = 39.1e-9, energy_per_spike = 34.0e-9, energy_per_hop = 1.0e-9,
    idle_watts = 0.35>} {
}
