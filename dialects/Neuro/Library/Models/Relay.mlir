neuro.model @Relay doc "passes its input on in the same step\n\n  y = x\n\nA junction in a graph: several projections are summed here and handed on as one graded output. It has no state.\n\nSource: the identity" {
  %x = input "x" doc "graded input or weighted sum of spikes"
  emit {
    yield %x : f64
  }
}
