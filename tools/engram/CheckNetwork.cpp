// The network as it is compiled for the machine, up to its partition, and a list of what is short.
#include "tools/engram/CheckNetwork.h"

#include "dialects/NCore/Targets/Targets.h"
#include "lowering/NeuroToNCore/Check.h"
#include "lowering/NeuroToNCore/FromNeuro.h"
#include "lowering/NeuroToNCore/Passes.h"
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

/// Larger machines of the kind, then all others from small to large.
std::vector<ncore::Target> otherMachines(const ncore::Target &target, MLIRContext *context) {
  std::vector<ncore::Target> machines;
  std::vector<std::string> names = ncore::largerTargets(target, context);
  for (const std::string &name : ncore::targetNames())
    if (name != target.name && !llvm::is_contained(names, name))
      names.push_back(name);
  for (const std::string &name : names)
    if (FailureOr<ncore::TargetAttr> attr = ncore::loadTarget(name, context); succeeded(attr))
      machines.push_back(ncore::targetOf(*attr));
  return machines;
}

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

std::string placeOf(const ncore::Excess &excess) {
  return excess.core >= 0 ? fmt::format("c{}", excess.core) : excess.group;
}

Json jsonOf(const ncore::CheckResult &result, const ncore::Target &target,
            const std::string &network) {
  Json json = {{"network", network},
               {"target", target.name},
               {"fits", result.fits()},
               {"neurons", result.neurons},
               {"synapses", std::round(result.synapses)},
               {"cores", {{"need", result.cores}, {"limit", target.numCores()}}},
               {"exact", result.exact},
               {"open_weight_bits", result.openWeightBits},
               {"violations", Json::array()},
               {"help", Json::array()}};
  for (const ncore::Excess &excess : result.excesses)
    json["violations"].push_back({{"place", placeOf(excess)},
                                  {"resource", ncore::resourceName(excess.resource)},
                                  {"field", ncore::limitName(excess.resource)},
                                  {"need", excess.need},
                                  {"limit", excess.limit},
                                  {"message", excess.message()}});
  for (const ncore::Remedy &remedy : result.remedies)
    json["help"].push_back({{"kind", kindOf(remedy.kind)},
                            {"name", remedy.name},
                            {"number", remedy.number},
                            {"message", remedy.text}});
  return json;
}

std::string textOf(const ncore::CheckResult &result, const ncore::Target &target,
                   const std::string &network) {
  std::string text =
      fmt::format("'{}' {} '{}': {} neurons, {}{} synapses, {} of {} cores\n", network,
                  result.fits() ? "fits" : "does not fit", target.name, grouped(result.neurons),
                  result.exact ? "" : "about ", grouped(std::llround(result.synapses)),
                  grouped(result.cores), grouped(target.numCores()));
  if (result.openWeightBits)
    text += fmt::format("weights are not numbers of a format yet and count as {} bits\n",
                        result.openWeightBits);
  if (!result.exact)
    text += "random connections count as their mean and five standard deviations\n";
  // A machine has many cores; the first of a resource stand for the rest.
  constexpr int most = 20;
  std::map<ncore::Resource, int> shown;
  if (!result.fits())
    text += "\nneeds above their limits\n";
  for (const ncore::Excess &excess : result.excesses)
    if (excess.core < 0 || shown[excess.resource]++ < most)
      text += "  " + excess.message() + "\n";
  for (auto [resource, count] : shown)
    if (count > most)
      text += fmt::format("  {} more cores are short of {}; '--json' lists them\n", count - most,
                          ncore::resourceName(resource));
  if (!result.remedies.empty())
    text += "\nwhat would help\n";
  for (const ncore::Remedy &remedy : result.remedies)
    text += "  " + remedy.text + "\n";
  return text;
}

} // namespace

int checkNetworkOn(const std::string &name, Session &session, LoadedNetwork &loaded,
                   const LoweringArguments &arguments, bool json) {
  FailureOr<ncore::TargetAttr> attr = ncore::loadTarget(name, &session.context);
  if (failed(attr))
    return inputFault;
  ncore::Target target = ncore::targetOf(*attr);
  std::string network = loaded.network.getSymName().str();
  (*loaded.module)->setAttr(ncore::targetAttrName, *attr);
  if (int code = lowerTo("discrete", *loaded.module, arguments))
    return code;
  PassManager manager(&session.context);
  manager.addPass(ncore::createMapDelaysPass());
  if (failed(manager.run(*loaded.module)))
    return inputFault;
  auto lowered = loaded.module->lookupSymbol<neuro::NetworkOp>(network);
  FailureOr<ncore::SpikeNetwork> spikes = ncore::spikeNetworkOf(lowered);
  if (failed(spikes))
    return inputFault;
  ncore::CheckOptions options;
  options.others = otherMachines(target, &session.context);
  ncore::CheckResult result = ncore::checkNetwork(*spikes, target, options);
  int code = writeText("", json ? jsonOf(result, target, network).dump(2) + "\n"
                                : textOf(result, target, network));
  if (code || result.fits())
    return code;
  size_t count = result.excesses.size();
  return failInput(fmt::format("'{}' does not fit '{}': {} {} above {}", network, target.name,
                               count, count == 1 ? "need" : "needs",
                               count == 1 ? "its limit" : "their limits"));
}

} // namespace engram::tool
