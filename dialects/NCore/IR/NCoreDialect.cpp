// Registration of the dialect 'ncore'.
#include "dialects/NCore/IR/NCoreDialect.h"
#include "dialects/NCore/IR/NCoreOps.h"

using namespace mlir;
using namespace engram::ncore;

#include "dialects/NCore/IR/NCoreDialect.cpp.inc"

void NCoreDialect::initialize() {
  registerAttributes();
  addOperations<
#define GET_OP_LIST
#include "dialects/NCore/IR/NCoreOps.cpp.inc"
      >();
}

// ncore_c1: the attribute 'ncore.target' is a target, and belongs to a module.
LogicalResult NCoreDialect::verifyOperationAttribute(Operation *op, NamedAttribute attribute) {
  if (attribute.getName() != targetAttrName)
    return success();
  if (!isa<ModuleOp>(op))
    return op->emitOpError() << "expected '" << targetAttrName << "' on a module";
  if (!isa<TargetAttr>(attribute.getValue()))
    return op->emitOpError() << "expected '" << targetAttrName << "' to be an #ncore.target, got "
                             << attribute.getValue();
  return success();
}

TargetAttr engram::ncore::targetAttrOf(ModuleOp module) {
  return module->getAttrOfType<TargetAttr>(targetAttrName);
}
