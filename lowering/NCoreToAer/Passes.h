// Passes from a mapping to keys and routing tables.
#pragma once

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace engram::aer {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "lowering/NCoreToAer/Passes.h.inc"

} // namespace engram::aer
