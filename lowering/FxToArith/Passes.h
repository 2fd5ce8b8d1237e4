// The conversion of fixed-point arithmetic to integers.
#pragma once

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace engram {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "lowering/FxToArith/Passes.h.inc"

} // namespace engram
