// Which projections lie on crossbars: the step of the network as the target's numbers have it, with
// and without them.
#include "dialects/NCore/IR/CountUpdate.h"
#include "dialects/NCore/IR/NCoreDialect.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/IR/Units.h"
#include "dialects/Xbar/Transforms/MapProjection.h"
#include "dialects/Xbar/Transforms/StepModel.h"
#include "llvm/ADT/TypeSwitch.h"

#include <cmath>
#include <map>

using namespace mlir;
using namespace engram;
using namespace engram::neuro;
using namespace engram::xbar;

// What a source or population puts out, and how often.
static void addEvents(NetworkOp network, StringRef name, double rate, StepNode &node) {
  double dt = network.getDt().getValue() * *unitFactor(network.getDt().getUnit(), "s");
  node.outputs = ncore::outputsOf(network, name);
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
  } else if (node.outputs.kind == Outputs::Levels) {
    // A graded output is there in each step.
    mean = 1 / dt;
  }
  node.mean = mean * dt;
}

// Synapses of a source neuron, on average.
static double synapsesOfSource(ProjectionOp projection, double sources, double targets) {
  return llvm::TypeSwitch<Attribute, double>(projection.getConnector())
      .Case([](OneToOneAttr) { return 1.0; })
      .Case([&](CSRAttr csr) { return double(numNumbers(csr.getTargets())) / sources; })
      .Case([&](ConvAttr conv) {
        ArrayRef<int64_t> kernel = cast<ElementsAttr>(conv.getWeights()).getShapedType().getShape();
        return targets * double(numElements(kernel)) / double(kernel[0]) / sources;
      })
      .Case([&](PoolAttr pool) {
        return targets * double(pool.getKernel()[0]) * double(pool.getKernel()[1]) / sources;
      })
      .Case([&](FixedProbabilityAttr fixed) {
        return targets * fixed.getProbability().convertToDouble();
      })
      .Case(
          [&](FixedIndegreeAttr fixed) { return targets * double(fixed.getIndegree()) / sources; })
      .Default([&](Attribute) { return targets; });
}

namespace {

/// The network for the model of a step, and which of its groups are which projections.
class Reader {
public:
  Reader(NetworkOp network, const std::vector<ProjectionOp> &candidates, const CellOptions &cells,
         bool noisy, double rate)
      : network(network), candidates(candidates), cells(cells), noisy(noisy), rate(rate) {}

  StepModel read(const ncore::Target &target) {
    StepModel model(target);
    StepTiming timing = target.timing();
    for (Operation &op : network.getBody().front()) {
      auto population = dyn_cast<PopulationOp>(op);
      if (!population && !isa<SourceOp>(op))
        continue;
      StringRef name = SymbolTable::getSymbolName(&op);
      StepNode node;
      node.size = numElements(*shapeOf(network, name));
      node.isSource = !population;
      if (ModelOp of = population ? modelOf(population) : ModelOp())
        node.updateCycles = cyclesOfUpdate(timing, ncore::countUpdate(of));
      addEvents(network, name, rate, node);
      nodes[name] = static_cast<int>(model.nodes.size());
      model.nodes.push_back(node);
    }
    for (ProjectionOp projection : network.getBody().getOps<ProjectionOp>())
      model.edges.push_back(edgeOf(projection, model));
    return model;
  }

  std::vector<std::vector<ProjectionOp>> groups;
  std::vector<int> sources; ///< of the groups

private:
  NetworkOp network;
  const std::vector<ProjectionOp> &candidates;
  const CellOptions &cells;
  bool noisy;
  double rate;
  llvm::StringMap<int> nodes;
  std::map<std::pair<int, int>, int> groupOf;

  StepEdge edgeOf(ProjectionOp projection, const StepModel &model) {
    StepEdge edge;
    edge.source = nodes.lookup(projection.getSource());
    edge.target = nodes.lookup(projection.getTarget());
    edge.targetsOfSource = synapsesOfSource(projection, double(model.nodes[edge.source].size),
                                            double(model.nodes[edge.target].size));
    edge.dense = isa<DenseAttr, AllToAllAttr>(Attribute(projection.getConnector()));
    if (std::optional<Type> format = projection.getFormat())
      if (auto fixed = dyn_cast<fx::FixedType>(*format))
        edge.weightBits = fixed.getFormat().width();
    if (!llvm::is_contained(candidates, projection))
      return edge;
    auto key = std::pair(edge.source, edge.target);
    auto [found, isNew] = groupOf.try_emplace(key, static_cast<int>(groups.size()));
    if (isNew) {
      groups.emplace_back();
      sources.push_back(edge.source);
    }
    groups[found->second].push_back(projection);
    Expected<Slicing> slicing = slicingOf(projection, matrixOf(projection, cells), cells);
    edge.group = found->second;
    edge.rows = slicing->rows;
    edge.columns = slicing->columns;
    edge.slices = slicing->slices;
    edge.noisy = noisy;
    return edge;
  }
};

} // namespace

// The move that gains most, again and again: one group, all of a source (whose spikes find either
// rows or tiles in a core), or all.
static std::set<int> bestGroups(const StepModel &model, const Reader &reader) {
  std::set<int> chosen, all;
  std::vector<std::set<int>> moves;
  std::map<int, std::set<int>> ofSource;
  for (int group = 0; group < static_cast<int>(reader.groups.size()); ++group) {
    moves.push_back({group});
    ofSource[reader.sources[group]].insert(group);
    all.insert(group);
  }
  for (auto &[source, groups] : ofSource)
    moves.push_back(groups);
  moves.push_back(all);
  StepCost least = model.cost(chosen);
  while (true) {
    std::set<int> best;
    for (const std::set<int> &move : moves) {
      std::set<int> tried = chosen;
      tried.insert(move.begin(), move.end());
      if (tried.size() == chosen.size())
        continue;
      if (StepCost cost = model.cost(tried); cost < least) {
        least = cost;
        best = std::move(tried);
      }
    }
    if (best.empty())
      return chosen;
    chosen = std::move(best);
  }
}

std::vector<ProjectionOp> engram::xbar::chooseByCost(std::vector<ProjectionOp> projections,
                                                     const CellOptions &cells, bool noisy,
                                                     double rate) {
  if (projections.empty())
    return projections;
  auto network = projections.front()->getParentOfType<NetworkOp>();
  ncore::TargetAttr attr = ncore::targetAttrOf(network->getParentOfType<ModuleOp>());
  if (!attr)
    return projections;
  ncore::Target target = ncore::targetOf(attr);
  Reader reader(network, projections, cells, noisy, rate);
  StepModel model = reader.read(target);
  std::vector<ProjectionOp> chosen;
  for (int group : bestGroups(model, reader))
    llvm::append_range(chosen, reader.groups[group]);
  return chosen;
}
