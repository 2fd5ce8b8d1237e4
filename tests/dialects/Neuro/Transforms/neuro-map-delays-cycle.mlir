// RUN: %engram-opt %s --neuro-map-delays=min-delay=1 | FileCheck %s
// RUN: not %engram-opt %s --neuro-map-delays=min-delay=2 2>&1 | FileCheck %s --check-prefix=TWO
// RUN: not %engram-opt %s "--neuro-map-delays=min-delay=4 max-delay=7" 2>&1 | FileCheck %s --check-prefix=FOUR
// Three hops with five steps suffice where each takes one, and no more where each takes two: of all cycles one that has
// too little is shown, hop by hop.

neuro.model @M {
  %x = input "x"
}
// CHECK:      projection @ab {{.*}} delay 1
// CHECK-NEXT: projection @bc {{.*}} delay 3
// CHECK-NEXT: projection @ca {{.*}} delay 1
// CHECK-NEXT: projection @cd {{.*}} delay 1
// TWO: error: 'neuro.network' op cycle 'c' -> 'a' -> 'b' -> 'c' has 5 steps of delay, 3 hops need 6
// FOUR: error: 'neuro.network' op cycle {{'d' -> 'd' has 3 steps of delay, 1 hop needs 4|'[abc]' -> '[abc]' -> '[abc]' -> '[abc]' has 5 steps of delay, 3 hops need 12}}
neuro.network @ring dt = 1.0 ms {
  population @a [1] of @M
  population @b [1] of @M
  population @c [1] of @M
  population @d [1] of @M
  projection @ab from @a to @b via #neuro.one_to_one<weight = 1.0> delay 1
  projection @bc from @b to @c via #neuro.one_to_one<weight = 1.0> delay 3
  projection @ca from @c to @a via #neuro.one_to_one<weight = 1.0> delay 1
  projection @cd from @c to @d via #neuro.one_to_one<weight = 1.0>
  projection @dd from @d to @d via #neuro.one_to_one<weight = 1.0> delay 3
}
