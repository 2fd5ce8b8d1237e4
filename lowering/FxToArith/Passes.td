// The conversion of fixed-point arithmetic to integers.
#ifndef ENGRAM_FXTOARITH_PASSES_TD
#define ENGRAM_FXTOARITH_PASSES_TD

include "mlir/Pass/PassBase.td"

def ConvertFxToArithPass : Pass<"convert-fx-to-arith", "::mlir::ModuleOp"> {
  let summary = "turn fixed-point arithmetic into integer arithmetic";
  let description = [{
    A number of `!fx.q<I, F>` becomes its whole number in an `i8`, `i16`, `i32` or `i64`, the narrowest that has its
    width, sign-extended; one of `!fx.uq<I, F>` is zero-extended. This replaces the types wherever they are, also
    within other types and in operations of other dialects, and `#fx.value` by integers. Memory, arguments and results
    of functions hold extended numbers, nothing else.

    Each operation becomes `arith` on integers that are wide enough for the exact result: the conversion keeps the
    range of every intermediate value, and so knows the width that it needs (up to `i128`) and where a saturation can
    be left out. No shift reaches the width of its operand and nothing overflows, so no result is poison.

    ```mlir
    %0 = fx.mul %a, %b floor : !fx.q<4, 4>, !fx.q<4, 4> -> !fx.q<4, 4>
    ```
    becomes
    ```mlir
    %0 = arith.extsi %a : i8 to i16
    %1 = arith.extsi %b : i8 to i16
    %2 = arith.muli %0, %1 : i16
    %3 = arith.shrsi %2, %c4_i16 : i16
    %4 = arith.minsi %3, %c127_i16 : i16
    %5 = arith.maxsi %4, %c-128_i16 : i16
    %6 = arith.trunci %5 : i16 to i8
    ```
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect"];
}

#endif // ENGRAM_FXTOARITH_PASSES_TD
