// Operations of 'fx'.
#ifndef ENGRAM_FX_OPS_TD
#define ENGRAM_FX_OPS_TD

include "dialects/Fx/IR/FxInterfaces.td"
include "dialects/Fx/IR/FxTypes.td"
include "mlir/IR/OpAsmInterface.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

class Fx_Op<string mnem, list<Trait> traits = []>
    : Op<Fx_Dialect, mnem, !listconcat([Pure], traits)>;

// An operation that interpreters compute with, and that is folded on constants.
class Fx_ComputeOp<string mnem, list<Trait> traits = []>
    : Fx_Op<mnem, !listconcat([DeclareOpInterfaceMethods<Fx_EvaluateInterface>], traits)> {
  let hasFolder = 1;
}

class Fx_UnaryOp<string mnem> : Fx_ComputeOp<mnem, [SameOperandsAndResultType]> {
  let arguments = (ins Fx_FixedType:$operand);
  let results = (outs Fx_FixedType:$result);
  let assemblyFormat = "$operand attr-dict `:` type($result)";
}

class Fx_BinaryOp<string mnem, list<Trait> traits = []>
    : Fx_ComputeOp<mnem, !listconcat([SameOperandsAndResultType], traits)> {
  let arguments = (ins Fx_FixedType:$lhs, Fx_FixedType:$rhs);
  let results = (outs Fx_FixedType:$result);
  let assemblyFormat = "$lhs `,` $rhs attr-dict `:` type($result)";
}

def Fx_ConstantOp : Fx_Op<"constant", [ConstantLike, AllTypesMatch<["value", "result"]>,
    DeclareOpInterfaceMethods<OpAsmOpInterface, ["getAsmResultNames"]>]> {
  let summary = "fixed-point constant";
  let description = [{
    A decimal number with a point that the type has (`fx_c3`), or the whole number behind it. To write 0.1 in Q8.8,
    write one of the numbers that the message about 0.1 names.

    ```mlir
    %half = fx.constant 0.5 : !fx.q<8, 8>
    %same = fx.constant raw 128 : !fx.q<8, 8>
    ```
  }];
  let arguments = (ins Fx_FixedAttr:$value);
  let results = (outs Fx_FixedType:$result);
  let assemblyFormat = "custom<Number>($value) attr-dict";
  let hasFolder = 1;
}

def Fx_AddOp : Fx_BinaryOp<"add", [Commutative]> {
  let summary = "saturating sum";
  let description = [{
    `result = sat(lhs + rhs)`. The exact sum is a multiple of the step: nothing is rounded.

    ```mlir
    %sum = fx.add %a, %b : !fx.q<4, 4>    // 7.5 + 1.0 = 7.9375, the greatest number
    ```
  }];
}

def Fx_SubOp : Fx_BinaryOp<"sub"> {
  let summary = "saturating difference";
  let description = [{
    `result = sat(lhs - rhs)`, without rounding. An unsigned difference below zero is zero.

    ```mlir
    %difference = fx.sub %a, %b : !fx.q<4, 4>    // -8.0 - 1.0 = -8.0
    ```
  }];
}

def Fx_NegOp : Fx_UnaryOp<"neg"> {
  let summary = "saturating negation";
  let description = [{
    `result = sat(-operand)`. The negative of the least signed number is the greatest number, so two negations are not
    always none; an unsigned result is zero.

    ```mlir
    %negative = fx.neg %a : !fx.q<4, 4>    // -(-8.0) = 7.9375
    ```
  }];
}

def Fx_AbsOp : Fx_UnaryOp<"abs"> {
  let hasCanonicalizer = 1;
  let summary = "saturating absolute value";
  let description = [{
    `result = sat(|operand|)`; that of the least signed number is the greatest number.

    ```mlir
    %magnitude = fx.abs %a : !fx.q<4, 4>    // |-8.0| = 7.9375
    ```
  }];
}

def Fx_MinOp : Fx_BinaryOp<"min", [Commutative]> {
  let summary = "the lesser of two numbers";
  let description = [{
    `result = lhs < rhs ? lhs : rhs`, exactly.

    ```mlir
    %least = fx.min %a, %b : !fx.q<4, 4>
    ```
  }];
}

def Fx_MaxOp : Fx_BinaryOp<"max", [Commutative]> {
  let summary = "the greater of two numbers";
  let description = [{
    `result = lhs > rhs ? lhs : rhs`, exactly.

    ```mlir
    %greatest = fx.max %a, %b : !fx.q<4, 4>
    ```
  }];
}

// With x the exact result in steps of the result type; `random` is there if the mode is stochastic.
class Fx_RoundingOp<string mnem, dag operands, list<Trait> traits = []> : Fx_ComputeOp<mnem, traits> {
  let arguments = !con(operands, (ins Fx_Rounding:$rounding, Optional<I32>:$random));
  let results = (outs Fx_FixedType:$result);
  let hasVerifier = 1;
}

def Fx_MulOp : Fx_RoundingOp<"mul", (ins Fx_FixedType:$lhs, Fx_FixedType:$rhs)> {
  let hasCanonicalizer = 1;
  let summary = "product with one rounding";
  let description = [{
    `result = sat(round(lhs * rhs))`, where `round` takes the exact product to a multiple of the step 2^-F of the result
    type. With x the product in steps:

    | mode | result in steps |
    |---|---|
    | `nearest_even` | the whole number nearest to x; of two, the even one |
    | `toward_zero` | x without its fraction |
    | `floor` | the greatest whole number that is not greater than x |
    | `stochastic(%r)` | floor(x + r / 2^32), `%r` : i32 read as unsigned |

    A stochastic result is a pure function of the number `%r`, which `fx.random` makes; r is uniform if the mean
    of the results is to be x, up to 2^-32. The three types are independent of each other.

    ```mlir
    %p = fx.mul %a, %b nearest_even : !fx.q<4, 4>, !fx.uq<0, 8> -> !fx.q<4, 4>
    %s = fx.mul %a, %b stochastic(%r) : !fx.q<4, 4>, !fx.uq<0, 8> -> !fx.q<4, 4>
    ```
  }];
  let assemblyFormat = [{
    $lhs `,` $rhs custom<Rounding>($rounding, $random) attr-dict
    `:` type($lhs) `,` type($rhs) `->` type($result)
  }];
}

def Fx_MulAddOp : Fx_RoundingOp<"mul_add", (ins Fx_FixedType:$lhs, Fx_FixedType:$rhs, Fx_FixedType:$addend)> {
  let hasCanonicalizer = 1;
  let summary = "product and sum with one rounding";
  let description = [{
    `result = sat(round(lhs * rhs + addend))`: product and sum are exact, then one rounding (the modes of `fx.mul`) and one
    saturation. The exact sum has to fit into 127 bits (`fx_c5`), as it does for operands of up to 40 bits if the fraction
    bits of product and addend differ by no more than 45.

    ```mlir
    %v1 = fx.mul_add %decay, %v, %input nearest_even : !fx.uq<0, 16>, !fx.q<8, 8>, !fx.q<8, 8> -> !fx.q<8, 8>
    ```
  }];
  let assemblyFormat = [{
    $lhs `,` $rhs `,` $addend custom<Rounding>($rounding, $random) attr-dict
    `:` type($lhs) `,` type($rhs) `,` type($addend) `->` type($result)
  }];
}

def Fx_ShlOp : Fx_ComputeOp<"shl", [AllTypesMatch<["operand", "result"]>]> {
  let summary = "saturating product with a power of two";
  let description = [{
    `result = sat(operand * 2^amount)`, exactly; `amount` is read as unsigned and may be any number.

    ```mlir
    %double = fx.shl %a, %one : !fx.q<4, 4>    // %one : i32
    ```
  }];
  let arguments = (ins Fx_FixedType:$operand, I32:$amount);
  let results = (outs Fx_FixedType:$result);
  let assemblyFormat = "$operand `,` $amount attr-dict `:` type($result)";
}

def Fx_ShrOp : Fx_RoundingOp<"shr", (ins Fx_FixedType:$operand, I32:$amount),
                             [AllTypesMatch<["operand", "result"]>]> {
  let summary = "quotient by a power of two with rounding";
  let description = [{
    `result = round(operand / 2^amount)`, with the modes of `fx.mul`; `amount` is read as unsigned and may be any
    number. `floor` is the arithmetic shift of other languages.

    ```mlir
    %half = fx.shr %a, %one nearest_even : !fx.q<4, 4>    // %one : i32
    ```
  }];
  let assemblyFormat = "$operand `,` $amount custom<Rounding>($rounding, $random) attr-dict `:` type($result)";
}

def Fx_CmpOp : Fx_ComputeOp<"cmp", [SameTypeOperands]> {
  let summary = "comparison";
  let description = [{
    `result = lhs predicate rhs`, exactly; the predicates are `eq`, `ne`, `lt`, `le`, `gt`, `ge`.

    ```mlir
    %spike = fx.cmp ge, %v, %threshold : !fx.q<8, 8>
    %reset = arith.select %spike, %zero, %v : !fx.q<8, 8>
    ```
  }];
  let arguments = (ins Fx_Predicate:$predicate, Fx_FixedType:$lhs, Fx_FixedType:$rhs);
  let results = (outs I1:$result);
  let assemblyFormat = "$predicate `,` $lhs `,` $rhs attr-dict `:` type($lhs)";
}

def Fx_ConvertOp : Fx_RoundingOp<"convert", (ins Fx_FixedType:$operand)> {
  let hasCanonicalizer = 1;
  let summary = "the number in another format";
  let description = [{
    `result = sat(round(operand))`, with the modes of `fx.mul`. Into a type that has every number of the operand's, it is
    exact whatever the mode; canonicalization then writes `nearest_even`.

    ```mlir
    %wide = fx.convert %a nearest_even : !fx.q<4, 4> -> !fx.q<16, 8>
    %narrow = fx.convert %wide floor : !fx.q<16, 8> -> !fx.q<4, 4>
    ```
  }];
  let assemblyFormat = [{
    $operand custom<Rounding>($rounding, $random) attr-dict `:` type($operand) `->` type($result)
  }];
}

def Fx_BitcastOp : Fx_ComputeOp<"bitcast"> {
  let summary = "the same bits as another type";
  let description = [{
    Reinterprets the bits of a fixed-point number or a signless integer as the other, or as another format, of the same
    width (`fx_c6`). An integer is a number without fraction bits: `!fx.q<W, 0>` if it is signed, `!fx.uq<W, 0>` if it is
    not, so conversions from and to integers are a bitcast and an `fx.convert`.

    ```mlir
    %bit = fx.bitcast %spike : i1 -> !fx.uq<1, 0>
    %one = fx.convert %bit nearest_even : !fx.uq<1, 0> -> !fx.q<8, 8>
    ```
  }];
  let arguments = (ins AnyTypeOf<[Fx_FixedType, AnySignlessInteger]>:$operand);
  let results = (outs AnyTypeOf<[Fx_FixedType, AnySignlessInteger]>:$result);
  let assemblyFormat = "$operand attr-dict `:` type($operand) `->` type($result)";
  let hasVerifier = 1;
}

def Fx_FromFloatOp : Fx_RoundingOp<"from_float", (ins AnyTypeOf<[F32, F64]>:$operand)> {
  let summary = "fixed-point number of a float";
  let description = [{
    `result = sat(round(operand))`, with the modes of `fx.mul`: one rounding, of the float's exact value. Infinities
    saturate; what is not a number becomes 0.

    ```mlir
    %a = fx.from_float %x nearest_even : f64 -> !fx.q<8, 8>
    ```
  }];
  let assemblyFormat = [{
    $operand custom<Rounding>($rounding, $random) attr-dict `:` type($operand) `->` type($result)
  }];
}

def Fx_ToFloatOp : Fx_ComputeOp<"to_float"> {
  let summary = "float of a fixed-point number";
  let description = [{
    The nearest float; of two, the one with an even mantissa. Exact up to 24 (f32) or 53 bits (f64).

    ```mlir
    %x = fx.to_float %a : !fx.q<8, 8> -> f64
    ```
  }];
  let arguments = (ins Fx_FixedType:$operand);
  let results = (outs AnyTypeOf<[F32, F64]>:$result);
  let assemblyFormat = "$operand attr-dict `:` type($operand) `->` type($result)";
}

def Fx_RandomOp : Fx_ComputeOp<"random"> {
  let summary = "counter-based random number";
  let description = [{
    Word `word` of Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011) with the key `seed` (low half first) and the counter
    (index low, index high, step, stream), as `uniform32` of `runtime/Philox.h`: uniform in [0, 2^32), and the same number
    wherever and whenever it is asked for. Operands are read as unsigned.

    | operand | type | meaning |
    |---|---|---|
    | `seed` | i64 | the seed of the network |
    | `stream` | i32 | one a random quantity |
    | `index` | i64 | neuron or synapse |
    | `step` | i32 | time step |

    ```mlir
    %r = fx.random seed %seed stream %stream index %neuron step %step word 1
    ```
  }];
  let arguments = (ins I64:$seed, I32:$stream, I64:$index, I32:$step,
                       DefaultValuedAttr<ConfinedAttr<I32Attr, [IntNonNegative, IntMaxValue<3>]>, "0">:$word);
  let results = (outs I32:$result);
  let assemblyFormat = [{
    `seed` $seed `stream` $stream `index` $index `step` $step (`word` $word^)? attr-dict
  }];
}

#endif // ENGRAM_FX_OPS_TD
