// The SDRAM of a chip: what lies in it, and the time that its cores share.
#pragma once

#include "runtime/spinnaker/Shape.h"
#include <map>
#include <memory>

namespace engram::spinnaker {

constexpr uint32_t sdramBase = 0x60000000, sdramBytes = 128u << 20;

class Memory {
public:
  /// Words from an address on, as they are before the first step; room behind them is 0.
  void addRegion(uint32_t address, std::vector<uint32_t> words, uint32_t bytes);
  /// Everything as it was before the first step.
  void restore();
  /// False, with nothing done, if some of the bytes belong to no region. All is in words.
  bool read(uint32_t address, void *to, uint32_t bytes) const;
  bool write(uint32_t address, const void *from, uint32_t bytes);
  uint32_t word(uint32_t address) const;
  void setWord(uint32_t address, uint32_t value) { write(address, &value, 4); }
  /// When a transfer that begins now has ended: transfers of a chip take turns.
  Time transfer(Time now, uint32_t bytes, const Timing &timing);

  uint64_t bytesMoved = 0;
  Time busy = 0;

private:
  static constexpr uint32_t pageWords = 256;
  struct Region {
    uint32_t begin = 0, end = 0;
    std::vector<uint32_t> words;
    std::map<uint32_t, std::vector<uint32_t>> before; ///< pages that have been written
  };
  std::vector<Region> regions; ///< by address
  Time freeAt = 0;

  const Region *find(uint32_t address, uint32_t bytes) const;
};

} // namespace engram::spinnaker
