// Units of measurement: SI prefixes on the symbols that neuroscience uses.
#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <optional>

namespace engram::neuro {

/// Factor that turns a number in `from` into one in `to` ("s" to "ms": 1000). Products, quotients
/// and whole powers ("mS/cm^2", "1/ms") are understood. An empty optional if the base units differ
/// or one is unknown.
std::optional<double> unitFactor(llvm::StringRef from, llvm::StringRef to);

/// True if the unit is one that unitFactor understands.
bool isKnownUnit(llvm::StringRef unit);

/// The units that stand without quotation marks in assembly: one symbol with or without a prefix.
llvm::ArrayRef<llvm::StringRef> unitKeywords();

} // namespace engram::neuro
