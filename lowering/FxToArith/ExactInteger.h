// Whole numbers of which the range is known: builds arith operations that cannot overflow.
#pragma once

#include "dialects/Fx/IR/FixedPoint.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace engram {

/// A signed integer of 8, 16, 32, 64 or 128 bits that is sure to lie between low and high.
struct Ranged {
  mlir::Value value;
  fx::Wide low = 0, high = 0;
};

/// Builds the exact result of each function, in the narrowest width that has it and its operands.
/// All ranges have to fit into 128 bits, which the verifiers of 'fx' see to.
class ExactBuilder {
public:
  explicit ExactBuilder(mlir::ImplicitLocOpBuilder &b) : b(b) {}

  Ranged constant(fx::Wide value);
  /// An unsigned or signed integer of any width that is read as such.
  Ranged fromInteger(mlir::Value value, fx::Wide low, fx::Wide high, bool isSigned);
  /// The same number where more is known of its range than the operations before tell.
  Ranged known(const Ranged &x, fx::Wide low, fx::Wide high);
  /// The same number as an integer of a width that has its range, or its low bits.
  mlir::Value toInteger(const Ranged &x, unsigned width);

  Ranged add(const Ranged &x, const Ranged &y);
  Ranged sub(const Ranged &x, const Ranged &y);
  Ranged mul(const Ranged &x, const Ranged &y);
  Ranged clamp(const Ranged &x, fx::Wide low, fx::Wide high);
  /// The bits that the mask has, which is not negative.
  Ranged bitAnd(const Ranged &x, const Ranged &mask);
  Ranged select(mlir::Value condition, const Ranged &x, const Ranged &y);
  mlir::Value compare(mlir::arith::CmpIPredicate predicate, const Ranged &x, const Ranged &y);

  /// x * 2^shift where that fits into 128 bits, and floor(x / 2^shift) for any shift.
  Ranged shiftLeft(const Ranged &x, int shift);
  Ranged shiftRight(const Ranged &x, int64_t shift);
  /// The same for a shift that is not constant and has a range of its own, from zero on.
  Ranged shiftLeft(const Ranged &x, const Ranged &shift);
  Ranged shiftRight(const Ranged &x, const Ranged &shift);

private:
  mlir::ImplicitLocOpBuilder &b;

  mlir::Value literal(fx::Wide value, unsigned width);
  mlir::Value resize(const Ranged &x, unsigned width);
  /// The result in the narrowest width that has its range.
  Ranged narrowed(mlir::Value value, fx::Wide low, fx::Wide high);
};

} // namespace engram
