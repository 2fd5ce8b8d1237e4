// Each rule on models, broken once. The numbers are those of docs/spec.md.
// RUN: %engram-opt %s --split-input-file --verify-diagnostics

// neuro_c14: the unit of time is one.
// expected-error @below {{expected 'time' to be a unit of time, got 'mV'}}
neuro.model @M time mV {}

// -----

// neuro_c15: names differ; at most one region of a kind; 'dynamics' or 'update'; what needs 'fire'.
neuro.model @M {
  %a = parameter "a" = 1.0
  // expected-error @below {{'a' is declared twice in model 'M'}}
  %b = state "a" = 1.0
}

// -----

neuro.model @M {
  update {}
  // expected-error @below {{stands twice in model 'M'}}
  update {}
}

// -----

neuro.model @M {
  %a = parameter "a" = 1.0
  // expected-error @below {{is not a part of a model}}
  %0 = arith.addf %a, %a : f64
}

// -----

neuro.model @M {
  // expected-error @below {{symbol's parent must have the SymbolTable trait}}
  neuro.model @Inner {}
}

// -----

// expected-error @below {{expected 'dynamics' or 'update', not both}}
neuro.model @M {
  dynamics {}
  update {}
}

// -----

// expected-error @below {{expected a 'fire' region, as the model has a 'reset'}}
neuro.model @M {
  reset {}
}

// -----

// expected-error @below {{expected a 'fire' region, as the model has a 'refractory'}}
neuro.model @M {
  %t = parameter "t" = 1.0
  refractory %t : f64
}

// -----

// neuro_c16: scalar operations of arith and math; regions that yield end in 'yield'.
neuro.model @M {
  %v = state "v"
  update {
    // expected-error @below {{is not allowed here: expected scalar operations of arith, math and fx}}
    %0 = arith.constant dense<1.0> : tensor<2xf64>
  }
}

// -----

neuro.model @M {
  fire {
    // expected-error @below {{is not allowed here: expected scalar operations of arith, math and fx}}
    %0 = builtin.unrealized_conversion_cast to f64
    %1 = arith.constant true
    yield %1 : i1
  }
}

// -----

neuro.model @M {
  update {
    // expected-error @below {{is not allowed here: expected scalar operations of arith, math and fx}}
    %0 = arith.constant 1.0 : f16
  }
}

// -----

neuro.model @M {
  // expected-error @below {{expects a non-empty block}}
  emit {}
}

// -----

neuro.model @M {
  fire {
    // expected-error @below {{block with no terminator}}
    %1 = arith.constant true
  }
}

// -----

neuro.model @M {
  %v = state "v"
  fire {
    // expected-error @below {{expected an i1, got 'f64'}}
    yield %v : f64
  }
}

// -----

neuro.model @M {
  emit {
    %1 = arith.constant true
    // expected-error @below {{expected a float or a fixed-point number, got 'i1'}}
    yield %1 : i1
  }
}

// -----

// neuro_c17: a state gets one value in a region.
neuro.model @M {
  %v = state "v"
  update {
    assign %v, %v : f64
    // expected-error @below {{state 'v' has a value already}}
    assign %v, %v : f64
  }
}

// -----

// neuro_c18: what is assigned, derived or held is a state.
neuro.model @M {
  %a = parameter "a" = 1.0
  update {
    // expected-error @below {{expected the result of a 'neuro.state'}}
    assign %a, %a : f64
  }
}

// -----

neuro.model @M {
  %a = parameter "a" = 1.0
  dynamics {
    // expected-error @below {{expected the result of a 'neuro.state'}}
    derivative %a, %a : f64
  }
}

// -----

neuro.model @M {
  %n = state "n" = 1 : i32
  dynamics {
    // expected-error @below {{expected a state of float type, got 'i32'}}
    derivative %n, %n : i32
  }
}

// -----

neuro.model @M {
  %a = parameter "a" = 1.0
  fire {
    %1 = arith.constant true
    yield %1 : i1
  }
  // expected-error @below {{expected the result of a 'neuro.state'}}
  refractory %a holds %a : f64
}

// -----

neuro.model @M {
  %v = state "v"
  fire {
    // expected-error @below {{expects parent op to be one of 'neuro.receive, neuro.update, neuro.reset'}}
    assign %v, %v : f64
    %1 = arith.constant true
    yield %1 : i1
  }
}

// -----

// neuro_c19: a default is one finite number; a positive parameter's default is positive.
neuro.model @M {
  // expected-error @below {{expected 'a' to be positive, got 0}}
  %a = parameter "a" = 0.0 positive
}

// -----

neuro.model @M {
  // expected-error @below {{expected the default of 'a' to be one finite number}}
  %a = "neuro.parameter"() {name = "a", value = dense<1.0> : tensor<2xf64>} : () -> f64
}

// -----

neuro.model @M {
  // expected-error @below {{expected the default of 'a' to be one finite number}}
  %a = "neuro.parameter"() {name = "a", value = 0x7FF0000000000000 : f64} : () -> f64
}

// -----

neuro.model @M {
  // expected-error @below {{expected the initial value of 'v' to be one finite number}}
  %v = "neuro.state"() {name = "v", value = "rest"} : () -> f64
}

// -----

neuro.model @M {
  %w = state "w" = 0.0
  // expected-error @below {{expected the initial value of 'v' to be a number or a parameter}}
  %v = state "v" from %w
}

// -----

neuro.model @M {
  %a = parameter "a" = 0.0 : f32
  // expected-error @below {{expected the parameter to have the state's type}}
  %v = "neuro.state"(%a) {name = "v"} : (f32) -> f64
}

// -----

neuro.model @M {
  // expected-error @below {{expected a number of type 'i32', got 1.5}}
  %n = state "n" = 1.5 : i32
}

// -----

neuro.model @M {
  // expected-error @below {{expected a number of type 'i32', got 4294967296}}
  %n = state "n" = 4294967296 : i32
}

// -----

neuro.model @M {
  // expected-error @below {{expected a number of type 'i1', got 2}}
  %n = parameter "n" = 2 : i1
}

// -----

neuro.model @M {
  // expected-error @below {{expected a number of type 'index', got 2}}
  %n = parameter "n" = 2 : index
}

// -----

neuro.model @M {
  // expected-error @below {{'neuro.input' op result #0 must be a number, but got 'f16'}}
  %n = input "n" : f16
}

// -----

// neuro_c26: what every population has is not a state's name.
neuro.model @M {
  // expected-error @below {{expected another name than 'spikes', which every population has}}
  %s = state "spikes"
}
