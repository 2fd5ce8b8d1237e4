// The dialect 'ncore' with its attribute.
#pragma once

#include "dialects/NCore/IR/Target.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/DialectImplementation.h"

#include "dialects/NCore/IR/NCoreDialect.h.inc"
#define GET_ATTRDEF_CLASSES
#include "dialects/NCore/IR/NCoreAttrs.h.inc"

namespace engram::ncore {

/// The attribute of a module that says for which machine it is compiled.
inline constexpr llvm::StringLiteral targetAttrName = "ncore.target";

/// The machine that an attribute describes, normalized.
Target targetOf(TargetAttr attr);

/// The attribute of a machine, with the fields that differ from their defaults. Null, after a
/// diagnostic at 'loc', if it breaks a rule (ncore_t1 to ncore_t8).
TargetAttr attrOf(const Target &target, mlir::Location loc);

/// The machine that a module is compiled for; null if it names none.
TargetAttr targetAttrOf(mlir::ModuleOp module);

} // namespace engram::ncore
