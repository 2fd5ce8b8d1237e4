// Populations become groups, projections relations: laws where they are laws, lists of synapses
// elsewhere.
#include "lowering/NeuroToNCore/FromNeuro.h"
#include "dialects/NCore/IR/CountUpdate.h"
#include "dialects/NCore/IR/NCoreDialect.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/IR/PortBound.h"
#include "dialects/Neuro/IR/Units.h"
#include "dialects/Neuro/Transforms/MapDelays.h"
#include "dialects/Xbar/IR/XbarDialect.h"
#include "lowering/NeuroToMicrocode/Program.h"
#include "lowering/NeuroToNCore/Rates.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/ADT/bit.h"

#include <cmath>
#include <map>

using namespace mlir;
using namespace engram;
using namespace engram::ncore;
using namespace engram::neuro;

/// More listed synapses than this are refused; a law of a random connector has no such bound.
static constexpr double maxListed = double(int64_t(1) << 30);

namespace {
class Reader {
public:
  Reader(NetworkOp network, const SpikeNetworkOptions &options)
      : network(network), options(options),
        dt(network.getDt().getValue() * *unitFactor(network.getDt().getUnit(), "s")) {}

  FailureOr<SpikeNetwork> run();

private:
  LogicalResult addSource(SourceOp source);
  LogicalResult addPopulation(PopulationOp population);
  void countInstructions(PopulationOp population, Group &group) const;
  LogicalResult addProjection(ProjectionOp projection);
  LogicalResult setRates(Operation *op, Group &group, std::vector<double> known);
  std::vector<double> ratesOfKind(Attribute kind, int64_t size) const;
  LogicalResult listSynapses(ProjectionOp projection, Relation &relation);

  NetworkOp network;
  const SpikeNetworkOptions &options;
  double dt; ///< in seconds
  std::optional<RecordedRates> recorded;
  SpikeNetwork result;
  std::map<std::string, int> groupOf;
  llvm::DenseMap<std::pair<Attribute, Attribute>, int> programOf;
  llvm::DenseMap<Attribute, int> extensionOf; ///< by the first relay of an extension core
};
} // namespace

FailureOr<SpikeNetwork> Reader::run() {
  if (!options.recording.empty()) {
    Expected<RecordedRates> read = readRates(options.recording, dt);
    if (!read)
      return network.emitError() << read.error().message;
    recorded = std::move(*read);
  }
  for (Operation &op : network.getBody().front()) {
    LogicalResult done = TypeSwitch<Operation *, LogicalResult>(&op)
                             .Case([&](SourceOp source) { return addSource(source); })
                             .Case([&](PopulationOp pop) { return addPopulation(pop); })
                             .Default([](Operation *) { return success(); });
    if (failed(done))
      return failure();
  }
  for (ProjectionOp projection : network.getBody().getOps<ProjectionOp>())
    if (failed(addProjection(projection)))
      return failure();
  if (recorded)
    for (const auto &entry : recorded->counts)
      if (!groupOf.count(entry.first))
        return network.emitError() << "expected the populations of '" << options.recording
                                   << "' to be those of the network, got '" << entry.first << "'";
  return std::move(result);
}

//===-- groups
//----------------------------------------------------------------------------------===//

std::vector<double> Reader::ratesOfKind(Attribute kind, int64_t size) const {
  return TypeSwitch<Attribute, std::vector<double>>(kind)
      .Case([](PoissonAttr poisson) { return readNumbers(poisson.getRate()); })
      .Case([&](CurrentAttr) { return std::vector<double>{1 / dt}; })
      .Case([&](SpikeTrainsAttr trains) {
        std::vector<int64_t> steps = readIntegers(trains.getSteps());
        std::vector<double> rates(size, 0);
        for (int64_t neuron : readIntegers(trains.getNeurons()))
          rates[neuron] += 1 / (double(steps.back() + 1) * dt);
        return rates;
      })
      .Default([](Attribute) { return std::vector<double>(); });
}

LogicalResult Reader::setRates(Operation *op, Group &group, std::vector<double> known) {
  if (Attribute attr = op->getAttr(ratesAttrName)) {
    if (!isNumeric(attr) || !hasData(attr))
      return op->emitOpError() << "expected '" << ratesAttrName << "' to be numbers, got " << attr;
    group.rates = readNumbers(attr);
  } else if (recorded && recorded->counts.count(group.name)) {
    group.rates.assign(group.size, 0);
    for (auto [neuron, count] : recorded->counts[group.name]) {
      if (neuron >= group.size)
        return op->emitOpError() << "expected the neurons of '" << options.recording
                                 << "' to be less than " << group.size << ", got " << neuron;
      group.rates[neuron] = double(count) / recorded->seconds;
    }
  } else {
    group.rates = known.empty() ? std::vector<double>{options.rate} : std::move(known);
  }
  if (group.rates.size() != 1 && static_cast<int64_t>(group.rates.size()) != group.size)
    return op->emitOpError() << "expected 1 or " << group.size << " numbers in '" << ratesAttrName
                             << "', got " << group.rates.size();
  for (double rate : group.rates)
    if (!(rate >= 0) || !std::isfinite(rate))
      return op->emitOpError() << "expected rates to be finite and not negative, got " << rate;
  return success();
}

LogicalResult Reader::addSource(SourceOp source) {
  std::optional<ArrayRef<int64_t>> shape = shapeOf(network, source.getSymName());
  if (!shape)
    return source.emitOpError("expected to have a shape; run 'neuro-infer-shapes' first");
  Group group;
  group.name = source.getSymName().str();
  group.size = numElements(*shape);
  group.isSource = true;
  group.outputs = outputsOf(network, group.name);
  if (failed(setRates(source, group, ratesOfKind(source.getKind(), group.size))))
    return failure();
  groupOf[group.name] = static_cast<int>(result.groups.size());
  result.groups.push_back(std::move(group));
  return success();
}

// An estimate of an update program: its operations, among them the stores of new states, a load
// for each state, parameter, input and constant, a send for each yield, and the end.
static int64_t programLengthOf(ModelOp model) {
  int64_t length = 1;
  for (Operation &part : model.getBody().front()) {
    length += part.getNumResults();
    for (Region &region : part.getRegions())
      region.walk([&](Operation *) { ++length; });
  }
  return length;
}

// Bits of a type of a state; those of floating-point numbers are not fixed yet.
static int64_t bitsOf(Type type) {
  if (auto fixed = dyn_cast<fx::FixedType>(type))
    return fixed.getFormat().width();
  return isa<IntegerType>(type) ? static_cast<int64_t>(type.getIntOrFloatBitWidth()) : 0;
}

// The bits in which the weights differ: a row has a shift, so zeros that all have at the end take
// no room.
static int64_t weightBitsOf(ProjectionOp projection, fx::Format format) {
  Attribute attr = projection.getConnector().weightsAttr();
  if (!attr || isa<ComposeAttr>(Attribute(projection.getConnector())))
    return format.width();
  std::vector<int64_t> raw;
  int64_t all = 0;
  for (double weight : readNumbers(attr)) {
    raw.push_back(static_cast<int64_t>(std::ldexp(weight, format.fractionBits)));
    all |= raw.back();
  }
  int shift = all ? llvm::countr_zero(static_cast<uint64_t>(all)) : 0;
  int64_t bits = 1;
  for (int64_t weight : raw) {
    int64_t mantissa = weight >> shift;
    bits = std::max<int64_t>(
        bits, 65 - llvm::countl_zero(static_cast<uint64_t>(mantissa < 0 ? ~mantissa : mantissa)));
  }
  return std::min<int64_t>(bits, format.width());
}

// A port that no projection feeds is always 0 and takes no sums.
static bool isFed(PopulationOp population, InputOp input) {
  auto network = population->getParentOfType<NetworkOp>();
  return llvm::any_of(network.getOps<ProjectionOp>(), [&](ProjectionOp projection) {
    return projection.getTarget() == population.getSymName() &&
           projection.getPort().value_or(input.getName()) == input.getName();
  });
}

// What the compiler of the neuron engine makes, for targets that have one. Networks of floats have
// no instructions yet.
void Reader::countInstructions(PopulationOp population, Group &group) const {
  auto module = network->getParentOfType<ModuleOp>();
  TargetAttr attr = module ? targetAttrOf(module) : TargetAttr();
  Target target = attr ? targetOf(attr) : Target();
  if (target.constants == 0)
    return;
  a1::ChipParameters chip;
  auto set = [](int &field, int64_t limit) {
    field = static_cast<int>(limit > 0 ? std::min<int64_t>(limit, 1 << 20) : 1 << 20);
  };
  set(chip.instructions, target.programLength);
  set(chip.stateWords, target.stateWords);
  set(chip.constants, target.constants);
  FailureOr<a1::ProgramNeeds> needs = a1::programNeeds(population, chip);
  if (failed(needs))
    return;
  group.programLength = needs->instructions;
  group.stateWords = needs->stateWords;
  group.constants = needs->constants;
  // Its cycles are those of the engine, whatever the instructions are.
  group.update = {needs->cycles, 0, 0};
}

LogicalResult Reader::addPopulation(PopulationOp population) {
  FailureOr<ModelOp> model = requireModel(population);
  if (failed(model))
    return failure();
  Group group;
  group.name = population.getSymName().str();
  group.size = numElements(*population.getShape());
  DictionaryAttr parameters =
      population.getParameters().value_or(DictionaryAttr::get(population.getContext()));
  // Values that differ from neuron to neuron are words of each; equal ones are constants of the
  // program.
  for (NamedAttribute entry : parameters)
    group.stateWords += isa<ElementsAttr, UniformAttr, NormalAttr>(entry.getValue());
  auto wordsOf = [](Type type) { return bitsOf(type) > 32 ? 2 : 1; };
  for (ParameterOp parameter : model->getParameters())
    if (isa_and_nonnull<ElementsAttr, UniformAttr, NormalAttr>(parameters.get(parameter.getName())))
      group.recordWords += wordsOf(parameter.getResult().getType());
  for (StateOp state : model->getStates()) {
    ++group.stateWords;
    group.recordWords += wordsOf(state.getResult().getType());
    group.stateBits = std::max(group.stateBits, bitsOf(state.getResult().getType()));
  }
  for (InputOp input : model->getInputs()) {
    if (!isFed(population, input))
      continue;
    ++group.ports;
    if (!isFixedPoint(input.getResult().getType()))
      continue;
    FailureOr<PortBound> bound = boundOf(population, input);
    if (failed(bound))
      return failure();
    group.accumulatorBits =
        std::max(group.accumulatorBits, static_cast<int64_t>(bound->accumulatorBits()));
  }
  group.programLength = programLengthOf(*model);
  group.update = countUpdate(*model);
  countInstructions(population, group);
  group.outputs = outputsOf(network, group.name);
  auto key = std::pair<Attribute, Attribute>(population.getModelAttr(), parameters);
  group.program = programOf.try_emplace(key, static_cast<int>(programOf.size())).first->second;
  if (Attribute first = population->getAttr(extensionAttrName))
    group.extension =
        extensionOf.try_emplace(first, static_cast<int>(extensionOf.size())).first->second;
  // A graded output is there in each step.
  bool graded = model->find<EmitOp>() || !model->find<FireOp>();
  if (failed(setRates(population, group,
                      graded ? std::vector<double>{1 / dt} : std::vector<double>())))
    return failure();
  groupOf[group.name] = static_cast<int>(result.groups.size());
  result.groups.push_back(std::move(group));
  return success();
}

//===-- relations
//-------------------------------------------------------------------------------===//

// Synapses at most, of connectors that are listed.
static double boundOfSynapses(Attribute connector, double sources, double targets) {
  return TypeSwitch<Attribute, double>(connector)
      .Case([&](OneToOneAttr) { return sources; })
      .Case([](CSRAttr csr) { return double(numNumbers(csr.getTargets())); })
      .Case([&](ConvAttr conv) {
        ArrayRef<int64_t> kernel = cast<ElementsAttr>(conv.getWeights()).getShapedType().getShape();
        return targets * double(numElements(kernel)) / double(kernel[0]);
      })
      .Case([&](PoolAttr pool) {
        return targets * double(pool.getKernel()[0]) * double(pool.getKernel()[1]);
      })
      .Default([&](Attribute) { return sources * targets; });
}

static Rows rowsOf(ConnectorInterface connector, ArrayRef<int64_t> source, ArrayRef<int64_t> target,
                   RandomKey key) {
  // Lists in the order of the expansion, then by source: connectors go through targets or sources.
  std::vector<std::pair<uint32_t, uint32_t>> pairs;
  connector.expand(source, target, key, [&](int64_t j, int64_t i, double) {
    pairs.push_back({static_cast<uint32_t>(j), static_cast<uint32_t>(i)});
  });
  Rows rows;
  rows.starts.assign(numElements(source) + 1, 0);
  for (auto [j, i] : pairs)
    ++rows.starts[j + 1];
  for (size_t j = 1; j < rows.starts.size(); ++j)
    rows.starts[j] += rows.starts[j - 1];
  std::vector<int64_t> next(rows.starts.begin(), rows.starts.end() - 1);
  rows.targets.resize(pairs.size());
  for (auto [j, i] : pairs)
    rows.targets[next[j]++] = i;
  return rows;
}

LogicalResult Reader::listSynapses(ProjectionOp projection, Relation &relation) {
  SmallVector<int64_t> source(*shapeOf(network, projection.getSource()));
  SmallVector<int64_t> target(*shapeOf(network, projection.getTarget()));
  ConnectorInterface connector = projection.getConnector();
  RandomKey key{network.getSeed(), streamOf(projection.getSymName())};
  switch (relation.kind) {
  case Relation::Kind::AllToAll:
    return success();
  case Relation::Kind::Probability:
  case Relation::Kind::Indegree:
    relation.draw = [=] { return rowsOf(connector, source, target, key); };
    return success();
  case Relation::Kind::Explicit:
    break;
  }
  double bound =
      boundOfSynapses(connector, double(numElements(source)), double(numElements(target)));
  if (bound > maxListed)
    return projection.emitOpError()
           << "unsupported: more than " << int64_t(maxListed) << " synapses that no law describes";
  if (failed(connector.verifyShapes(source, target, [&] { return projection.emitOpError(); })))
    return failure();
  relation.rows = std::make_shared<Rows>(rowsOf(connector, source, target, key));
  return success();
}

LogicalResult Reader::addProjection(ProjectionOp projection) {
  Relation relation;
  relation.name = projection.getSymName().str();
  relation.source = groupOf.at(projection.getSource().str());
  relation.target = groupOf.at(projection.getTarget().str());
  int64_t columns = 0;
  TypeSwitch<Attribute>(projection.getConnector())
      .Case([&](AllToAllAttr all) {
        relation.kind = Relation::Kind::AllToAll;
        relation.allowSelf = all.getAllowSelf();
      })
      .Case([&](DenseAttr) { relation.kind = Relation::Kind::AllToAll; })
      .Case([&](xbar::CrossbarAttr crossbar) {
        relation.kind = Relation::Kind::AllToAll;
        relation.crossbarRows = crossbar.getRows();
        relation.slices = crossbar.numSlices();
        relation.noisy = static_cast<bool>(crossbar.getNoise());
        columns = crossbar.getColumns();
      })
      .Case([&](FixedProbabilityAttr fixed) {
        relation.kind = Relation::Kind::Probability;
        relation.probability = fixed.getProbability().convertToDouble();
        relation.allowSelf = fixed.getAllowSelf();
      })
      .Case([&](FixedIndegreeAttr fixed) {
        relation.kind = Relation::Kind::Indegree;
        relation.indegree = fixed.getIndegree();
      })
      .Default([](Attribute) {});
  // xbar_c7
  if (int64_t &block = result.groups[relation.target].block; columns > 0) {
    if (block > 0 && block != columns)
      return projection.emitOpError()
             << "expected tiles of " << block << " columns, as others into '"
             << projection.getTarget() << "' have, got " << columns;
    block = columns;
  }
  if (std::optional<Type> format = projection.getFormat())
    relation.weightBits = weightBitsOf(projection, cast<fx::FixedType>(*format).getFormat());
  std::vector<int64_t> delays = delayStepsOf(projection);
  for (size_t k = 0; k < delays.size(); ++k) {
    relation.leastDelay = k ? std::min(relation.leastDelay, delays[k]) : delays[k];
    relation.mostDelay = std::max(relation.mostDelay, delays[k]);
  }
  if (failed(listSynapses(projection, relation)))
    return failure();
  result.relations.push_back(std::move(relation));
  return success();
}

FailureOr<SpikeNetwork> engram::ncore::spikeNetworkOf(NetworkOp network,
                                                      const SpikeNetworkOptions &options) {
  return Reader(network, options).run();
}
