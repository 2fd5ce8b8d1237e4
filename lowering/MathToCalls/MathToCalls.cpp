// MLIR's patterns from math to libm, applied where they match.
#include "lowering/MathToCalls/Passes.h"
#include "mlir/Conversion/MathToLibm/MathToLibm.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace engram {
#define GEN_PASS_DEF_CONVERTMATHTOCALLSPASS
#include "lowering/MathToCalls/Passes.h.inc"
} // namespace engram

namespace {
struct ConvertMathToCalls : engram::impl::ConvertMathToCallsPassBase<ConvertMathToCalls> {
  void runOnOperation() override {
    mlir::RewritePatternSet patterns(&getContext());
    mlir::populateMathToLibmConversionPatterns(patterns);
    if (mlir::failed(mlir::applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
