// engram-opt: runs passes over IR, as MLIR people expect.
#include "dialects/Neuro/IR/NeuroOps.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  registry.insert<engram::neuro::NeuroDialect, mlir::arith::ArithDialect, mlir::math::MathDialect>();
  return mlir::asMainReturnCode(mlir::MlirOptMain(argc, argv, "engram-opt\n", registry));
}
