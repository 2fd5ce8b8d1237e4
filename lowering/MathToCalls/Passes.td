// Mathematical functions as calls of the C library.
#ifndef ENGRAM_MATHTOCALLS_PASSES_TD
#define ENGRAM_MATHTOCALLS_PASSES_TD

include "mlir/Pass/PassBase.td"

def ConvertMathToCallsPass : Pass<"convert-math-to-calls", "::mlir::ModuleOp"> {
  let summary = "call the C library for mathematical functions, as the interpreter does";
  let description = [{
    Turns each operation of `math` that the C library has a function for into a call of it, and leaves the others
    (`copysign`, `fma`) to `convert-math-to-llvm`. MLIR's `convert-math-to-libm` refuses modules with these others,
    and `convert-math-to-llvm` alone computes `expm1(x)` as `exp(x) - 1` and `log1p(x)` as `log(1 + x)`, which have
    other bits.

    ```mlir
    %0 = math.expm1 %x : f64
    %1 = math.copysign %0, %y : f64
    ```
    becomes
    ```mlir
    %0 = call @expm1(%x) : (f64) -> f64
    %1 = math.copysign %0, %y : f64
    ```
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::func::FuncDialect", "::mlir::vector::VectorDialect"];
}

#endif // ENGRAM_MATHTOCALLS_PASSES_TD
