// The type and the constants of 'fx': assembly, checks.
#include "dialects/Fx/IR/FxDialect.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace engram::fx;

#include "dialects/Fx/IR/FxEnums.cpp.inc"
#define GET_TYPEDEF_CLASSES
#include "dialects/Fx/IR/FxTypes.cpp.inc"
#define GET_ATTRDEF_CLASSES
#include "dialects/Fx/IR/FxAttrs.cpp.inc"

void FxDialect::registerTypesAndAttributes() {
  addTypes<FixedType>();
  addAttributes<FixedAttr>();
}

//===-- the type
//----------------------------------------------------------------------------------===//

// fx_c1, fx_c2
IntegerType FixedType::getContainer() const {
  unsigned width = getWidth();
  return IntegerType::get(getContext(), width <= 8 ? 8 : width <= 16 ? 16 : width <= 32 ? 32 : 64);
}

LogicalResult FixedType::verify(function_ref<InFlightDiagnostic()> emitError, bool isSigned,
                                int32_t integerBits, int32_t fractionBits) {
  int64_t width = int64_t(integerBits) + fractionBits;
  int64_t limit = isSigned ? 64 : 63;
  if (width < 1 || width > limit)
    return emitError() << "expected a width from 1 to " << limit << " bits for "
                       << (isSigned ? "a signed" : "an unsigned") << " number, got " << width;
  if (fractionBits < -Format::maxFraction || fractionBits > Format::maxFraction)
    return emitError() << "expected from " << -Format::maxFraction << " to " << Format::maxFraction
                       << " fraction bits, got " << fractionBits;
  return success();
}

Type FxDialect::parseType(DialectAsmParser &parser) const {
  SMLoc loc = parser.getCurrentLocation();
  StringRef name;
  int32_t integerBits = 0, fractionBits = 0;
  if (parser.parseKeyword(&name))
    return {};
  if (name != "q" && name != "uq") {
    parser.emitError(loc) << "expected '!fx.q' or '!fx.uq', got '!fx." << name << "'";
    return {};
  }
  if (parser.parseLess() || parser.parseInteger(integerBits) || parser.parseComma() ||
      parser.parseInteger(fractionBits) || parser.parseGreater())
    return {};
  return FixedType::getChecked([&] { return parser.emitError(loc); }, parser.getContext(),
                               name == "q", integerBits, fractionBits);
}

void FxDialect::printType(Type type, DialectAsmPrinter &printer) const {
  auto fixed = cast<FixedType>(type);
  printer << (fixed.getIsSigned() ? "q<" : "uq<") << fixed.getIntegerBits() << ", "
          << fixed.getFractionBits() << '>';
}

//===-- constants
//---------------------------------------------------------------------------------===//

std::string engram::fx::formatNumber(int64_t raw, Format format) {
  double value = toDouble(raw, format);
  if (raw < -(int64_t(1) << 53) || raw > (int64_t(1) << 53))
    return "raw " + std::to_string(raw);
  // The shortest decimal that reads back as the same double; MLIR's lexer wants a point in it.
  char text[32];
  for (int digits = 1; digits <= 17; ++digits) {
    snprintf(text, sizeof text, "%.*g", digits, value);
    if (strtod(text, nullptr) == value)
      break;
  }
  std::string result = text;
  size_t mantissa = std::min(result.find('e'), result.size());
  if (result.find('.') == std::string::npos)
    result.insert(mantissa, ".0");
  return result;
}

Format FixedAttr::getFormat() const { return cast<FixedType>(getType()).getFormat(); }

LogicalResult FixedAttr::verify(function_ref<InFlightDiagnostic()> emitError, int64_t raw,
                                Type type) {
  auto fixed = dyn_cast_or_null<FixedType>(type);
  if (!fixed)
    return emitError() << "expected a fixed-point type, got " << type;
  Format format = fixed.getFormat();
  if (raw < format.minRaw() || raw > format.maxRaw())
    return emitError() << "expected a raw number from " << format.minRaw() << " to "
                       << format.maxRaw() << " for " << type << ", got " << raw;
  return success();
}

ParseResult engram::fx::parseLiteral(AsmParser &parser, Literal &literal) {
  literal.loc = parser.getCurrentLocation();
  literal.isRaw = succeeded(parser.parseOptionalKeyword("raw"));
  return literal.isRaw ? parser.parseInteger(literal.raw) : parser.parseFloat(literal.value);
}

// fx_c3
FixedAttr engram::fx::resolveLiteral(AsmParser &parser, const Literal &literal, Type type) {
  auto emitError = [&] { return parser.emitError(literal.loc); };
  auto fixed = dyn_cast_or_null<FixedType>(type);
  if (!literal.isRaw && fixed) {
    Format format = fixed.getFormat();
    int64_t nearest = fromDouble(literal.value, format, Rounding::NearestEven);
    double scaled = std::ldexp(literal.value, format.fractionBits);
    bool exact = std::fabs(scaled) < 0x1p64 && std::trunc(scaled) == scaled &&
                 std::ldexp(scaled, -format.fractionBits) == literal.value &&
                 static_cast<Wide>(scaled) == nearest;
    if (!exact) {
      emitError() << "expected a number of " << type << ", which has steps of 2^"
                  << -format.fractionBits << " from " << formatNumber(format.minRaw(), format)
                  << " to " << formatNumber(format.maxRaw(), format) << "; the nearest one is "
                  << formatNumber(nearest, format);
      return {};
    }
    return FixedAttr::get(type, nearest);
  }
  return FixedAttr::getChecked(emitError, type.getContext(), literal.raw, type);
}

Attribute FixedAttr::parse(AsmParser &parser, Type type) {
  Literal literal;
  if (parser.parseLess() || parseLiteral(parser, literal) || parser.parseGreater())
    return {};
  if (!type) {
    parser.emitError(literal.loc) << "expected ': ' and a fixed-point type behind '#fx.value<...>'";
    return {};
  }
  return resolveLiteral(parser, literal, type);
}

void FixedAttr::print(AsmPrinter &printer) const {
  printer << '<' << formatNumber(getRaw(), getFormat()) << '>';
}
