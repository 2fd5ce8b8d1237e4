// Passes that make fixed-point networks of networks.
#pragma once

#include "dialects/Fx/IR/FxDialect.h"
#include "dialects/Neuro/IR/NeuroOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace engram::neuro {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "dialects/Neuro/Quantize/Passes.h.inc"

} // namespace engram::neuro
