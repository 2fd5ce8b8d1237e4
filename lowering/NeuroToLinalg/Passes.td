// The conversion of discrete networks to loops.
#ifndef ENGRAM_NEUROTOLINALG_PASSES_TD
#define ENGRAM_NEUROTOLINALG_PASSES_TD

include "mlir/Pass/PassBase.td"

def ConvertNeuroToLinalgPass : Pass<"convert-neuro-to-linalg", "::mlir::ModuleOp"> {
  let summary = "turn discrete networks into functions over one block of state";
  let description = [{
    Needs what `neuro-verify-discrete` checks. A network `@n` becomes two functions,
    `@n_init(%state)` and `@n_step(%state)`, where `%state` is a `memref` of bytes that holds everything that changes:
    the number of the step, states, outputs, spikes, sums that will arrive at ports (a ring of delay slots), events and
    scratch space. Weights and values that differ between neurons are constant globals. The attribute `engram.abi`
    of the module says where each array lies in the state (`name`, `offset`, `shape`, `type`).

    In `@n_step` sources and populations come in the order of the schedule. A population is one
    `linalg.generic` over its neurons; dense, convolution, pooling, one-to-one and all-to-all projections are
    `linalg.generic`s (for a spiking source: one a spike, over the row of the matrix); CSR, random and
    per-synapse-delay projections are loops over the events of the step and their rows of synapses.

    ```mlir
    projection @w from @a to @b via #neuro.dense<weights = W>
    ```
    becomes
    ```mlir
    %w = memref.get_global @n.w : memref<12x40xf64>
    linalg.generic {iterator_types = ["reduction", "parallel"], ...} ins(%w, %x : ...) outs(%sums : ...) {
    ^bb0(%0: f64, %1: f64, %2: f64):
      %3 = arith.mulf %0, %1 : f64
      %4 = arith.addf %2, %3 : f64
      linalg.yield %4 : f64
    }
    ```
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::func::FuncDialect", "::mlir::linalg::LinalgDialect",
                           "::mlir::math::MathDialect", "::mlir::memref::MemRefDialect", "::mlir::scf::SCFDialect"];
}

#endif // ENGRAM_NEUROTOLINALG_PASSES_TD
