// engram report: a network and what its mapping to a machine amounts to, as a page or as JSON.
#include "tools/engram/FixedPoint.h"
#include "tools/engram/LoadNetwork.h"
#include "tools/engram/Machines.h"
#include "tools/engram/ReportChip.h"
#include "tools/engram/ReportMapping.h"
#include "tools/engram/ReportNetwork.h"
#include "tools/engram/ReportPage.h"
#include "tools/engram/ReportSimulation.h"
#include "tools/engram/TargetJson.h"

#include "dialects/Aer/IR/AerOps.h"
#include "dialects/NCore/IR/TargetFields.h"
#include "dialects/NCore/Targets/Targets.h"
#include "dialects/Neuro/IR/Instance.h"
#include "lowering/NeuroToNCore/FromNeuro.h"

#include <fmt/format.h>

using namespace mlir;

namespace engram::tool {

namespace {

using Json = nlohmann::ordered_json;

struct ReportArguments {
  NetworkArguments network;
  FixedPointArguments fixedPoint;
  InputArguments input;     ///< that calibrates
  MachineArguments machine; ///< without a target the network is shown as it is
  std::string mapping, output;
  bool json = false;
};

} // namespace

/// The mapping of the network that is meant; null if it has none. Sets 'code' if that is an error.
static ncore::MappingOp pickMapping(const LoadedNetwork &loaded, const ReportArguments &arguments,
                                    int &code) {
  ncore::MappingOp picked;
  std::vector<std::string> names;
  ModuleOp module = *loaded.module;
  neuro::NetworkOp network = loaded.network;
  for (auto mapping : module.getOps<ncore::MappingOp>()) {
    if (mapping.getNetwork() != network.getSymName())
      continue;
    names.push_back(mapping.getSymName().str());
    if (arguments.mapping.empty() || names.back() == arguments.mapping)
      picked = mapping;
  }
  if (!arguments.mapping.empty() && !picked)
    code = failCall(fmt::format(
        "'{}': no mapping '{}'{}; network '{}' has {}", arguments.network.path, arguments.mapping,
        suggestion(arguments.mapping, names), network.getSymName().str(), listOf(names)));
  if (arguments.mapping.empty() && names.size() > 1)
    code = failCall(fmt::format("'{}': which mapping; '--mapping' picks one of {}",
                                arguments.network.path, listOf(names)));
  return picked;
}

static const char *stageOf(neuro::NetworkOp network, ncore::MappingOp mapping, const Json &report) {
  if (!mapping)
    return isDiscrete(network) ? "discrete" : "network";
  if (report.contains("tables"))
    return "routed";
  if (report.contains("keys"))
    return "keys";
  return report["mapping"]["routers_used"].is_null() ? "mapped" : "placed";
}

/// Weights or states are numbers of fixed point.
static bool isFixedPoint(neuro::NetworkOp network) {
  for (auto projection : network.getBody().getOps<neuro::ProjectionOp>())
    if (projection.getFormat())
      return true;
  for (auto population : network.getBody().getOps<neuro::PopulationOp>())
    for (neuro::StateOp state : neuro::modelOf(population).getStates())
      if (isa<fx::FixedType>(state.getResult().getType()))
        return true;
  return false;
}

static Json fieldsOfTargets() {
  Json fields = Json::array();
  for (const ncore::TargetField &field : ncore::targetFields())
    fields.push_back({{"name", field.name}, {"unit", field.unit}, {"meaning", field.meaning}});
  return fields;
}

static std::optional<Json> makeReport(const LoadedNetwork &loaded, ncore::MappingOp mapping,
                                      const std::string &recording) {
  neuro::NetworkOp network = loaded.network;
  ModuleOp module = *loaded.module;
  std::optional<ncore::Target> target;
  if (ncore::TargetAttr attr = ncore::targetAttrOf(module))
    target = ncore::targetOf(attr);
  std::optional<ncore::SpikeNetwork> known;
  if (mapping) {
    if (!target) {
      mapping.emitOpError() << "expected the module to have a target, the attribute '"
                            << ncore::targetAttrName << "'";
      return std::nullopt;
    }
    ncore::SpikeNetworkOptions options;
    options.rate = assumedRateOf(mapping);
    options.recording = recording;
    FailureOr<ncore::SpikeNetwork> read = ncore::spikeNetworkOf(network, options);
    if (failed(read))
      return std::nullopt;
    known = std::move(*read);
  }
  std::optional<Json> graph = reportNetwork(network, known ? &*known : nullptr);
  if (!graph)
    return std::nullopt;
  Json report = {{"report", 1},
                 {"stage", ""},
                 {"fixed_point", isFixedPoint(network)},
                 {"network", std::move(*graph)}};
  if (target) {
    report["target"] = targetJson(*target);
    report["target_fields"] = fieldsOfTargets();
  }
  if (mapping && failed(reportMapping(mapping, *target, *known, report)))
    return std::nullopt;
  report["delays"] = reportDelays(network, target ? target->delaySlots : 0);
  if (Json quantization = reportQuantization(network); !quantization.is_null())
    report["quantization"] = std::move(quantization);
  if (Json crossbars = reportCrossbars(network); !crossbars.is_null())
    report["crossbars"] = std::move(crossbars);
  report["stage"] = stageOf(network, mapping, report);
  return report;
}

/// What the options ask for: fixed point, and the way onto a target.
static int lower(LoadedNetwork &loaded, const ReportArguments &arguments) {
  std::string name = loaded.network.getSymName().str();
  FixedPointArguments fixedPoint = arguments.fixedPoint;
  fixedPoint.crossbars.target = arguments.machine.target;
  int code = makeFixedPoint(*loaded.module, fixedPoint, arguments.input);
  if (code != done)
    return code;
  if (!arguments.machine.target.empty()) {
    for (auto mapping : loaded.module->getOps<ncore::MappingOp>())
      if (mapping.getNetwork() == name)
        return failCall(fmt::format("'{}': network '{}' is mapped already; '--target' is for one "
                                    "that is not",
                                    arguments.network.path, name));
    code = mapOntoTarget(*loaded.module, arguments.machine);
    if (code != done)
      return code;
  }
  FailureOr<neuro::NetworkOp> network = neuro::findNetwork(*loaded.module, name);
  if (failed(network))
    return inputFault;
  loaded.network = *network;
  return done;
}

static int runReport(const ReportArguments &arguments) {
  if (!arguments.json && arguments.output.empty())
    return failCall("'--output' names the page to write, or '--json' prints the numbers");
  Session session;
  int code = done;
  std::optional<LoadedNetwork> loaded = loadNetwork(session, arguments.network, code);
  if (!loaded)
    return code;
  code = lower(*loaded, arguments);
  if (code != done)
    return code;
  ncore::MappingOp mapping = pickMapping(*loaded, arguments, code);
  if (code != done)
    return code;
  std::optional<Json> report = makeReport(*loaded, mapping, arguments.machine.rates);
  if (!report)
    return inputFault;
  if (mapping && isFixedPoint(loaded->network)) {
    Json chip;
    ncore::Target target = ncore::targetOf(ncore::targetAttrOf(*loaded->module));
    code = reportChip(loaded->network, target, arguments.machine, arguments.input, chip);
    if (code != done)
      return code;
    if (!chip.is_null())
      (*report)["chip"] = std::move(chip);
  }
  if (mapping) {
    Json simulation;
    code = reportSimulation(loaded->network, arguments.machine, arguments.input, simulation);
    if (code != done)
      return code;
    if (!simulation.is_null())
      (*report)["simulation"] = std::move(simulation);
  }
  constexpr auto replace = Json::error_handler_t::replace;
  return writeText(arguments.output, arguments.json ? report->dump(1, ' ', false, replace) + "\n"
                                                    : reportPage(*report));
}

void addReportCommand(CLI::App &app, Action &action) {
  auto arguments = std::make_shared<ReportArguments>();
  // Tables that are too large are what a report is for.
  arguments->machine.overfull = true;
  CLI::App *command =
      app.add_subcommand("report", "show what a network needs of a machine, as a page or as JSON");
  addNetworkOptions(*command, arguments->network);
  command
      ->add_option("--target", arguments->machine.target,
                   "machine to map the network onto first: one of 'engram targets', or a .mlir "
                   "file that describes one")
      ->check([](const std::string &name) { return ncore::unknownTarget(name).value_or(""); });
  command->add_option("--mapping", arguments->mapping,
                      "name of the mapping, where the network has several");
  command->add_option("-o,--output", arguments->output,
                      "file to write: one page of HTML that needs nothing else");
  command->add_flag("--json", arguments->json,
                    "write the numbers as one JSON object, to standard output without '--output'");
  addFixedPointOptions(*command, arguments->fixedPoint);
  addInputOptions(*command, arguments->input);
  addMappingOptions(*command, arguments->machine);
  command->footer("examples:\n"
                  "  engram report net.nir --target=engram-a1 -o report.html\n"
                  "  engram report placed.mlir --json");
  command->callback(
      [arguments, &action] { action = [arguments] { return runReport(*arguments); }; });
}

} // namespace engram::tool
