// Operations of 'fx': assembly and verifiers.
#include "dialects/Fx/IR/FxOps.h"
#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace engram::fx;

//===-- assembly
//----------------------------------------------------------------------------------===//

// `nearest_even`, or `stochastic(%r)` with its random operand.
static ParseResult parseRounding(OpAsmParser &parser, RoundingAttr &rounding,
                                 std::optional<OpAsmParser::UnresolvedOperand> &random) {
  SMLoc loc = parser.getCurrentLocation();
  StringRef name;
  if (parser.parseKeyword(&name))
    return failure();
  std::optional<Rounding> mode = symbolizeRounding(name);
  if (!mode)
    return parser.emitError(loc)
           << "expected 'nearest_even', 'toward_zero', 'floor' or 'stochastic', got '" << name
           << "'";
  rounding = RoundingAttr::get(parser.getContext(), *mode);
  if (*mode != Rounding::Stochastic)
    return success();
  return failure(parser.parseLParen() || parser.parseOperand(random.emplace()) ||
                 parser.parseRParen());
}

static void printRounding(OpAsmPrinter &printer, Operation *, RoundingAttr rounding, Value random) {
  printer << stringifyRounding(rounding.getValue());
  if (random)
    printer << '(' << random << ')';
}

static ParseResult parseNumber(OpAsmParser &parser, FixedAttr &value) {
  Literal literal;
  Type type;
  if (parseLiteral(parser, literal) || parser.parseColonType(type))
    return failure();
  value = resolveLiteral(parser, literal, type);
  return failure(!value);
}

static void printNumber(OpAsmPrinter &printer, Operation *, FixedAttr value) {
  printer << formatNumber(value.getRaw(), value.getFormat()) << " : " << value.getType();
}

#define GET_OP_CLASSES
#include "dialects/Fx/IR/FxInterfaces.cpp.inc"
#include "dialects/Fx/IR/FxOps.cpp.inc"

void ConstantOp::getAsmResultNames(OpAsmSetValueNameFn setName) { setName(getResult(), "cst"); }

//===-- verifiers
//---------------------------------------------------------------------------------===//

// fx_c4
template <typename OpTy> static LogicalResult verifyRounding(OpTy op) {
  bool stochastic = op.getRounding() == Rounding::Stochastic;
  if (stochastic == bool(op.getRandom()))
    return success();
  if (stochastic)
    return op.emitOpError("expected a random operand for the rounding 'stochastic'");
  return op.emitOpError("expected no random operand for the rounding '")
         << stringifyRounding(op.getRounding()) << "'";
}

LogicalResult MulOp::verify() { return verifyRounding(*this); }
LogicalResult ShrOp::verify() { return verifyRounding(*this); }
LogicalResult ConvertOp::verify() { return verifyRounding(*this); }
LogicalResult FromFloatOp::verify() { return verifyRounding(*this); }

LogicalResult MulAddOp::verify() {
  // fx_c5
  int bits = mulAddBits(getLhs().getType().getFormat(), getRhs().getType().getFormat(),
                        getAddend().getType().getFormat());
  if (bits > 127)
    return emitOpError("expected product and addend to have an exact sum of at most 127 bits, got ")
           << bits;
  return verifyRounding(*this);
}

// fx_c6
LogicalResult BitcastOp::verify() {
  Type from = getOperand().getType(), to = getType();
  auto width = [](Type type) {
    auto fixed = dyn_cast<FixedType>(type);
    return fixed ? fixed.getWidth() : type.getIntOrFloatBitWidth();
  };
  if (!isa<FixedType>(from) && !isa<FixedType>(to))
    return emitOpError("expected a fixed-point type on one side, got ") << from << " and " << to;
  if (width(from) != width(to))
    return emitOpError("expected types of the same width, got ") << from << " and " << to;
  return success();
}
