// RUN: %engram-opt %s --split-input-file --neuro-inline-library="models=%S/Inputs/user-models.mlir,%S/Inputs/more-models.mlir" --verify-diagnostics
// RUN: not %engram-opt %S/Inputs/user-models.mlir --neuro-inline-library="models=%S/no-such-file.mlir" 2>&1 | FileCheck %s --check-prefix=FILE
// FILE: {{.*}}no-such-file.mlir:1:1: error: 

neuro.network @n dt = 1.0 ms {
  // expected-error @below {{model 'LFI' is not in the module, the given files or the library; did you mean 'LIF'}}
  population @a [1] of @LFI
  // Each unknown name is reported, not only the first.
  // expected-error @below {{model 'hodgkin' is not in the module, the given files or the library; 'engram models' lists the library}}
  population @b [1] of @hodgkin
}

// -----

neuro.network @n dt = 1.0 ms {
  // expected-error @below {{model 'LIF_exp_cnd' is not in the module, the given files or the library; did you mean 'LIF_exp_cond'?}}
  population @a [1] of @LIF_exp_cnd
}

// -----

// expected-note @below {{this has the name}}
neuro.network @LIF dt = 1.0 ms {
  // expected-error @below {{expected 'LIF' to be a model}}
  population @a [1] of @LIF
}

// -----

neuro.network @n dt = 1.0 ms {
  // expected-error-re @below {{model 'Mine' is both in '{{.*}}user-models.mlir' and in '{{.*}}more-models.mlir'}}
  population @a [1] of @Mine
}

// -----

// The names and values that a population gives are checked against the model that is brought in.
neuro.network @n dt = 1.0 ms {
  // expected-error @below {{model 'LIF' has no parameter 'tua'}}
  population @a [1] of @LIF parameters {tua = 1.0}
}
