// RUN: %engram-opt %s --split-input-file --ncore-map-delays --verify-diagnostics

// expected-error @below {{expected attribute 'ncore.target' with the target of the module}}
module {}

// -----

// expected-error @below {{target 't' has delays of 2 to 2 steps, splitting longer ones needs 3}}
module attributes {ncore.target = #ncore.target<name = "t", grid = [1, 1], min_delay = 2, delay_slots = 3>} {}

// -----

// expected-error @below {{target 't' has a least delay of 16777217 steps, limit is 2^24}}
module attributes {ncore.target = #ncore.target<name = "t", grid = [1, 1], min_delay = 16777217>} {}

// -----

module attributes {ncore.target = #ncore.target<name = "t", grid = [1, 1], min_delay = 2, delay_slots = 16>} {
  neuro.model @M {
    %x = input "x"
  }
  // expected-error @below {{cycle 'a' -> 'a' has 1 step of delay, 1 hop needs 2}}
  neuro.network @n dt = 1.0 ms {
    population @a [1] of @M
    projection @aa from @a to @a via #neuro.one_to_one<weight = 1.0> delay 1
  }
}
