// Networks to fixed point: formats of sources and weights, then one population after another, each
// when it is known what projects to it puts out.
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/IR/PortBound.h"
#include "dialects/Neuro/Quantize/PopulationQuantizer.h"
#include "dialects/Neuro/Quantize/QuantizeModelsPasses.h"

namespace engram::neuro {
#define GEN_PASS_DEF_QUANTIZEMODELSPASS
#include "dialects/Neuro/Quantize/QuantizeModelsPasses.h.inc"
} // namespace engram::neuro

using namespace mlir;
using namespace engram;
using namespace engram::neuro;

/// What weights without a format may have at most to count as numbers of one.
static constexpr int exactWeightBits = 16;

static bool usesFloats(ModelOp model) {
  return model
      .walk([](Operation *op) {
        bool isFloat = llvm::any_of(op->getResultTypes(), [](Type t) { return isa<FloatType>(t); });
        return isFloat ? WalkResult::interrupt() : WalkResult::advance();
      })
      .wasInterrupted();
}

//===-- sources and weights ---------------------------------------------------------------===//

static void formatSource(SourceOp source, const ModelSettings &settings) {
  if (source.getFormat() || !isa<ExternalAttr, CurrentAttr>(source.getKind()))
    return;
  fx::Format format{/*isSigned=*/false, 8, 0};
  if (auto current = dyn_cast<CurrentAttr>(source.getKind())) {
    format = formatOfValues(readNumbers(current.getValues()), settings.inputBits);
  } else if (std::optional<SourceRanges> seen = SourceRanges::of(source);
             seen && !seen->range.empty()) {
    // Ones and zeros stay such; of other numbers larger ones may come.
    Range range = seen->range;
    bool isSigned = range.low < 0, isBinary = range.low >= 0 && range.high <= 1;
    if (!isBinary || seen->fractionBits.value_or(1) > 0)
      range = {std::ldexp(range.low, settings.headroom), std::ldexp(range.high, settings.headroom)};
    int integer = integerBitsOf(range, isSigned);
    // The upper end of a range is one of its numbers.
    if (std::ldexp(1.0, integer - isSigned) <= seen->range.high)
      ++integer;
    int fraction = settings.inputBits - integer;
    if (seen->fractionBits)
      fraction = std::min(fraction, *seen->fractionBits);
    fraction = std::min(std::max(fraction, 1 - integer), maxFractionBits);
    format = {isSigned, integer, fraction};
  } else {
    source.emitRemark() << "source '" << source.getSymName()
                        << "' was not calibrated and emits whole numbers from 0 to 255";
  }
  source.setFormatAttr(TypeAttr::get(fx::FixedType::get(source.getContext(), format)));
}

// Weights that are numbers of a short format have it; others wait for neuro-quantize-weights, and
// the bounds of the port say so.
static void formatWeights(ProjectionOp projection) {
  if (projection.getFormat())
    return;
  SmallVector<Attribute> maps{projection.getConnector()};
  if (auto compose = dyn_cast<ComposeAttr>(maps[0]))
    maps = llvm::to_vector(compose.getMaps());
  std::vector<double> weights;
  for (Attribute map : maps)
    if (Attribute numbers = cast<ConnectorInterface>(map).weightsAttr())
      llvm::append_range(weights, readNumbers(numbers));
  if (weights.empty())
    weights = {1};
  fx::Format format = formatOfValues(weights, exactWeightBits);
  if (llvm::all_of(weights, [&](double w) { return roundTo(format, w) == w; }))
    projection.setFormatAttr(TypeAttr::get(fx::FixedType::get(projection.getContext(), format)));
}

//===-- the pass --------------------------------------------------------------------------===//

namespace {

struct QuantizeModels : engram::neuro::impl::QuantizeModelsPassBase<QuantizeModels> {
  using QuantizeModelsPassBase::QuantizeModelsPassBase;

  /// What a population will put out, and the model that it has in truth.
  struct Expectation {
    ModelOp model;
    fx::Format output;
  };
  using Expectations = llvm::DenseMap<Operation *, Expectation>;

  void runOnOperation() override {
    ModelSettings settings;
    if (failed(readOptions(settings)))
      return signalPassFailure();
    for (NetworkOp network : getOperation().getOps<NetworkOp>())
      if (failed(quantize(network, settings)))
        return signalPassFailure();
    llvm::DenseSet<Operation *> used;
    for (NetworkOp network : getOperation().getOps<NetworkOp>())
      for (PopulationOp population : network.getBody().getOps<PopulationOp>())
        used.insert(modelOf(population));
    for (ModelOp model : llvm::make_early_inc_range(getOperation().getOps<ModelOp>()))
      if (!used.contains(model))
        model.erase();
  }

  LogicalResult readOptions(ModelSettings &settings) {
    auto read = [&](StringRef name, int value, int least, int most, int &to) -> LogicalResult {
      if (value < least || value > most)
        return getOperation().emitError()
               << "expected '" << name << "' from " << least << " to " << most << ", got " << value;
      to = value;
      return success();
    };
    int fraction = 0;
    if (failed(read("state-bits", stateBits, 2, 32, settings.stateBits)) ||
        failed(read("fraction-bits", fractionBits, -1, stateBits - 1, fraction)) ||
        failed(read("parameter-bits", parameterBits, 2, 32, settings.parameterBits)) ||
        failed(read("intermediate-bits", intermediateBits, 8, 48, settings.intermediateBits)) ||
        failed(read("accumulator-bits", accumulatorBits, 8, 53, settings.accumulatorBits)) ||
        failed(read("input-bits", inputBits, 1, 24, settings.inputBits)) ||
        failed(read("headroom", headroom, 0, 8, settings.headroom)) ||
        failed(read("max-pieces", maxPieces, 1, 1024, settings.maxPieces)))
      return failure();
    if (fraction >= 0)
      settings.fractionBits[""] = fraction;
    for (StringRef text : fractions) {
      auto [name, bits] = text.split('=');
      int &value = settings.fractionBits[name.str()];
      if (name.empty() || bits.getAsInteger(10, value) || value < 0 || value >= stateBits)
        return getOperation().emitError()
               << "expected 'fraction' as 'state=bits', from 0 to below 'state-bits', got '" << text
               << "'";
    }
    std::optional<fx::Rounding> mode = fx::symbolizeRounding(rounding);
    if (!mode)
      return getOperation().emitError() << "expected 'rounding' to be nearest_even, floor, "
                                           "toward_zero or stochastic, got '"
                                        << rounding << "'";
    settings.rounding = *mode;
    for (StringRef text : ranges) {
      auto [name, bounds] = text.split('=');
      auto [low, high] = bounds.split(':');
      Range range;
      if (low.getAsDouble(range.low) || high.getAsDouble(range.high) || !range.isFinite() ||
          range.empty())
        return getOperation().emitError()
               << "expected 'range' as 'state=low:high', got '" << text << "'";
      settings.ranges[name.str()] = range;
    }
    return success();
  }

  LogicalResult quantize(NetworkOp network, const ModelSettings &settings) {
    SmallVector<PopulationOp> waiting;
    for (PopulationOp population : network.getBody().getOps<PopulationOp>()) {
      FailureOr<ModelOp> model = requireModel(population);
      if (failed(model))
        return failure();
      if (!model->isDiscrete())
        return population.emitOpError() << "model '" << population.getModel()
                                        << "' depends on continuous time; run neuro-discretize";
      if (usesFloats(*model))
        waiting.push_back(population);
    }
    if (waiting.empty())
      return success();
    for (SourceOp source : network.getBody().getOps<SourceOp>()) {
      if (!source.getShape())
        return source.emitOpError() << "expected a shape; run neuro-infer-shapes";
      formatSource(source, settings);
    }
    for (ProjectionOp projection : network.getBody().getOps<ProjectionOp>())
      formatWeights(projection);
    // Sums are exact in f64.
    network.removePrecisionAttr();

    auto isReady = [&](PopulationOp population) {
      return llvm::all_of(network.getBody().getOps<ProjectionOp>(), [&](ProjectionOp projection) {
        return projection.getTarget() != population.getSymName() ||
               outputFormatOf(network, projection.getSource());
      });
    };
    Expectations expecting;
    while (!waiting.empty()) {
      auto next = llvm::find_if(waiting, isReady);
      if (next == waiting.end()) {
        if (failed(expectOutput(waiting, expecting, settings)))
          return failure();
        continue;
      }
      PopulationOp population = *next;
      waiting.erase(next);
      auto expected = expecting.find(population);
      bool isExpected = expected != expecting.end();
      ModelOp original = isExpected ? expected->second.model : modelOf(population);
      if (failed(quantizePopulation(population, original, settings,
                                    isExpected ? std::optional(expected->second.output)
                                               : std::nullopt)))
        return failure();
    }
    return success();
  }

  // Graded populations in a cycle wait for each other: one of them gets, until it is handled, a
  // model that only has the output of the one to come.
  LogicalResult expectOutput(ArrayRef<PopulationOp> waiting, Expectations &expecting,
                             const ModelSettings &settings) {
    for (PopulationOp population : waiting) {
      std::optional<fx::Format> format = expectedOutput(population, settings);
      if (expecting.contains(population) || !modelOf(population).find<EmitOp>() || !format)
        continue;
      expecting[population] = {modelOf(population), *format};
      OpBuilder builder(modelOf(population));
      Location loc = population.getLoc();
      auto stand = ModelOp::create(
          builder, loc,
          builder.getStringAttr(
              (population.getModel() + "." + population.getSymName() + ".output").str()),
          StringAttr(), MethodAttr(), StringAttr());
      for (InputOp input : modelOf(population).getInputs()) {
        builder.setInsertionPointToEnd(stand.getBody().empty() ? &stand.getBody().emplaceBlock()
                                                               : &stand.getBody().front());
        builder.clone(*input);
      }
      if (stand.getBody().empty())
        stand.getBody().emplaceBlock();
      builder.setInsertionPointToEnd(&stand.getBody().front());
      auto emit = EmitOp::create(builder, loc);
      builder.setInsertionPointToEnd(&emit.getBody().emplaceBlock());
      Value zero = fx::ConstantOp::create(
          builder, loc, fx::FixedAttr::get(fx::FixedType::get(&getContext(), *format), 0));
      YieldOp::create(builder, loc, zero);
      population.setModel(stand.getSymName());
      return success();
    }
    PopulationOp first = waiting.front();
    return first.emitOpError()
           << "is in a cycle of graded outputs, whose range is not known; run neuro-calibrate";
  }
};

} // namespace
