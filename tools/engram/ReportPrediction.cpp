// Loads of cores from laws and lists of synapses, and what they take and cost.
#include "tools/engram/ReportPrediction.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

using namespace engram::ncore;

namespace engram::tool {

//===-- loads
//-----------------------------------------------------------------------------------===//

static void addListedEvents(const SpikeNetwork &network, const Assignment &assignment,
                            const Relation &relation, std::vector<CoreLoad> &loads) {
  const Group &source = network.groups[relation.source];
  const std::vector<int32_t> &coreOf = assignment.coreOf[relation.target];
  const Rows &rows = *relation.rows;
  for (int64_t j = 0; j < rows.numSources(); ++j) {
    double rate = source.rate(j);
    for (int64_t k = rows.starts[j]; k < rows.starts[j + 1]; ++k)
      loads[coreOf[rows.targets[k]]].events += rate;
  }
}

/// Each pair of neurons has `perPair` synapses.
static void addLawEvents(const SpikeNetwork &network, const Assignment &assignment,
                         const Relation &relation, std::vector<CoreLoad> &loads) {
  const Group &source = network.groups[relation.source];
  double perPair = synapsesOfPair(network, relation), all = 0;
  for (int64_t j = 0; j < source.size; ++j)
    all += source.rate(j);
  // Indices that both sides have; an in-degree is drawn from all sources.
  bool withoutSelf = !relation.allowSelf && relation.kind != Relation::Kind::Indegree;
  const std::vector<int32_t> &coreOf = assignment.coreOf[relation.target];
  for (size_t i = 0; i < coreOf.size(); ++i) {
    bool self = withoutSelf && static_cast<int64_t>(i) < source.size;
    loads[coreOf[i]].events += perPair * (all - (self ? source.rate(i) : 0));
  }
}

std::vector<CoreLoad> coreLoadsOf(const SpikeNetwork &network, const Assignment &assignment,
                                  const std::vector<SenderLoad> &senders) {
  std::vector<CoreLoad> loads(assignment.cores);
  for (size_t g = 0; g < network.groups.size(); ++g)
    for (size_t n = 0; n < assignment.coreOf[g].size(); ++n) {
      CoreLoad &load = loads[assignment.coreOf[g][n]];
      ++load.neurons;
      load.spikes += network.groups[g].rate(static_cast<int64_t>(n));
    }
  for (const Relation &relation : network.relations)
    if (relation.isOnCrossbars())
      continue; // its sums are no synaptic events
    else if (relation.kind == Relation::Kind::Explicit)
      addListedEvents(network, assignment, relation, loads);
    else
      addLawEvents(network, assignment, relation, loads);
  for (const SenderLoad &sender : senders)
    for (size_t core : sender.cores)
      loads[core].arrivals += sender.spikes;
  return loads;
}

//===-- prediction
//------------------------------------------------------------------------------===//

/// A number as a person writes it in a formula: at most four digits that count.
static std::string text(double value) {
  if (value != 0 && (std::abs(value) >= 1e6 || std::abs(value) < 1e-3))
    return fmt::format("{:.4g}", value);
  std::string fixed = fmt::format(
      "{:.{}f}", value,
      value == 0 ? 0 : std::max(0, 3 - static_cast<int>(std::floor(std::log10(std::abs(value))))));
  if (fixed.find('.') != std::string::npos) {
    fixed.erase(fixed.find_last_not_of('0') + 1);
    if (fixed.back() == '.')
      fixed.pop_back();
  }
  return fixed;
}

namespace {

class Predictor {
public:
  Predictor(const Target &target, const Loads &loads, double dt)
      : target(target), loads(loads), dt(dt) {}

  Prediction run() {
    time();
    energy();
    return std::move(result);
  }

private:
  const Target &target;
  const Loads &loads;
  double dt;
  Prediction result;

  void time();
  void coreTime();
  void overlappingTime();
  void addUp();
  void energy();

  double cycles(const CoreLoad &load) const {
    return double(load.neurons) * target.cyclesPerNeuron +
           load.arrivals * dt * target.cyclesPerSpike + load.events * dt * target.cyclesPerSynapse;
  }
  void missing(double value, const char *field, const char *what) {
    if (value == 0)
      result.leftOut.push_back(fmt::format("{}: the target does not say '{}'", what, field));
  }
  void addCost(const char *name, std::optional<double> count, double each) {
    EnergyPart part{name, count, {}, false, {}};
    if (each > 0)
      part.each = each;
    if (count && each > 0)
      part.joules = *count * each;
    result.energy.push_back(std::move(part));
  }
};

} // namespace

void Predictor::coreTime() {
  CoreLoad slowest;
  if (target.clockHz > 0 &&
      target.cyclesPerNeuron + target.cyclesPerSpike + target.cyclesPerSynapse > 0)
    for (const CoreLoad &load : loads.cores) {
      result.coreSeconds.push_back(cycles(load) / target.clockHz);
      size_t here = result.coreSeconds.size() - 1;
      if (result.slowestCore < 0 ||
          result.coreSeconds[here] > result.coreSeconds[result.slowestCore]) {
        result.slowestCore = static_cast<int>(here);
        slowest = load;
      }
    }
  auto add = [&](const char *name, double count, const char *noun, double cyclesEach) {
    TimePart part{name, {}, {}};
    if (target.clockHz > 0 && cyclesEach > 0) {
      part.formula = fmt::format("{} {} x {} cycles at {} MHz", text(count), noun, text(cyclesEach),
                                 text(target.clockHz / 1e6));
      part.seconds = count * cyclesEach / target.clockHz;
    }
    result.time.push_back(std::move(part));
  };
  add("neurons of the slowest core", double(slowest.neurons), "neurons", target.cyclesPerNeuron);
  add("spikes that reach it", slowest.arrivals * dt, "spikes", target.cyclesPerSpike);
  add("their synapses", slowest.events * dt, "events", target.cyclesPerSynapse);
  missing(target.clockHz, "clock_hz", "time of cores");
  missing(target.cyclesPerNeuron, "cycles_per_neuron", "time of neurons");
  missing(target.cyclesPerSpike, "cycles_per_spike", "time of spikes that reach a core");
  missing(target.cyclesPerSynapse, "cycles_per_synapse", "time of synapses");
}

/// Cores deliver while they update, so parts are what each adds to the step.
void Predictor::overlappingTime() {
  StepTiming timing = target.timing();
  StepCycles step = cyclesOfStep(loads.work, timing, loads.longestPath.value_or(0));
  missing(target.clockHz, "clock_hz", "time of cores");
  result.cycles = step.sum();
  result.slowestCore = step.slowest;
  auto add = [&](const char *name, double cycles) {
    TimePart part{name, {}, {}};
    if (target.clockHz > 0) {
      part.formula = fmt::format("{} cycles at {} MHz", text(cycles), text(target.clockHz / 1e6));
      part.seconds = cycles / target.clockHz;
    }
    result.time.push_back(std::move(part));
  };
  add("start of a step", step.step);
  add("spikes of hosts", step.host);
  add("conversion of crossbars", step.conversion);
  add("updates of the slowest core", step.update);
  add("spikes of cores behind them", step.delivery);
  add("longest path", step.hops);
  if (target.clockHz > 0)
    for (const CoreWork &core : loads.work)
      result.coreSeconds.push_back(cyclesOfStep({core}, timing, 0).sum() / target.clockHz);
  // Packets are on links while cores work.
  if (loads.busiestLink && target.linkPacketsPerSecond > 0 && target.clockHz > 0) {
    double seconds = *loads.busiestLink * dt / target.linkPacketsPerSecond;
    double more = std::max(0.0, seconds - step.sum() / target.clockHz);
    result.time.push_back(
        {"busiest link behind all that",
         fmt::format("{} packets at {} million a second", text(*loads.busiestLink * dt),
                     text(target.linkPacketsPerSecond / 1e6)),
         more});
  }
}

void Predictor::time() {
  if (target.deliversWhileUpdating) {
    overlappingTime();
    return addUp();
  }
  coreTime();
  TimePart link{"busiest link", {}, {}}, hops{"longest path", {}, {}};
  if (loads.busiestLink && target.linkPacketsPerSecond > 0) {
    link.formula = fmt::format("{} packets at {} million a second", text(*loads.busiestLink * dt),
                               text(target.linkPacketsPerSecond / 1e6));
    link.seconds = *loads.busiestLink * dt / target.linkPacketsPerSecond;
  }
  if (loads.longestPath && target.hopSeconds > 0) {
    hops.formula =
        fmt::format("{} {} x {} ns", *loads.longestPath, *loads.longestPath == 1 ? "hop" : "hops",
                    text(target.hopSeconds * 1e9));
    hops.seconds = *loads.longestPath * target.hopSeconds;
  }
  missing(target.linkPacketsPerSecond, "link_packets_per_second", "time of links");
  missing(target.hopSeconds, "hop_seconds", "time of hops");
  result.time.push_back(std::move(link));
  result.time.push_back(std::move(hops));
  addUp();
}

void Predictor::addUp() {
  for (const TimePart &part : result.time)
    if (part.seconds)
      result.busySeconds = result.busySeconds.value_or(0) + *part.seconds;
  result.stepSeconds = result.busySeconds;
  if (target.stepSeconds > 0) {
    result.late = result.busySeconds.value_or(0) > target.stepSeconds;
    result.stepSeconds = std::max(result.busySeconds.value_or(0), target.stepSeconds);
  }
  if (!loads.hops)
    result.leftOut.push_back("links: the mapping has no routes yet");
}

void Predictor::energy() {
  CoreLoad sum;
  for (const CoreLoad &load : loads.cores) {
    sum.neurons += load.neurons;
    sum.spikes += load.spikes;
    sum.events += load.events;
  }
  addCost("synaptic events", sum.events * dt, target.energyPerSynapse);
  addCost("updates of neurons", double(sum.neurons), target.energyPerNeuronUpdate);
  addCost("spikes that cores send", sum.spikes * dt, target.energyPerSpike);
  addCost("hops of packets", loads.hops ? std::optional<double>(*loads.hops * dt) : std::nullopt,
          target.energyPerHop);
  double driven = 0, codes = 0;
  for (const CoreWork &core : loads.work) {
    driven += core.driven;
    codes += core.codes;
  }
  if (codes > 0) {
    addCost("rows of crossbars", driven, target.energyPerDrive);
    addCost("conversions of crossbars", codes, target.energyPerConversion);
    missing(target.energyPerDrive, "energy_per_drive", "energy of rows of crossbars");
    missing(target.energyPerConversion, "energy_per_conversion", "energy of conversions");
  }
  EnergyPart idle{"idle machine", result.stepSeconds, {}, true, {}};
  if (target.idleWatts > 0) {
    idle.each = target.idleWatts;
    if (result.stepSeconds)
      idle.joules = *result.stepSeconds * target.idleWatts;
  }
  result.energy.push_back(std::move(idle));
  missing(target.energyPerSynapse, "energy_per_synapse", "energy of synaptic events");
  missing(target.energyPerNeuronUpdate, "energy_per_neuron_update", "energy of updates");
  missing(target.energyPerSpike, "energy_per_spike", "energy of spikes");
  missing(target.energyPerHop, "energy_per_hop", "energy of hops");
  missing(target.idleWatts, "idle_watts", "energy of the idle machine");
  for (const EnergyPart &part : result.energy)
    if (part.joules)
      result.joules = result.joules.value_or(0) + *part.joules;
}

Prediction predict(const Target &target, const Loads &loads, double dt) {
  return Predictor(target, loads, dt).run();
}

} // namespace engram::tool
