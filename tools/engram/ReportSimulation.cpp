// A run for its numbers: 'simulation' of a report.
#include "tools/engram/ReportSimulation.h"

#include "dialects/Neuro/Transforms/Alignment.h"
#include "runtime/Runner.h"
#include "tools/engram/SpiNNakerRun.h"

#include <cmath>

using namespace mlir;
using namespace engram::spinnaker;

namespace engram::tool {

using Json = nlohmann::ordered_json;

static double secondsOf(Time time) { return static_cast<double>(time) * 1e-12; }

static Json coresOf(const Simulator &machine) {
  Json cores = Json::array();
  const Package &package = machine.package();
  for (size_t k = 0; k < package.cores.size(); ++k) {
    const PackageCore &place = package.cores[k];
    const CoreLoadOf &load = machine.load(k);
    cores.push_back({{"at", {place.x, place.y, place.p}},
                     {"name", place.name},
                     {"program", package.kinds[place.kind].name},
                     {"busy_seconds", secondsOf(load.busy)},
                     {"most_seconds", secondsOf(load.most)},
                     {"most_tick", load.mostTick},
                     {"received", load.work.received},
                     {"rows", load.work.rows},
                     {"synapses", load.work.synapses},
                     {"updates", load.work.updates},
                     {"sent", load.work.sent},
                     {"most_waiting", load.work.most_waiting}});
  }
  return cores;
}

static Json chipsOf(const Simulator &machine) {
  Json chips = Json::array();
  for (size_t c = 0; c < machine.chips().size(); ++c) {
    const ChipShape &chip = machine.chips()[c];
    auto number = static_cast<int>(c);
    const RouterCounters &router = machine.fabric().counters(number);
    const RouterTable &table = machine.fabric().table(number);
    const Memory &memory = machine.memoryOf(c);
    size_t hit = 0;
    for (uint64_t hits : table.hits)
      hit += hits > 0;
    Json links = Json::array();
    for (int l = 0; l < numLinks; ++l)
      links.push_back(chip.neighbours[l] < 0 ? Json()
                                             : Json(machine.fabric().linkPackets(number, l)));
    chips.push_back({{"at", {chip.x, chip.y}},
                     {"routed", router.packets},
                     {"default_routed", router.defaultRouted},
                     {"waited", router.waited},
                     {"waited_seconds", secondsOf(router.waitedFor)},
                     {"emergency", router.emergency},
                     {"dumped", router.dumped},
                     {"reinjected", router.reinjected},
                     {"entries", table.size()},
                     {"entries_used", hit},
                     {"memory_bytes_moved", memory.bytesMoved},
                     {"memory_busy_seconds", secondsOf(memory.busy)},
                     {"links", links}});
  }
  return chips;
}

/// Of each window: packets over all links together, and over the busiest.
static Json trafficOf(const Simulator &machine) {
  const TrafficHistory &history = machine.traffic();
  Json packets = Json::array(), busiest = Json::array();
  for (const std::vector<uint32_t> &window : history.windows) {
    uint64_t sum = 0, most = 0;
    for (uint32_t count : window) {
      sum += count;
      most = std::max<uint64_t>(most, count);
    }
    packets.push_back(sum);
    busiest.push_back(most);
  }
  return {{"ticks_per_window", history.ticksPerWindow}, {"packets", packets}, {"busiest", busiest}};
}

static Json faultsOf(const Simulator &machine) {
  Json faults = Json::array();
  for (int k = 0; k < numFaults; ++k) {
    auto fault = Fault(k);
    if (uint64_t count = machine.faults().count(fault))
      faults.push_back({{"name", faultName(fault)},
                        {"count", count},
                        {"where", machine.faults().located(fault)}});
  }
  return faults;
}

static Json costsOf(const Simulator &machine) {
  Json costs = Json::array();
  for (size_t k = 0; k < machine.package().kinds.size(); ++k) {
    const CostModel &cost = machine.cost(k);
    costs.push_back({{"program", machine.package().kinds[k].name},
                     {"from", cost.source},
                     {"fiq", cost.fiq},
                     {"packet", cost.packet},
                     {"row", cost.row},
                     {"synapse", cost.synapse},
                     {"neuron", cost.neuron},
                     {"send", cost.send},
                     {"tick", cost.tick},
                     {"largest_error", cost.worst}});
  }
  return costs;
}

/// The last sample of a run: its faults stop the run, and are shown.
static Json describe(const Simulator &machine, const MachineArguments &arguments,
                     const std::string &fault) {
  double tick = secondsOf(machine.tickTime()), mean = 0, most = 0;
  size_t cores = machine.package().cores.size();
  auto ticks = static_cast<double>(std::max<int64_t>(machine.ticksDone(), 1));
  for (size_t k = 0; k < cores; ++k) {
    mean += secondsOf(machine.load(k).busy) / ticks / static_cast<double>(cores);
    most = std::max(most, secondsOf(machine.load(k).most));
  }
  Json result = {{"model", arguments.model},
                 {"ticks", machine.ticksDone()},
                 {"tick_seconds", tick},
                 {"slow_down", arguments.spinnaker.slowDown},
                 {"real_time_tick_seconds", machine.package().machine.stepSeconds},
                 {"slow_down_needed", machine.slowDownNeeded()},
                 {"mean_busy_seconds", mean},
                 {"most_busy_seconds", most},
                 {"events", machine.eventsDone()}};
  result["fault"] = fault.empty() ? Json() : Json(fault);
  result["faults"] = faultsOf(machine);
  result["cores"] = coresOf(machine);
  result["chips"] = chipsOf(machine);
  result["traffic"] = trafficOf(machine);
  result["link_seconds"] = secondsOf(Timing().link);
  result["costs"] = costsOf(machine);
  return result;
}

int reportSimulation(neuro::NetworkOp network, const MachineArguments &arguments,
                     const InputArguments &input, Json &simulation) {
  if (!isSpiNNakerModel(arguments.model))
    return done;
  FailureOr<std::unique_ptr<SpiNNakerMachine>> made = simulateSpiNNaker(network, arguments);
  if (failed(made))
    return inputFault;
  const Simulator &machine = (*made)->simulator();
  std::unique_ptr<Machine> asMachine = std::move(*made);
  FailureOr<std::unique_ptr<Machine>> aligned = neuro::alignMachine(network, std::move(asMachine));
  if (failed(aligned))
    return inputFault;
  Inputs inputs;
  if (int code = openInputs(input, (*aligned)->info(), /*otherwise=*/"noise", inputs))
    return code;
  RunOptions options;
  options.steps = input.steps;
  if (!options.steps && inputs.endless())
    options.steps = 100;
  options.endSample.emplace();
  if (int code =
          chooseSamples(input, inputs.sampleCount(), options.firstSample, *options.endSample))
    return code;
  if (input.samples.empty())
    options.endSample = options.firstSample + 1;
  Expected<RunResult> result = runSamples(**aligned, inputs.perSource, options);
  std::string fault = (*aligned)->fault();
  if (!result && fault.empty())
    return failInput(result.error().message);
  simulation = describe(machine, arguments, fault);
  return done;
}

} // namespace engram::tool
