// The network as it is compiled for the machine, and a list of what is short: in cores, by counts
// that need no routes; where these fit, in routing tables.
#include "tools/engram/CheckNetwork.h"

#include "tools/engram/Crossbars.h"
#include "tools/engram/ReportNetwork.h"

#include "dialects/Aer/IR/AerOps.h"
#include "dialects/NCore/Targets/Targets.h"
#include "lowering/NeuroToNCore/Check.h"
#include "lowering/NeuroToNCore/FromNeuro.h"
#include "lowering/NeuroToNCore/Passes.h"
#include "lowering/NeuroToNCore/StepWork.h"
#include "lowering/Pipelines/Pipelines.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/Pass/PassManager.h"
#include "runtime/NumberText.h"

#include <cmath>
#include <fmt/format.h>
#include <map>
#include <nlohmann/json.hpp>

using namespace mlir;

namespace engram::tool {

namespace {

using Json = nlohmann::ordered_json;

/// A need above its limit, of a core, a population, a router or the network.
struct Violation {
  std::string place, resource, field;
  int64_t need, limit;
  std::string message;
};

struct Outcome {
  ncore::CheckResult cores;
  std::vector<Violation> violations;
  std::vector<ncore::Remedy> remedies;
  /// Of a step, of machines that say what cores do at the same time.
  std::optional<double> cycles;
  bool fits() const { return violations.empty(); }
};

/// Larger machines of the kind, then all others in the order of their list.
std::vector<ncore::TargetAttr> otherMachines(const ncore::Target &target, MLIRContext *context) {
  std::vector<ncore::TargetAttr> machines;
  std::vector<std::string> names = ncore::largerTargets(target, context);
  for (const std::string &name : ncore::targetNames())
    if (name != target.name && !llvm::is_contained(names, name))
      names.push_back(name);
  for (const std::string &name : names)
    if (FailureOr<ncore::TargetAttr> attr = ncore::loadTarget(name, context); succeeded(attr))
      machines.push_back(*attr);
  return machines;
}

Violation violationOf(const ncore::Excess &excess) {
  return {excess.core >= 0 ? fmt::format("c{}", excess.core) : excess.group,
          ncore::resourceName(excess.resource),
          ncore::limitName(excess.resource),
          excess.need,
          excess.limit,
          excess.message()};
}

//===-- routing tables
//---------------------------------------------------------------------------===//

/// What the tables of routers are short of; failure, after diagnostics, if the network cannot be
/// laid onto the machine.
FailureOr<std::vector<Violation>> tableViolations(ModuleOp discrete, ncore::TargetAttr attr,
                                                  const MachineArguments &arguments) {
  OwningOpRef<ModuleOp> module = discrete.clone();
  (*module)->setAttr(ncore::targetAttrName, attr);
  MappingOptions mapping;
  mapping.partition = arguments.partition;
  mapping.placement = arguments.placement;
  mapping.rates = arguments.rates;
  mapping.seed = arguments.mappingSeed;
  mapping.overfull = true;
  PassManager manager(module->getContext());
  buildMappingPipeline(manager, mapping);
  if (failed(manager.run(*module)))
    return failure();
  int64_t limit = ncore::targetOf(attr).tableEntries;
  std::vector<Violation> violations;
  module->walk([&](aer::TableOp table) {
    int64_t need = llvm::range_size(table.getEntries());
    if (limit == 0 || need <= limit)
      return;
    std::string place = fmt::format("router ({}, {})", table.router().x, table.router().y);
    violations.push_back(
        {place, "table entries", "table_entries", need, limit,
         fmt::format("{} needs {} table entries, limit is {}", place, need, limit)});
  });
  return violations;
}

bool tablesFit(ModuleOp discrete, ncore::TargetAttr attr, const MachineArguments &arguments) {
  ScopedDiagnosticHandler quiet(discrete.getContext(), [](Diagnostic &) { return success(); });
  FailureOr<std::vector<Violation>> violations = tableViolations(discrete, attr, arguments);
  return succeeded(violations) && violations->empty();
}

/// Each is tried on the whole way to the tables.
std::vector<ncore::Remedy> remediesOfTables(ModuleOp discrete, ncore::TargetAttr attr,
                                            const MachineArguments &arguments,
                                            ArrayRef<ncore::TargetAttr> others) {
  std::vector<ncore::Remedy> remedies;
  for (const char *method : {"engram", "metis", "first-fit"}) {
    MachineArguments other = arguments;
    other.partition = method;
    if (method == arguments.partition || !tablesFit(discrete, attr, other))
      continue;
    remedies.push_back({ncore::Remedy::Kind::Partition, method, 0,
                        fmt::format("with the partition '{}' it fits", method)});
    break;
  }
  // A machine that has tables as small only spreads them; a few are enough to see that it does not.
  constexpr size_t mostTries = 6;
  for (ncore::TargetAttr other : others.take_front(mostTries)) {
    if (!tablesFit(discrete, other, arguments))
      continue;
    ncore::Target target = ncore::targetOf(other);
    remedies.push_back({ncore::Remedy::Kind::Machine, target.name, target.numCores(),
                        fmt::format("on '{}' it fits", target.name)});
    break;
  }
  return remedies;
}

//===-- output
//-----------------------------------------------------------------------------------===//

const char *kindOf(ncore::Remedy::Kind kind) {
  switch (kind) {
  case ncore::Remedy::Kind::WeightBits:
    return "weight_bits";
  case ncore::Remedy::Kind::Partition:
    return "partition";
  case ncore::Remedy::Kind::Machine:
    return "target";
  case ncore::Remedy::Kind::Delays:
    return "delays";
  case ncore::Remedy::Kind::Formats:
    return "formats";
  }
  return "";
}

Json jsonOf(const Outcome &outcome, const ncore::Target &target, const std::string &network) {
  const ncore::CheckResult &cores = outcome.cores;
  Json json = {{"network", network},
               {"target", target.name},
               {"fits", outcome.fits()},
               {"neurons", cores.neurons},
               {"synapses", std::round(cores.synapses)},
               {"cores", {{"need", cores.cores}, {"limit", target.numCores()}}},
               {"exact", cores.exact},
               {"open_weight_bits", cores.openWeightBits},
               {"cycles_per_step", outcome.cycles ? Json(*outcome.cycles) : Json()},
               {"violations", Json::array()},
               {"help", Json::array()}};
  for (const Violation &violation : outcome.violations)
    json["violations"].push_back({{"place", violation.place},
                                  {"resource", violation.resource},
                                  {"field", violation.field},
                                  {"need", violation.need},
                                  {"limit", violation.limit},
                                  {"message", violation.message}});
  for (const ncore::Remedy &remedy : outcome.remedies)
    json["help"].push_back({{"kind", kindOf(remedy.kind)},
                            {"name", remedy.name},
                            {"number", remedy.number},
                            {"message", remedy.text}});
  return json;
}

std::string textOf(const Outcome &outcome, const ncore::Target &target,
                   const std::string &network) {
  const ncore::CheckResult &cores = outcome.cores;
  std::string text =
      fmt::format("'{}' {} '{}': {} neurons, {}{} synapses, {} of {} cores\n", network,
                  outcome.fits() ? "fits" : "does not fit", target.name, grouped(cores.neurons),
                  cores.exact ? "" : "about ", grouped(std::llround(cores.synapses)),
                  grouped(cores.cores), grouped(target.numCores()));
  if (cores.openWeightBits)
    text += fmt::format("weights are not numbers of a format yet and count as {} bits\n",
                        cores.openWeightBits);
  if (!cores.exact)
    text += "random connections count as their mean and five standard deviations\n";
  if (outcome.cycles && outcome.fits())
    text += fmt::format("a step takes about {} cycles{}\n", grouped(std::llround(*outcome.cycles)),
                        target.clockHz > 0
                            ? fmt::format(", {:.3g} us", *outcome.cycles / target.clockHz * 1e6)
                            : "");
  if (!outcome.fits())
    text += "\nneeds above their limits\n";
  // A machine has many cores and routers; the first of a resource stand for the rest.
  constexpr int most = 20;
  std::map<std::string, int> shown;
  for (const Violation &violation : outcome.violations)
    if (shown[violation.resource]++ < most)
      text += "  " + violation.message + "\n";
  for (const auto &[resource, count] : shown)
    if (count > most)
      text += fmt::format("  {} more places are short of {}; '--json' lists them\n", count - most,
                          resource);
  if (!outcome.remedies.empty())
    text += "\nwhat would help\n";
  for (const ncore::Remedy &remedy : outcome.remedies)
    text += "  " + remedy.text + "\n";
  return text;
}

/// The machine as it is for neurons: without the cores that the network's sources take.
ncore::Target machineFor(neuro::NetworkOp network, ncore::TargetAttr attr) {
  ncore::Target target = ncore::targetOf(attr);
  if (!network.getOps<neuro::SourceOp>().empty())
    target.reserveSourceCores({0, 0});
  return target;
}

/// What is short on the way of a discrete network to the machine; none after a diagnostic.
std::optional<Outcome> outcomeOn(ModuleOp discrete, StringRef network, ncore::TargetAttr attr,
                                 const MachineArguments &arguments) {
  OwningOpRef<ModuleOp> delayed = discrete.clone();
  (*delayed)->setAttr(ncore::targetAttrName, attr);
  PassManager manager(discrete.getContext());
  manager.addPass(ncore::createMapDelaysPass());
  if (failed(manager.run(*delayed)))
    return std::nullopt;
  ncore::SpikeNetworkOptions rates;
  rates.recording = arguments.rates;
  auto mapped = delayed->lookupSymbol<neuro::NetworkOp>(network);
  FailureOr<ncore::SpikeNetwork> spikes = ncore::spikeNetworkOf(mapped, rates);
  if (failed(spikes))
    return std::nullopt;
  ncore::Target target = machineFor(mapped, attr);
  if (target.ownPrograms)
    spikes->separatePrograms();
  std::vector<ncore::TargetAttr> others = otherMachines(target, discrete.getContext());
  ncore::CheckOptions options;
  options.partition.method =
      ncore::parsePartitionMethod(arguments.partition).value_or(ncore::PartitionMethod::Engram);
  options.partition.seed = arguments.mappingSeed;
  for (ncore::TargetAttr other : others)
    options.others.push_back(machineFor(mapped, other));
  Outcome outcome;
  outcome.cores = ncore::checkNetwork(*spikes, target, options);
  for (const ncore::Excess &excess : outcome.cores.excesses)
    outcome.violations.push_back(violationOf(excess));
  outcome.remedies = outcome.cores.remedies;
  if (!outcome.cores.fits())
    return outcome;
  if (target.deliversWhileUpdating) {
    // Cores that lie close together: places are not looked for here.
    double side = std::ceil(std::sqrt(double(outcome.cores.cores)));
    outcome.cycles = ncore::expectedCycles(*spikes, outcome.cores.assignment, target,
                                           stepSecondsOf(mapped), 2 * (side - 1))
                         .sum();
  }
  FailureOr<std::vector<Violation>> tables = tableViolations(discrete, attr, arguments);
  if (failed(tables))
    return std::nullopt;
  outcome.violations = *tables;
  if (!tables->empty())
    outcome.remedies = remediesOfTables(discrete, attr, arguments, others);
  return outcome;
}

} // namespace

int checkNetworkOn(const MachineArguments &arguments, Session &session, LoadedNetwork &loaded,
                   const LoweringArguments &lowering, bool json) {
  FailureOr<ncore::TargetAttr> attr = ncore::loadTarget(arguments.target, &session.context);
  if (failed(attr))
    return inputFault;
  std::string network = loaded.network.getSymName().str();
  if (int code = lowerTo("discrete", *loaded.module, lowering))
    return code;
  std::optional<Outcome> outcome = outcomeOn(*loaded.module, network, *attr, arguments);
  if (!outcome)
    return inputFault;
  ncore::Target target = machineFor(loaded.network, *attr);
  std::string text;
  if (json) {
    Json report = jsonOf(*outcome, target, network);
    if (Json crossbars = reportCrossbars(loaded.network); !crossbars.is_null())
      report["crossbars"] = std::move(crossbars);
    text = report.dump(2) + "\n";
  } else {
    text = textOf(*outcome, target, network);
  }
  int code = writeText("", text);
  if (code || outcome->fits())
    return code;
  size_t count = outcome->violations.size();
  return failInput(fmt::format("'{}' does not fit '{}': {} {} above {}", network, target.name,
                               count, count == 1 ? "need" : "needs",
                               count == 1 ? "its limit" : "their limits"));
}

} // namespace engram::tool
