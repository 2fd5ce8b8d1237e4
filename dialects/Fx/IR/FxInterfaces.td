// What the operations of 'fx' have in common: a meaning on whole numbers.
#ifndef ENGRAM_FX_INTERFACES_TD
#define ENGRAM_FX_INTERFACES_TD

include "mlir/IR/OpBase.td"

def Fx_EvaluateInterface : OpInterface<"EvaluateInterface"> {
  let cppNamespace = "::engram::fx";
  let description = [{
    An operation that is a pure function of numbers. Folding and interpreters compute with it.
  }];
  let methods = [InterfaceMethod<[{
      The result for the given operands. A fixed-point number is its whole number, an integer its value (signless:
      as two's complement, an i1 as 0 or 1), a float its IEEE bits.
    }], "int64_t", "evaluate", (ins "::llvm::ArrayRef<int64_t>":$operands)>];
}

#endif // ENGRAM_FX_INTERFACES_TD
