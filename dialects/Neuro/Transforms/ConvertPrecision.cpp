// One floating-point type for all models and sums.
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/Transforms/Passes.h"

namespace engram::neuro {
#define GEN_PASS_DEF_CONVERTPRECISIONPASS
#include "dialects/Neuro/Transforms/Passes.h.inc"
} // namespace engram::neuro

using namespace mlir;
using namespace engram::neuro;

namespace {
struct ConvertPrecision : engram::neuro::impl::ConvertPrecisionPassBase<ConvertPrecision> {
  using ConvertPrecisionPassBase::ConvertPrecisionPassBase;

  void runOnOperation() override {
    if (type != "f32" && type != "f64") {
      getOperation().emitError() << "expected 'type' to be f32 or f64, got '" << type << "'";
      return signalPassFailure();
    }
    Builder builder(&getContext());
    Type to = type == "f32" ? Type(builder.getF32Type()) : builder.getF64Type();
    for (ModelOp model : getOperation().getOps<ModelOp>())
      model.walk([&](Operation *op) { convert(op, to); });
    for (NetworkOp network : getOperation().getOps<NetworkOp>())
      to.isF64() ? (void)network.removePrecisionAttr() : network.setPrecision(to);
  }

  static void convert(Operation *op, Type to) {
    for (OpResult result : op->getResults())
      if (isa<FloatType>(result.getType()))
        result.setType(to);
    if (auto number = op->getAttrOfType<FloatAttr>("value"))
      op->setAttr("value", FloatAttr::get(to, number.getValueAsDouble()));
    // Between floats of one type nothing is left to convert.
    if (isa<arith::ExtFOp, arith::TruncFOp>(op)) {
      op->replaceAllUsesWith(op->getOperands());
      op->erase();
    }
  }
};
} // namespace
