// engram-reduce: makes a network that shows a fault smaller while a script says that it still does.
#include "backends/Reference/Passes.h"
#include "lowering/Pipelines/Pipelines.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Reducer/Passes.h"
#include "mlir/Tools/mlir-reduce/MlirReduceMain.h"
#include "tools/engram-reduce/ReduceNetworks.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  engram::registerDialects(registry);
  engram::registerPasses();
  engram::reference::registerReferencePasses();
  engram::registerPipelines();
  mlir::registerReducerPasses();
  engram::reduce::registerReduceNetworks();
  mlir::MLIRContext context(registry);
  return mlir::failed(mlir::mlirReduceMain(argc, argv, context));
}
