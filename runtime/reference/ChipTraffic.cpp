// Counting what a golden chip does.
#include "runtime/reference/ChipTraffic.h"
#include <algorithm>
#include <bitset>
#include <cstdlib>
#include <map>

using namespace engram::a1;

ChipTraffic::ChipTraffic(const Image &image, const ChipParameters &chip)
    : links(size_t(chip.cores()) * 4), totals(chip.cores()), chip(chip), cores(chip.cores()),
      work(chip.cores()) {
  for (const CoreUse &use : usesOf(image, chip))
    work[use.core] = workOfUpdate(use, chip);
  // Memories of all cores; what no section covers is zero.
  std::map<std::pair<uint32_t, Memory>, std::vector<uint32_t>> memories;
  for (const Section &section : image.sections) {
    auto memory = static_cast<Memory>(section.type);
    if (memory != Memory::Axon && memory != Memory::KeyMap && memory != Memory::Synapse &&
        memory != Memory::Tile)
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
    if (place.second == Memory::Tile) {
      words.resize((words.size() + CrossbarSizes::tileParts - 1) / CrossbarSizes::tileParts *
                   CrossbarSizes::tileParts);
      for (size_t k = 0; k < words.size(); k += CrossbarSizes::tileParts)
        core.tiles.push_back(CrossbarTile::decode(&words[k]));
      core.driven.resize(core.tiles.size());
    }
    if (place.second != Memory::Axon)
      continue;
    const std::vector<uint32_t> &synapses = memories[{place.first, Memory::Synapse}];
    std::map<uint32_t, RowWork> known;
    for (uint32_t axon : words) {
      core.axons.emplace_back();
      if (!(axon >> 31))
        continue;
      if (axon >> 30 & 1) {
        core.axons.back().tiles = axon >> 7 & 0xf;
        continue;
      }
      auto [found, isNew] = known.try_emplace(axon & 0x3fff);
      if (isNew)
        found->second = workOfRow(synapses, axon & 0x3fff);
      core.axons.back().row = found->second;
    }
  }
}

void ChipTraffic::delivers(uint32_t number, const Spike &spike) {
  Core &core = cores[number];
  CoreWork::Arrivals &arrivals = updating ? work[number].cores : work[number].host;
  double drives = 0;
  RowWork row;
  for (const Core::Entry &entry : core.entries) {
    if ((spike.key & entry.mask) != entry.key)
      continue;
    uint32_t axon = entry.firstAxon + (spike.key & ~entry.mask);
    if (axon >= core.axons.size())
      break;
    row = core.axons[axon].row;
    for (size_t t = 0; t < core.tiles.size(); ++t)
      if (core.axons[axon].tiles >> t & 1 && CrossbarSums::takes(spike.payload)) {
        drives += cyclesOfDrive(core.tiles[t], spike.payload);
        auto magnitude = static_cast<uint32_t>(std::abs(spike.payload));
        core.driven[t] |= magnitude;
        work[number].driven += static_cast<double>(std::bitset<32>(magnitude).count());
      }
    break;
  }
  arrivals.add(chipTiming(), static_cast<double>(row.cycles), static_cast<double>(row.sops),
               drives);
}

void ChipTraffic::updates() {
  updating = true;
  for (size_t k = 0; k < cores.size(); ++k)
    for (size_t t = 0; t < cores[k].tiles.size(); ++t) {
      work[k].conversion += cyclesOfConversion(cores[k].tiles[t], cores[k].driven[t]);
      work[k].codes += codesOf(cores[k].tiles[t], cores[k].driven[t]);
      cores[k].driven[t] = 0;
    }
}

void ChipTraffic::endStep() {
  double step = cyclesOfStep(work, chip);
  cycles += step;
  mostCycles = std::max(mostCycles, step);
  ++steps;
  updating = false;
  for (size_t k = 0; k < work.size(); ++k) {
    totals[k].host.add(work[k].host);
    totals[k].cores.add(work[k].cores);
    totals[k].conversion += work[k].conversion;
    totals[k].driven += work[k].driven;
    totals[k].codes += work[k].codes;
    totals[k].programs += work[k].programs;
    totals[k].after += work[k].after;
    totals[k].neurons += work[k].neurons;
    work[k].host = work[k].cores = {};
    work[k].conversion = work[k].driven = work[k].codes = 0;
  }
}
