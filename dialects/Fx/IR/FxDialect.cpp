// Registration of the dialect 'fx'.
#include "dialects/Fx/IR/FxDialect.h"
#include "dialects/Fx/IR/FxOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace engram::fx;

#include "dialects/Fx/IR/FxDialect.cpp.inc"

void FxDialect::initialize() {
  registerTypesAndAttributes();
  addOperations<
#define GET_OP_LIST
#include "dialects/Fx/IR/FxOps.cpp.inc"
      >();
}

Operation *FxDialect::materializeConstant(OpBuilder &builder, Attribute value, Type type,
                                          Location loc) {
  if (auto fixed = dyn_cast<FixedAttr>(value))
    return ConstantOp::create(builder, loc, fixed);
  return arith::ConstantOp::materialize(builder, value, type, loc);
}
