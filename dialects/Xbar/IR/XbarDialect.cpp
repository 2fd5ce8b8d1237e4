// Registration of the dialect 'xbar'.
#include "dialects/Xbar/IR/XbarDialect.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace engram::xbar;

#include "dialects/Xbar/IR/XbarDialect.cpp.inc"
#define GET_ATTRDEF_CLASSES
#include "dialects/Xbar/IR/XbarAttrs.cpp.inc"

void XbarDialect::registerAttributes() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "dialects/Xbar/IR/XbarAttrs.cpp.inc"
      >();
}

void XbarDialect::initialize() { registerAttributes(); }
