// Counts of resources: exact ones against counting synapse by synapse, laws against many draws.
#include "lowering/NeuroToNCore/Resources.h"
#include "RandomNetworks.h"

#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <set>

using namespace engram::ncore;
using namespace engram::ncore::testing;

namespace {

Target targetWithWords(int64_t wordBits, int64_t overhead, int64_t header, bool dense = false) {
  Target target;
  target.synapseWordBits = wordBits;
  target.synapseOverheadBits = overhead;
  target.rowHeaderWords = header;
  target.denseRows = dense;
  target.weightBits = {8};
  return target;
}

Rows drawPairs(const SpikeNetwork &network, const Relation &relation, std::mt19937 &random) {
  int64_t n = network.groups[relation.source].size, m = network.groups[relation.target].size;
  if (relation.kind == Relation::Kind::Probability)
    return rowsOf(n, randomPairs(random, n, m, relation.probability));
  Pairs pairs;
  for (uint32_t i = 0; i < m; ++i)
    for (int64_t k = 0; k < relation.indegree; ++k)
      pairs.push_back({static_cast<uint32_t>(random() % n), i});
  return rowsOf(n, pairs);
}

/// All synapses of a network one by one; random relations as drawn.
std::map<std::pair<int, int64_t>, std::vector<std::pair<int, uint32_t>>>
allSynapses(const SpikeNetwork &network) {
  std::map<std::pair<int, int64_t>, std::vector<std::pair<int, uint32_t>>> synapses;
  for (const Relation &relation : network.relations) {
    auto add = [&](int64_t j, uint32_t i) {
      synapses[{relation.source, j}].push_back({relation.target, i});
    };
    if (relation.kind == Relation::Kind::AllToAll) {
      for (int64_t j = 0; j < network.groups[relation.source].size; ++j)
        for (uint32_t i = 0; i < network.groups[relation.target].size; ++i)
          if (relation.allowSelf || i != j)
            add(j, i);
      continue;
    }
    Rows rows = relation.isRandom() ? relation.draw() : *relation.rows;
    for (int64_t j = 0; j < rows.numSources(); ++j)
      for (int64_t k = rows.starts[j]; k < rows.starts[j + 1]; ++k)
        add(j, rows.targets[k]);
  }
  return synapses;
}

} // namespace

TEST(Resources, CountsEqualThoseOfEachSynapse) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    SpikeNetwork network = randomNetwork(seed);
    std::mt19937 random(seed);
    for (Relation &relation : network.relations)
      if (relation.isRandom()) {
        Rows rows = drawPairs(network, relation, random);
        relation.draw = [rows] { return rows; };
      }
    Target target = targetWithWords(32, 3, 2);
    int cores = 1 + static_cast<int>(seed % 7);
    Assignment assignment = randomAssignment(network, cores, seed);
    std::vector<CoreUsage> usage = countUsage(network, assignment, target);

    // 8-bit weights and 3 bits beside them: two synapses to a word of 32 bits, not three.
    std::vector<int64_t> synapses(cores, 0), words(cores, 0), rows(cores, 0), reach(cores, 0);
    for (const auto &[source, targets] : allSynapses(network)) {
      std::map<int, int64_t> perCore;
      for (auto [group, neuron] : targets)
        ++perCore[assignment.coreOf[group][neuron]];
      for (auto [core, count] : perCore) {
        synapses[core] += count;
        words[core] += 2 + (count + 1) / 2;
        ++rows[core];
      }
      if (!network.groups[source.first].isSource) {
        int64_t &most = reach[assignment.coreOf[source.first][source.second]];
        most = std::max(most, static_cast<int64_t>(perCore.size()));
      }
    }
    for (int core = 0; core < cores; ++core) {
      SCOPED_TRACE("seed " + std::to_string(seed) + " core " + std::to_string(core));
      EXPECT_TRUE(usage[core].exact);
      EXPECT_EQ(usage[core].synapses, synapses[core]);
      EXPECT_EQ(usage[core].synapseWords, words[core]);
      EXPECT_EQ(usage[core].fanIn, rows[core]);
      EXPECT_EQ(usage[core].fanOut, reach[core]);
    }
  }
}

TEST(Resources, BoundsOfLawsHoldForEachDraw) {
  int violations = 0, cases = 0;
  for (unsigned seed = 0; seed < 40; ++seed) {
    SpikeNetwork network = randomNetwork(seed + 1000);
    Target target = targetWithWords(32, 3, 1);
    Assignment assignment = randomAssignment(network, 3, seed);
    CountOptions laws;
    laws.maxDraws = -1;
    std::vector<CoreUsage> bound = countUsage(network, assignment, target, laws);
    for (unsigned draw = 0; draw < 5; ++draw) {
      std::mt19937 random(draw * 7919 + seed);
      for (Relation &relation : network.relations)
        if (relation.isRandom()) {
          Rows rows = drawPairs(network, relation, random);
          relation.draw = [rows] { return rows; };
        }
      std::vector<CoreUsage> drawn = countUsage(network, assignment, target);
      for (size_t core = 0; core < drawn.size(); ++core) {
        ++cases;
        violations += drawn[core].synapses > bound[core].synapses ||
                      drawn[core].synapseWords > bound[core].synapseWords ||
                      drawn[core].fanIn > bound[core].fanIn ||
                      drawn[core].fanOut > bound[core].fanOut;
      }
    }
  }
  EXPECT_EQ(cases, 600);
  EXPECT_EQ(violations, 0);
}

// Closed forms against the mean of draws: rows that a core of n neurons gets from N sources are
// N (1 - (1 - p)^n), and N (1 - (1 - 1 / N)^(K n)) for an in-degree K.
TEST(Resources, LawsAreTheMeanOfDraws) {
  SpikeNetwork network;
  int a = addGroup(network, 80), b = addGroup(network, 50);
  Relation probability, indegree;
  probability.source = indegree.source = a;
  probability.target = indegree.target = b;
  probability.kind = Relation::Kind::Probability;
  probability.probability = 0.07;
  indegree.kind = Relation::Kind::Indegree;
  indegree.indegree = 6;
  std::mt19937 random(1);
  for (const Relation &relation : {probability, indegree})
    for (int n : {1, 5, 20}) {
      double rows = 0, synapses = 0;
      constexpr int draws = 2000;
      for (int k = 0; k < draws; ++k) {
        Rows drawn = drawPairs(network, relation, random);
        for (int64_t j = 0; j < 80; ++j) {
          int64_t count = std::count_if(drawn.targets.begin() + drawn.starts[j],
                                        drawn.targets.begin() + drawn.starts[j + 1],
                                        [&](uint32_t i) { return i < uint32_t(n); });
          rows += count > 0;
          synapses += double(count);
        }
      }
      double expected = 80 * -std::expm1(logOfNoSynapse(network, relation, n));
      EXPECT_NEAR(rows / draws, expected, 0.03 * expected) << n;
      EXPECT_NEAR(synapses / draws, synapsesOfPair(network, relation) * 80 * n,
                  0.03 * synapses / draws);
    }
  EXPECT_NEAR(logOfNoSynapse(network, probability, 3), 3 * std::log(0.93), 1e-12);
  EXPECT_NEAR(logOfNoSynapse(network, indegree, 2), 12 * std::log(79.0 / 80), 1e-12);
}

// 0.3 billion synapses: nothing may be proportional to them.
TEST(Resources, ManySymbolicSynapsesCostNothing) {
  SpikeNetwork network;
  int a = addGroup(network, 40000), b = addGroup(network, 40000);
  for (auto [from, to] : {std::pair(a, b), std::pair(b, a), std::pair(a, a)})
    addRelation(network, from, to, Relation::Kind::Probability).probability = 0.0625;
  EXPECT_NEAR(network.numSynapses(), 3e8, 1);
  Assignment assignment = randomAssignment(network, 64, 1);
  std::vector<CoreUsage> usage = countUsage(network, assignment, targetWithWords(32, 0, 1));
  EXPECT_FALSE(usage[0].exact);
  // Each of 80,000 sources has a synapse onto some of about 1,250 neurons of a core.
  EXPECT_EQ(usage[0].fanIn, 80000);
}

TEST(Resources, DenseRowsTakeWeightsAlone) {
  SpikeNetwork network;
  int a = addGroup(network, 3, true), b = addGroup(network, 20);
  addRelation(network, a, b, Relation::Kind::AllToAll);
  Assignment assignment = randomAssignment(network, 1, 1);
  // 128 bits: 16 weights of 8 bits; or 5 of 8 + 14 bits.
  EXPECT_EQ(countUsage(network, assignment, targetWithWords(128, 14, 1, true))[0].synapseWords,
            3 * (1 + 2));
  EXPECT_EQ(countUsage(network, assignment, targetWithWords(128, 14, 1, false))[0].synapseWords,
            3 * (1 + 4));
}

TEST(Resources, EveryExcessIsListedOnce) {
  SpikeNetwork network;
  int a = addGroup(network, 10), b = addGroup(network, 10);
  addRelation(network, a, b, Relation::Kind::AllToAll).mostDelay = 20;
  network.groups[a].stateWords = 9;
  Target target;
  target.neurons = 4;
  target.populations = 1;
  target.fanIn = 8;
  target.delaySlots = 16;
  target.stateWords = 8;
  target.gridX = target.gridY = target.coresPerRouter = 1;
  Assignment assignment = randomAssignment(network, 2, 3);
  std::vector<Excess> excesses = checkUsage(countUsage(network, assignment, target), target);
  std::set<std::pair<int, Resource>> seen;
  for (const Excess &excess : excesses) {
    EXPECT_GT(excess.need, excess.limit);
    EXPECT_TRUE(seen.insert({excess.core, excess.resource}).second) << excess.message();
  }
  for (int core : {0, 1})
    for (Resource resource : {Resource::Neurons, Resource::Populations, Resource::FanIn,
                              Resource::DelaySlots, Resource::StateWords})
      EXPECT_TRUE(seen.count({core, resource})) << core << " " << resourceName(resource);
  EXPECT_TRUE(seen.count({-1, Resource::Cores}));
  EXPECT_EQ(seen.size(), 11u);
  EXPECT_EQ((Excess{3, "", Resource::Neurons, 300, 256}).message(),
            "core c3 needs 300 neurons, limit is 256");
}

// 300 sources in tiles of 128 rows are three row blocks; 5 targets in blocks of 2 are three column
// blocks.
TEST(Resources, CrossbarsTakeTilesAndEntriesButNoWords) {
  SpikeNetwork network;
  network.groups.resize(3);
  network.groups[0].name = "in";
  network.groups[0].size = 300;
  network.groups[0].isSource = true;
  network.groups[1].name = "a";
  network.groups[1].size = 5;
  network.groups[1].block = 2;
  network.groups[2].name = "b";
  network.groups[2].size = 4;
  Relation crossbars;
  crossbars.source = 0;
  crossbars.target = 1;
  crossbars.kind = Relation::Kind::AllToAll;
  crossbars.crossbarRows = 128;
  crossbars.weightBits = 16;
  Relation rows;
  rows.source = 0;
  rows.target = 2;
  rows.kind = Relation::Kind::AllToAll;
  rows.weightBits = 8;
  network.relations = {crossbars, rows};
  EXPECT_EQ(tilesOfBlocks(network), (std::vector<int64_t>{0, 3, 0}));
  std::vector<std::vector<bool>> conflicts = conflictsOfGroups(network);
  ASSERT_EQ(conflicts.size(), 3u);
  EXPECT_TRUE(conflicts[1][2] && conflicts[2][1]);
  EXPECT_FALSE(conflicts[1][1] || conflicts[2][2]);

  Target target = targetWithWords(32, 0, 1, /*dense=*/true);
  target.crossbars = 4;
  Assignment assignment{3, {{}, {0, 0, 0, 0, 1}, {2, 2, 2, 2}}};
  std::vector<CoreUsage> usage = countUsage(network, assignment, target);
  EXPECT_EQ(usage[0].crossbars, 6);
  EXPECT_EQ(usage[1].crossbars, 3);
  EXPECT_EQ(usage[2].crossbars, 0);
  for (int core : {0, 1}) {
    EXPECT_EQ(usage[core].fanIn, 300);
    EXPECT_EQ(usage[core].synapseWords, 0);
    EXPECT_EQ(usage[core].weightBits, 0);
  }
  EXPECT_EQ(usage[2].synapseWords, 300 * (1 + 1));
  std::vector<Excess> excesses = checkUsage(usage, target);
  ASSERT_EQ(excesses.size(), 2u); // the grid has one core
  EXPECT_EQ(excesses[0].message(), "core c0 needs 6 crossbars, limit is 4");
  target.crossbars = 0;
  EXPECT_EQ(checkNeurons(network, target)[0].message(), "'a' needs 3 crossbars, limit is 0");
}

// The same counts where rows of the source are listed one by one.
TEST(Resources, SourcesWithListedRowsHaveEntriesForCrossbarsToo) {
  SpikeNetwork network;
  network.groups.resize(3);
  network.groups[0].size = 2;
  network.groups[1].size = 4;
  network.groups[1].block = 4;
  network.groups[2].size = 2;
  Relation crossbars;
  crossbars.source = 0;
  crossbars.target = 1;
  crossbars.kind = Relation::Kind::AllToAll;
  crossbars.crossbarRows = 128;
  Relation pairs;
  pairs.source = 0;
  pairs.target = 2;
  Rows rows = rowsOf(2, {{0, 0}, {1, 1}});
  pairs.rows = std::make_shared<Rows>(rows);
  network.relations = {crossbars, pairs};
  Target target = targetWithWords(32, 0, 1);
  target.crossbars = 4;
  Assignment assignment{3, {{0, 0}, {1, 1, 1, 1}, {2, 2}}};
  std::vector<CoreUsage> usage = countUsage(network, assignment, target);
  EXPECT_EQ(usage[1].fanIn, 2);
  EXPECT_EQ(usage[1].synapseWords, 0);
  EXPECT_EQ(usage[2].fanIn, 2);
  EXPECT_EQ(usage[2].synapseWords, 4);
  EXPECT_EQ(usage[0].fanOut, 2);
}

TEST(Resources, ProgramsOfACoreHaveTheirConstantsTogetherEqualProgramsOnce) {
  SpikeNetwork network;
  for (int64_t constants : {200, 100, 100})
    network.groups[addGroup(network, 2)].constants = constants;
  network.groups[2].program = network.groups[1].program;
  Target target;
  target.constants = 256;
  target.gridX = 2;
  target.gridY = 1;
  Assignment apart{2, {{0, 0}, {1, 1}, {1, 1}}}, together{1, {{0, 0}, {0, 0}, {0, 0}}};
  EXPECT_TRUE(checkUsage(countUsage(network, apart, target), target).empty());
  std::vector<Excess> excesses = checkUsage(countUsage(network, together, target), target);
  ASSERT_EQ(excesses.size(), 1u);
  EXPECT_EQ(excesses[0].message(), "core c0 needs 300 constants of update programs, limit is 256");
}
