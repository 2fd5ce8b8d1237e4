// RUN: not %engram-opt %s --neuro-map-delays=min-delay=-1 2>&1 | FileCheck %s --check-prefix=MIN
// RUN: not %engram-opt %s "--neuro-map-delays=min-delay=5 max-delay=8" 2>&1 | FileCheck %s --check-prefix=MAX
// RUN: not %engram-opt %s --neuro-map-delays=max-delay=16777217 2>&1 | FileCheck %s --check-prefix=HIGH
// RUN: not %engram-opt %s --neuro-map-delays=relay-neuron-cost=-1 2>&1 | FileCheck %s --check-prefix=RELAY
// RUN: not %engram-opt %s --neuro-map-delays=extension-core-cost=nan 2>&1 | FileCheck %s --check-prefix=EXTENSION
// RUN: not %engram-opt %s --neuro-map-delays=extension-neurons=0 2>&1 | FileCheck %s --check-prefix=NEURONS
// RUN: not %engram-opt %s --neuro-map-delays=extension-stages=0 2>&1 | FileCheck %s --check-prefix=STAGES

// MIN: expected 'min-delay' to be 0 to 2^24, got -1
// MAX: expected 'max-delay' to be 9 to 2^24 with a 'min-delay' of 5, got 8
// HIGH: expected 'max-delay' to be 1 to 2^24 with a 'min-delay' of 1, got 16777217
// RELAY: expected 'relay-neuron-cost' to be at least 0, got -1
// EXTENSION: expected 'extension-core-cost' to be at least 0, got {{nan|NAN}}
// NEURONS: expected 'extension-neurons' to be at least 1, got 0
// STAGES: expected 'extension-stages' to be at least 1, got 0
module {}
