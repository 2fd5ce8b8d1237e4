// Passes that run networks on the interpreter. Tools register them; the pipelines lie below the
// backends.
#pragma once

#include "dialects/Neuro/IR/NeuroOps.h"
#include "dialects/Xbar/IR/XbarDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace engram::reference {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "backends/Reference/Passes.h.inc"

} // namespace engram::reference
