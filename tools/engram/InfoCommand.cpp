// engram info: what is in a file.
#include "tools/engram/AcceleratorFiles.h"
#include "tools/engram/DescribeNetwork.h"
#include "tools/engram/LoadNetwork.h"
#include "tools/engram/SpiNNakerFiles.h"

#include "runtime/Csv.h"
#include "runtime/EventFile.h"
#include "runtime/Npy.h"
#include "runtime/NumberText.h"
#include "runtime/ReadFile.h"
#include "runtime/SonataSpikes.h"

#include <algorithm>
#include <fmt/format.h>

namespace engram::tool {

namespace {

using Json = nlohmann::ordered_json;

struct InfoOptions {
  NetworkArguments network;
  bool json = false, disassemble = false;
};

Description describeArray(const char *kind, const Tensor &tensor) {
  Description result;
  result.json = {
      {"kind", kind}, {"shape", tensor.shape}, {"type", std::string(dtypeName(tensor.dtype))}};
  result.text =
      fmt::format("{}: shape {}, {}", kind, shapeString(tensor.shape), dtypeName(tensor.dtype));
  if (tensor.size() == 0)
    return result;
  double low = tensor.at(0), high = tensor.at(0);
  for (int64_t i = 1; i < tensor.size(); ++i) {
    low = std::min(low, tensor.at(i));
    high = std::max(high, tensor.at(i));
  }
  result.json["min"] = low;
  result.json["max"] = high;
  result.text += fmt::format(", {} to {}", shortestNumber(low), shortestNumber(high));
  return result;
}

Expected<Description> describeSpikes(const std::string &path) {
  Expected<std::vector<SpikePopulation>> read = readSonataSpikes(path);
  if (!read)
    return fail(read.error().message);
  Description result;
  result.json = {{"kind", "SONATA spikes"}, {"populations", Json::array()}};
  result.text = fmt::format("SONATA spikes: {} populations", read->size());
  for (const SpikePopulation &population : *read) {
    Json entry = {{"name", population.name}, {"spikes", population.timesMs.size()}};
    result.text += fmt::format("\n  '{}': {} spikes", population.name,
                               grouped(static_cast<int64_t>(population.timesMs.size())));
    if (!population.timesMs.empty()) {
      auto [first, last] =
          std::minmax_element(population.timesMs.begin(), population.timesMs.end());
      uint64_t node = *std::max_element(population.nodeIds.begin(), population.nodeIds.end());
      entry["first_ms"] = *first;
      entry["last_ms"] = *last;
      entry["largest_node"] = node;
      result.text += fmt::format(", {} to {} ms, nodes up to {}", shortestNumber(*first),
                                 shortestNumber(*last), node);
    }
    result.json["populations"].push_back(std::move(entry));
  }
  return result;
}

Expected<Description> describeEvents(const std::string &path) {
  Expected<std::vector<Event>> events = readEvents(path);
  if (!events)
    return fail(events.error().message);
  int64_t width = 0, height = 0;
  for (const Event &event : *events) {
    width = std::max<int64_t>(width, event.x + 1);
    height = std::max<int64_t>(height, event.y + 1);
  }
  int64_t duration = events->back().timeUs - events->front().timeUs;
  Description result;
  result.json = {{"kind", "events"},
                 {"events", events->size()},
                 {"duration_us", duration},
                 {"width", width},
                 {"height", height}};
  result.text = fmt::format("events: {} in {} ms, within {} x {} pixels",
                            grouped(static_cast<int64_t>(events->size())),
                            shortestNumber(static_cast<double>(duration) / 1000), width, height);
  return result;
}

/// Data files; empty if the extension is that of none.
std::optional<Expected<Description>> describeData(const InfoOptions &options) {
  const std::string &path = options.network.path;
  std::string extension = extensionOf(path);
  auto array = [](const char *kind, const Expected<Tensor> &tensor) -> Expected<Description> {
    return tensor ? Expected<Description>(describeArray(kind, *tensor))
                  : fail(tensor.error().message);
  };
  if (isSpiNNakerPackage(path))
    return describeSpiNNakerPackage(path);
  if (isAcceleratorImage(path))
    return describeAcceleratorImage(path, options.disassemble);
  if (extension == "npy")
    return array("array", readNpy(path));
  if (extension == "csv" || extension == "tsv" || extension == "txt")
    return array("table", readCsv(path).map([](CsvTable &&table) { return table.values; }));
  if (extension == "bs2" || extension == "bin")
    return describeEvents(path);
  if (extension == "h5")
    return describeSpikes(path);
  return std::nullopt;
}

int runInfo(const InfoOptions &options) {
  constexpr auto replace = Json::error_handler_t::replace;
  if (auto data = describeData(options)) {
    if (!*data)
      return failInput(data->error().message);
    return writeText(
        "", (options.json ? (*data)->json.dump(2, ' ', false, replace) : (*data)->text) + "\n");
  }
  Session session;
  int code = done;
  std::optional<LoadedNetwork> loaded = loadNetwork(session, options.network, code);
  if (!loaded)
    return code;
  std::optional<Json> description = summaryOf(loaded->network);
  if (!description)
    return inputFault;
  return writeText("", options.json ? description->dump(2, ' ', false, replace) + "\n"
                                    : textOfNetwork(*description));
}

} // namespace

void addInfoCommand(CLI::App &app, Action &action) {
  auto options = std::make_shared<InfoOptions>();
  CLI::App *command =
      app.add_subcommand("info", "say what is in a network, a file of data, an image or a package");
  addNetworkOptions(*command, options->network);
  command->add_flag("--json", options->json, "print one JSON object");
  command->add_flag("--disassemble", options->disassemble,
                    "of an image: the programs of its cores too");
  command->footer("examples:\n  engram info net.nir\n  engram info images.npy\n"
                  "  engram info net.egi --disassemble\n  engram info net.spin");
  command->callback([options, &action] { action = [options] { return runInfo(*options); }; });
}

} // namespace engram::tool
