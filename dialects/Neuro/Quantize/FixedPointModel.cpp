// The declarations of a fixed-point model, and its parameters as regions ask for them.
#include "dialects/Neuro/Quantize/FixedPointModel.h"

using namespace mlir;
using namespace engram;
using namespace engram::neuro;

FixedPointModel::FixedPointModel(ModelOp original, StringRef name, const FixedPointOptions &options)
    : options(options), builder(original) {
  model = ModelOp::create(builder, original.getLoc(), builder.getStringAttr(name), StringAttr(),
                          MethodAttr(), StringAttr());
  model.getBody().emplaceBlock();
  original.walk([&](UniformOp op) { stream = std::max(stream, op.getStream() + 1); });
  original.walk([&](RandomOp op) { stream = std::max(stream, op.getStream() + 1); });
}

void FixedPointModel::declare(Value original, Type type, Attribute initial) {
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToEnd(&model.getBody().front());
  Operation *op = original.getDefiningOp();
  if (auto state = dyn_cast<StateOp>(op))
    declared[original] = StateOp::create(builder, op->getLoc(), type, state.getNameAttr(), initial,
                                         Value(), state.getUnitAttr(), state.getDocAttr());
  else if (auto input = dyn_cast<InputOp>(op))
    declared[original] = InputOp::create(builder, op->getLoc(), type, input.getNameAttr(),
                                         input.getUnitAttr(), input.getDocAttr());
}

std::string FixedPointModel::unused(StringRef hint) const {
  std::string name = hint.str();
  ModelOp model = this->model;
  for (unsigned k = 1; model.findParameter(name) || model.findState(name) || model.findInput(name);
       ++k)
    name = (hint + "_" + Twine(k)).str();
  return name;
}

Value FixedPointModel::addParameter(std::string name, const Constant &values, Type type,
                                    double error) {
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(&model.getBody().front());
  if (!parameters.empty())
    builder.setInsertionPointAfter(model.findParameter(parameters.back().name));
  Attribute initial;
  if (values.size() == 1)
    initial = type.isInteger() ? Attribute(builder.getIntegerAttr(type, int64_t(values[0])))
                               : builder.getF64FloatAttr(values[0]);
  Value result = ParameterOp::create(builder, model.getLoc(), type, builder.getStringAttr(name),
                                     initial, StringAttr(), UnitAttr(), StringAttr());
  parameters.push_back({std::move(name), values, type, error});
  return result;
}

Value FixedPointModel::parameter(const Constant &values, StringRef nameHint) {
  Value &value = known[{nameHint.str(), values}];
  if (value)
    return value;
  fx::Format format = formatOfValues(values, options.parameterBits);
  double error = 0;
  for (double x : values)
    error = std::max(error, std::abs(roundTo(format, x) - x));
  auto type = fx::FixedType::get(model.getContext(), format);
  return value = addParameter(unused(nameHint.empty() ? "k" : nameHint), values, type, error);
}

Value FixedPointModel::integerParameter(ParameterOp original, const Constant &values) {
  Value &value = known[{original.getName().str(), values}];
  return value ? value
               : value = addParameter(unused(original.getName()), values, original.getType(), 0);
}
