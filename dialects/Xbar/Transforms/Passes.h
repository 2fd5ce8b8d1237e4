// Passes that put projections on crossbars.
#pragma once

#include "dialects/Neuro/IR/NeuroOps.h"
#include "dialects/Xbar/IR/XbarDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace engram::xbar {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "dialects/Xbar/Transforms/Passes.h.inc"

} // namespace engram::xbar
