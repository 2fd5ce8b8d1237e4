// The dialect 'aer'.
#pragma once

#include "dialects/NCore/IR/NCoreDialect.h"
#include "mlir/IR/Dialect.h"

#include "dialects/Aer/IR/AerDialect.h.inc"

namespace engram::aer {

/// The attribute of 'aer.routes' with what the links carry.
inline constexpr llvm::StringLiteral trafficAttrName = "aer.traffic";

/// Keys have at most so many bits, whatever the target has: they are whole numbers of 64 bits in
/// the IR, and sizes of blocks need one more.
inline constexpr int maxKeyBits = 62;

} // namespace engram::aer
