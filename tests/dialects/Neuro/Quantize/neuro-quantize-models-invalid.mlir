// RUN: engram-opt %s --split-input-file --verify-diagnostics --neuro-quantize-models

neuro.model @M {
  %x = state "x" = 1.0
  %I = input "I"
  update {
    // expected-error@+1 {{unsupported: model 'M' needs this operation on more than one number that is not constant}}
    %y = math.powf %x, %I : f64
    assign %x, %y : f64
  }
}
neuro.network @n dt = 1.0 ms {
  source @in [1] is #neuro.external as !fx.uq<1, 0>
  population @a [1] of @M
  projection @p from @in to @a via #neuro.one_to_one<weight = 1.0>
}

// -----

neuro.model @M {
  %x = state "x" = 0.0
  %I = input "I"
  update {
    %y = arith.addf %x, %I : f64
    assign %x, %y : f64
  }
}
neuro.network @n dt = 1.0 ms {
  source @in [1] is #neuro.external as !fx.uq<1, 0>
  // expected-error@+1 {{has no bound for state 'x'; run neuro-calibrate, or give its range as 'range=x=low:high'}}
  population @a [1] of @M
  projection @p from @in to @a via #neuro.one_to_one<weight = 1.0>
}

// -----

neuro.model @M {
  %x = state "x" = 0.0
  %I = input "I"
  update {
    assign %x, %I : f64
  }
}
neuro.network @n dt = 1.0 ms {
  source @in [1] is #neuro.external as !fx.uq<1, 0>
  population @a [1] of @M
  // expected-error@+1 {{expected a format of the weights ('as'), since port 'I' of 'a' is a fixed-point number}}
  projection @p from @in to @a via #neuro.one_to_one<weight = 0.1>
}

// -----

neuro.model @M {
  %x = state "x" = 0.0
  %I = input "I"
  dynamics {
    derivative %x, %I : f64
  }
}
neuro.network @n dt = 1.0 ms {
  // expected-error@+1 {{model 'M' depends on continuous time; run neuro-discretize}}
  population @a [1] of @M
}

// -----

// What is not calibrated is said.
neuro.model @M {
  %x = state "x" = 0.0
  %I = input "I"
  update {
    %half = arith.constant 0.5 : f64
    %y = arith.mulf %half, %x : f64
    %z = arith.addf %y, %I : f64
    assign %x, %z : f64
  }
}
neuro.network @n dt = 1.0 ms {
  // expected-remark@+1 {{source 'in' was not calibrated and emits whole numbers from 0 to 255}}
  source @in [1] is #neuro.external
  // expected-remark@+1 {{range of state 'x' of 'a' is a bound by interval arithmetic; neuro-calibrate may find a tighter one}}
  population @a [1] of @M
  projection @p from @in to @a via #neuro.one_to_one<weight = 1.0>
}

// -----

// Graded outputs in a cycle need a range.
neuro.model @R {
  %x = input "x"
  emit {
    yield %x : f64
  }
}
neuro.network @n dt = 1.0 ms {
  // expected-error@+1 {{is in a cycle of graded outputs, whose range is not known; run neuro-calibrate}}
  population @a [1] of @R
  population @b [1] of @R
  projection @p from @a to @b via #neuro.one_to_one<weight = 0.5>
  projection @q from @b to @a via #neuro.one_to_one<weight = 0.5> delay 1
}
