// What NIR leaves open, and how each framework fills it in: one row a framework.
#pragma once

#include "dialects/Neuro/IR/NeuroOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace engram::nir {

/// What a spike does to the membrane.
enum class Reset {
  ToValue,      ///< v := v_reset, the text of NIR
  Subtract,     ///< v := v - v_threshold
  SubtractLate, ///< the same; who is still above doubles the threshold of the next step (snnTorch)
  SubtractMany, ///< n = floor(v / v_threshold) spikes at once, v := v - n v_threshold
};

/// Where a step of delay is added that the file does not hold.
enum class ExtraDelay {
  None,
  Neurons, ///< on what leaves a spiking neuron: its spike is read in the step after
  Sources, ///< the same, and on what leaves an Input
  Weights, ///< on each Affine, Linear and convolution
};

struct Convention {
  llvm::StringRef name;
  neuro::Method method;
  Reset reset;
  ExtraDelay delay;
  bool perStep; ///< I and IF add r I in each step, whatever dt.
  bool decay;   ///< v := exp(-dt/tau) v + input: exact leak, the input in full, no r.
  llvm::StringRef summary;
};

/// All conventions; the first, "nir", is the default.
llvm::ArrayRef<Convention> conventions();
/// Null if there is no such convention.
const Convention *findConvention(llvm::StringRef name);

/// "v_reset", "subtract", "subtract_late", "subtract_many".
std::optional<Reset> symbolizeReset(llvm::StringRef name);
llvm::StringRef stringifyReset(Reset reset);

/// The model of a NIR node type under a convention: the library's own name ("LIF") or that of a
/// variant in conventions.mlir ("LIF_subtract").
std::string modelName(llvm::StringRef type, const Convention &convention);

/// The NIR node type that a model stands for, library model or variant; empty if there is none.
llvm::StringRef nodeTypeOf(llvm::StringRef model);

/// The variants, parsed; each is copied into a module that uses it.
mlir::OwningOpRef<mlir::ModuleOp> parseConventionModels(mlir::MLIRContext *context);

} // namespace engram::nir
