// A placed and routed network whose numbers are computed by hand in report.py.
module attributes {ncore.target = #ncore.target<
    name = "by-hand", topology = mesh, grid = [2, 1], cores_per_router = 2, neurons = 8, synapse_words = 64,
    synapse_word_bits = 32, synapse_overhead_bits = 16, weight_bits = [8, 16], fan_in = 9, delay_slots = 16,
    table_entries = 4, key_bits = 16, clock_hz = 1.0e6, cycles_per_neuron = 10, cycles_per_spike = 5, cycles_per_synapse = 2,
    link_packets_per_second = 1000.0, hop_seconds = 1.0e-6, energy_per_synapse = 1.0e-9,
    energy_per_neuron_update = 1.0e-9, energy_per_spike = 1.0e-9, energy_per_hop = 1.0e-9, idle_watts = 1.0e-3>} {

neuro.network @net dt = 1.0 ms attributes {neuro.delay_map = {latency = {out = 3 : i64}, max_delay = 15 : i64,
    min_delay = 1 : i64, relay_neurons = 0 : i64, relays = 0 : i64, reordered_ports = ["b.I"]}} {
  source @input [4] is #neuro.external
  population @a [6] of @LIF {neuro.rates = 20.0, neuro.state_error = {states = {v = {format = !fx.q<3, 13>,
      step = 1.220703125e-4, range = array<f64: -1.0, 2.0>, from = "calibration"}}},
      neuro.saturations = {neuron_steps = 600 : i64, states = {v = 7 : i64}, inputs = {}}}
  population @b [2] of @LIF {neuro.rates = dense<[5.0, 15.0]> : tensor<2xf64>}
  projection @in from @input to @a via #neuro.all_to_all<weight = 1.0> delay 1
  projection @ab from @a to @b via #neuro.dense<weights = dense<0.5> : tensor<2x6xf64>> delay 3 {
      neuro.weight_error = {bits = 8 : i64, step = 7.8125e-3, range = [-0.5, 0.5], mean_error = 1.0e-3, worst_error = 3.0e-3,
      count = 12 : i64, zeroed = 2 : i64, clipped = 1 : i64, pruned = 0 : i64, method = "nearest"}}
  projection @aa from @a to @a via #neuro.one_to_one<weight = 0.1> delay 2
  probe @out of @b "spikes"
}

ncore.mapping @map of @net {
  host [@input] at [0, 0]
  core @first at [0, 0, 0] {
    slice @a [0, 4]
  }
  core @second at [1, 0, 1] {
    slice @a [4, 6]
    slice @b [0, 2]
  }
}

aer.keys @keys of @map {
  block @input key 0x0010 mask 0xfffc
  block @a on @first key 0x0000 mask 0xfffc
  block @a on @second key 0x0004 mask 0xfffe
  block @b on @second key 0x0008 mask 0xfffe
}

aer.routes @routes of @map attributes {aer.traffic = {packets_per_second = 160.0, hops_per_second = 120.0,
    deliveries_per_second = 280.0, links = array<i64: 0, 0, 0>, link_packets_per_second = array<f64: 120.0>,
    assumed_rate = 10.0, neurons_of_assumed_rate = 4 : i64}} {
  table at [0, 0] {
    entry key 0x0000 mask 0xfffc links [0] cores [0]
    entry key 0x0010 mask 0xfffc links [0] cores [0]
  }
  table at [1, 0] {
    entry key 0x0000 mask 0xfffc cores [1]
    entry key 0x0004 mask 0xfffe cores [1]
    entry key 0x0010 mask 0xfffc cores [1]
  }
}
}
