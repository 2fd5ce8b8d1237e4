// Which projections lie on crossbars: cycles and memory against tiles.
#include "dialects/NCore/IR/NCoreDialect.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/IR/PortBound.h"
#include "dialects/Neuro/IR/Units.h"
#include "dialects/Xbar/Transforms/MapProjection.h"

#include <cmath>

using namespace mlir;
using namespace engram;
using namespace engram::neuro;
using namespace engram::xbar;

namespace {

/// What an output of a source costs, and how often there is one.
struct Events {
  double perStep = 0; ///< of all neurons
  double bits = 1;    ///< that a payload has at most, and on average
  double meanBits = 1;
};

} // namespace

static Events eventsOf(NetworkOp network, StringRef name, double rate) {
  Events events;
  double dt = network.getDt().getValue() * *unitFactor(network.getDt().getUnit(), "s");
  auto size = static_cast<double>(numElements(*shapeOf(network, name)));
  fx::Format format = outputFormatOf(network, name).getFormat();
  double most = std::max<double>(std::abs(double(format.minRaw())), double(format.maxRaw()));
  events.bits = std::floor(std::log2(std::max(most, 1.0))) + 1;
  events.meanBits = events.bits > 1 ? events.bits / 2 : 1;
  Operation *op = network.lookupSymbol(name);
  auto source = dyn_cast<SourceOp>(op);
  Attribute rates = op->getAttr("neuro.rates");
  if (auto poisson = source ? dyn_cast<PoissonAttr>(source.getKind()) : PoissonAttr();
      poisson && !rates)
    rates = poisson.getRate();
  double mean = rate;
  if (rates && isNumeric(rates) && hasData(rates)) {
    mean = 0;
    std::vector<double> values = readNumbers(rates);
    for (double value : values)
      mean += value / double(values.size());
  } else if (source && events.bits > 1) {
    // What is more than a spike is there in each step, like a graded output.
    mean = 1 / dt;
  } else if (auto population = dyn_cast<PopulationOp>(op)) {
    // A graded output is there in each step.
    if (ModelOp model = modelOf(population); model && model.find<EmitOp>())
      mean = 1 / dt;
  }
  events.perStep = size * std::min(1.0, mean * dt);
  return events;
}

// Cycles of a step on the cores that the rows reach together, and on the tiles.
static Candidate weigh(ProjectionOp projection, const Slicing &slicing, const ncore::Target &target,
                       double rate) {
  Events events = eventsOf(projection->getParentOfType<NetworkOp>(), projection.getSource(), rate);
  auto targets = double(slicing.targets);
  double rows = events.perStep * (target.cyclesPerSpike + targets * target.cyclesPerSynapse);
  double drives =
      events.perStep * double(slicing.columnBlocks()) * (target.cyclesPerSpike + events.meanBits);
  // A tile converts in a step in which one of its rows was driven.
  double quiet = std::exp(-events.perStep / double(slicing.rowBlocks()));
  double conversions = double(slicing.rowBlocks()) * std::ceil(targets / 8) *
                       (slicing.slices * events.bits + 1) * (1 - quiet);
  int64_t bits = cast<fx::FixedType>(*projection.getFormat()).getFormat().width();
  int64_t perWord =
      target.synapsesPerWord(target.weightWidth(bits).value_or(bits), target.denseRows);
  double words = double(slicing.sources) *
                 (double(target.rowHeaderWords) + std::ceil(targets / double(perWord)));
  return {projection, slicing.tiles(), rows - drives - conversions, words};
}

std::vector<ProjectionOp> engram::xbar::chooseByCost(std::vector<ProjectionOp> projections,
                                                     const CellOptions &options, double rate) {
  if (projections.empty())
    return projections;
  auto module = projections.front()->getParentOfType<ModuleOp>();
  ncore::TargetAttr attr = ncore::targetAttrOf(module);
  if (!attr)
    return projections;
  ncore::Target target = ncore::targetOf(attr);
  std::vector<Candidate> candidates;
  double words = 0;
  for (ProjectionOp projection : projections) {
    Attribute weights = projection.getConnector().weightsAttr();
    candidates.push_back(weigh(projection, *slicingOf(projection, weights, options), target, rate));
    words += candidates.back().words;
  }
  double room = double(target.synapseWords) * double(target.numCores());
  // Where memory is short the words that a tile saves count, else the cycles.
  auto isShort = [&] { return target.synapseWords > 0 && words > room; };
  std::vector<ProjectionOp> chosen;
  int64_t tiles = target.crossbars * target.numCores();
  while (!candidates.empty()) {
    bool memory = isShort();
    auto worth = [&](const Candidate &candidate) {
      return (memory ? candidate.words : candidate.saved) / double(candidate.tiles);
    };
    auto best = llvm::max_element(
        candidates, [&](const Candidate &a, const Candidate &b) { return worth(a) < worth(b); });
    if (worth(*best) <= 0)
      break;
    if (best->tiles <= tiles) {
      tiles -= best->tiles;
      words -= best->words;
      chosen.push_back(best->projection);
    }
    candidates.erase(best);
  }
  return chosen;
}
