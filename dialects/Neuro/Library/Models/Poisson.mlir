neuro.model @Poisson time s doc "spikes at random, with a given rate and no memory\n\n  p = 1 - exp(-rate dt)\n\nThe neuron spikes in each step with probability p, so in the mean p / dt times a second: at most once a step, which is fewer than a Poisson process of that rate has where rate dt is not small. The kind #neuro.poisson of a source counts several spikes in a step.\n\nSource: Cox and Isham 1980, Point Processes" {
  %rate = parameter "rate" = 10.0 Hz doc "rate of the process; not negative"
  fire {
    %dt = time_step : f64
    %mean = arith.mulf %rate, %dt : f64
    %minus = arith.negf %mean : f64
    %e = math.expm1 %minus : f64
    %p = arith.negf %e : f64
    %x = uniform 0 : f64
    %fires = arith.cmpf olt, %x, %p : f64
    yield %fires : i1
  }
}
