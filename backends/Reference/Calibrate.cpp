// neuro-calibrate: samples through the interpreter, and what was seen into attributes.
#include "backends/Reference/Passes.h"
#include "backends/Reference/PopulationRecorder.h"
#include "backends/Reference/WatchedRun.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/Quantize/LayerInputs.h"

#include <cmath>

namespace engram::reference {
#define GEN_PASS_DEF_CALIBRATEPASS
#include "backends/Reference/Passes.h.inc"
} // namespace engram::reference

using namespace mlir;
using namespace engram;
using namespace engram::neuro;
using namespace engram::reference;

namespace {

inline constexpr llvm::StringLiteral saturationsAttrName = "neuro.saturations";

/// Most fraction bits that numbers of a source are looked at for.
constexpr int exactInputBits = 24;

struct SourceRecorder {
  std::string name;
  SourceOp op;
  Range range;
  int fractionBits = 0; ///< more than exactInputBits: none are enough

  void add(const std::vector<double> &values) {
    for (double value : values) {
      range.include(value);
      while (fractionBits <= exactInputBits &&
             std::ldexp(value, fractionBits) != std::trunc(std::ldexp(value, fractionBits)))
        ++fractionBits;
    }
  }
  SourceRanges ranges() const {
    return {range, fractionBits <= exactInputBits ? std::optional(fractionBits) : std::nullopt};
  }
};

/// What a projection's weights are multiplied with, filtered.
struct HessianRecorder {
  ProjectionOp projection;
  std::string source;
  HessianSum sum;
  std::vector<double> filtered;

  void add(const std::vector<double> &outputs, double trace) {
    filtered.resize(outputs.size());
    for (size_t i = 0; i < outputs.size(); ++i)
      filtered[i] = trace * filtered[i] + (1 - trace) * outputs[i];
    sum.add(filtered);
  }
};

struct Recorders {
  std::vector<SourceRecorder> sources;
  std::vector<std::unique_ptr<PopulationRecorder>> populations; ///< in the order of the text
  std::vector<HessianRecorder> hessians;
};

struct Calibrate : engram::reference::impl::CalibratePassBase<Calibrate> {
  using CalibratePassBase::CalibratePassBase;

  void runOnOperation() override {
    FailureOr<NetworkOp> network = findNetwork(getOperation());
    if (failed(network) || failed(calibrate(*network)))
      signalPassFailure();
  }

private:
  LogicalResult fault(const std::string &message) { return getOperation().emitError() << message; }

  LogicalResult calibrate(NetworkOp network) {
    if (steps < 0 || samples < 0 || frameUs < 1)
      return fault("expected 'steps' and 'samples' of at least 0 and 'frame-us' of at least 1");
    if (!(trace >= 0 && trace < 1))
      return fault("expected 'trace' from 0 to below 1");
    for (PopulationOp population : network.getBody().getOps<PopulationOp>()) {
      FailureOr<ModelOp> model = requireModel(population);
      if (failed(model))
        return failure();
      if (!model->isDiscrete())
        return population.emitOpError() << "model '" << population.getModel()
                                        << "' depends on continuous time; run neuro-discretize";
    }
    FailureOr<std::unique_ptr<Interpreter>> machine = Interpreter::create(network);
    if (failed(machine))
      return failure();
    Recorders recorders = observe(network, **machine);
    if (hessian)
      addHessians(network, recorders);
    if (failed(run(**machine, recorders)))
      return failure();
    record(network, recorders);
    return success();
  }

  Recorders observe(NetworkOp network, Interpreter &machine) {
    Recorders recorders;
    for (SourceOp source : network.getBody().getOps<SourceOp>())
      if (isa<ExternalAttr>(source.getKind()))
        recorders.sources.push_back({source.getSymName().str(), source, {}, 0});
    for (PopulationOp population : network.getBody().getOps<PopulationOp>()) {
      PopulationState &state = machine.population(population.getSymName());
      recorders.populations.push_back(
          std::make_unique<PopulationRecorder>(population, *state.common().program));
      state.observer = recorders.populations.back().get();
    }
    return recorders;
  }

  void addHessians(NetworkOp network, Recorders &recorders) {
    for (ProjectionOp projection : network.getBody().getOps<ProjectionOp>()) {
      HessianSum sum(projection.getConnector(), *shapeOf(network, projection.getSource()));
      if (!sum.hasMatrices())
        continue;
      if (sum.size() > hessianLimit) {
        projection.emitWarning() << "projection '" << projection.getSymName()
                                 << "' would need a Hessian of " << sum.size()
                                 << " numbers, limit is " << int64_t(hessianLimit)
                                 << "; raise 'hessian-limit', or round to nearest";
        continue;
      }
      recorders.hessians.push_back({projection, projection.getSource().str(), std::move(sum), {}});
    }
  }

  LogicalResult run(Interpreter &machine, Recorders &recorders) {
    auto afterStep = [&] {
      for (SourceRecorder &source : recorders.sources)
        source.add(machine.outputOf(source.name));
      for (HessianRecorder &recorder : recorders.hessians)
        recorder.add(machine.outputOf(recorder.source), trace);
    };
    auto afterReset = [&] {
      for (HessianRecorder &recorder : recorders.hessians)
        recorder.filtered.clear();
    };
    return runWatched(machine, {{inputs.begin(), inputs.end()}, steps, samples, frameUs},
                      getOperation(), afterStep, afterReset);
  }

  void record(NetworkOp network, Recorders &recorders) {
    for (SourceRecorder &source : recorders.sources)
      source.op->setAttr(rangesAttrName, source.ranges().toAttr(&getContext()));
    for (auto [population, recorder] :
         llvm::zip(network.getBody().getOps<PopulationOp>(), recorders.populations)) {
      population->setAttr(rangesAttrName, recorder->ranges().toAttr(&getContext()));
      if (countSaturation)
        recordSaturations(population, *recorder);
    }
    for (HessianRecorder &recorder : recorders.hessians)
      recorder.projection->setAttr(
          hessianAttrName,
          recorder.sum.result((recorder.projection.getSymName() + ".hessian").str()));
  }

  void recordSaturations(PopulationOp population, const PopulationRecorder &recorder) {
    Builder builder(&getContext());
    NamedAttrList counts;
    counts.set("neuron_steps", builder.getI64IntegerAttr(recorder.neuronSteps()));
    NamedAttrList states, ports;
    for (const auto &[name, isState, count] : recorder.saturations()) {
      (isState ? states : ports).set(name, builder.getI64IntegerAttr(count));
      if (count)
        population.emitWarning() << (isState ? "state '" : "port '") << name << "' of population '"
                                 << population.getSymName() << "' saturates in " << count << " of "
                                 << recorder.neuronSteps() << " neuron-steps; more "
                                 << (isState ? "state" : "accumulator")
                                 << " bits, or calibration with more headroom, would avoid it";
    }
    counts.set("states", states.getDictionary(&getContext()));
    counts.set("inputs", ports.getDictionary(&getContext()));
    population->setAttr(saturationsAttrName, counts.getDictionary(&getContext()));
  }
};

} // namespace
