// The dialect 'fx': fixed-point arithmetic.
#ifndef ENGRAM_FX_DIALECT_TD
#define ENGRAM_FX_DIALECT_TD

include "mlir/IR/OpBase.td"

def Fx_Dialect : Dialect {
  let name = "fx";
  let cppNamespace = "::engram::fx";
  let summary = "fixed-point arithmetic";
  let description = [{
    Numbers of the form `raw * 2^-F` with a whole number `raw` of a given width, and operations whose results are
    stated to the last bit. Every operation computes its result exactly, as a rational number; then it rounds once,
    by the mode that the operation names, to a multiple of 2^-F of the result type; then it saturates to the range
    of the result type. Nothing wraps around, nothing is undefined, and no operation has a state.

    `dialects/Fx/IR/FixedPoint.h` is this text as a page of code: folding and interpreters call it, `convert-fx-to-arith`
    is tested against it, and the accelerator's arithmetic unit executes the operations one to one.
    `docs/spec-fx.md` has the numbered rules.

    Addition saturates, so its result depends on the order of the summands once a sum leaves the range. Sums that must
    not depend on an order are formed in a type that is wide enough for every partial sum (`fx.convert` to it is
    exact) and converted back once. To choose between two values, use `arith.select`, which takes every type.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect"];
  let useDefaultTypePrinterParser = 0;
  let useDefaultAttributePrinterParser = 1;
  let hasConstantMaterializer = 1;
  let extraClassDeclaration = [{
    void registerTypesAndAttributes();
    ::mlir::Type parseType(::mlir::DialectAsmParser &parser) const override;
    void printType(::mlir::Type type, ::mlir::DialectAsmPrinter &printer) const override;
  }];
}

#endif // ENGRAM_FX_DIALECT_TD
