// engram-opt: runs passes over IR, as MLIR people expect.
#include "dialects/Neuro/IR/NeuroOps.h"
#include "dialects/Neuro/Transforms/Passes.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "mlir/Transforms/Passes.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  registry.insert<engram::neuro::NeuroDialect, mlir::arith::ArithDialect, mlir::math::MathDialect>();
  engram::neuro::registerInferShapesPass();
  engram::neuro::registerFoldLinearPass();
  engram::neuro::registerDiscretizePass();
  engram::neuro::registerConvertPrecisionPass();
  engram::neuro::registerVerifyDiscretePass();
  mlir::registerCSEPass();
  mlir::registerCanonicalizerPass();
  return mlir::asMainReturnCode(mlir::MlirOptMain(argc, argv, "engram-opt\n", registry));
}
