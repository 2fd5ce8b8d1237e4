// What MLIR people expect of such a tool: every pass alone, times, IR after a pass, a list of what there is.
// RUN: %engram-opt --help | FileCheck %s --check-prefix=HELP
// HELP-DAG: --canonicalize
// HELP-DAG: --convert-neuro-to-linalg
// HELP-DAG: --cse
// HELP-DAG: --neuro-convert-precision
// HELP-DAG: --neuro-discretize
// HELP-DAG: --neuro-fold-linear
// HELP-DAG: --neuro-infer-shapes
// HELP-DAG: --neuro-inline-library
// HELP-DAG: --neuro-verify-discrete
// HELP-DAG: --engram-discrete
// HELP-DAG: --engram-linalg
// HELP-DAG: --engram-llvm
// HELP-DAG: --engram-neuro

// RUN: %engram-opt %s --engram-linalg --mlir-timing -o /dev/null 2>&1 | FileCheck %s --check-prefix=TIMING
// TIMING: Execution time report
// TIMING: DiscretizePass
// TIMING: ConvertNeuroToLinalgPass

// RUN: %engram-opt %s --engram-discrete --mlir-print-ir-after=neuro-discretize -o /dev/null 2>&1 | FileCheck %s --check-prefix=AFTER
// AFTER: IR Dump After DiscretizePass (neuro-discretize)
// AFTER: neuro.model @LIF.p
// AFTER-NOT: IR Dump

// RUN: %engram-opt %s --neuro-inline-library --neuro-infer-shapes --neuro-fold-linear --neuro-convert-precision --neuro-discretize --canonicalize --cse --symbol-dce --strip-debuginfo --neuro-verify-discrete --convert-neuro-to-linalg -o /dev/null
// RUN: not %engram-opt %s --no-such-pass 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// UNKNOWN: Unknown command line argument '--no-such-pass'
neuro.network @n dt = 1.0 ms {
  source @s [2] is #neuro.external
  population @p of @LIF
  projection @a from @s to @p via #neuro.one_to_one<weight = 1.0>
}
