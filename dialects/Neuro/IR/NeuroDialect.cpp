// Registration of the dialect, and the numbers in its assembly.
#include "dialects/Neuro/IR/NeuroDialect.h"
#include "dialects/Neuro/IR/NeuroOps.h"
#include "dialects/Neuro/IR/Units.h"

using namespace mlir;
using namespace engram::neuro;

#include "dialects/Neuro/IR/NeuroDialect.cpp.inc"

void NeuroDialect::initialize() {
  registerAttributes();
  addOperations<
#define GET_OP_LIST
#include "dialects/Neuro/IR/NeuroOps.cpp.inc"
      >();
}

uint32_t engram::neuro::streamOf(llvm::StringRef name) {
  uint32_t hash = 2166136261u;
  for (unsigned char c : name)
    hash = (hash ^ c) * 16777619u;
  return hash;
}

int64_t engram::neuro::numElements(llvm::ArrayRef<int64_t> shape) {
  int64_t count = 1;
  for (int64_t dim : shape)
    count *= dim;
  return count;
}

FailureOr<Attribute> assembly::parseNumberAttr(AsmParser &parser) {
  Attribute attr;
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseAttribute(attr))
    return failure();
  // MLIR reads 0x7FF8000000000000 as an integer unless ': f64' follows.
  auto integer = dyn_cast<IntegerAttr>(attr);
  if (integer && integer.getValue().getSignificantBits() > 54)
    return parser.emitError(loc)
           << "expected a number below 2^53; write ': f64' behind the bits of a float";
  return attr;
}

void assembly::printNumberAttr(AsmPrinter &printer, Attribute attr) {
  auto number = llvm::dyn_cast<FloatAttr>(attr);
  // In hexadecimal, as what is not finite is printed, only the type tells it from an integer.
  if (number && number.getType().isF64() && number.getValue().isFinite())
    printDouble(printer, number.getValueAsDouble());
  else
    printer.printAttribute(attr);
}

FailureOr<APFloat> assembly::parseAPFloat(AsmParser &parser) {
  double value;
  if (parser.parseFloat(value))
    return failure();
  return APFloat(value);
}

// The shortest decimal number that reads back as the same bits, always with a point or an exponent.
void assembly::printDouble(AsmPrinter &printer, double value) {
  if (!std::isfinite(value)) {
    printer.printFloat(APFloat(value));
    return;
  }
  llvm::SmallString<32> text;
  for (int digits = 6; digits <= 17; ++digits) {
    text.clear();
    text.resize(32);
    int length = snprintf(text.data(), text.size(), "%.*g", digits, value);
    text.resize(length);
    if (strtod(text.c_str(), nullptr) == value)
      break;
  }
  // The lexer of MLIR wants a point in front of an exponent.
  size_t exponent = text.find('e');
  llvm::StringRef mantissa = text.str().substr(0, exponent);
  printer.getStream() << mantissa;
  if (!mantissa.contains('.'))
    printer.getStream() << ".0";
  if (exponent != llvm::StringRef::npos)
    printer.getStream() << text.str().substr(exponent);
}

FailureOr<bool> assembly::parseBool(AsmParser &parser) {
  if (succeeded(parser.parseOptionalKeyword("true")))
    return true;
  if (failed(parser.parseKeyword("false", ", expected 'true' or 'false'")))
    return failure();
  return false;
}

void assembly::printBool(AsmPrinter &printer, bool value) {
  printer.getStream() << (value ? "true" : "false");
}

FailureOr<llvm::SmallVector<int64_t>> assembly::parseInts(AsmParser &parser) {
  llvm::SmallVector<int64_t> values;
  auto parseOne = [&]() { return parser.parseInteger(values.emplace_back()); };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, parseOne))
    return failure();
  return values;
}

void assembly::printInts(AsmPrinter &printer, llvm::ArrayRef<int64_t> values) {
  printer.getStream() << '[';
  llvm::interleaveComma(values, printer.getStream());
  printer.getStream() << ']';
}

OptionalParseResult assembly::parseOptionalUnitSymbol(AsmParser &parser, std::string &unit) {
  StringRef keyword;
  if (succeeded(parser.parseOptionalString(&unit)))
    return success();
  if (failed(parser.parseOptionalKeyword(&keyword, unitKeywords())))
    return std::nullopt;
  unit = keyword.str();
  return success();
}

ParseResult assembly::parseUnitSymbol(AsmParser &parser, std::string &unit) {
  OptionalParseResult result = parseOptionalUnitSymbol(parser, unit);
  if (!result.has_value())
    return parser.emitError(parser.getCurrentLocation(),
                            "expected a unit, such as 'ms' or \"mS/cm^2\"");
  return *result;
}

void assembly::printUnitSymbol(AsmPrinter &printer, StringRef unit) {
  if (llvm::is_contained(unitKeywords(), unit))
    printer.getStream() << unit;
  else
    printer.printString(unit);
}
