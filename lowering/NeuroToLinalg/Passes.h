// The conversion of discrete networks to loops.
#pragma once

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace engram {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "lowering/NeuroToLinalg/Passes.h.inc"

} // namespace engram
