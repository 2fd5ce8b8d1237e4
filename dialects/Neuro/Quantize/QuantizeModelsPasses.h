// Conversion of models to fixed-point arithmetic.
#pragma once

#include "dialects/Neuro/IR/NeuroOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace engram::neuro {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "dialects/Neuro/Quantize/QuantizeModelsPasses.h.inc"

} // namespace engram::neuro
