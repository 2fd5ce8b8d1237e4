// What a router has to do with a flit, from the text of docs/accelerator.md: no time, no buffers.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace engram::a1::test {

enum Port { East, North, West, South, Local };
constexpr int ports = 5, channels = 10;

struct Flit {
  uint64_t data = 0;
  uint32_t kind = 0;
  uint32_t parity = 0;

  bool operator==(const Flit &o) const {
    return data == o.data && kind == o.kind && parity == o.parity;
  }
};

inline uint32_t parityOf(uint64_t data, uint32_t kind) {
  uint32_t parity = static_cast<uint32_t>(__builtin_parity(kind)) << 8;
  for (int k = 0; k < 8; ++k)
    parity |= static_cast<uint32_t>(__builtin_parityll(data >> (8 * k) & 0xff)) << k;
  return parity;
}

inline Flit makeFlit(uint64_t data, uint32_t kind) { return {data, kind, parityOf(data, kind)}; }

struct TableEntry {
  bool valid = false;
  uint32_t key = 0, mask = 0, route = 0;
};

/// Where a flit goes: bits by output port, and whether it is reported.
struct Outcome {
  uint32_t outputs = 0;
  bool parity = false, unrouted = false;
};

struct RouterModel {
  int columns = 4, rows = 4, x = 0, y = 0;
  std::array<TableEntry, 64> table;

  Outcome outcomeOf(const Flit &flit, int from, int channel) const {
    Outcome outcome;
    if (flit.parity != parityOf(flit.data, flit.kind)) {
      outcome.parity = true;
      return outcome;
    }
    std::vector<int> wanted = wantedBy(flit); // 5: the host
    outcome.unrouted = wanted.empty();
    for (int port : wanted) {
      if ((flit.kind == 0) == (channel == 0) && isLegal(from, port))
        outcome.outputs |= 1u << (port == 5 ? static_cast<int>(West) : port);
      else
        outcome.unrouted = true;
    }
    return outcome;
  }

private:
  std::vector<int> wantedBy(const Flit &flit) const {
    if (flit.kind == 0) {
      for (const TableEntry &entry : table)
        if (entry.valid && (static_cast<uint32_t>(flit.data) & entry.mask) == entry.key) {
          std::vector<int> bits;
          for (int bit = 0; bit < 6; ++bit)
            if (entry.route >> bit & 1)
              bits.push_back(bit);
          return bits;
        }
      return {};
    }
    int toX = static_cast<int>(flit.data >> 56 & 15), toY = static_cast<int>(flit.data >> 60);
    if (flit.kind == 3) { // to the host
      if (x == 0 && y == 0)
        return {5};
      toX = toY = 0;
    }
    if (toX != x)
      return {toX > x ? East : West};
    if (toY != y)
      return {toY > y ? North : South};
    return {Local};
  }

  /// A link that is there, and not a turn that could close a circle: back, or from a column into a
  /// row.
  bool isLegal(int from, int to) const {
    if (to == Local)
      return true;
    if (to == 5)
      return x == 0 && y == 0;
    const int dx[] = {1, 0, -1, 0}, dy[] = {0, 1, 0, -1};
    int nextX = x + dx[to], nextY = y + dy[to];
    if (nextX < 0 || nextX >= columns || nextY < 0 || nextY >= rows || from == to)
      return false;
    bool fromColumn = from == North || from == South, toRow = to == East || to == West;
    return !(fromColumn && toRow);
  }
};

} // namespace engram::a1::test
