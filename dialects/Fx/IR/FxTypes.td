// The type, the rounding modes and the constant attribute of 'fx'.
#ifndef ENGRAM_FX_TYPES_TD
#define ENGRAM_FX_TYPES_TD

include "dialects/Fx/IR/FxDialect.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/BuiltinAttributeInterfaces.td"
include "mlir/IR/BuiltinTypeInterfaces.td"
include "mlir/IR/EnumAttr.td"

def Fx_FixedType : TypeDef<Fx_Dialect, "Fixed", [MemRefElementTypeInterface, VectorElementTypeInterface]> {
  // No mnemonic: the dialect reads and writes both names of the type. With one, the short forms of operations would
  // leave out the name, and with it the sign.
  let typeName = "fx.q";
  let summary = "a fixed-point number";
  let description = [{
    `!fx.q<I, F>` is a signed and `!fx.uq<I, F>` an unsigned number of I integer and F fraction bits: a whole number
    `raw` of I + F bits (two's complement if signed) that stands for `raw * 2^-F`. This is ARM's Q notation, in which I
    counts the sign bit; TI's counts it apart, so TI's Q7.8 is `!fx.q<8, 8>` here.

    | type | width | step | range |
    |---|---|---|---|
    | `!fx.q<8, 8>` | 16 | 2^-8 | -128 to 128 - 2^-8 |
    | `!fx.uq<0, 8>` | 8 | 2^-8 | 0 to 1 - 2^-8 |
    | `!fx.q<-2, 10>` | 8 | 2^-10 | -2^-3 to 2^-3 - 2^-10 |
    | `!fx.q<24, 0>` | 24 | 1 | -2^23 to 2^23 - 1 |

    One of I and F may be negative. The width I + F is 1 to 64 for signed and 1 to 63 for unsigned numbers
    (`fx_c1`), so `raw` fits into a signed 64-bit integer; F is -64 to 64 (`fx_c2`).
  }];
  let parameters = (ins "bool":$isSigned, "int32_t":$integerBits, "int32_t":$fractionBits);
  let builders = [TypeBuilder<(ins "::engram::fx::Format":$format), [{
    return $_get($_ctxt, format.isSigned, format.integerBits, format.fractionBits);
  }]>];
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    ::engram::fx::Format getFormat() const {
      return {getIsSigned(), getIntegerBits(), getFractionBits()};
    }
    unsigned getWidth() const { return getIntegerBits() + getFractionBits(); }
    /// The integer that holds `raw` in memory and in registers: i8, i16, i32 or i64.
    ::mlir::IntegerType getContainer() const;
  }];
}

def Fx_Rounding : I32EnumAttr<"Rounding", "how a result becomes a multiple of the step", [
    I32EnumAttrCase<"NearestEven", 0, "nearest_even">,
    I32EnumAttrCase<"TowardZero", 1, "toward_zero">,
    I32EnumAttrCase<"Floor", 2, "floor">,
    I32EnumAttrCase<"Stochastic", 3, "stochastic">]> {
  let cppNamespace = "::engram::fx";
}

def Fx_Predicate : I32EnumAttr<"Predicate", "relation of two numbers", [
    I32EnumAttrCase<"Eq", 0, "eq">, I32EnumAttrCase<"Ne", 1, "ne">, I32EnumAttrCase<"Lt", 2, "lt">,
    I32EnumAttrCase<"Le", 3, "le">, I32EnumAttrCase<"Gt", 4, "gt">, I32EnumAttrCase<"Ge", 5, "ge">]> {
  let cppNamespace = "::engram::fx";
}

def Fx_FixedAttr : AttrDef<Fx_Dialect, "Fixed", [TypedAttrInterface]> {
  let mnemonic = "value";
  let summary = "a constant fixed-point number";
  let description = [{
    `#fx.value<0.5 : !fx.q<8, 8>>`. The number is a decimal number with a point, read as a double, and has to be a
    number of the type (`fx_c3`); the message for one that is not names the nearest. A number that takes more than
    the 53 bits of a double is written as its whole number: `#fx.value<raw 9007199254740993 : !fx.q<32, 32>>`.
  }];
  let parameters = (ins "int64_t":$raw, AttributeSelfTypeParameter<"">:$type);
  let builders = [AttrBuilderWithInferredContext<(ins "::mlir::Type":$type, "int64_t":$raw), [{
    return $_get(type.getContext(), raw, type);
  }]>];
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    ::engram::fx::Format getFormat() const;
  }];
}

#endif // ENGRAM_FX_TYPES_TD
