// A machine of cores without a clock: its step. The numbers aer_p… are those of docs/spec-aer.md.
#include "backends/Reference/CoreMachine.h"
#include <cmath>
#include <fmt/format.h>
#include <set>

using namespace mlir;
using namespace engram;
using namespace engram::reference;

static constexpr size_t maxErrors = 100;

void CoreMachine::reset() {
  now = 0;
  for (neuro::SourceState &source : sources)
    source.reset();
  for (Core &core : cores) {
    for (PopulationState &slice : core.slices)
      slice.reset();
    for (Columns &columns : core.crossbars)
      columns.array.reset();
  }
  for (auto &[key, walk] : walks)
    walk.reported = false;
  packetCounts = {};
  errorTexts.clear();
}

// Hosts inject before the cores' neurons step, so that sources may have no delay; packets of the
// cores arrive before the next step begins (aer_p6).
void CoreMachine::step(const std::vector<const double *> &inputs) {
  for (size_t s = 0; s < sources.size(); ++s) {
    sources[s].step(now, inputs);
    send(sourceSenders[s], sources[s].output);
  }
  convert(/*early=*/true);
  addBiases(/*early=*/true);
  for (Core &core : cores)
    for (PopulationState &slice : core.slices)
      slice.step(now);
  for (size_t c = 0; c < cores.size(); ++c)
    for (size_t s = 0; s < cores[c].slices.size(); ++s)
      if (now >= cores[c].slices[s].common().start)
        send(coreSenders[c][s], cores[c].slices[s].output);
  convert(/*early=*/false);
  addBiases(/*early=*/false);
  ++now;
}

void CoreMachine::addBiases(bool early) {
  for (Core &core : cores)
    for (const Bias &bias : core.biases)
      if (bias.early == early && now >= bias.start)
        for (size_t n = 0; n < bias.values.size(); ++n)
          core.slices[bias.slice].add(bias.port, n, now + bias.delay, bias.values[n]);
}

// xbar_s4, xbar_s5
void CoreMachine::convert(bool early) {
  for (Core &core : cores)
    for (Columns &columns : core.crossbars)
      if (columns.early == early)
        columns.array.convert([&](int64_t target, int64_t sum) {
          auto [slice, neuron] = columns.targets[target];
          if (slice >= 0)
            core.slices[slice].add(columns.port, neuron, now + columns.delay,
                                   std::ldexp(static_cast<double>(sum), -columns.sumFraction));
        });
}

// aer_k1, aer_p1
void CoreMachine::send(const Sender &sender, const std::vector<double> &output) {
  if (!sender.sends)
    return;
  for (size_t n = 0; n < output.size(); ++n) {
    if (output[n] == 0)
      continue;
    const Walk &walk = walkOf(sender.key + n, sender.router);
    ++packetCounts.packets;
    packetCounts.hops += walk.counts.hops;
    packetCounts.unmatched += walk.counts.unmatched;
    packetCounts.loops += walk.counts.loops;
    packetCounts.unwanted += walk.counts.unwanted;
    for (int32_t core : walk.cores)
      deliver(cores[core], sender.key + n, output[n]);
  }
}

// aer_p4
void CoreMachine::deliver(Core &core, uint64_t key, double payload) {
  auto region = std::upper_bound(core.regions.begin(), core.regions.end(), key,
                                 [](uint64_t k, const Region &r) { return k < r.key; });
  if (region == core.regions.begin() || key - (--region)->key >= region->rows.size()) {
    ++packetCounts.unwanted;
    return;
  }
  ++packetCounts.deliveries;
  for (const Synapse &synapse : region->rows[key - region->key])
    core.slices[synapse.slice].add(synapse.port, synapse.neuron, now + synapse.delay,
                                   synapse.weight * payload);
  if (region->drives.empty())
    return;
  for (const Drive &drive : region->drives[key - region->key]) {
    Columns &columns = core.crossbars[drive.array];
    columns.array.drive(drive.source,
                        static_cast<int64_t>(std::ldexp(payload, columns.outputFraction)),
                        now - columns.firstStep);
  }
}

const CoreMachine::Walk &CoreMachine::walkOf(uint64_t key, int64_t router) {
  auto found = walks.find(key);
  if (found == walks.end())
    found = walks.emplace(key, walk(key, router)).first;
  Walk &walk = found->second;
  if (!walk.reported)
    for (const std::string &text : walk.errors)
      if (errorTexts.size() < maxErrors)
        errorTexts.push_back(text);
  walk.reported = true;
  return walk;
}

// aer_p2, aer_p3
CoreMachine::Walk CoreMachine::walk(uint64_t key, int64_t start) const {
  Walk result;
  struct Packet {
    int64_t router;
    int arrival; ///< link on which it came, -1 from a core or host
  };
  std::vector<Packet> packets{{start, -1}};
  std::set<std::pair<int64_t, int>> seen;
  auto fail = [&](int64_t &count, const char *what, ncore::Router router) {
    ++count;
    result.errors.push_back(
        fmt::format("packet with key {:#010x} {} router ({}, {})", key, what, router.x, router.y));
  };
  while (!packets.empty()) {
    Packet packet = packets.back();
    packets.pop_back();
    ncore::Router router = target.routerAt(packet.router);
    if (!seen.insert({packet.router, packet.arrival}).second) {
      fail(result.counts.loops, "comes a second time to", router);
      continue;
    }
    const std::vector<Entry> &table = tables[packet.router];
    auto entry = llvm::find_if(table, [&](const Entry &e) { return (key & e.mask) == e.key; });
    SmallVector<int> links;
    if (entry != table.end()) {
      links.assign(entry->links.begin(), entry->links.end());
      for (int32_t core : entry->cores)
        if (core >= 0)
          result.cores.push_back(core);
        else
          ++result.counts.unwanted;
    } else if (defaultRoutes && packet.arrival >= 0) {
      links.push_back(target.opposite(packet.arrival));
    } else {
      fail(result.counts.unmatched, "matches no entry at", router);
    }
    for (int link : links) {
      std::optional<ncore::Router> next = target.neighbour(router, link);
      if (!next) {
        fail(result.counts.unmatched, "finds no link out of", router);
        continue;
      }
      ++result.counts.hops;
      packets.push_back({target.indexOf(*next), target.opposite(link)});
    }
  }
  return result;
}

void CoreMachine::readSpikes(size_t population, double *out) const {
  for (const Place &place : populations[population])
    *out++ = cores[place.core].slices[place.slice].spikes[place.neuron];
}

// neuro_s11
void CoreMachine::readProbe(size_t k, double *out) const {
  const Probe &probe = probes[k];
  auto value = [&](int64_t i) {
    if (probe.ofSource)
      return probe.spikes ? sources[probe.target].spikes[i] : sources[probe.target].output[i];
    Place place = populations[probe.target][i];
    const PopulationState &slice = cores[place.core].slices[place.slice];
    return probe.slot     ? slice.slots[place.neuron][*probe.slot]
           : probe.spikes ? slice.spikes[place.neuron]
                          : slice.output[place.neuron];
  };
  if (probe.neurons.empty())
    for (int64_t i = 0; i < networkInfo.probes[k].size; ++i)
      out[i] = value(i);
  else
    for (int64_t neuron : probe.neurons)
      *out++ = value(neuron);
}
