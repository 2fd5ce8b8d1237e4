// The sparse random network of Brunel (2000), Journal of Computational Neuroscience 8:183, at 12,500 neurons:
// 15.6 million synapses. Delta synapses of 0.1 mV, g = 5, delay 1.5 ms; each neuron has 1,000 Poisson inputs of 20 Hz.
neuro.network @brunel dt = 0.1 ms seed = 1 {
  source @noise_exc [10000] is #neuro.poisson<rate = 20000.0>
  source @noise_inh [2500] is #neuro.poisson<rate = 20000.0>
  population @exc [10000] of @LIF_delta
      parameters {tau_mem = 20.0 ms, v_leak = 0.0 mV, v_threshold = 20.0 mV, v_reset = 10.0 mV, t_ref = 2.0 ms}
      initial {v = #neuro.uniform<0.0, 20.0>}
  population @inh [2500] of @LIF_delta
      parameters {tau_mem = 20.0 ms, v_leak = 0.0 mV, v_threshold = 20.0 mV, v_reset = 10.0 mV, t_ref = 2.0 ms}
      initial {v = #neuro.uniform<0.0, 20.0>}
  projection @drive_exc from @noise_exc to @exc port "spikes" via #neuro.one_to_one<weight = 0.1>
  projection @drive_inh from @noise_inh to @inh port "spikes" via #neuro.one_to_one<weight = 0.1>
  projection @exc_exc from @exc to @exc port "spikes" via #neuro.fixed_probability<probability = 0.1, weight = 0.1, allow_self = false> delay 1.5 ms
  projection @exc_inh from @exc to @inh port "spikes" via #neuro.fixed_probability<probability = 0.1, weight = 0.1> delay 1.5 ms
  projection @inh_exc from @inh to @exc port "spikes" via #neuro.fixed_probability<probability = 0.1, weight = -0.5> delay 1.5 ms
  projection @inh_inh from @inh to @inh port "spikes" via #neuro.fixed_probability<probability = 0.1, weight = -0.5, allow_self = false> delay 1.5 ms
}
