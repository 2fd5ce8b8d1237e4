// RUN: %engram-opt %s --split-input-file --neuro-discretize --verify-diagnostics

neuro.network @n dt = 1.0 ms {
  // expected-error @below {{expected a shape; run neuro-infer-shapes}}
  population @p of @M
}

// -----

neuro.network @n dt = 1.0 ms {
  // expected-error @below {{model 'M' is not in the module; run neuro-inline-library}}
  population @p [1] of @M
}

// -----

neuro.model @M method exact {
  %v = state "v"
  dynamics {
    %0 = math.exp %v : f64
    derivative %v, %0 : f64
  }
}
neuro.network @n dt = 1.0 ms {
  // expected-error @below {{method 'exact' needs the derivative of 'v' in model 'M' to be linear; try exponential_euler or rk4}}
  population @p [1] of @M
}

// -----

neuro.model @M method exponential_euler {
  %v = state "v"
  dynamics {
    %0 = arith.mulf %v, %v : f64
    derivative %v, %0 : f64
  }
}
neuro.network @n dt = 1.0 ms {
  // expected-error @below {{method 'exponential_euler' needs the derivative of 'v' in model 'M' to be linear}}
  population @p [1] of @M
}

// -----

// A propagator cannot be a constant if an input scales the state.
neuro.model @M method exact {
  %v = state "v"
  %g = input "g"
  dynamics {
    %0 = arith.mulf %g, %v : f64
    derivative %v, %0 : f64
  }
}
neuro.network @n dt = 1.0 ms {
  // expected-error @below {{method 'exact' needs factors of the states of model 'M' that depend on parameters alone; try exponential_euler or rk4}}
  population @p [1] of @M
}

// -----

neuro.model @M {
  %v = state "v"
  fire {
    %0 = arith.constant true
    yield %0 : i1
  }
  // expected-error @below {{expected the refractory time to be a parameter}}
  refractory %v : f64
}
neuro.network @n dt = 1.0 ms {
  population @p [1] of @M
}

// -----

// A delay that is not a whole number of steps is rounded, with a warning; half a step up.
neuro.model @M {
  %x = input "x"
}
neuro.network @n dt = 1.0 ms {
  population @p [1] of @M
  // expected-warning @below {{delay of 2.5 steps is rounded to 3; choose a 'dt' that divides it to keep it exact}}
  projection @a from @p to @p via #neuro.one_to_one<weight = 1.0> delay 2.5 ms
  // expected-warning @below {{delay of 0.5 steps is rounded to 1; choose a 'dt' that divides it to keep it exact}}
  projection @b from @p to @p via #neuro.one_to_one<weight = 1.0> delay 500.0 us
  // Within a millionth of a step nothing is said.
  projection @c from @p to @p via #neuro.one_to_one<weight = 1.0> delay 2.0000000001 ms
}

// -----

// Terms may share parts without end: each is looked at once, or this would never finish.
neuro.model @M method exact {
  %v = state "v"
  dynamics {
    %0 = arith.addf %v, %v : f64
    %1 = arith.addf %0, %0 : f64
    %2 = arith.addf %1, %1 : f64
    %3 = arith.addf %2, %2 : f64
    %4 = arith.addf %3, %3 : f64
    %5 = arith.addf %4, %4 : f64
    %6 = arith.addf %5, %5 : f64
    %7 = arith.addf %6, %6 : f64
    %8 = arith.addf %7, %7 : f64
    %9 = arith.addf %8, %8 : f64
    %10 = arith.addf %9, %9 : f64
    %11 = arith.addf %10, %10 : f64
    %12 = arith.addf %11, %11 : f64
    %13 = arith.addf %12, %12 : f64
    %14 = arith.addf %13, %13 : f64
    %15 = arith.addf %14, %14 : f64
    %16 = arith.addf %15, %15 : f64
    %17 = arith.addf %16, %16 : f64
    %18 = arith.addf %17, %17 : f64
    %19 = arith.addf %18, %18 : f64
    %20 = arith.addf %19, %19 : f64
    %21 = arith.addf %20, %20 : f64
    %22 = arith.addf %21, %21 : f64
    %23 = arith.addf %22, %22 : f64
    %24 = arith.addf %23, %23 : f64
    %25 = arith.addf %24, %24 : f64
    %26 = arith.addf %25, %25 : f64
    %27 = arith.addf %26, %26 : f64
    %28 = arith.addf %27, %27 : f64
    %29 = arith.addf %28, %28 : f64
    %30 = arith.addf %29, %29 : f64
    %31 = arith.addf %30, %30 : f64
    %32 = arith.addf %31, %31 : f64
    %33 = arith.addf %32, %32 : f64
    %34 = arith.addf %33, %33 : f64
    %35 = arith.addf %34, %34 : f64
    %36 = arith.addf %35, %35 : f64
    %37 = arith.addf %36, %36 : f64
    %38 = arith.addf %37, %37 : f64
    %39 = arith.addf %38, %38 : f64
    %40 = math.exp %39 : f64
    derivative %v, %40 : f64
  }
}
neuro.network @n dt = 1.0 ms {
  // expected-error @below {{to be linear}}
  population @p [1] of @M
}
