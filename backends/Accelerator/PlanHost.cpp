// From the IR and the compiled image to the plan; sources as text and back.
#include "backends/Accelerator/PlanHost.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/Transforms/Alignment.h"
#include "dialects/Xbar/IR/XbarDialect.h"
#include "mlir/Parser/Parser.h"
#include "runtime/Nesting.h"
#include <fmt/format.h>

using namespace mlir;
using namespace engram;
using namespace engram::a1;

/// A network of nothing but the sources: as text it holds what they emit, and the seed.
static std::string sourceTextOf(neuro::NetworkOp network) {
  OwningOpRef<ModuleOp> module(ModuleOp::create(network.getLoc()));
  auto copy = cast<neuro::NetworkOp>(network->clone());
  module->push_back(copy);
  for (Operation &op : llvm::make_early_inc_range(copy.getBody().front()))
    if (!isa<neuro::SourceOp>(op))
      op.erase();
  copy->setDiscardableAttrs(DictionaryAttr::get(copy.getContext()));
  std::string text;
  llvm::raw_string_ostream out(text);
  module->print(out);
  return text;
}

static HostPlan::Word wordOf(const StateWord &content) {
  HostPlan::Word word;
  word.name = content.name;
  word.word = content.word;
  word.isHalf = content.isHalf;
  word.bit = content.upper ? halfBits : 0;
  word.holds = content.state           ? "state"
               : content.parameter     ? "parameter"
               : content.biasPort >= 0 ? "bias"
                                       : "output";
  if (auto fixed = dyn_cast<fx::FixedType>(content.type)) {
    word.isSigned = fixed.getIsSigned();
    word.width = static_cast<int>(fixed.getWidth());
    word.fractionBits = static_cast<int>(fixed.getFractionBits());
  } else {
    word.width = static_cast<int>(content.type.getIntOrFloatBitWidth());
    word.isSigned = word.width > 1;
  }
  return word;
}

static LogicalResult addProbe(neuro::ProbeOp op, HostPlan &plan) {
  HostPlan::Probe probe{op.getSymName().str(),
                        op.getTarget().str(),
                        op.getVariable().str(),
                        {},
                        static_cast<int64_t>(op.getEvery())};
  if (op.getNeurons())
    probe.neurons = op.getNeurons()->vec();
  for (const HostPlan::Population &population : plan.populations)
    if (population.name == probe.target && population.graded && probe.variable == "output" &&
        llvm::none_of(population.words,
                      [](const HostPlan::Word &word) { return word.holds == "output"; }))
      return op.emitOpError()
             << "unsupported: no state word is free to keep the graded outputs of '" << probe.target
             << "'; probe a state";
  plan.probes.push_back(std::move(probe));
  return success();
}

FailureOr<HostPlan> engram::a1::planHost(neuro::NetworkOp network,
                                         const CompiledNetwork &compiled) {
  FailureOr<Alignment> alignment = neuro::alignmentOf(network);
  if (failed(alignment))
    return failure();
  HostPlan plan;
  plan.chip = compiled.chip;
  plan.network = network.getSymName().str();
  plan.dtSeconds = neuro::describeNetwork(network).dtSeconds;
  plan.sourceText = sourceTextOf(network);
  auto shapeOf = [&](const std::string &name) { return neuro::shapeOf(network, name)->vec(); };
  for (auto [op, source] : llvm::zip(network.getOps<neuro::SourceOp>(), compiled.sources))
    plan.sources.push_back({source.name, shapeOf(source.name),
                            isa<neuro::ExternalAttr>(op.getKind()), source.used, source.firstKey,
                            source.fractionBits});
  for (auto [op, known] : llvm::zip(network.getOps<neuro::PopulationOp>(), compiled.populations)) {
    neuro::ModelOp model = neuro::modelOf(op);
    HostPlan::Population population;
    population.name = known.name;
    population.model = model.getSymName().str();
    population.shape = shapeOf(known.name);
    population.spiking = static_cast<bool>(model.find<neuro::FireOp>());
    population.graded = known.graded;
    population.relay = alignment->hidden.count(known.name);
    if (auto lag = alignment->lags.find(known.name); lag != alignment->lags.end())
      population.lag = lag->second;
    population.places = known.places;
    for (const StateWord &word : known.stateWords)
      population.words.push_back(wordOf(word));
    plan.populations.push_back(std::move(population));
  }
  for (auto projection : network.getOps<neuro::ProjectionOp>())
    if (auto record = projection->getAttrOfType<DictionaryAttr>(xbar::mappingAttrName)) {
      auto device = record.getAs<StringAttr>("device");
      auto bits = record.getAs<IntegerAttr>("cell_bits");
      if (device && bits)
        plan.crossbars.push_back({projection.getSymName().str(), device.str(),
                                  static_cast<int>(std::clamp<int64_t>(bits.getInt(), 1, 8))});
    }
  for (auto probe : network.getOps<neuro::ProbeOp>())
    if (failed(addProbe(probe, plan)))
      return failure();
  return plan;
}

Expected<OwningOpRef<ModuleOp>> engram::a1::parseSources(const HostPlan &plan,
                                                         MLIRContext &context) {
  std::string why = "is no text of MLIR";
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() == DiagnosticSeverity::Error)
      why = diagnostic.str();
    return success();
  });
  if (nestedTooDeep(plan.sourceText, mostNesting))
    return fail("the sources of the tools' section are nested too deep");
  auto module = parseSourceString<ModuleOp>(plan.sourceText, &context);
  if (!module)
    return fail("the sources of the tools' section: " + why);
  auto networks = module->getOps<neuro::NetworkOp>();
  if (networks.empty())
    return fail("expected a network in the sources of the tools' section");
  auto sources = (*networks.begin()).getOps<neuro::SourceOp>();
  size_t count = 0;
  for (neuro::SourceOp source : sources) {
    bool same = count < plan.sources.size() && source.getSymName() == plan.sources[count].name &&
                source.getShape() && source.getShape()->vec() == plan.sources[count].shape &&
                isa<neuro::ExternalAttr>(source.getKind()) == plan.sources[count].external;
    ++count;
    if (!same)
      return fail(fmt::format("source '{}' of the tools' section is not the one of its text",
                              source.getSymName().str()));
  }
  if (count != plan.sources.size())
    return fail("expected each source of the tools' section in its text");
  return module;
}
