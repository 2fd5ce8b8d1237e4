// Three populations, each of which projects to the other two.
neuro.network @net dt = 1.0 ms {
  population @a [64] of @LIF
  population @b [64] of @LIF
  population @c [64] of @LIF
  projection @ab from @a to @b via #neuro.one_to_one<weight = 0.5> delay 1
  projection @ac from @a to @c via #neuro.one_to_one<weight = 0.5> delay 1
  projection @ba from @b to @a via #neuro.one_to_one<weight = 0.5> delay 1
  projection @bc from @b to @c via #neuro.one_to_one<weight = 0.5> delay 1
  projection @ca from @c to @a via #neuro.one_to_one<weight = 0.5> delay 1
  projection @cb from @c to @b via #neuro.one_to_one<weight = 0.5> delay 1
}
