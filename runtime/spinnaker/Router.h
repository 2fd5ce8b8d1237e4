// The table of a router: which way a key goes. Time is in Fabric.h.
#pragma once

#include "runtime/spinnaker/Package.h"
#include "runtime/spinnaker/Packet.h"
#include "runtime/spinnaker/Shape.h"
#include <unordered_map>

namespace engram::spinnaker {

/// A set of outputs: 0 to 5 are links, 6 + p is processor p, as the hardware has it.
class Route {
public:
  bool any() const { return words[0] | words[1] | words[2]; }
  bool has(int output) const { return words[output / 64] >> output % 64 & 1; }
  void add(int output) { words[output / 64] |= uint64_t(1) << output % 64; }
  void add(const Route &o) {
    for (int k = 0; k < 3; ++k)
      words[k] |= o.words[k];
  }
  void remove(const Route &o) {
    for (int k = 0; k < 3; ++k)
      words[k] &= ~o.words[k];
  }
  uint32_t links() const { return words[0] & 0x3f; }
  bool onlyLinks() const { return !((words[0] & ~uint64_t(0x3f)) | words[1] | words[2]); }
  template <typename Function> void each(Function function) const {
    for (int k = 0; k < 3; ++k)
      for (uint64_t left = words[k]; left; left &= left - 1)
        function(64 * k + __builtin_ctzll(left));
  }
  static Route ofLink(int link) {
    Route route;
    route.add(link);
    return route;
  }
  static Route of(const RouteEntry &entry);

private:
  uint64_t words[3] = {0, 0, 0};
};

/// 1,024 entries, of which the system software keeps one.
constexpr size_t tableCapacity = 1023;

class RouterTable {
public:
  explicit RouterTable(std::vector<RouteEntry> entries = {});

  size_t size() const { return entries.size(); }
  /// The number of the first entry with (key & mask) equal to its key; -1 if there is none.
  int match(uint32_t key) const;
  const Route &operator[](size_t entry) const { return routes[entry]; }
  /// Packets that each entry has matched.
  std::vector<uint64_t> hits;
  void hit(int entry) {
    hits.resize(entries.size());
    ++hits[entry];
  }

private:
  std::vector<RouteEntry> entries;
  std::vector<Route> routes;
  /// The hardware compares all entries at once; here each key is looked for once.
  mutable std::unordered_map<uint32_t, int> known;
};

/// The link that goes around a blocked one, next to it clockwise (data sheet, section 10.4):
/// blocked L is passed over L - 1, then L + 1.
constexpr int emergencyLink(int blocked) { return (blocked + numLinks - 1) % numLinks; }

} // namespace engram::spinnaker
