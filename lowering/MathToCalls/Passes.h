// Mathematical functions as calls of the C library.
#pragma once

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace engram {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "lowering/MathToCalls/Passes.h.inc"

} // namespace engram
