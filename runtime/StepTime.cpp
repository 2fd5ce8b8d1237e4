// The timing of docs/accelerator.md, "Timing of a step".
#include "runtime/StepTime.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

using namespace engram;

static auto all(const StepTiming &t) {
  return std::tie(t.overlaps, t.step, t.stepEnd, t.population, t.neuron, t.operation, t.product,
                  t.random, t.spike, t.synapse, t.latency, t.lanes, t.hop, t.drive, t.noise,
                  t.conversion, t.conversionsPerCycle);
}

bool StepTiming::operator==(const StepTiming &o) const { return all(*this) == all(o); }

int64_t engram::cyclesOfLanes(const uint32_t *neurons, int64_t count, int64_t lanes) {
  int64_t cycles = 1;
  uint64_t taken = 0;
  for (int64_t k = 0; k < count; ++k) {
    uint64_t lane = uint64_t(1) << neurons[k] % std::min<int64_t>(lanes, 64);
    if (taken & lane) {
      ++cycles;
      taken = 0;
    }
    taken |= lane;
  }
  return cycles;
}

double engram::cyclesOfRow(const StepTiming &timing, double segments, double words, double lanes) {
  // Words are fetched one a cycle, and another row's after one more.
  return std::max(words + 1, segments * timing.spike + lanes);
}

double engram::cyclesOfConversion(const StepTiming &timing, double tiles, double planes,
                                  int64_t slices, int64_t columns) {
  return tiles * timing.conversion +
         planes * double(slices) * std::ceil(double(columns) / timing.conversionsPerCycle);
}

double engram::cyclesOfUpdate(const StepTiming &timing, const UpdateCount &update) {
  return timing.neuron + double(update.operations) * timing.operation +
         double(update.products) * timing.product + double(update.randoms) * timing.random;
}

void CoreWork::Arrivals::add(const StepTiming &timing, double rowCycles, double rowSops,
                             double driveCycles) {
  double &end = driveCycles > 0 ? driveEnd : rowEnd;
  double start = rowCycles > 0 || driveCycles > 0 ? std::max(next, end) : next;
  next = start + timing.spike;
  end = std::max(end, start + rowCycles + driveCycles);
  spikes += 1;
  cycles += rowCycles;
  sops += rowSops;
  drives += driveCycles;
  busy = std::max({next, rowEnd, driveEnd});
}

void CoreWork::Arrivals::add(const Arrivals &other) {
  spikes += other.spikes;
  cycles += other.cycles;
  sops += other.sops;
  drives += other.drives;
  busy += other.busy;
}

void CoreWork::Arrivals::addMean(const StepTiming &timing, double mean, double rowCycles,
                                 double rowSops, double driveCycles) {
  spikes += mean;
  cycles += mean * rowCycles;
  sops += mean * rowSops;
  drives += mean * driveCycles;
  busy += mean * std::max(timing.spike, rowCycles + driveCycles);
}

double Outputs::chance(double mean) const {
  return kind == Counts ? -std::expm1(-mean) : std::min(mean, 1.0);
}

std::vector<double> Outputs::bitChances(double mean) const {
  constexpr int mostBits = 16;
  std::vector<double> chances(std::clamp<int64_t>(bits, 1, mostBits), 0);
  if (kind != Counts) {
    double share = chances.size() > 1 ? 0.5 : 1;
    std::fill(chances.begin(), chances.end(), share * chance(mean));
    return chances;
  }
  // Numbers beyond the largest are that one.
  int64_t largest = (int64_t(1) << chances.size()) - 1;
  double rest = 1, each = std::exp(-mean);
  for (int64_t k = 0; k <= largest; ++k) {
    double probability = k == largest ? rest : each;
    for (size_t bit = 0; bit < chances.size(); ++bit)
      if (k >> bit & 1)
        chances[bit] += probability;
    rest = std::max(0.0, rest - each);
    each *= mean / double(k + 1);
  }
  return chances;
}

StepCycles engram::cyclesOfStep(const std::vector<CoreWork> &cores, const StepTiming &timing,
                                double links) {
  StepCycles result;
  result.step = timing.step;
  // Programs run from the earliest to the latest of these, and spikes come meanwhile.
  double begin = std::numeric_limits<double>::infinity(), end = 0;
  double arrives = 0, sent = 0;
  for (const CoreWork &core : cores) {
    arrives += core.host.spikes;
    sent += core.cores.spikes;
    result.host = std::max(result.host, core.host.busy);
    if (core.programs > 0)
      begin = std::min(begin, core.conversion);
    end = std::max(end, core.conversion + core.programs);
  }
  begin = std::min(begin, end);
  // Of means, a part of the steps has a spike.
  double hops = timing.hop * links;
  result.host += std::min(arrives, 1.0) * timing.latency;
  result.hops = (std::min(arrives, 1.0) + std::min(sent, 1.0)) * hops;
  double last = -1;
  for (size_t k = 0; k < cores.size(); ++k) {
    const CoreWork &core = cores[k];
    double update = core.conversion + core.programs + core.after, done = update;
    if (!timing.overlaps) {
      done += core.cores.busy;
    } else if (double deliver = core.cores.busy; deliver > 0) {
      // An update that takes a neuron's sums holds up a row for a cycle, if it is at the same bank.
      double full = double(std::max<int64_t>(timing.lanes, 1)) * core.cores.cycles;
      double lanes = full > 0 ? std::min(1.0, core.cores.sops / full) : 0;
      double overlap = core.programs > 0 ? std::min(1.0, deliver / core.programs) : 0;
      deliver += core.neurons * overlap * lanes;
      // Spikes come evenly while programs run; the last one's row is behind them all. A crossbar
      // that converts takes none.
      double first = begin + (end - begin) / (core.cores.spikes + 1);
      if (core.cores.drives > 0)
        first = std::max(first, core.conversion);
      double spikes = std::min(core.cores.spikes, 1.0);
      double behind = end + (deliver / std::max(core.cores.spikes, 1.0) + timing.latency) * spikes;
      done = std::max({done, first + deliver + timing.latency * spikes, behind});
    }
    if (done <= last)
      continue;
    last = done;
    result.slowest = static_cast<int>(k);
    result.conversion = core.conversion;
    result.update = update - core.conversion;
    result.delivery = done - update;
  }
  return result;
}
