// Geometry of boards of 48 chips (SpiNNMachine).
#include "runtime/spinnaker/Boards.h"
#include <map>
#include <set>

namespace engram::spinnaker {

static constexpr int stepX[numLinks] = {1, 1, 0, -1, -1, 0}, stepY[numLinks] = {0, 1, 1, 0, -1, -1};

static int modulo(int a, int b) { return ((a % b) + b) % b; }

bool isEthernetChip(int x, int y) { return modulo(x, 4) == 0 && modulo(x + y, 12) == 0; }

// Row y of a board has the columns first[y] to last[y].
std::pair<int, int> boardOf(int x, int y) {
  static constexpr int first[8] = {0, 0, 0, 0, 1, 2, 3, 4}, last[8] = {4, 5, 6, 7, 7, 7, 7, 7};
  for (int dy = 0; dy < 8; ++dy)
    for (int dx = first[dy]; dx <= last[dy]; ++dx)
      if (isEthernetChip(x - dx, y - dy))
        return {x - dx, y - dy};
  return {x, y}; // never: boards tile the plane
}

std::vector<ChipShape> chipsOf(const MachineShape &machine) {
  std::set<std::pair<int, int>> absent(machine.absent.begin(), machine.absent.end());
  std::map<std::pair<int, int>, int> numbers;
  std::vector<ChipShape> chips;
  for (int y = 0; y < machine.height; ++y)
    for (int x = 0; x < machine.width; ++x)
      if (!absent.count({x, y})) {
        ChipShape chip;
        chip.x = x;
        chip.y = y;
        chip.cores = machine.coresPerChip;
        numbers[{x, y}] = static_cast<int>(chips.size());
        chips.push_back(chip);
      }
  bool hasBoards = machine.version == 1 && (machine.width > 8 || machine.height > 8);
  for (ChipShape &chip : chips)
    for (int link = 0; link < numLinks; ++link) {
      int x = chip.x + stepX[link], y = chip.y + stepY[link];
      chip.toOtherBoard[link] = hasBoards && boardOf(chip.x, chip.y) != boardOf(x, y);
      if (machine.wraps) {
        x = modulo(x, machine.width);
        y = modulo(y, machine.height);
      }
      auto there = numbers.find({x, y});
      if (there != numbers.end())
        chip.neighbours[link] = there->second;
    }
  for (const MachineShape::Link &dead : machine.deadLinks) {
    auto place = numbers.find({dead.x, dead.y});
    if (place == numbers.end() || dead.link < 0 || dead.link >= numLinks)
      continue;
    int32_t &there = chips[place->second].neighbours[dead.link];
    if (there >= 0)
      chips[there].neighbours[opposite(dead.link)] = -1;
    there = -1;
  }
  return chips;
}

} // namespace engram::spinnaker
