// RUN: %engram-opt %s --split-input-file --neuro-map-delays=max-delay=4 --verify-diagnostics

neuro.model @M {
  %x = input "x"
}
// expected-error @below {{cycle 'a' -> 'b' -> 'a' has 1 step of delay, 2 hops need 2}}
neuro.network @cycle dt = 1.0 ms {
  population @a [1] of @M
  population @b [1] of @M
  projection @ab from @a to @b via #neuro.one_to_one<weight = 1.0>
  projection @ba from @b to @a via #neuro.one_to_one<weight = 1.0> delay 1
}

// -----

neuro.model @M {
  %x = input "x"
}
neuro.network @slow dt = 1.0 ms {
  // expected-error @below {{needs more than 4096 relays in a row for a delay of 16389 steps in slots for 4}}
  source @s [1] is #neuro.external
  population @a [1] of @M
  projection @sa from @s to @a via #neuro.one_to_one<weight = 1.0> delay 16389
}

// -----

neuro.model @M {
  %x = input "x"
}
neuro.network @late dt = 1.0 ms {
  source @s [1] is #neuro.external
  // expected-error @below {{needs to start in step 1073741825, limit is 2^30}}
  population @a [1] of @M {neuro.start = 1073741824 : i64}
  projection @sa from @s to @a via #neuro.one_to_one<weight = 1.0>
}

// -----

neuro.model @M {
  %x = input "x"
}
neuro.network @lateRelay dt = 1.0 ms {
  // expected-error @below {{needs a relay that starts in step 1073741828, limit is 2^30}}
  population @a [1] of @M {neuro.start = 1073741824 : i64}
  projection @aa from @a to @a via #neuro.one_to_one<weight = 1.0> delay 5
}

// -----

// Even lags: '@b' lags by 2 more than '@a', and would have to lag by 1 more at most.
neuro.model @M {
  %x = input "x"
}
// expected-error @below {{unsupported: found no lags that suit the probes of a cycle, which read only every few steps}}
neuro.network @probes dt = 1.0 ms {
  source @s [1] is #neuro.external
  population @a [1] of @M
  population @b [1] of @M
  projection @sa from @s to @a via #neuro.one_to_one<weight = 1.0>
  projection @ab from @a to @b via #neuro.one_to_one<weight = 1.0>
  projection @ba from @b to @a via #neuro.one_to_one<weight = 1.0> delay 2
  probe @pa of @a "spikes" every 2
  probe @pb of @b "spikes" every 2
}

// -----

// What is not discrete is refused as neuro-verify-discrete refuses it.
neuro.model @M {
  %x = input "x"
}
neuro.network @times dt = 1.0 ms {
  population @a [1] of @M
  // expected-error @below {{expected the delay in steps; run neuro-discretize}}
  projection @aa from @a to @a via #neuro.one_to_one<weight = 1.0> delay 1.0 ms
}
