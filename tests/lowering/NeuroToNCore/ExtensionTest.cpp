// Delay lines on cores of their own: who may share one, and what counts there.
#include "lowering/NeuroToNCore/Partition.h"
#include "lowering/NeuroToNCore/Resources.h"

#include <gtest/gtest.h>
#include <map>
#include <numeric>
#include <set>

using namespace engram::ncore;

namespace {

std::shared_ptr<Rows> oneToOne(uint32_t size) {
  auto rows = std::make_shared<Rows>();
  rows->targets.resize(size);
  std::iota(rows->targets.begin(), rows->targets.end(), 0);
  rows->starts.resize(size + 1);
  std::iota(rows->starts.begin(), rows->starts.end(), 0);
  return rows;
}

/// Population a of 300 neurons, a line of four stages of as many, two stages a core, and b.
SpikeNetwork delayedNetwork() {
  SpikeNetwork network;
  auto add = [&](const char *name, int program, int extension) {
    Group group;
    group.name = name;
    group.size = 300;
    group.rates = {10};
    group.program = program;
    group.extension = extension;
    network.groups.push_back(group);
    if (network.groups.size() == 1)
      return;
    Relation relation;
    relation.name = std::string(name) + "_in";
    relation.source = static_cast<int>(network.groups.size()) - 2;
    relation.target = relation.source + 1;
    relation.rows = oneToOne(300);
    relation.leastDelay = relation.mostDelay = 1;
    network.relations.push_back(relation);
  };
  add("a", 0, -1);
  for (int stage = 0; stage < 4; ++stage)
    add(("r" + std::to_string(stage)).c_str(), 1, stage / 2);
  add("b", 0, -1);
  return network;
}

TEST(ExtensionCores, HoldTheStagesOfOneLineAndNothingElse) {
  SpikeNetwork network = delayedNetwork();
  Target target;
  target.gridX = target.gridY = 4;
  target.neurons = 200;
  SpikeGraph graph(network);
  for (PartitionMethod method : {PartitionMethod::Engram, PartitionMethod::Metis,
                                 PartitionMethod::FirstFit, PartitionMethod::Random}) {
    Assignment assignment = partition(graph, target, {method, 3});
    std::vector<CoreUsage> usage = countUsage(network, assignment, target);
    EXPECT_TRUE(checkUsage(usage, target).empty());
    std::map<int32_t, std::set<int>> extensionsOf;
    std::map<std::pair<int32_t, size_t>, int64_t> neurons;
    for (size_t g = 0; g < network.groups.size(); ++g)
      for (int64_t i = 0; i < network.groups[g].size; ++i) {
        int32_t core = assignment.coreOf[g][i];
        extensionsOf[core].insert(network.groups[g].extension);
        EXPECT_LE(++neurons[std::pair(core, g)], 200);
      }
    std::map<int, int> cores;
    for (auto &[core, extensions] : extensionsOf) {
      EXPECT_EQ(extensions.size(), 1u) << "core " << core;
      ++cores[*extensions.begin()];
    }
    if (method == PartitionMethod::Random)
      continue;
    // 600 neurons of 'a' and 'b'; two stages of 200 and two of 100 neurons, twice.
    EXPECT_GE(cores[-1], 3);
    EXPECT_EQ(cores[0], 2);
    EXPECT_EQ(cores[1], 2);
  }
}

TEST(ExtensionCores, CountTheNeuronsOfTheirLargestStage) {
  SpikeNetwork network = delayedNetwork();
  EXPECT_EQ(network.numNeurons(), 1800);
  EXPECT_EQ(network.numCountedNeurons(), 1200);
}

} // namespace
