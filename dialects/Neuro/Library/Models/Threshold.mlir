neuro.model @Threshold doc "a spike in each step in which the input is above a threshold, as NIR's Threshold\n\n  z = [x > threshold]\n\nIt has no state.\n\nSource: Pedersen et al. 2024, Nature Communications 15:8122 (NIR); McCulloch and Pitts 1943, Bulletin of Mathematical Biophysics 5:115" {
  %threshold = parameter "threshold" = 1.0 doc "a spike where the input is greater"
  %x = input "x" doc "graded input or weighted sum of spikes"
  fire {
    %above = arith.cmpf ogt, %x, %threshold : f64
    yield %above : i1
  }
}
