// engram targets: lists, shows and checks descriptions of machines.
#include "tools/engram/LoadNetwork.h"
#include "tools/engram/TargetJson.h"

#include "backends/Accelerator/ChipPackage.h"
#include "backends/Accelerator/CompileImage.h"
#include "dialects/NCore/IR/TargetFields.h"
#include "dialects/NCore/Targets/Targets.h"

#include "runtime/NumberText.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

using namespace mlir;

namespace engram::tool {

namespace {

struct TargetsOptions {
  std::string verb = "list", name;
  bool json = false, text = false, verilog = false;
};

using Json = nlohmann::ordered_json;

int list(Session &session, bool json) {
  std::vector<std::vector<std::string>> rows = {
      {"name", "machine", "cores", "neurons", "synapse words", "entries", ""}};
  Json all = Json::array();
  auto limit = [](int64_t value) { return value ? grouped(value) : std::string("-"); };
  for (const std::string &name : ncore::targetNames()) {
    FailureOr<ncore::TargetAttr> attr = ncore::loadTarget(name, &session.context);
    if (failed(attr))
      return failInput(fmt::format("the shipped target '{}' cannot be read", name));
    ncore::Target target = ncore::targetOf(*attr);
    all.push_back({{"name", name},
                   {"description", target.description},
                   {"topology", ncore::nameOf(target.topology)},
                   {"grid", {target.gridX, target.gridY}},
                   {"routers", target.numRouters()},
                   {"cores", target.numCores()},
                   {"neurons", target.neurons},
                   {"synapse_words", target.synapseWords},
                   {"table_entries", target.tableEntries}});
    rows.push_back({name, ncore::shapeOf(target), grouped(target.numCores()), limit(target.neurons),
                    limit(target.synapseWords), limit(target.tableEntries), target.description});
  }
  if (json)
    return writeText("", all.dump(2) + "\n");
  std::vector<size_t> widths(rows.front().size());
  for (const auto &row : rows)
    for (size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], row[i].size());
  std::string text;
  for (const auto &row : rows) {
    std::string line;
    for (size_t i = 0; i < row.size(); ++i)
      line += i >= 2 && i <= 5 ? fmt::format("{:>{}}  ", row[i], widths[i])
                               : fmt::format("{:<{}}  ", row[i], widths[i]);
    text += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
  }
  text += "\nneurons and synapse words are those of a core, entries those of a router\n";
  for (const ncore::TargetFamily &family : ncore::targetFamilies())
    text += fmt::format("{}: {}\n", family.pattern, family.meaning);
  return writeText("", text);
}

int show(Session &session, const TargetsOptions &options) {
  if (std::optional<std::string> unknown = ncore::unknownTarget(options.name))
    return failCall(*unknown);
  FailureOr<ncore::TargetAttr> attr = ncore::loadTarget(options.name, &session.context);
  if (failed(attr))
    return inputFault;
  if (options.text) {
    OwningOpRef<ModuleOp> module = ModuleOp::create(UnknownLoc::get(&session.context));
    (*module)->setAttr(ncore::targetAttrName, *attr);
    return writeText("", printModule(*module));
  }
  if (options.verilog) {
    FailureOr<a1::ChipParameters> chip = a1::chipOf(*attr, UnknownLoc::get(&session.context));
    return failed(chip) ? inputFault : writeText("", a1::chipPackage(*chip, options.name));
  }
  ncore::Target target = ncore::targetOf(*attr);
  return writeText("", options.json ? targetJson(target).dump(2) + "\n" : describeTarget(target));
}

int runTargets(const TargetsOptions &options) {
  Session session;
  return options.verb == "show" ? show(session, options) : list(session, options.json);
}

} // namespace

void addTargetsCommand(CLI::App &app, Action &action) {
  auto options = std::make_shared<TargetsOptions>();
  CLI::App *command = app.add_subcommand("targets", "list, show and check machines");
  CLI::Option *direct = command->add_option("NAME", options->name,
                                            "name of a machine, or a .mlir file to check and show");
  CLI::App *listing = command->add_subcommand("list", "one line a machine (the default)");
  CLI::App *showing = command->add_subcommand("show", "all numbers of a machine, with units");
  showing->add_option("NAME", options->name, "name of a machine, or a .mlir file")->required();
  for (CLI::App *one : {command, listing, showing})
    one->add_flag("--json", options->json, "as JSON; null is no limit, or not known");
  for (CLI::App *one : {command, showing})
    one->add_flag("--mlir", options->text, "its definition, as text to copy and change");
  for (CLI::App *one : {command, showing})
    one->add_flag("--sv", options->verilog, "the package of its sizes that rtl/ is built with");
  command->require_subcommand(0, 1);
  command->footer("examples:\n  engram targets\n  engram targets show spinnaker-1-48\n"
                  "  engram targets show engram-a1 --mlir > mine.mlir\n  engram targets mine.mlir");
  command->callback([options, showing, listing, direct, &action] {
    bool named = direct->count() > 0 && !listing->parsed();
    options->verb = showing->parsed() || named ? "show" : "list";
    action = [options] { return runTargets(*options); };
  });
}

} // namespace engram::tool
