// Registration of the dialect 'aer'.
#include "dialects/Aer/IR/AerDialect.h"
#include "dialects/Aer/IR/AerOps.h"

using namespace mlir;
using namespace engram::aer;

#include "dialects/Aer/IR/AerDialect.cpp.inc"

void AerDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "dialects/Aer/IR/AerOps.cpp.inc"
      >();
}
