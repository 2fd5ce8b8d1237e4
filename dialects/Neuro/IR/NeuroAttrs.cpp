// Attributes of 'neuro' other than connectors: assembly and verification.
#include "dialects/Neuro/IR/NeuroOps.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/IR/Units.h"
#include "runtime/NumberText.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace engram::neuro;

#include "dialects/Neuro/IR/NeuroEnums.cpp.inc"
#include "dialects/Neuro/IR/NeuroInterfaces.cpp.inc"
#define GET_ATTRDEF_CLASSES
#include "dialects/Neuro/IR/NeuroAttrs.cpp.inc"

void NeuroDialect::registerAttributes() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "dialects/Neuro/IR/NeuroAttrs.cpp.inc"
      >();
}

Attribute QuantityAttr::parse(AsmParser &parser, Type) {
  double value;
  std::string unit;
  if (parser.parseLess() || parser.parseFloat(value) || assembly::parseUnitSymbol(parser, unit) ||
      parser.parseGreater())
    return {};
  return get(parser.getContext(), value, unit);
}

void QuantityAttr::print(AsmPrinter &printer) const {
  printer << '<';
  assembly::printDouble(printer, getValue());
  printer << ' ';
  assembly::printUnitSymbol(printer, getUnit());
  printer << '>';
}

static ParseResult parsePair(AsmParser &parser, double &first, double &second) {
  return failure(parser.parseLess() || parser.parseFloat(first) || parser.parseComma() ||
                 parser.parseFloat(second) || parser.parseGreater());
}

static void printPair(AsmPrinter &printer, double first, double second) {
  printer << '<';
  assembly::printDouble(printer, first);
  printer << ", ";
  assembly::printDouble(printer, second);
  printer << '>';
}

Attribute UniformAttr::parse(AsmParser &parser, Type) {
  double low, high;
  return parsePair(parser, low, high) ? Attribute() : get(parser.getContext(), low, high);
}
void UniformAttr::print(AsmPrinter &printer) const { printPair(printer, getLow(), getHigh()); }

Attribute NormalAttr::parse(AsmParser &parser, Type) {
  double mean, sd;
  return parsePair(parser, mean, sd) ? Attribute() : get(parser.getContext(), mean, sd);
}
void NormalAttr::print(AsmPrinter &printer) const { printPair(printer, getMean(), getSd()); }

static bool isIntegerArray(Attribute attr) {
  return isNumeric(attr) && isa<ElementsAttr>(attr) && !isa<FloatType>(numberType(attr));
}

// neuro_c20: listed spikes.
LogicalResult SpikeTrainsAttr::verify(function_ref<InFlightDiagnostic()> emitError, Attribute steps,
                                      Attribute neurons) {
  if (!isIntegerArray(steps) || !isIntegerArray(neurons))
    return emitError() << "expected 'steps' and 'neurons' to be arrays of integers";
  if (numNumbers(steps) != numNumbers(neurons))
    return emitError() << "expected as many 'neurons' as 'steps', got " << numNumbers(neurons)
                       << " and " << numNumbers(steps);
  std::vector<int64_t> listed = readIntegers(steps);
  if (!llvm::is_sorted(listed) || (!listed.empty() && listed.front() < 0))
    return emitError() << "expected 'steps' to ascend from 0 or later";
  return success();
}

// neuro_c21: rates are finite, not negative.
LogicalResult PoissonAttr::verify(function_ref<InFlightDiagnostic()> emitError, Attribute rate) {
  if (!isNumeric(rate))
    return emitError() << "expected 'rate' to be a number or an array of numbers";
  for (double value : readNumbers(rate))
    if (!(value >= 0) || !std::isfinite(value))
      return emitError() << "expected 'rate' to be finite and not negative, got "
                         << engram::shortestNumber(value);
  return success();
}

// neuro_c22: stepwise currents.
LogicalResult CurrentAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                  ArrayRef<int64_t> starts, Attribute values) {
  if (!isNumeric(values))
    return emitError() << "expected 'values' to be numbers";
  if (starts.empty() || !llvm::is_sorted(starts) || starts.front() < 0)
    return emitError() << "expected 'starts' to be ascending steps";
  auto elements = dyn_cast<ElementsAttr>(values);
  int64_t rows = elements && elements.getShapedType().getRank() > 0
                     ? elements.getShapedType().getDimSize(0)
                     : 1;
  if (rows != static_cast<int64_t>(starts.size()))
    return emitError() << "expected a row of 'values' for each of the " << starts.size()
                       << " 'starts', got " << rows;
  return success();
}
