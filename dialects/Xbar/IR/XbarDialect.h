// The dialect 'xbar' with its attribute.
#pragma once

#include "dialects/Neuro/IR/NeuroDialect.h"

#include "dialects/Xbar/IR/XbarDialect.h.inc"
#define GET_ATTRDEF_CLASSES
#include "dialects/Xbar/IR/XbarAttrs.h.inc"

namespace engram::xbar {

/// The attribute of a projection with what 'xbar-map' did, and what 'xbar-calibrate' saw.
inline constexpr llvm::StringLiteral mappingAttrName = "xbar.mapping";
inline constexpr llvm::StringLiteral errorAttrName = "xbar.error";

} // namespace engram::xbar
