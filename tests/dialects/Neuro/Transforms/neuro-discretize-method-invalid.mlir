// RUN: %engram-opt %s --neuro-discretize=method=leapfrog --verify-diagnostics

// expected-error @below {{expected 'method' to be euler, sequential_euler, exponential_euler, exact or rk4, got 'leapfrog'}}
module {}
