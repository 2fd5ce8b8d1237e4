// A run on the chip for its numbers.
#include "tools/engram/ReportChip.h"

#include "tools/engram/ReportNetwork.h"

#include "backends/Accelerator/AcceleratorMachine.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/Transforms/Alignment.h"
#include "runtime/Runner.h"
#include "runtime/reference/ChipTraffic.h"

#include <algorithm>
#include <fmt/format.h>

using namespace mlir;
using namespace engram::a1;

namespace engram::tool {

using Json = nlohmann::ordered_json;

namespace {

/// What a run has left behind.
struct ChipRun {
  std::vector<std::pair<std::string, uint64_t>> counters;
  std::shared_ptr<ChipTraffic> traffic; ///< of the golden model
  RunResult result;

  std::optional<double> counter(const char *name) const {
    for (const auto &[known, value] : counters)
      if (known == name)
        return static_cast<double>(value);
    return std::nullopt;
  }
};

} // namespace

/// Samples that a report runs if nobody says which.
static constexpr int64_t usualSamples = 1;

/// Runs on the chip of the arguments. An error says why it cannot be.
static Expected<ChipRun> runOnChip(neuro::NetworkOp network, const MachineArguments &arguments,
                                   const Inputs &inputs, const RunOptions &options) {
  std::string why = "the network does not fit the chip";
  ScopedDiagnosticHandler handler(network.getContext(), [&](Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() == DiagnosticSeverity::Error)
      why = diagnostic.str();
    return success();
  });
  Device *device = nullptr;
  auto make = [&](const ChipParameters &chip) {
    Expected<std::unique_ptr<Device>> made = chipMaker(arguments)(chip);
    device = made ? made->get() : nullptr;
    return made;
  };
  FailureOr<std::unique_ptr<Machine>> machine = a1::createMachine(network, make);
  if (succeeded(machine))
    machine = neuro::alignMachine(network, std::move(*machine));
  if (failed(machine))
    return fail(why);
  ChipRun run;
  Expected<RunResult> result = runSamples(**machine, inputs.perSource, options);
  if (!result)
    return fail(result.error().message);
  run.result = std::move(*result);
  run.counters = (*machine)->counters();
  if (const ChipTraffic *traffic = device->traffic())
    run.traffic = std::make_shared<ChipTraffic>(*traffic);
  return run;
}

static Json jsonOf(const std::optional<double> &value) { return value ? Json(*value) : Json(); }

static Json linksOf(const ChipTraffic &traffic, const ncore::Target &target) {
  Json links = Json::array();
  std::vector<size_t> order;
  for (size_t k = 0; k < traffic.links.size(); ++k)
    if (traffic.links[k])
      order.push_back(k);
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return traffic.links[a] != traffic.links[b] ? traffic.links[a] > traffic.links[b] : a < b;
  });
  for (size_t k : order)
    links.push_back({k / 4 % static_cast<size_t>(target.gridX),
                     k / 4 / static_cast<size_t>(target.gridX), k % 4,
                     static_cast<double>(traffic.links[k]) / static_cast<double>(traffic.steps)});
  return links;
}

static Json coresOf(const ChipTraffic &traffic, const ncore::Target &target) {
  Json cores = Json::array();
  auto steps = static_cast<double>(traffic.steps);
  for (size_t k = 0; k < traffic.totals.size(); ++k) {
    const CoreWork &work = traffic.totals[k];
    double update = work.programs + work.after;
    double spikes = work.host.spikes + work.cores.spikes;
    if (update == 0 && spikes == 0 && work.conversion == 0)
      continue;
    cores.push_back(
        {{"at", {k % static_cast<size_t>(target.gridX), k / static_cast<size_t>(target.gridX)}},
         {"host_spikes", work.host.spikes / steps},
         {"core_spikes", work.cores.spikes / steps},
         {"row_cycles", (work.host.cycles + work.cores.cycles) / steps},
         {"update_cycles", update / steps},
         {"drive_cycles", (work.host.drives + work.cores.drives) / steps},
         {"conversion_cycles", work.conversion / steps},
         {"sops", (work.host.sops + work.cores.sops) / steps}});
  }
  return cores;
}

static Json energyOf(const ChipTraffic &traffic, double spikes, double cycles,
                     const ncore::Target &target) {
  double sops = 0, neurons = 0, hops = 0, driven = 0, codes = 0;
  for (const CoreWork &work : traffic.totals) {
    sops += work.host.sops + work.cores.sops;
    neurons += work.neurons;
    driven += work.driven;
    codes += work.codes;
  }
  for (uint64_t packets : traffic.links)
    hops += static_cast<double>(packets);
  auto steps = static_cast<double>(traffic.steps);
  Json parts = Json::array();
  double joules = 0;
  auto add = [&](const char *name, double count, double each, const char *unit) {
    parts.push_back({{"name", name},
                     {"count", count},
                     {"each", each > 0 ? Json(each) : Json()},
                     {"unit", unit},
                     {"joules", each > 0 ? Json(count * each) : Json()}});
    joules += count * each;
  };
  add("synaptic operations", sops / steps, target.energyPerSynapse, "J");
  add("updates of neurons", neurons / steps, target.energyPerNeuronUpdate, "J");
  add("spikes that cores send", spikes, target.energyPerSpike, "J");
  add("hops of packets", hops / steps, target.energyPerHop, "J");
  if (codes > 0) {
    add("rows of crossbars", driven / steps, target.energyPerDrive, "J");
    add("conversions of crossbars", codes / steps, target.energyPerConversion, "J");
  }
  if (target.clockHz > 0)
    add("idle machine", cycles / target.clockHz, target.idleWatts, "W");
  return {{"joules_per_step", joules},
          {"watts", target.clockHz > 0 ? Json(joules * target.clockHz / cycles) : Json()},
          {"source", fmt::format("numbers of the target '{}', not a measurement", target.name)},
          {"parts", std::move(parts)}};
}

/// Which samples and how long; empty, or why nothing can be run.
static int planRun(const NetworkInfo &network, const InputArguments &input, Inputs &inputs,
                   RunOptions &options, std::string &why) {
  if (!network.inputs.empty() && input.files.empty()) {
    why = "no input is given; '--input' names one";
    return done;
  }
  if (int code = openInputs(input, network, "zeros", inputs))
    return code;
  if (inputs.endless() && !input.steps) {
    why = "nothing says how long to run; '--steps' does";
    return done;
  }
  options.steps = input.steps;
  options.endSample.emplace();
  if (int code =
          chooseSamples(input, inputs.sampleCount(), options.firstSample, *options.endSample))
    return code;
  if (input.samples.empty())
    options.endSample = std::min(*options.endSample, usualSamples);
  return done;
}

int reportChip(neuro::NetworkOp network, const ncore::Target &target,
               const MachineArguments &arguments, const InputArguments &input, Json &report) {
  if (!llvm::StringRef(target.name).starts_with("engram-a1"))
    return done;
  Inputs inputs;
  RunOptions options;
  std::string why;
  if (int code = planRun(neuro::describeNetwork(network), input, inputs, options, why))
    return code;
  MachineArguments golden = arguments;
  golden.model = "golden";
  Expected<ChipRun> run = why.empty() ? runOnChip(network, golden, inputs, options) : fail(why);
  Expected<ChipRun> rtl = fail("");
  if (run && arguments.model == "rtl")
    rtl = runOnChip(network, arguments, inputs, options);
  if (!run || (arguments.model == "rtl" && !rtl)) {
    report = {{"not_run", run ? rtl.error().message : run.error().message}};
    return done;
  }
  const ChipTraffic &traffic = *run->traffic;
  auto steps = static_cast<double>(traffic.steps);
  double predicted = traffic.cycles / steps;
  std::optional<double> measured, stalls;
  if (rtl) {
    measured = *rtl->counter("cycles") / steps;
    stalls = *rtl->counter("stalls") / steps;
  }
  double cycles = measured.value_or(predicted), sops = *run->counter("sops") / steps;
  double spikes = *run->counter("spikes") / steps;
  report = {{"model", rtl ? "rtl" : "golden"},
            {"samples", run->result.samples.size()},
            {"steps", traffic.steps},
            {"cycles_per_step", cycles},
            {"measured_cycles_per_step", jsonOf(measured)},
            {"predicted_cycles_per_step", predicted},
            {"predicted_longest_step", traffic.mostCycles},
            {"seconds_per_step", target.clockHz > 0 ? Json(cycles / target.clockHz) : Json()},
            {"sops_per_step", sops},
            {"sops_per_cycle", sops / cycles},
            {"spikes_per_step", spikes},
            {"stalls_per_step", jsonOf(stalls)},
            {"cores", coresOf(traffic, target)},
            {"links", linksOf(traffic, target)},
            {"energy", energyOf(traffic, spikes, cycles, target)}};
  return done;
}

} // namespace engram::tool
