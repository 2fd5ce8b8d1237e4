// The way to the dialect 'llvm' by single passes: each of the pipeline's runs alone, and together they do the same.
// RUN: %engram-opt %s --engram-linalg -o %t.linalg.mlir
// RUN: %engram-opt %t.linalg.mlir --pass-pipeline="builtin.module(func.func(convert-linalg-to-loops))" -o %t.loops.mlir
// RUN: FileCheck %s --check-prefix=LOOPS < %t.loops.mlir
// RUN: %engram-opt %t.loops.mlir --expand-strided-metadata --lower-affine --canonicalize --cse -o %t.scf.mlir
// RUN: %engram-opt %t.scf.mlir --convert-scf-to-cf -o %t.cf.mlir
// RUN: FileCheck %s --check-prefix=CF < %t.cf.mlir
// RUN: %engram-opt %t.cf.mlir --convert-math-to-calls --convert-math-to-llvm --convert-arith-to-llvm --finalize-memref-to-llvm --convert-func-to-llvm="use-bare-ptr-memref-call-conv=1" --convert-cf-to-llvm --reconcile-unrealized-casts -o %t.llvm.mlir
// RUN: %engram-opt %s --engram-llvm -o %t.whole.mlir
// RUN: diff %t.llvm.mlir %t.whole.mlir

// LOOPS-NOT: linalg.generic
// LOOPS:     scf.for
// CF-NOT:    scf.for
// CF:        cf.cond_br
neuro.network @n dt = 1.0 ms {
  source @s [2] is #neuro.external
  population @p of @LIF
  projection @a from @s to @p via #neuro.one_to_one<weight = 1.0>
}
