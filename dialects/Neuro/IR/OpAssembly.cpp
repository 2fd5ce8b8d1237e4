// Assembly of attributes that operations of several kinds have, as 'custom' directives call it.
#include "dialects/Neuro/IR/OpAssembly.h"
#include "dialects/Neuro/IR/NeuroOps.h"

using namespace mlir;
using namespace engram::neuro;
using namespace engram::neuro::assembly;

ParseResult assembly::parseQuantity(OpAsmParser &parser, QuantityAttr &attr) {
  double value;
  std::string unit;
  if (parser.parseFloat(value) || parseUnitSymbol(parser, unit))
    return failure();
  attr = QuantityAttr::get(parser.getContext(), value, unit);
  return success();
}

void assembly::printQuantity(OpAsmPrinter &printer, Operation *, QuantityAttr attr) {
  printDouble(printer, attr.getValue());
  printer << ' ';
  printUnitSymbol(printer, attr.getUnit());
}

ParseResult assembly::parseSeed(OpAsmParser &parser, IntegerAttr &attr) {
  uint64_t seed = 0;
  if (succeeded(parser.parseOptionalKeyword("seed")) &&
      (parser.parseEqual() || parser.parseInteger(seed)))
    return failure();
  attr = IntegerAttr::get(IntegerType::get(parser.getContext(), 64, IntegerType::Unsigned),
                          APInt(64, seed));
  return success();
}

void assembly::printSeed(OpAsmPrinter &printer, Operation *, IntegerAttr attr) {
  if (attr && !attr.getValue().isZero())
    printer << "seed = " << attr.getValue().getZExtValue();
}

ParseResult assembly::parsePrecision(OpAsmParser &parser, TypeAttr &attr) {
  if (failed(parser.parseOptionalKeyword("precision")))
    return success();
  Type type;
  if (parser.parseEqual() || parser.parseType(type))
    return failure();
  attr = TypeAttr::get(type);
  return success();
}

void assembly::printPrecision(OpAsmPrinter &printer, Operation *, TypeAttr attr) {
  if (attr)
    printer << "precision = " << attr.getValue();
}

ParseResult assembly::parseInts(OpAsmParser &parser, DenseI64ArrayAttr &attr) {
  FailureOr<SmallVector<int64_t>> values = parseInts(parser);
  if (failed(values))
    return failure();
  attr = DenseI64ArrayAttr::get(parser.getContext(), *values);
  return success();
}

void assembly::printInts(OpAsmPrinter &printer, Operation *, DenseI64ArrayAttr attr) {
  printInts(printer, attr.asArrayRef());
}

ParseResult assembly::parseShape(OpAsmParser &parser, DenseI64ArrayAttr &attr) {
  return parseInts(parser, attr);
}

// An optional shape: only if a '[' follows.
ParseResult assembly::parseOptionalShape(OpAsmParser &parser, DenseI64ArrayAttr &attr) {
  SmallVector<int64_t> values;
  if (failed(parser.parseOptionalLSquare()))
    return success();
  if (succeeded(parser.parseOptionalRSquare())) {
    attr = DenseI64ArrayAttr::get(parser.getContext(), {});
    return success();
  }
  do
    if (parser.parseInteger(values.emplace_back()))
      return failure();
  while (succeeded(parser.parseOptionalComma()));
  if (parser.parseRSquare())
    return failure();
  attr = DenseI64ArrayAttr::get(parser.getContext(), values);
  return success();
}

void assembly::printShape(OpAsmPrinter &printer, Operation *op, DenseI64ArrayAttr attr) {
  printInts(printer, op, attr);
}
void assembly::printOptionalShape(OpAsmPrinter &printer, Operation *op, DenseI64ArrayAttr attr) {
  if (attr)
    printShape(printer, op, attr);
}

// Values by name: {tau = 20.0, v_threshold = -50.0 mV, w = dense<...>}.
ParseResult assembly::parseValues(OpAsmParser &parser, DictionaryAttr &attr) {
  NamedAttrList values;
  auto parseOne = [&]() -> ParseResult {
    std::string name;
    SMLoc loc = parser.getCurrentLocation();
    if (parser.parseKeywordOrString(&name) || parser.parseEqual())
      return failure();
    if (values.get(name))
      return parser.emitError(loc) << "'" << name << "' is given twice";
    Attribute value;
    OptionalParseResult parsed = parser.parseOptionalAttribute(value);
    if (!parsed.has_value())
      return parser.emitError(parser.getCurrentLocation(), "expected a value");
    if (failed(*parsed))
      return failure();
    if (auto number = dyn_cast<FloatAttr>(value); number && number.getType().isF64()) {
      std::string unit;
      OptionalParseResult hasUnit = parseOptionalUnitSymbol(parser, unit);
      if (hasUnit.has_value() && failed(*hasUnit))
        return failure();
      if (hasUnit.has_value())
        value = QuantityAttr::get(parser.getContext(), number.getValueAsDouble(), unit);
    }
    values.append(name, value);
    return success();
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Braces, parseOne))
    return failure();
  attr = values.getDictionary(parser.getContext());
  return success();
}

void assembly::printValues(OpAsmPrinter &printer, Operation *op, DictionaryAttr attr) {
  printer << '{';
  llvm::interleaveComma(attr, printer, [&](NamedAttribute entry) {
    printer.printKeywordOrString(entry.getName());
    printer << " = ";
    if (auto quantity = dyn_cast<QuantityAttr>(entry.getValue()))
      printQuantity(printer, op, quantity);
    else
      printNumberAttr(printer, entry.getValue());
  });
  printer << '}';
}

ParseResult assembly::parseMethod(OpAsmParser &parser, MethodAttr &attr) {
  StringRef keyword;
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseKeyword(&keyword))
    return failure();
  std::optional<Method> method = symbolizeMethod(keyword);
  if (!method)
    return parser.emitError(loc)
           << "expected a method (euler, sequential_euler, exponential_euler, exact, rk4), got '"
           << keyword << "'";
  attr = MethodAttr::get(parser.getContext(), *method);
  return success();
}

void assembly::printMethod(OpAsmPrinter &printer, Operation *, MethodAttr attr) {
  printer << stringifyMethod(attr.getValue());
}

ParseResult assembly::parseUnit(OpAsmParser &parser, StringAttr &attr) {
  std::string unit;
  if (parseUnitSymbol(parser, unit))
    return failure();
  attr = parser.getBuilder().getStringAttr(unit);
  return success();
}
void assembly::printUnit(OpAsmPrinter &printer, Operation *, StringAttr attr) {
  printUnitSymbol(printer, attr.getValue());
}

// A delay: '3', '0.8 ms', or an attribute.
ParseResult assembly::parseDelay(OpAsmParser &parser, Attribute &attr) {
  if (succeeded(parser.parseOptionalKeyword("steps")))
    return parser.parseAttribute(attr);
  // parseOptionalInteger would take the minus of a negative float and then miss its integer.
  bool negative = succeeded(parser.parseOptionalMinus());
  int64_t steps;
  OptionalParseResult integer = parser.parseOptionalInteger(steps);
  if (integer.has_value()) {
    if (failed(*integer))
      return failure();
    attr = parser.getBuilder().getI64IntegerAttr(negative ? -steps : steps);
    return success();
  }
  double value;
  std::string unit;
  if (parser.parseFloat(value) || parseUnitSymbol(parser, unit))
    return failure();
  attr = QuantityAttr::get(parser.getContext(), negative ? -value : value, unit);
  return success();
}

void assembly::printDelay(OpAsmPrinter &printer, Operation *op, Attribute attr) {
  if (auto steps = dyn_cast<IntegerAttr>(attr))
    printer << steps.getInt();
  else if (auto time = dyn_cast<QuantityAttr>(attr))
    printQuantity(printer, op, time);
  else
    printer << "steps " << attr;
}

ParseResult assembly::parseEvery(OpAsmParser &parser, IntegerAttr &attr) {
  int64_t every = 1;
  if (succeeded(parser.parseOptionalKeyword("every")) && parser.parseInteger(every))
    return failure();
  attr = parser.getBuilder().getI64IntegerAttr(every);
  return success();
}

void assembly::printEvery(OpAsmPrinter &printer, Operation *, IntegerAttr attr) {
  if (attr && attr.getInt() != 1)
    printer << "every " << attr.getInt();
}
