// engram-opt: runs passes over IR, as MLIR people expect.
#include "backends/Reference/Passes.h"
#include "lowering/Pipelines/Pipelines.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  engram::registerDialects(registry);
  engram::registerPasses();
  engram::reference::registerReferencePasses();
  engram::registerPipelines();
  return mlir::asMainReturnCode(
      mlir::MlirOptMain(argc, argv, "engram's optimizer driver\n", registry));
}
