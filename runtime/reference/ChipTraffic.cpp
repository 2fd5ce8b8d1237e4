// Counting what a golden chip does.
#include "runtime/reference/ChipTraffic.h"
#include <algorithm>
#include <map>

using namespace engram::a1;

ChipTraffic::ChipTraffic(const Image &image, const ChipParameters &chip)
    : links(size_t(chip.cores()) * 4), totals(chip.cores()), chip(chip), cores(chip.cores()),
      work(chip.cores()) {
  for (const CoreUse &use : usesOf(image, chip))
    work[use.core].update = workOfUpdate(use, chip);
  // Memories of all cores; what no section covers is zero.
  std::map<std::pair<uint32_t, Memory>, std::vector<uint32_t>> memories;
  for (const Section &section : image.sections) {
    auto memory = static_cast<Memory>(section.type);
    if (memory != Memory::Axon && memory != Memory::KeyMap && memory != Memory::Synapse)
      continue;
    std::vector<uint32_t> &words = memories[{section.core, memory}];
    words.resize(std::max(words.size(), section.base + section.words.size()));
    std::copy(section.words.begin(), section.words.end(), words.begin() + section.base);
  }
  for (auto &[place, words] : memories) {
    Core &core = cores[place.first];
    if (place.second == Memory::KeyMap) {
      words.resize((words.size() + 3) / 4 * 4);
      for (size_t k = 0; k < words.size(); k += 4)
        if (words[k + 2] >> 31)
          core.entries.push_back({words[k], words[k + 1], words[k + 2] & 0xfff});
    }
    if (place.second != Memory::Axon)
      continue;
    const std::vector<uint32_t> &synapses = memories[{place.first, Memory::Synapse}];
    std::map<uint32_t, RowWork> known;
    for (uint32_t axon : words) {
      core.axons.emplace_back();
      if (!(axon >> 31) || axon >> 30 & 1)
        continue;
      auto [found, isNew] = known.try_emplace(axon & 0x3fff);
      if (isNew)
        found->second = workOfRow(synapses, axon & 0x3fff);
      core.axons.back() = found->second;
    }
  }
}

void ChipTraffic::delivers(uint32_t number, const Spike &spike) {
  const Core &core = cores[number];
  CoreWork::Arrivals &arrivals = updating ? work[number].cores : work[number].host;
  arrivals.spikes += 1;
  for (const Core::Entry &entry : core.entries) {
    if ((spike.key & entry.mask) != entry.key)
      continue;
    uint32_t axon = entry.firstAxon + (spike.key & ~entry.mask);
    if (axon < core.axons.size()) {
      arrivals.cycles += static_cast<double>(core.axons[axon].cycles);
      arrivals.sops += static_cast<double>(core.axons[axon].sops);
    }
    return;
  }
}

void ChipTraffic::endStep() {
  double step = cyclesOfStep(work, chip);
  cycles += step;
  mostCycles = std::max(mostCycles, step);
  ++steps;
  updating = false;
  auto add = [](CoreWork::Arrivals &sum, CoreWork::Arrivals &now) {
    sum.spikes += now.spikes;
    sum.cycles += now.cycles;
    sum.sops += now.sops;
    now = {};
  };
  for (size_t k = 0; k < work.size(); ++k) {
    add(totals[k].host, work[k].host);
    add(totals[k].cores, work[k].cores);
    totals[k].update.before += work[k].update.before;
    totals[k].update.programs += work[k].update.programs;
    totals[k].update.after += work[k].update.after;
    totals[k].update.neurons += work[k].update.neurons;
  }
}
