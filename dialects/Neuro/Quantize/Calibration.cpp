// Ranges as attributes.
#include "dialects/Neuro/Quantize/Calibration.h"

using namespace mlir;
using namespace engram::neuro;

static Attribute toAttr(Builder &builder, llvm::ArrayRef<Range> ranges) {
  SmallVector<double> numbers;
  for (Range range : ranges) {
    numbers.push_back(range.low);
    numbers.push_back(range.high);
  }
  return builder.getDenseF64ArrayAttr(numbers);
}

static std::vector<Range> fromAttr(Attribute attr) {
  std::vector<Range> ranges;
  if (auto numbers = dyn_cast_or_null<DenseF64ArrayAttr>(attr))
    for (int64_t k = 0; k + 1 < numbers.size(); k += 2)
      ranges.push_back({numbers[k], numbers[k + 1]});
  return ranges;
}

static Attribute toAttr(Builder &builder, const std::map<std::string, Range> &named) {
  NamedAttrList list;
  for (const auto &[name, range] : named)
    list.set(name, toAttr(builder, range));
  return list.getDictionary(builder.getContext());
}

static std::map<std::string, Range> namedFromAttr(Attribute attr) {
  std::map<std::string, Range> named;
  if (auto dictionary = dyn_cast_or_null<DictionaryAttr>(attr))
    for (NamedAttribute entry : dictionary)
      if (std::vector<Range> ranges = fromAttr(entry.getValue()); ranges.size() == 1)
        named[entry.getName().str()] = ranges[0];
  return named;
}

DictionaryAttr PopulationRanges::toAttr(MLIRContext *context) const {
  Builder builder(context);
  NamedAttrList list;
  list.set("states", ::toAttr(builder, states));
  list.set("inputs", ::toAttr(builder, inputs));
  list.set("output", ::toAttr(builder, output));
  for (const auto &[name, ranges] : regions)
    list.set(name, ::toAttr(builder, ranges));
  return list.getDictionary(context);
}

std::optional<PopulationRanges> PopulationRanges::of(PopulationOp population) {
  auto attr = population->getAttrOfType<DictionaryAttr>(rangesAttrName);
  if (!attr)
    return std::nullopt;
  PopulationRanges result;
  result.states = namedFromAttr(attr.get("states"));
  result.inputs = namedFromAttr(attr.get("inputs"));
  if (std::vector<Range> output = fromAttr(attr.get("output")); output.size() == 1)
    result.output = output[0];
  for (NamedAttribute entry : attr)
    if (entry.getName() != "output" && isa<DenseF64ArrayAttr>(entry.getValue()))
      result.regions[entry.getName().str()] = fromAttr(entry.getValue());
  return result;
}

DictionaryAttr SourceRanges::toAttr(MLIRContext *context) const {
  Builder builder(context);
  NamedAttrList list;
  list.set("range", ::toAttr(builder, range));
  if (fractionBits)
    list.set("fraction_bits", builder.getI64IntegerAttr(*fractionBits));
  return list.getDictionary(context);
}

std::optional<SourceRanges> SourceRanges::of(SourceOp source) {
  auto attr = source->getAttrOfType<DictionaryAttr>(rangesAttrName);
  if (!attr)
    return std::nullopt;
  SourceRanges result;
  if (std::vector<Range> ranges = fromAttr(attr.get("range")); ranges.size() == 1)
    result.range = ranges[0];
  if (auto bits = attr.getAs<IntegerAttr>("fraction_bits"))
    result.fractionBits = bits.getInt();
  return result;
}

std::vector<std::pair<std::string, Operation *>> engram::neuro::regionsOf(ModelOp model) {
  std::vector<std::pair<std::string, Operation *>> regions;
  for (Operation &op : model.getBody().front())
    if (op.getNumRegions() == 1)
      regions.push_back({op.getName().stripDialect().str(), &op});
  return regions;
}

std::vector<Value> engram::neuro::resultsOf(Operation *region) {
  std::vector<Value> results;
  for (Operation &op : region->getRegion(0).front())
    if (op.getNumResults() == 1)
      results.push_back(op.getResult(0));
  return results;
}
