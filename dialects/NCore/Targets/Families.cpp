// Machines of any size made from a smaller one: meshes of cores, and SpiNNaker boards in triads.
#include "dialects/NCore/Targets/Targets.h"
#include "runtime/NumberText.h"
#include <cmath>

using namespace engram::ncore;

Target engram::ncore::meshOf(const Target &base, int columns, int rows) {
  Target target = base;
  target.gridX = columns;
  target.gridY = rows;
  target.idleWatts = base.idleWatts * static_cast<double>(target.gridSize()) /
                     static_cast<double>(base.gridSize());
  target.description =
      "Engram's accelerator, " + std::to_string(columns) + " x " + std::to_string(rows) + " cores";
  return target;
}

// Columns and rows of triads. A full rectangle is as square as the number allows; one that need not
// be full is the smallest that is nearly square.
static std::pair<int, int> triadsOf(int boards) {
  int triads = (boards + 2) / 3;
  int rows = static_cast<int>(std::sqrt(static_cast<double>(triads)));
  if (boards % 3 == 0) {
    while (triads % rows != 0)
      --rows;
    return {triads / rows, rows};
  }
  int columns = rows * rows < triads ? rows + 1 : rows;
  return {columns, (triads + columns - 1) / columns};
}

// The roots of a triad, in an order in which each board touches the ones before it.
static constexpr Router roots[] = {{0, 0}, {4, 8}, {8, 4}};

static std::string describe(int boards, int columns, int rows, int64_t chips) {
  std::string text =
      "SpiNNaker 1, " + engram::grouped(boards) + (boards == 1 ? " board" : " boards");
  if (boards % 3 == 0)
    return text + " in " + std::to_string(columns) + " x " + std::to_string(rows) +
           " triads that wrap around, " + engram::grouped(chips) + " chips";
  return text + " without wrap-around, " + engram::grouped(chips) + " chips";
}

Target engram::ncore::boardsOf(const Target &board, int boards) {
  auto [columns, rows] = triadsOf(boards);
  bool wrap = boards % 3 == 0;
  Target target = board;
  target.topology = wrap ? Topology::HexagonalTorus : Topology::Hexagonal;
  target.absent.clear();
  target.deadCores.clear();
  target.deadLinks.clear();
  // Without wrap, boards stand out beyond the last triad by a third of one.
  int sizeX = 12 * columns + (wrap ? 0 : 4), sizeY = 12 * rows + (wrap ? 0 : 4);
  std::vector<bool> present(static_cast<size_t>(sizeX) * sizeY);
  target.gridX = target.gridY = 0;
  for (int b = 0; b < boards; ++b) {
    int triad = b / 3;
    Router root = {12 * (triad % columns) + roots[b % 3].x,
                   12 * (triad / columns) + roots[b % 3].y};
    auto onMachine = [&](int x, int y) {
      return Router{(root.x + x) % sizeX, (root.y + y) % sizeY};
    };
    for (Router chip : board.routers()) {
      Router place = onMachine(chip.x, chip.y);
      present[static_cast<size_t>(place.y) * sizeX + place.x] = true;
      target.gridX = std::max(target.gridX, place.x + 1);
      target.gridY = std::max(target.gridY, place.y + 1);
    }
    for (CorePlace core : board.deadCores) {
      Router place = onMachine(core.x, core.y);
      target.deadCores.push_back({place.x, place.y, core.p});
    }
    for (LinkPlace link : board.deadLinks) {
      Router place = onMachine(link.x, link.y);
      target.deadLinks.push_back({place.x, place.y, link.link});
    }
  }
  for (int y = 0; y < target.gridY; ++y)
    for (int x = 0; x < target.gridX; ++x)
      if (!present[static_cast<size_t>(y) * sizeX + x])
        target.absent.push_back({x, y});
  target.normalize();
  target.idleWatts = board.idleWatts * boards;
  target.description = describe(boards, columns, rows, target.numRouters());
  return target;
}
