// Models: assembly and verification.
#include "dialects/Fx/IR/FxOps.h"
#include "dialects/Neuro/IR/NeuroOps.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/IR/Units.h"
#include "runtime/NumberText.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace engram::neuro;
namespace fx = engram::fx;

llvm::StringRef ModelOp::getDefaultDialect() { return "neuro"; }

template <typename OpT> static OpT findNamed(ModelOp model, StringRef name) {
  for (OpT op : model.getBody().front().getOps<OpT>())
    if (op.getName() == name)
      return op;
  return {};
}
ParameterOp ModelOp::findParameter(StringRef name) { return findNamed<ParameterOp>(*this, name); }
StateOp ModelOp::findState(StringRef name) { return findNamed<StateOp>(*this, name); }
InputOp ModelOp::findInput(StringRef name) { return findNamed<InputOp>(*this, name); }

void ParameterOp::getAsmResultNames(function_ref<void(Value, StringRef)> name) {
  name(getResult(), getName());
}
void StateOp::getAsmResultNames(function_ref<void(Value, StringRef)> name) {
  name(getResult(), getName());
}
void InputOp::getAsmResultNames(function_ref<void(Value, StringRef)> name) {
  name(getResult(), getName());
}

bool engram::neuro::isFixedPoint(Type type) {
  auto fixed = dyn_cast<fx::FixedType>(type);
  return fixed && fixed.getWidth() <= maxFixedPointWidth;
}

double engram::neuro::roundTo(fx::Format format, double value) {
  return fx::toDouble(fx::fromDouble(value, format, fx::Rounding::NearestEven), format);
}

bool ModelOp::isDiscrete() {
  bool hasTimeStep = walk([](TimeStepOp) { return WalkResult::interrupt(); }).wasInterrupted();
  return !find<DynamicsOp>() && !find<RefractoryOp>() && !hasTimeStep;
}

// neuro_c14: the unit of time is one.
LogicalResult ModelOp::verify() {
  if (getTimeUnit() && !unitFactor(*getTimeUnit(), "s"))
    return emitOpError() << "expected 'time' to be a unit of time, got '" << *getTimeUnit() << "'";
  return success();
}

// What every machine computes with: other floats are not rounded alike.
static bool isNumberType(Type type) {
  return type.isF64() || type.isF32() || isFixedPoint(type) ||
         (type.isSignlessInteger() &&
          llvm::is_contained({1u, 8u, 16u, 32u, 64u}, type.getIntOrFloatBitWidth()));
}

// neuro_c15: names differ; at most one region of a kind; not both 'dynamics' and 'update'; 'reset'
// and 'refractory' need 'fire'.
LogicalResult ModelOp::verifyRegions() {
  llvm::StringSet<> names;
  llvm::SmallDenseSet<OperationName> kinds;
  for (Operation &op : getBody().front()) {
    if (isa<ParameterOp, StateOp, InputOp>(op)) {
      StringRef name = op.getAttrOfType<StringAttr>("name");
      if (!names.insert(name).second)
        return op.emitOpError() << "'" << name << "' is declared twice in model '" << getSymName()
                                << "'";
      // neuro_c26: a probe of these means what every population has.
      if (isa<StateOp>(op) && (name == "spikes" || name == "output"))
        return op.emitOpError() << "expected another name than '" << name
                                << "', which every population has";
      continue;
    }
    if (isa<ReceiveOp, DynamicsOp, UpdateOp, FireOp, ResetOp, EmitOp, RefractoryOp>(op)) {
      if (!kinds.insert(op.getName()).second)
        return op.emitOpError() << "stands twice in model '" << getSymName() << "'";
      continue;
    }
    if (!isa<arith::ConstantOp, fx::ConstantOp>(op) || !isNumberType(op.getResult(0).getType()))
      return op.emitOpError() << "is not a part of a model";
  }
  if (find<DynamicsOp>() && find<UpdateOp>())
    return emitOpError() << "expected 'dynamics' or 'update', not both";
  if ((find<ResetOp>() || find<RefractoryOp>()) && !find<FireOp>())
    return emitOpError() << "expected a 'fire' region, as the model has a '"
                         << (find<ResetOp>() ? "reset" : "refractory") << "'";
  return success();
}

// neuro_c16: regions hold scalar operations of arith, math and fx, and neuro's own; neuro_c17: a
// state is assigned, or has a derivative, at most once in a region.
static LogicalResult verifyModelRegion(Operation *region) {
  llvm::SmallDenseSet<Value> assigned;
  for (Operation &op : region->getRegion(0).front()) {
    if (isa<AssignOp, DerivativeOp>(op)) {
      if (!assigned.insert(op.getOperand(0)).second)
        return op.emitOpError() << "state '" << op.getOperand(0).getDefiningOp<StateOp>().getName()
                                << "' has a value already";
      continue;
    }
    if (isa<YieldOp, TimeStepOp, UniformOp, RandomOp>(op))
      continue;
    StringRef dialect = op.getName().getDialectNamespace();
    if ((dialect != "arith" && dialect != "math" && dialect != "fx") || op.getNumRegions() ||
        op.getNumResults() != 1 || !isNumberType(op.getResult(0).getType()))
      return op.emitOpError()
             << "is not allowed here: expected scalar operations of arith, math and fx";
  }
  if (!isa<FireOp, EmitOp>(region))
    return success();
  auto yield = cast<YieldOp>(region->getRegion(0).front().back()); // the only terminator there is
  if (isa<FireOp>(region) && !yield.getValue().getType().isInteger(1))
    return yield.emitOpError() << "expected an i1, got " << yield.getValue().getType();
  if (isa<EmitOp>(region) && !isa<FloatType, fx::FixedType>(yield.getValue().getType()))
    return yield.emitOpError() << "expected a float or a fixed-point number, got "
                               << yield.getValue().getType();
  return success();
}
LogicalResult ReceiveOp::verifyRegions() { return verifyModelRegion(*this); }
LogicalResult DynamicsOp::verifyRegions() { return verifyModelRegion(*this); }
LogicalResult UpdateOp::verifyRegions() { return verifyModelRegion(*this); }
LogicalResult FireOp::verifyRegions() { return verifyModelRegion(*this); }
LogicalResult ResetOp::verifyRegions() { return verifyModelRegion(*this); }
LogicalResult EmitOp::verifyRegions() { return verifyModelRegion(*this); }

// neuro_c18: what is assigned, derived or held is a state.
static LogicalResult expectState(Operation *op, Value value) {
  if (!value.getDefiningOp<StateOp>())
    return op->emitOpError() << "expected the result of a 'neuro.state'";
  return success();
}
LogicalResult AssignOp::verify() { return expectState(*this, getState()); }
LogicalResult DerivativeOp::verify() {
  if (!isa<FloatType>(getState().getType()))
    return emitOpError() << "expected a state of float type, got " << getState().getType();
  return expectState(*this, getState());
}
LogicalResult RefractoryOp::verify() {
  for (Value held : getHeld())
    if (failed(expectState(*this, held)))
      return failure();
  return success();
}

// neuro_c19: a default is one finite number; a positive parameter's default is positive.
static bool isFiniteNumber(Attribute attr) {
  auto number = dyn_cast<FloatAttr>(attr);
  return isNumeric(attr) && !isa<ElementsAttr>(attr) && (!number || number.getValue().isFinite());
}
LogicalResult ParameterOp::verify() {
  if (!getValue())
    return success();
  if (!isFiniteNumber(*getValue()))
    return emitOpError() << "expected the default of '" << getName() << "' to be one finite number";
  double value = readNumbers(*getValue()).front();
  if (getPositive() && !(value > 0))
    return emitOpError() << "expected '" << getName() << "' to be positive, got "
                         << engram::shortestNumber(value);
  return success();
}

LogicalResult StateOp::verify() {
  if (getValue() && !isFiniteNumber(*getValue()))
    return emitOpError() << "expected the initial value of '" << getName()
                         << "' to be one finite number";
  if (getInitial() && !getInitial().getDefiningOp<ParameterOp>())
    return emitOpError() << "expected the initial value of '" << getName()
                         << "' to be a number or a parameter";
  if (getInitial() && getInitial().getType() != getType())
    return emitOpError() << "expected the parameter to have the state's type";
  return success();
}

//===-- assembly: %x = neuro.state "v" = 0.0 mV : f64 doc "..."
//-----------------------------------------===//

// Whether a signless integer type holds a number; a bit is 0 or 1. Beyond 2^53 a double stands for
// several integers.
static bool fitsInteger(double number, Type type) {
  if (!type.isSignlessInteger() || type.getIntOrFloatBitWidth() > 64 ||
      number != std::trunc(number) || std::abs(number) > 0x1p53)
    return false;
  unsigned width = type.getIntOrFloatBitWidth();
  return width == 1 ? number == 0 || number == 1
                    : llvm::isIntN(width, static_cast<int64_t>(number));
}

// A number of the declaration's type comes before the type in the text, so it is parsed as f64 or
// i64 and cast.
static ParseResult parseDeclaration(OpAsmParser &parser, OperationState &result, bool isState,
                                    bool isInput) {
  Builder &builder = parser.getBuilder();
  // As an attribute a string would take the type that may follow it.
  auto parseText = [&](StringRef attrName) -> ParseResult {
    std::string text;
    if (parser.parseString(&text))
      return failure();
    result.addAttribute(attrName, builder.getStringAttr(text));
    return success();
  };
  if (parseText("name"))
    return failure();
  OpAsmParser::UnresolvedOperand initial;
  bool hasInitial = false, hasValue = false;
  double number = 0;
  SMLoc numberLoc;
  if (!isInput && succeeded(parser.parseOptionalEqual())) {
    hasValue = true;
    numberLoc = parser.getCurrentLocation();
    // parseOptionalInteger would take the minus of a negative float and then miss its integer.
    bool negative = succeeded(parser.parseOptionalMinus());
    int64_t integer;
    OptionalParseResult asInteger = parser.parseOptionalInteger(integer);
    if (asInteger.has_value() ? failed(*asInteger) : failed(parser.parseFloat(number)))
      return failure();
    if (asInteger.has_value())
      number = static_cast<double>(integer);
    if (negative)
      number = -number;
  } else if (isState && succeeded(parser.parseOptionalKeyword("from"))) {
    hasInitial = true;
    if (parser.parseOperand(initial))
      return failure();
  }
  std::string unit;
  auto isKeyword = [&](StringRef keyword) {
    return succeeded(parser.parseOptionalKeyword(keyword));
  };
  bool positive = !isState && !isInput && isKeyword("positive");
  if (!positive) {
    bool docFirst = isKeyword("doc");
    if (!docFirst) {
      OptionalParseResult hasUnit = engram::neuro::assembly::parseOptionalUnitSymbol(parser, unit);
      if (hasUnit.has_value()) {
        if (failed(*hasUnit))
          return failure();
        result.addAttribute("unit", builder.getStringAttr(unit));
      }
      positive = !isState && !isInput && isKeyword("positive");
    }
    if ((docFirst || isKeyword("doc")) && parseText("doc"))
      return failure();
  } else if (isKeyword("doc") && parseText("doc")) {
    return failure();
  }
  if (positive)
    result.addAttribute("positive", builder.getUnitAttr());
  if (parser.parseOptionalAttrDict(result.attributes))
    return failure();
  Type type = builder.getF64Type();
  if (succeeded(parser.parseOptionalColon()) && parser.parseType(type))
    return failure();
  if (hasInitial && parser.resolveOperand(initial, type, result.operands))
    return failure();
  if (hasValue) {
    // A fixed-point number is rounded where it is used (neuro_s13): the text says what was meant.
    if (isFixedPoint(type))
      result.addAttribute("value", builder.getF64FloatAttr(number));
    else if (isa<FloatType>(type))
      result.addAttribute("value", builder.getFloatAttr(type, number));
    else if (fitsInteger(number, type))
      result.addAttribute("value", builder.getIntegerAttr(type, static_cast<int64_t>(number)));
    else
      return parser.emitError(numberLoc)
             << "expected a number of type " << type << ", got " << engram::shortestNumber(number);
  }
  result.addTypes(type);
  return success();
}

static void printDeclaration(OpAsmPrinter &printer, Operation *op, StringRef name,
                             std::optional<Attribute> value, Value initial,
                             std::optional<StringRef> unit, bool positive,
                             std::optional<StringRef> doc) {
  printer << ' ';
  printer.printString(name);
  if (value) {
    printer << " = ";
    if (auto number = dyn_cast<FloatAttr>(*value))
      engram::neuro::assembly::printDouble(printer, number.getValueAsDouble());
    else
      printer << readIntegers(*value).front();
  }
  if (initial)
    printer << " from " << initial;
  if (unit) {
    printer << ' ';
    engram::neuro::assembly::printUnitSymbol(printer, *unit);
  }
  if (positive)
    printer << " positive";
  if (doc) {
    printer << " doc ";
    printer.printString(*doc);
  }
  printer.printOptionalAttrDict(op->getAttrs(), {"name", "value", "unit", "positive", "doc"});
  if (!op->getResult(0).getType().isF64())
    printer << " : " << op->getResult(0).getType();
}

ParseResult ParameterOp::parse(OpAsmParser &parser, OperationState &result) {
  return parseDeclaration(parser, result, /*isState=*/false, /*isInput=*/false);
}
void ParameterOp::print(OpAsmPrinter &printer) {
  printDeclaration(printer, *this, getName(), getValue(), {}, getUnit(), getPositive(), getDoc());
}
ParseResult StateOp::parse(OpAsmParser &parser, OperationState &result) {
  return parseDeclaration(parser, result, /*isState=*/true, /*isInput=*/false);
}
void StateOp::print(OpAsmPrinter &printer) {
  printDeclaration(printer, *this, getName(), getValue(), getInitial(), getUnit(), false, getDoc());
}
ParseResult InputOp::parse(OpAsmParser &parser, OperationState &result) {
  return parseDeclaration(parser, result, /*isState=*/false, /*isInput=*/true);
}
void InputOp::print(OpAsmPrinter &printer) {
  printDeclaration(printer, *this, getName(), std::nullopt, {}, getUnit(), false, getDoc());
}
