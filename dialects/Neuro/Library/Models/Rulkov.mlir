neuro.model @Rulkov doc "Rulkov's two-dimensional map: spiking and bursting without a differential equation\n\n  x' = alpha / (1 - x) + z  if x <= 0\n       alpha + z            if 0 < x < alpha + z\n       -1                   if x >= alpha + z,   z = y + beta_e I\n  y' = y - mu (x + 1) + mu (sigma + sigma_e I)\n  spike in the step in which x falls to -1\n\nOne step of the network is one step of the map, whatever dt. Without input it is silent for sigma < 2 - sqrt(alpha / (1 - mu)); the defaults spike.\n\nSource: Rulkov 2002, Physical Review E 65:041922" {
  %alpha = parameter "alpha" = 4.0 doc "shape of the fast map: above 4 it bursts"
  %mu = parameter "mu" = 0.001 doc "how slow y is"
  %sigma = parameter "sigma" = 0.01 doc "excitability: resting x plus 1"
  %beta_e = parameter "beta_e" = 1.0 doc "gain of the input to the fast map"
  %sigma_e = parameter "sigma_e" = 1.0 doc "gain of the input to the slow map"
  %x = state "x" = -1.0 doc "fast variable, the membrane potential"
  %y = state "y" = -3.0 doc "slow variable"
  %falls = state "falls" = 0.0 doc "1 in the step of a spike, else 0"
  %I = input "I" doc "current"
  update {
    %zero = arith.constant 0.0 : f64
    %one = arith.constant 1.0 : f64
    %minus_one = arith.constant -1.0 : f64
    %fast = arith.mulf %beta_e, %I : f64
    %z = arith.addf %y, %fast : f64
    %distance = arith.subf %one, %x : f64
    %0 = arith.divf %alpha, %distance : f64
    %rising = arith.addf %0, %z : f64
    %peak = arith.addf %alpha, %z : f64
    %is_low = arith.cmpf ole, %x, %zero : f64
    %is_middle = arith.cmpf olt, %x, %peak : f64
    %1 = arith.select %is_middle, %peak, %minus_one : f64
    %next_x = arith.select %is_low, %rising, %1 : f64
    %2 = arith.select %is_middle, %zero, %one : f64
    %next_falls = arith.select %is_low, %zero, %2 : f64
    %above = arith.addf %x, %one : f64
    %slow = arith.mulf %sigma_e, %I : f64
    %target = arith.addf %sigma, %slow : f64
    %minus_above = arith.mulf %mu, %above : f64
    %3 = arith.subf %y, %minus_above : f64
    %4 = arith.mulf %mu, %target : f64
    %next_y = arith.addf %3, %4 : f64
    assign %x, %next_x : f64
    assign %y, %next_y : f64
    assign %falls, %next_falls : f64
  }
  fire {
    %half = arith.constant 0.5 : f64
    %fires = arith.cmpf ogt, %falls, %half : f64
    yield %fires : i1
  }
}
