// Needs of key maps against counting synapse by synapse, and cuts that make them fit.
#include "lowering/NeuroToNCore/KeyMaps.h"
#include "RandomNetworks.h"
#include "lowering/NeuroToNCore/Check.h"

#include <gtest/gtest.h>
#include <map>
#include <set>

using namespace engram::ncore;
using namespace engram::ncore::testing;

namespace {

/// A source of side x side pixels in `channels` planes, and as many neurons, each with the synapses
/// of a window around it in all planes.
SpikeNetwork windows(int side, int channels, int radius) {
  SpikeNetwork network;
  int64_t size = int64_t(side) * side * channels;
  network.groups.resize(2);
  network.groups[0].name = "image";
  network.groups[0].isSource = true;
  network.groups[1].name = "features";
  network.groups[1].program = 1;
  network.groups[0].size = network.groups[1].size = size;
  Rows rows;
  rows.starts.push_back(0);
  for (int64_t j = 0; j < size; ++j) {
    int64_t x = j % side, y = j / side % side;
    for (int64_t i = 0; i < size; ++i)
      if (std::abs(i % side - x) <= radius && std::abs(i / side % side - y) <= radius)
        rows.targets.push_back(static_cast<uint32_t>(i));
    rows.starts.push_back(static_cast<int64_t>(rows.targets.size()));
  }
  Relation relation;
  relation.name = "windows";
  relation.source = 0;
  relation.target = 1;
  relation.rows = std::make_shared<Rows>(std::move(rows));
  network.relations.push_back(std::move(relation));
  return network;
}

Target machine(int64_t cores, int64_t neurons, int64_t axons, int64_t entries) {
  Target target;
  target.gridX = static_cast<int>(cores);
  target.gridY = 1;
  target.neurons = neurons;
  target.fanIn = axons;
  target.keyMapEntries = entries;
  return target;
}

} // namespace

TEST(KeyMaps, CountAllKeysOfSendersWhereThereIsRoom) {
  for (unsigned seed = 0; seed < 40; ++seed) {
    SpikeNetwork network = randomNetwork(seed);
    bool random = false;
    for (const Relation &relation : network.relations)
      random |= relation.kind != Relation::Kind::Explicit;
    if (random)
      continue;
    int cores = 1 + static_cast<int>(seed % 5);
    Assignment assignment = randomAssignment(network, cores, seed);
    std::vector<std::set<std::pair<int, int32_t>>> senders(cores);
    for (const Relation &relation : network.relations)
      for (int64_t j = 0; j < relation.rows->numSources(); ++j)
        for (int64_t k = relation.rows->starts[j]; k < relation.rows->starts[j + 1]; ++k) {
          bool isSource = network.groups[relation.source].isSource;
          senders[assignment.coreOf[relation.target][relation.rows->targets[k]]].insert(
              {relation.source, isSource ? -1 : assignment.coreOf[relation.source][j]});
        }
    std::vector<KeyMapNeed> needs = countKeyMaps(network, assignment, machine(5, 0, 0, 1000));
    ASSERT_EQ(needs.size(), size_t(cores));
    for (int core = 0; core < cores; ++core) {
      int64_t axons = 0;
      for (auto [group, slice] : senders[core]) {
        const std::vector<int32_t> &where = assignment.coreOf[group];
        axons +=
            slice < 0 ? network.groups[group].size : std::count(where.begin(), where.end(), slice);
      }
      EXPECT_EQ(needs[core].entries, static_cast<int64_t>(senders[core].size()));
      EXPECT_EQ(needs[core].axons, axons);
    }
  }
}

TEST(KeyMaps, AreNotCountedForMachinesWithoutThem) {
  SpikeNetwork network = windows(4, 1, 1);
  EXPECT_TRUE(countKeyMaps(network, randomAssignment(network, 2, 1), machine(2, 0, 0, 0)).empty());
}

// Four planes of 16 rows of 16 pixels. A core of 64 neurons in the order of the text is four rows
// of a plane and needs six of each: at most three blocks of four, one and one rows. With a block
// for the rest of each plane, which share 256 axons, that is 16 entries and 4 * 96 + 256 axons.
TEST(KeyMaps, FitWhereOnlyWindowsAreNeeded) {
  SpikeNetwork network = windows(16, 4, 1);
  Assignment assignment{16, {{}, {}}};
  for (int i = 0; i < 1024; ++i)
    assignment.coreOf[1].push_back(i / 64);
  Target target = machine(16, 64, 640, 16);
  EXPECT_TRUE(keyMapsFit(network, assignment, target));
  target.keyMapEntries = 1;
  EXPECT_FALSE(keyMapsFit(network, assignment, target));
  for (const KeyMapNeed &need : countKeyMaps(network, assignment, target))
    EXPECT_EQ(need.axons, 1024);
}

TEST(KeyMaps, OfEveryPartitionFit) {
  SpikeNetwork network = windows(16, 2, 2);
  SpikeGraph graph(network);
  Target target = machine(32, 64, 320, 12);
  for (auto method : {PartitionMethod::Engram, PartitionMethod::FirstFit}) {
    Assignment assignment = partition(graph, target, {method, 1});
    EXPECT_LE(assignment.cores, 32);
    EXPECT_TRUE(keyMapsFit(network, assignment, target));
    for (const Excess &excess : checkUsage(countUsage(network, assignment, target), target))
      ADD_FAILURE() << excess.message();
  }
}

TEST(KeyMaps, ThatCannotFitAreReported) {
  SpikeNetwork network = windows(8, 1, 8); // each neuron needs all 64 pixels
  Target target = machine(8, 64, 63, 12);
  CheckResult result = checkNetwork(network, target);
  ASSERT_FALSE(result.fits());
  EXPECT_EQ(result.excesses.front().resource, Resource::FanIn);
  Assignment all{1, {{}, std::vector<int32_t>(64, 0)}};
  std::vector<Excess> excesses = checkUsage(countUsage(network, all, target), target);
  ASSERT_EQ(excesses.size(), 2u);
  EXPECT_EQ(excesses[1].message(), "core c0 needs 64 axons, limit is 63");
}
