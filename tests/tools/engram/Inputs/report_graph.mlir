// Chains, skips, a pair, a ring and a loop, for the layout of the graph of a report.
neuro.network @graph dt = 1.0 ms {
  source @in [4] is #neuro.external
  population @a [4] of @LIF
  population @b [4] of @LIF
  population @c [4] of @LIF
  population @pair1 [4] of @LIF
  population @pair2 [4] of @LIF
  population @ring1 [4] of @LIF
  population @ring2 [4] of @LIF
  population @ring3 [4] of @LIF
  population @ring4 [4] of @LIF
  population @alone [4] of @LIF
  population @a_long_name_that_does_not_fit_into_its_box [4] of @LIF
  projection @p0 from @in to @a via #neuro.one_to_one<weight = 1.0>
  projection @p1 from @a to @b via #neuro.one_to_one<weight = 1.0> delay 1
  projection @p2 from @b to @c via #neuro.one_to_one<weight = 1.0> delay 2
  projection @p3 from @a to @c via #neuro.one_to_one<weight = 1.0> delay 3
  projection @p4 from @in to @c via #neuro.one_to_one<weight = 1.0> delay 4
  projection @p5 from @c to @pair1 via #neuro.one_to_one<weight = 1.0> delay 1
  projection @p6 from @pair1 to @pair2 via #neuro.one_to_one<weight = 1.0> delay 1
  projection @p7 from @pair2 to @pair1 via #neuro.one_to_one<weight = -1.0> delay 1
  projection @p8 from @b to @ring1 via #neuro.one_to_one<weight = 1.0> delay 1
  projection @p9 from @ring1 to @ring2 via #neuro.one_to_one<weight = 1.0> delay 1
  projection @p10 from @ring2 to @ring3 via #neuro.one_to_one<weight = 1.0> delay 1
  projection @p11 from @ring3 to @ring4 via #neuro.one_to_one<weight = 1.0> delay 1
  projection @p12 from @ring4 to @ring1 via #neuro.one_to_one<weight = 1.0> delay 1
  projection @p13 from @ring2 to @ring2 via #neuro.one_to_one<weight = 1.0> delay 1
  projection @p14 from @b to @a_long_name_that_does_not_fit_into_its_box via #neuro.one_to_one<weight = 1.0> delay 1
  projection @p15 from @in to @pair2 via #neuro.one_to_one<weight = 1.0> delay 1
  projection @p16 from @in to @pair2 via #neuro.one_to_one<weight = 0.5> delay 2
}
