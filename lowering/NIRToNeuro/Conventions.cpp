// The table of conventions (docs/nir.md explains each row) and the models that they need.
#include "lowering/NIRToNeuro/Conventions.h"
#include "lowering/NIRToNeuro/ConventionModels.h"
#include "lowering/NIRToNeuro/NIRChecks.h"

#include "mlir/Parser/Parser.h"

using namespace mlir;
using engram::neuro::Method;

namespace engram::nir {

ArrayRef<Convention> conventions() {
  static const Convention rows[] = {
      {"nir", Method::SequentialEuler, Reset::ToValue, ExtraDelay::None, false, false,
       "the text of the format: forward Euler, current first, v > v_threshold, reset to v_reset"},
      {"norse", Method::SequentialEuler, Reset::ToValue, ExtraDelay::None, true, false,
       "as nir; I and IF add r I in each step"},
      {"snntorch", Method::SequentialEuler, Reset::SubtractLate, ExtraDelay::None, true, false,
       "reset by subtraction with snnTorch's rule for a neuron that is still above"},
      {"lava", Method::SequentialEuler, Reset::ToValue, ExtraDelay::Weights, true, false,
       "each weighted connection takes a step"},
      {"sinabs", Method::SequentialEuler, Reset::SubtractMany, ExtraDelay::None, true, true,
       "exact leak, input in full, several spikes in a step, IF stays above -v_threshold"},
      {"rockpool", Method::SequentialEuler, Reset::SubtractMany, ExtraDelay::None, true, true,
       "exact leak, input in full, several spikes in a step"},
      {"nengo", Method::Exact, Reset::ToValue, ExtraDelay::None, true, false,
       "the exact solution over a step"},
      {"spinnaker2", Method::SequentialEuler, Reset::Subtract, ExtraDelay::Sources, true, false,
       "reset by subtraction; what is sent arrives in the step after"},
      {"spyx", Method::SequentialEuler, Reset::Subtract, ExtraDelay::Neurons, true, false,
       "reset by subtraction; a layer's spikes are read in the step after"},
  };
  return rows;
}

const Convention *findConvention(StringRef name) {
  for (const Convention &row : conventions())
    if (row.name == name)
      return &row;
  return nullptr;
}

static constexpr std::pair<Reset, StringLiteral> resets[] = {
    {Reset::ToValue, "v_reset"},
    {Reset::Subtract, "subtract"},
    {Reset::SubtractLate, "subtract_late"},
    {Reset::SubtractMany, "subtract_many"}};

std::optional<Reset> symbolizeReset(StringRef name) {
  for (auto [reset, text] : resets)
    if (text == name)
      return reset;
  return std::nullopt;
}

StringRef stringifyReset(Reset wanted) {
  for (auto [reset, text] : resets)
    if (reset == wanted)
      return text;
  llvm_unreachable("all resets are listed");
}

std::string modelName(StringRef type, const Convention &convention) {
  std::string name = type.str();
  bool integrates = type == "I" || type == "IF";
  bool leaks = type == "LI" || type == "LIF" || type == "CubaLI" || type == "CubaLIF";
  if (integrates && convention.perStep)
    name += "_per_step";
  if (leaks && convention.decay)
    name += "_decay";
  if (type.ends_with("IF") && convention.reset != Reset::ToValue)
    name += ("_" + stringifyReset(convention.reset)).str();
  if (type == "IF" && convention.name == "sinabs" && convention.reset == Reset::SubtractMany)
    name += "_bounded";
  return name;
}

StringRef nodeTypeOf(StringRef model) {
  StringRef base = model.split('_').first;
  bool isVariant = base.size() != model.size();
  if (isVariant && !llvm::any_of(conventions(), [&](const Convention &row) {
        return llvm::any_of(resets, [&](auto &entry) {
          Convention other = row;
          other.reset = entry.first;
          return modelName(base, other) == model;
        });
      }))
    return {};
  const NodeType *type = findNodeType(std::string_view(base.data(), base.size()));
  return type && base != "Input" && base != "Output" ? base : StringRef();
}

OwningOpRef<ModuleOp> parseConventionModels(MLIRContext *context) {
  return parseSourceString<ModuleOp>(conventionModels, ParserConfig(context), "conventions.mlir");
}

} // namespace engram::nir
