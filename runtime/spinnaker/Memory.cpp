// Regions of SDRAM. A page keeps what it was when it is first written, so that a reset costs what a
// run has changed.
#include "runtime/spinnaker/Memory.h"
#include <algorithm>
#include <cstring>

namespace engram::spinnaker {

void Memory::addRegion(uint32_t address, std::vector<uint32_t> words, uint32_t bytes) {
  Region region;
  region.begin = address;
  region.words = std::move(words);
  region.words.resize(std::max<size_t>(region.words.size(), (bytes + 3) / 4));
  region.end = address + static_cast<uint32_t>(4 * region.words.size());
  auto place =
      std::find_if(regions.begin(), regions.end(), [&](auto &o) { return o.begin > address; });
  regions.insert(place, std::move(region));
}

void Memory::restore() {
  for (Region &region : regions) {
    for (const auto &[page, words] : region.before)
      std::copy(words.begin(), words.end(), region.words.begin() + page * pageWords);
    region.before.clear();
  }
  freeAt = busy = 0;
  bytesMoved = 0;
}

const Memory::Region *Memory::find(uint32_t address, uint32_t bytes) const {
  auto after = std::upper_bound(regions.begin(), regions.end(), address,
                                [](uint32_t a, const Region &region) { return a < region.begin; });
  if (after == regions.begin())
    return nullptr;
  const Region &region = *--after;
  return uint64_t(address) + bytes <= region.end ? &region : nullptr;
}

bool Memory::read(uint32_t address, void *to, uint32_t bytes) const {
  const Region *region = find(address, bytes);
  if (!region)
    return false;
  if (bytes)
    std::memcpy(to,
                reinterpret_cast<const char *>(region->words.data()) + (address - region->begin),
                bytes);
  return true;
}

bool Memory::write(uint32_t address, const void *from, uint32_t bytes) {
  Region *region = const_cast<Region *>(find(address, bytes));
  if (!region)
    return false;
  if (bytes == 0)
    return true;
  uint32_t offset = address - region->begin;
  for (uint32_t page = offset / 4 / pageWords; page <= (offset + bytes - 1) / 4 / pageWords; ++page)
    if (auto [kept, isNew] = region->before.try_emplace(page); isNew) {
      auto begin = region->words.begin() + page * pageWords;
      kept->second.assign(
          begin, begin + std::min<size_t>(pageWords, region->words.size() - page * pageWords));
    }
  std::memcpy(reinterpret_cast<char *>(region->words.data()) + offset, from, bytes);
  return true;
}

uint32_t Memory::word(uint32_t address) const {
  uint32_t value = 0;
  read(address, &value, 4);
  return value;
}

Time Memory::transfer(Time now, uint32_t bytes, const Timing &timing) {
  Time length = static_cast<Time>(bytes) * 1000000 / (timing.sdramBytesPerSecond / 1000000);
  Time begin = std::max(now + timing.dmaSetup, freeAt);
  bytesMoved += bytes;
  busy += length;
  return freeAt = begin + length;
}

} // namespace engram::spinnaker
