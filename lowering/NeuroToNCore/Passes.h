// Passes from a network to its mapping.
#pragma once

#include "dialects/NCore/IR/NCoreDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace engram::ncore {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "lowering/NeuroToNCore/Passes.h.inc"

} // namespace engram::ncore
