// Expected work of cores: closed forms of small networks, and sums over synapses of random ones.
#include "lowering/NeuroToNCore/StepWork.h"
#include <cmath>
#include <gtest/gtest.h>
#include <random>
#include <set>

using namespace engram;
using namespace engram::ncore;

namespace {

Target machine() {
  Target target;
  target.gridX = target.gridY = 2;
  target.neurons = 256;
  target.synapseWordBits = 128;
  target.synapseOverheadBits = 14;
  target.denseRows = true;
  target.weightBits = {8};
  target.lanes = 8;
  target.deliversWhileUpdating = true;
  target.cyclesPerSpike = 1;
  target.cyclesPerSynapse = 0.4;
  target.cyclesPerOperation = 1;
  target.cyclesPerProduct = 3;
  target.cyclesPerStepEnd = 9;
  target.cyclesPerPopulation = 5;
  target.cyclesPerConversion = 26;
  target.conversionsPerCycle = 8;
  target.cyclesPerNoise = 15;
  return target;
}

Group groupOf(const char *name, int64_t size, double rate, bool isSource) {
  Group group;
  group.name = name;
  group.size = size;
  group.rates = {rate};
  group.isSource = isSource;
  return group;
}

/// Ten inputs of 100 Hz, and 40 neurons on one core.
SpikeNetwork small(Relation relation) {
  SpikeNetwork network;
  network.groups = {groupOf("in", 10, 100, true), groupOf("a", 40, 0, false)};
  network.groups[1].update = {4, 2, 0};
  relation.source = 0;
  relation.target = 1;
  relation.weightBits = 8;
  network.relations = {std::move(relation)};
  return network;
}

Assignment oneCore(int64_t neurons) {
  Assignment assignment;
  assignment.cores = 1;
  assignment.coreOf = {{}, std::vector<int32_t>(neurons, 0)};
  return assignment;
}

CoreWork workOf(const SpikeNetwork &network) {
  return expectedWork(network, oneCore(network.groups[1].size), machine(), 1e-3)[0];
}

} // namespace

TEST(StepWork, UpdatesTakeTheCyclesOfTheirOperations) {
  Relation all;
  all.kind = Relation::Kind::AllToAll;
  CoreWork work = workOf(small(all));
  EXPECT_EQ(work.programs, 40 * (4 + 2 * 3));
  EXPECT_EQ(work.after, 9 + 5);
  EXPECT_EQ(work.neurons, 40);
}

TEST(StepWork, DenseRowsTakeEightNeuronsACycle) {
  Relation all;
  all.kind = Relation::Kind::AllToAll;
  CoreWork work = workOf(small(all));
  // A header and 40 synapses of 8 bits in three words; a spike in a step on average.
  EXPECT_DOUBLE_EQ(work.host.spikes, 10 * 0.1);
  EXPECT_DOUBLE_EQ(work.host.cycles, 10 * 0.1 * (1 + 5));
  EXPECT_DOUBLE_EQ(work.host.sops, 40);
  EXPECT_DOUBLE_EQ(work.host.busy, work.host.cycles);
  EXPECT_EQ(work.cores.spikes, 0);
}

TEST(StepWork, ListedSynapsesOfALaneComeOneByOne) {
  Relation listed;
  auto rows = std::make_shared<Rows>();
  // One input has a word with three neurons of a lane; the others have nothing and are found.
  rows->starts = {0, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3};
  rows->targets = {0, 16, 32};
  listed.rows = rows;
  CoreWork work = workOf(small(listed));
  EXPECT_DOUBLE_EQ(work.host.cycles, 0.1 * (1 + 3));
  EXPECT_DOUBLE_EQ(work.host.busy, 0.1 * (1 + 3) + 9 * 0.1);
  EXPECT_DOUBLE_EQ(work.host.spikes, 10 * 0.1);
}

TEST(StepWork, RandomRowsCountWithTheirMean) {
  Relation random;
  random.kind = Relation::Kind::Probability;
  random.probability = 0.5;
  CoreWork work = workOf(small(random));
  // 20 synapses in five words of five, which take 0.4 cycles each.
  EXPECT_DOUBLE_EQ(work.host.cycles, 10 * 0.1 * (1 + 20 * 0.4));
  EXPECT_DOUBLE_EQ(work.host.sops, 20);
}

TEST(StepWork, TilesConvertWhenARowIsDriven) {
  Relation crossbar;
  crossbar.kind = Relation::Kind::AllToAll;
  crossbar.crossbarRows = 128;
  crossbar.slices = 3;
  crossbar.noisy = true;
  SpikeNetwork network = small(crossbar);
  network.groups[1].block = 32;
  CoreWork work = workOf(network);
  // Two blocks of columns, 32 and 8.
  double driven = 1 - std::pow(0.9, 10);
  EXPECT_NEAR(work.conversion, driven * (2 * 26 + 3 * (4 + 1)), 1e-9);
  EXPECT_DOUBLE_EQ(work.host.drives, 10 * 0.1 * 2 * (1 + 15));
  EXPECT_DOUBLE_EQ(work.host.cycles, 0);
}

// Words and lanes of random lists, made here a synapse at a time.
TEST(StepWork, OfListsIsTheSumOverTheirRows) {
  std::mt19937_64 random(5);
  for (int trial = 0; trial < 20; ++trial) {
    Relation listed;
    auto rows = std::make_shared<Rows>();
    rows->starts = {0};
    double cycles = 0;
    for (int j = 0; j < 10; ++j) {
      std::set<uint32_t> targets;
      for (uint64_t k = 1 + random() % 12; k > 0; --k)
        targets.insert(static_cast<uint32_t>(random() % 40));
      rows->targets.insert(rows->targets.end(), targets.begin(), targets.end());
      rows->starts.push_back(static_cast<int64_t>(rows->targets.size()));
      auto count = static_cast<int>(targets.size());
      int span = static_cast<int>(*targets.rbegin() - *targets.begin()) + 1;
      int sparse = (count + 4) / 5, dense = 1 + (span + 15) / 16, lanes = 0;
      if (dense <= sparse) {
        cycles += 0.1 * std::max(dense + 1, 1 + (span + 7) / 8);
        continue;
      }
      std::vector<uint32_t> list(targets.begin(), targets.end());
      for (int word = 0; word < count; word += 5) {
        std::set<uint32_t> taken;
        ++lanes;
        for (int k = word; k < std::min(count, word + 5); ++k)
          if (!taken.insert(list[k] % 8).second) {
            ++lanes;
            taken = {list[k] % 8};
          }
      }
      cycles += 0.1 * std::max(1 + sparse + 1, 1 + lanes);
    }
    listed.rows = rows;
    EXPECT_NEAR(workOf(small(listed)).host.cycles, cycles, 1e-9) << trial;
  }
}
