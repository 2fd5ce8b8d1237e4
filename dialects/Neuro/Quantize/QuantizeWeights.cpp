// Weights become numbers of few bits: each matrix of a projection is a layer for
// quantize::roundWeights; what it did goes into the projection's format and its record.
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/Quantize/LayerInputs.h"
#include "dialects/Neuro/Quantize/Passes.h"
#include "dialects/Neuro/Quantize/WeightRounding.h"
#include "runtime/NumberText.h"
#include <cmath>

namespace engram::neuro {
#define GEN_PASS_DEF_QUANTIZEWEIGHTSPASS
#include "dialects/Neuro/Quantize/Passes.h.inc"
} // namespace engram::neuro

using namespace mlir;
using namespace engram::neuro;
namespace fx = engram::fx;
namespace quantize = engram::quantize;

namespace {

/// Widths that a program may use for numbers in models.
constexpr int maxWidth = 53;

/// One map of a projection: the projection itself, or one of its composition.
struct Part {
  size_t index = 0;
  ConnectorInterface connector;
  double factor = 1;     ///< of mean pools beside it, to go into its weights
  bool isTrained = true; ///< false: it stands for a mean
};

/// What fills an attribute of a projection: the weights of one map, rounded.
struct RoundedMap {
  Attribute connector;
  quantize::RoundedWeights weights;
};

} // namespace

static SmallVector<Attribute> mapsOf(ConnectorInterface connector) {
  if (auto compose = dyn_cast<ComposeAttr>(Attribute(connector)))
    return llvm::to_vector(compose.getMaps());
  return {connector};
}

static double areaOf(PoolAttr pool) { return static_cast<double>(numElements(pool.getKernel())); }
static bool isMean(Attribute map) {
  auto pool = dyn_cast<PoolAttr>(map);
  return pool && pool.getKind() == PoolKind::Mean;
}

// A layer of one row an output, of `columns` weights each, from an array in row-major order.
static quantize::Layer layerOfRows(ArrayRef<double> values, int64_t columns) {
  quantize::Layer layer;
  for (size_t k = 0; k < values.size(); k += columns)
    layer.rows.emplace_back(values.begin() + k, values.begin() + k + columns);
  return layer;
}

// The synapses of each target; `place` of each weight is where it stands in the array.
static quantize::Layer layerOfCSR(CSRAttr csr, ArrayRef<double> values) {
  quantize::Layer layer;
  std::vector<int64_t> starts = readIntegers(csr.getRowStarts()),
                       targets = readIntegers(csr.getTargets());
  int64_t count = targets.empty() ? 0 : *llvm::max_element(targets) + 1;
  layer.rows.resize(count);
  layer.columns.resize(count);
  layer.places.resize(count);
  for (size_t j = 0; j + 1 < starts.size(); ++j)
    for (int64_t k = starts[j]; k < starts[j + 1]; ++k) {
      layer.rows[targets[k]].push_back(values[k]);
      layer.columns[targets[k]].push_back(static_cast<int>(j));
      layer.places[targets[k]].push_back(k);
    }
  return layer;
}

// Rows of a matrix are outputs; whatever has no matrix is one row.
static quantize::Layer layerOf(ConnectorInterface connector, ArrayRef<double> values) {
  auto type = [&] { return cast<ElementsAttr>(connector.weightsAttr()).getShapedType(); };
  if (isa<DenseAttr, ConvAttr>(Attribute(connector)) && type().getDimSize(0) > 0)
    return layerOfRows(values, type().getNumElements() / type().getDimSize(0));
  if (auto csr = dyn_cast<CSRAttr>(Attribute(connector));
      csr && isa<ElementsAttr>(csr.getWeights()))
    return layerOfCSR(csr, values);
  return layerOfRows(values, static_cast<int64_t>(values.size()));
}

// The array in its own order again.
static std::vector<double> valuesOfRows(const quantize::Layer &layer, const quantize::Rows &rows,
                                        size_t count) {
  std::vector<double> values;
  values.reserve(count);
  if (!layer.places.empty()) {
    values.resize(count);
    for (size_t i = 0; i < rows.size(); ++i)
      for (size_t j = 0; j < rows[i].size(); ++j)
        values[layer.places[i][j]] = rows[i][j];
    return values;
  }
  for (const auto &row : rows)
    llvm::append_range(values, row);
  return values;
}

// The fraction bits that factors need: a factor of 1 beside other maps makes no sum finer.
static int usedFraction(Attribute map) {
  int used = 0;
  for (double weight : readNumbers(cast<OneToOneAttr>(map).getWeight()))
    while (std::ldexp(weight, used) != std::trunc(std::ldexp(weight, used)))
      ++used;
  return used;
}

// A mean whose factor is no power of two, as a convolution of each channel with itself.
static Attribute convolutionOf(PoolAttr pool, int64_t channels) {
  auto type = RankedTensorType::get({channels, 1, pool.getKernel()[0], pool.getKernel()[1]},
                                    Float64Type::get(pool.getContext()));
  std::vector<double> weights(type.getNumElements(), 1.0 / areaOf(pool));
  return ConvAttr::get(pool.getContext(), makeElements(type, weights, "mean"), pool.getStride(),
                       pool.getPadding(), {1, 1}, channels);
}

namespace {
struct QuantizeWeights : engram::neuro::impl::QuantizeWeightsPassBase<QuantizeWeights> {
  using QuantizeWeightsPassBase::QuantizeWeightsPassBase;

  void runOnOperation() override {
    FailureOr<quantize::RoundingOptions> rounding = readOptions();
    if (failed(rounding))
      return signalPassFailure();
    for (NetworkOp network : getOperation().getOps<NetworkOp>())
      for (ProjectionOp projection : network.getBody().getOps<ProjectionOp>())
        if (!projection.getFormat() && failed(quantizeProjection(network, projection, *rounding)))
          return signalPassFailure();
  }

  FailureOr<quantize::RoundingOptions> readOptions() {
    auto wrong = [&](StringRef option, StringRef expected, const Twine &got) {
      return getOperation().emitError()
             << "expected '" << option << "' to be " << expected << ", got " << got;
    };
    quantize::RoundingOptions result;
    if (bits < 2 || bits > 16)
      return wrong("bits", "2 to 16", Twine(bits.getValue()));
    if (codebook != 0 && (codebook < 2 || codebook > 24))
      return wrong("codebook", "0 or 2 to 24", Twine(codebook.getValue()));
    if (sparsity < 0 || sparsity > 1 || std::isnan(sparsity))
      return wrong("sparsity", "0 to 1", engram::shortestNumber(sparsity));
    if (granularity != "tensor" && granularity != "channel")
      return wrong("granularity", "tensor or channel", "'" + granularity + "'");
    if (step != "max" && step != "error")
      return wrong("step", "max or error", "'" + step + "'");
    auto method = llvm::StringSwitch<std::optional<quantize::Rounding>>(rounding)
                      .Case("nearest", quantize::Rounding::Nearest)
                      .Case("stochastic", quantize::Rounding::Stochastic)
                      .Case("obc", quantize::Rounding::OBC)
                      .Case("flexround", quantize::Rounding::FlexRound)
                      .Default(std::nullopt);
    if (!method)
      return wrong("rounding", "nearest, stochastic, obc or flexround", "'" + rounding + "'");
    result.bits = static_cast<int>(bits);
    result.codebookBits = static_cast<int>(codebook);
    result.sparsity = sparsity;
    result.perChannel = granularity == "channel";
    result.stepByError = step == "error";
    result.rounding = *method;
    result.seed = seed;
    return result;
  }

  // Means become sums where another map of the composition takes the factor, or convolutions where
  // none does; powers of two are exact as they are.
  static LogicalResult replaceMeans(NetworkOp network, ProjectionOp projection,
                                    SmallVectorImpl<Attribute> &maps,
                                    std::vector<double> &factors) {
    factors.assign(maps.size(), 1.0);
    for (size_t k = 0; k < maps.size(); ++k) {
      if (!isMean(maps[k]))
        continue;
      auto pool = cast<PoolAttr>(maps[k]);
      std::optional<size_t> taker; // the next map with weights, or else the one before
      for (size_t m = maps.size(); m-- > 0;)
        if (cast<ConnectorInterface>(maps[m]).weightsAttr() && (m > k || !taker))
          taker = m;
      int exponent = 0;
      if (taker) {
        factors[*taker] /= areaOf(pool);
        maps[k] = PoolAttr::get(pool.getContext(), PoolKind::Sum, pool.getKernel(),
                                pool.getStride(), pool.getPadding());
      } else if (std::frexp(areaOf(pool), &exponent) != 0.5) {
        std::optional<ArrayRef<int64_t>> shape = shapeOf(network, projection.getSource());
        if (!shape)
          return projection.emitOpError() << "expected '" << projection.getSource()
                                          << "' to have a shape; run neuro-infer-shapes";
        maps[k] = convolutionOf(pool, shape->front()); // pools keep channels
      }
    }
    return success();
  }

  LogicalResult quantizeProjection(NetworkOp network, ProjectionOp projection,
                                   quantize::RoundingOptions rounding) {
    SmallVector<Attribute> maps = mapsOf(projection.getConnector()), before = maps;
    std::vector<double> factors;
    if (failed(verifyFinite(projection)) ||
        failed(replaceMeans(network, projection, maps, factors)))
      return failure();
    std::optional<fx::Format> format; // of all maps
    auto include = [&](int integerBits, int fractionBits) {
      fx::Format old = format.value_or(fx::Format{true, integerBits, fractionBits});
      format = fx::Format{true, std::max(old.integerBits, integerBits),
                          std::max(old.fractionBits, fractionBits)};
    };
    SmallVector<RoundedMap> rounded;
    for (size_t k = 0; k < maps.size(); ++k) {
      auto connector = cast<ConnectorInterface>(maps[k]);
      if (!connector.weightsAttr()) {
        if (isMean(maps[k]))
          include(1, static_cast<int>(std::log2(areaOf(cast<PoolAttr>(maps[k])))));
        continue;
      }
      std::string stream = projection.getSymName().str();
      if (k > 0)
        stream += "/" + std::to_string(k);
      rounding.stream = streamOf(stream);
      FailureOr<RoundedMap> one =
          quantizeMap(projection, {k, connector, factors[k], !isMean(before[k])}, rounding);
      if (failed(one))
        return failure();
      maps[k] = one->connector;
      int width = rounding.codebookBits ? rounding.codebookBits : rounding.bits;
      for (int fraction : one->weights.fractions)
        include(width - fraction, isa<OneToOneAttr>(maps[k]) ? usedFraction(maps[k]) : fraction);
      rounded.push_back(std::move(*one));
    }
    if (!format)
      include(2, 0); // sums: weights of 1
    if (format->width() > maxWidth)
      return projection.emitOpError() << "needs weights of " << format->width()
                                      << " bits to hold all of its maps, limit is " << maxWidth;
    projection.setConnectorAttr(cast<ConnectorInterface>(
        isa<ComposeAttr>(Attribute(projection.getConnector()))
            ? ComposeAttr::get(&getContext(), ArrayAttr::get(&getContext(), maps))
            : maps[0]));
    projection.setFormatAttr(TypeAttr::get(fx::FixedType::get(&getContext(), *format)));
    projection->removeAttr(hessianAttrName);
    if (!rounded.empty()) {
      projection->setAttr("neuro.weight_error", recordOf(rounded));
      warnOfZeros(projection, rounded);
    }
    return success();
  }

  // The Hessian of a map of which it is needed; a diagnostic if it is not there.
  FailureOr<quantize::Matrix> hessianOf(ProjectionOp projection, const Part &part,
                                        const quantize::RoundingOptions &rounding) {
    Attribute attr = projection->getAttr(hessianAttrName);
    quantize::Matrix hessian = readHessian(attr, part.index);
    Attribute map = part.connector;
    int64_t inputs = 0;
    if (!part.isTrained)
      return quantize::Matrix();
    if (isa<DenseAttr, ConvAttr>(map)) {
      ShapedType type = cast<ElementsAttr>(part.connector.weightsAttr()).getShapedType();
      inputs = type.getDimSize(0) ? type.getNumElements() / type.getDimSize(0) : 0;
    } else if (auto csr = dyn_cast<CSRAttr>(map); csr && isa<ElementsAttr>(csr.getWeights())) {
      inputs = numNumbers(csr.getRowStarts()) - 1;
    } else {
      return quantize::Matrix(); // one weight, or one a neuron: nothing makes good for another
    }
    bool isNeeded = rounding.rounding == quantize::Rounding::OBC ||
                    rounding.rounding == quantize::Rounding::FlexRound;
    if (hessian.size() == 0 && isa<CSRAttr>(map) && !attr) {
      if (isNeeded)
        projection.emitWarning()
            << "projection '" << projection.getSymName()
            << "': lists of synapses have no 'neuro.hessian'; their weights are "
               "rounded to the nearest";
      return hessian;
    }
    if (hessian.size() == 0 && isNeeded)
      return projection.emitOpError()
             << "'" << projection.getSymName() << "': rounding=" << this->rounding
             << " needs the attribute '" << hessianAttrName << "' of shape [" << inputs << ", "
             << inputs << "]; run neuro-calibrate with 'hessian' before";
    if (hessian.size() != 0 && (hessian.rows() != inputs || !hessian.allFinite()))
      return projection.emitOpError()
             << "'" << projection.getSymName() << "': expected '" << hessianAttrName
             << "' to be finite numbers of shape [" << inputs << ", " << inputs << "]";
    return hessian;
  }

  FailureOr<RoundedMap> quantizeMap(ProjectionOp projection, const Part &part,
                                    quantize::RoundingOptions rounding) {
    Attribute attr = part.connector.weightsAttr();
    // Factors are no synapses that could go.
    if (!part.isTrained || isa<FloatAttr, IntegerAttr>(attr) ||
        isa<OneToOneAttr>(Attribute(part.connector)))
      rounding.sparsity = 0;
    std::vector<double> values = readNumbers(attr);
    for (double &value : values)
      value *= part.factor;
    FailureOr<quantize::Matrix> hessian = hessianOf(projection, part, rounding);
    if (failed(hessian))
      return failure();
    quantize::Layer layer = layerOf(part.connector, values);
    layer.hessian = std::move(*hessian);
    RoundedMap result;
    result.weights = quantize::roundWeights(layer, rounding);
    values = valuesOfRows(layer, result.weights.rows, values.size());
    result.weights.rows.clear();
    Type element = numberType(attr);
    if (!isa<FloatType>(element))
      element = Float64Type::get(&getContext());
    Attribute weights;
    if (auto elements = dyn_cast<ElementsAttr>(attr))
      weights = makeElements(elements.getShapedType().clone(element), values,
                             projection.getSymName().str() + ".quantized");
    else
      weights = FloatAttr::get(element, values[0]);
    result.connector = part.connector.withWeights(weights);
    return result;
  }

  DictionaryAttr recordOf(const quantize::RoundedWeights &weights) {
    Builder b(&getContext());
    SmallVector<NamedAttribute> entries;
    auto add = [&](StringRef name, Attribute value) {
      entries.push_back(b.getNamedAttr(name, value));
    };
    add("bits", b.getI64IntegerAttr(bits));
    add("step", b.getF64FloatAttr(std::ldexp(1.0, -weights.finestFraction())));
    add("range", b.getF64ArrayAttr({weights.low, weights.high}));
    add("mean_error", b.getF64FloatAttr(weights.meanError));
    add("worst_error", b.getF64FloatAttr(weights.worstError));
    add("output_error", b.getF64FloatAttr(weights.outputError));
    add("count", b.getI64IntegerAttr(weights.count));
    add("zeroed", b.getI64IntegerAttr(weights.zeroed));
    add("clipped", b.getI64IntegerAttr(weights.clipped));
    add("pruned", b.getI64IntegerAttr(weights.pruned));
    add("method", b.getStringAttr(weights.method));
    if (weights.fractions.size() > 1) {
      SmallVector<int64_t> fractions(weights.fractions.begin(), weights.fractions.end());
      add("channel_fractions", b.getDenseI64ArrayAttr(fractions));
    }
    if (weights.codebooks.size() == 1)
      add("codebook", b.getDenseF64ArrayAttr(weights.codebooks[0]));
    return b.getDictionaryAttr(entries);
  }

  // One record for a projection; of several maps the sums and the worst, and each for itself.
  DictionaryAttr recordOf(ArrayRef<RoundedMap> maps) {
    if (maps.size() == 1)
      return recordOf(maps[0].weights);
    quantize::RoundedWeights total = maps[0].weights;
    total.codebooks.clear();
    SmallVector<Attribute> each{recordOf(maps[0].weights)};
    double sum = total.meanError * double(total.count);
    for (const RoundedMap &map : maps.drop_front()) {
      const quantize::RoundedWeights &one = map.weights;
      each.push_back(recordOf(one));
      sum += one.meanError * double(one.count);
      total.fractions = {std::max(total.finestFraction(), one.finestFraction())};
      total.low = std::min(total.low, one.low);
      total.high = std::max(total.high, one.high);
      total.worstError = std::max(total.worstError, one.worstError);
      total.outputError = std::max(total.outputError, one.outputError);
      total.count += one.count;
      total.zeroed += one.zeroed;
      total.clipped += one.clipped;
      total.pruned += one.pruned;
      if (total.method != one.method)
        total.method += ", " + one.method;
    }
    total.fractions = {total.finestFraction()};
    total.meanError = total.count ? sum / double(total.count) : 0;
    NamedAttrList entries(recordOf(total));
    entries.set("maps", ArrayAttr::get(&getContext(), each));
    return entries.getDictionary(&getContext());
  }

  void warnOfZeros(ProjectionOp projection, ArrayRef<RoundedMap> maps) {
    int64_t zeroed = 0, count = 0;
    for (const RoundedMap &map : maps) {
      zeroed += map.weights.zeroed;
      count += map.weights.count;
    }
    if (zeroed == 0)
      return;
    projection.emitWarning() << "projection '" << projection.getSymName() << "': " << zeroed
                             << " of " << count << (count == 1 ? " weight" : " weights")
                             << (zeroed == 1 ? " becomes" : " become") << " zero at "
                             << bits.getValue() << " bits; more bits"
                             << (zeroed == 1 ? " keep it" : " keep them")
                             << (rounding == "obc" || zeroed == count
                                     ? ""
                                     : ", rounding=obc lets others make good for them");
  }
};
} // namespace
