// Refusals and what would help, on networks whose needs are counted by hand.
#include "lowering/NeuroToNCore/Check.h"

#include <gtest/gtest.h>

using namespace engram::ncore;

namespace {

Target machine(const std::string &name, int columns) {
  Target target;
  target.name = name;
  target.gridX = columns;
  target.neurons = 256;
  target.weightBits = {4, 8};
  target.synapseWordBits = 128;
  target.synapseOverheadBits = 14;
  target.denseRows = true;
  target.delaySlots = 16;
  return target;
}

Group population(const std::string &name, int64_t size) {
  Group group;
  group.name = name;
  group.size = size;
  group.program = 0;
  group.rates = {10};
  return group;
}

// 64 sources onto each of 64 neurons, with weights of 8 bits. On one core a row is a header and
// 64 * 8 / 128 = 4 words: 64 * 5 = 320 words. With 4 bits: 64 * (1 + 2) = 192. On two cores of 32
// neurons each: 64 * (1 + 2) = 192 again.
SpikeNetwork dense() {
  SpikeNetwork network;
  network.groups = {population("in", 64), population("a", 64)};
  network.groups[0].isSource = true;
  Relation relation;
  relation.name = "p";
  relation.source = 0;
  relation.target = 1;
  relation.kind = Relation::Kind::AllToAll;
  relation.weightBits = 8;
  relation.leastDelay = relation.mostDelay = 1;
  network.relations = {relation};
  return network;
}

const Remedy *find(const CheckResult &result, Remedy::Kind kind) {
  for (const Remedy &remedy : result.remedies)
    if (remedy.kind == kind)
      return &remedy;
  return nullptr;
}

TEST(NetworkCheck, WhatFitsHasNoNeedsAndNoRemedies) {
  Target target = machine("one", 1);
  target.synapseWords = 320;
  CheckResult result = checkNetwork(dense(), target);
  EXPECT_TRUE(result.fits());
  EXPECT_TRUE(result.remedies.empty());
  EXPECT_EQ(result.cores, 1);
  EXPECT_EQ(result.neurons, 64);
  EXPECT_EQ(result.synapses, 64 * 64);
  EXPECT_TRUE(result.exact);
}

TEST(NetworkCheck, TooManyNeuronsNeedALargerMachineAndNothingElseHelps) {
  SpikeNetwork network;
  network.groups = {population("a", 700)};
  CheckOptions options;
  options.others = {machine("two", 2), machine("three", 3), machine("four", 4)};
  CheckResult result = checkNetwork(network, machine("one", 1), options);
  ASSERT_EQ(result.excesses.size(), 1u);
  EXPECT_EQ(result.excesses[0].resource, Resource::Cores);
  EXPECT_EQ(result.excesses[0].need, 3); // 700 / 256
  EXPECT_EQ(result.excesses[0].limit, 1);
  EXPECT_EQ(result.excesses[0].message(), "the network needs 3 cores, limit is 1");
  ASSERT_EQ(result.remedies.size(), 1u);
  EXPECT_EQ(result.remedies[0].kind, Remedy::Kind::Machine);
  EXPECT_EQ(result.remedies[0].name, "three");
  EXPECT_EQ(result.remedies[0].text, "on 'three' it fits, on 3 of 3 cores");
}

TEST(NetworkCheck, NarrowerWeightsOrASecondCoreHelpWhereWordsAreShort) {
  Target target = machine("one", 1);
  target.synapseWords = 200;
  Target larger = target;
  larger.name = "two";
  larger.gridX = 2;
  CheckOptions options;
  options.others = {larger};
  CheckResult result = checkNetwork(dense(), target, options);
  ASSERT_EQ(result.excesses.size(), 1u);
  EXPECT_EQ(result.excesses[0].message(), "the network needs 2 cores, limit is 1");
  const Remedy *weights = find(result, Remedy::Kind::WeightBits);
  ASSERT_TRUE(weights);
  EXPECT_EQ(weights->number, 4);
  EXPECT_EQ(weights->text, "with weights of 4 bits instead of 8 it fits, on 1 core");
  const Remedy *machines = find(result, Remedy::Kind::Machine);
  ASSERT_TRUE(machines);
  EXPECT_EQ(machines->text, "on 'two' it fits, on 2 of 2 cores");
  EXPECT_FALSE(find(result, Remedy::Kind::Partition));
  // With what the remedy says, it does fit; with what it does not say, it would not.
  SpikeNetwork narrow = dense();
  narrow.relations[0].weightBits = 4;
  EXPECT_TRUE(checkNetwork(narrow, target).fits());
  target.synapseWords = 191;
  EXPECT_FALSE(checkNetwork(narrow, target).fits());
  EXPECT_FALSE(find(checkNetwork(dense(), target), Remedy::Kind::WeightBits));
}

TEST(NetworkCheck, NeedsOfANeuronAreListedOnceForItsPopulation) {
  SpikeNetwork network = dense();
  network.groups[1].stateWords = 9;
  network.groups[1].stateBits = 24;
  network.groups[1].ports = 3;
  network.groups[1].programLength = 70;
  network.groups[1].accumulatorBits = 30;
  network.relations[0].mostDelay = 20;
  network.relations[0].weightBits = 12;
  Target target = machine("one", 2);
  target.neurons = 40; // so that the population lies on two cores
  target.fanIn = 63;
  target.stateWords = 8;
  target.stateBits = 16;
  target.ports = 2;
  target.programLength = 64;
  target.accumulatorBits = 24;
  CheckResult result = checkNetwork(network, target);
  std::vector<std::string> messages;
  for (const Excess &excess : result.excesses)
    messages.push_back(excess.message());
  EXPECT_EQ(messages, (std::vector<std::string>{
                          "'a' needs 64 source neurons, limit is 63",
                          "'a' needs 12 bits a weight, limit is 8",
                          "'a' needs 21 delay slots, limit is 16",
                          "'a' needs 9 state words a neuron, limit is 8",
                          "'a' needs 24 bits a state word, limit is 16",
                          "'a' needs 70 operations of update programs, limit is 64",
                          "'a' needs 30 bits an accumulator, limit is 24",
                          "'a' needs 3 ports, limit is 2",
                      }));
  // No cut helps, narrower weights alone do not either; delays and formats have their passes.
  EXPECT_FALSE(find(result, Remedy::Kind::Partition));
  EXPECT_FALSE(find(result, Remedy::Kind::WeightBits));
  const Remedy *delays = find(result, Remedy::Kind::Delays);
  ASSERT_TRUE(delays);
  EXPECT_EQ(delays->number, 15);
  const Remedy *formats = find(result, Remedy::Kind::Formats);
  ASSERT_TRUE(formats);
  EXPECT_EQ(formats->name, "a");
}

TEST(NetworkCheck, AnotherKindOfMachineIsNamedWhereNoneOfTheKindDoes) {
  Target target = machine("few", 1);
  target.fanIn = 10;
  Target larger = target;
  larger.name = "more of few";
  larger.gridX = 100;
  Target wide = machine("wide", 1);
  CheckOptions options;
  options.others = {larger, wide};
  CheckResult result = checkNetwork(dense(), target, options);
  const Remedy *machines = find(result, Remedy::Kind::Machine);
  ASSERT_TRUE(machines);
  EXPECT_EQ(machines->name, "wide");
}

TEST(NetworkCheck, WeightsWithoutAFormatCountAsTheWidestThereIs) {
  SpikeNetwork network = dense();
  network.relations[0].weightBits = 0;
  Target target = machine("one", 1);
  target.synapseWords = 319;
  CheckResult result = checkNetwork(network, target);
  EXPECT_EQ(result.openWeightBits, 8);
  EXPECT_FALSE(result.fits());
  target.synapseWords = 320;
  EXPECT_TRUE(checkNetwork(network, target).fits());
}

// No cut puts all words onto one core, so none is named.
TEST(NetworkCheck, APartitionThatDoesNotFitIsNotNamed) {
  for (PartitionMethod method : {PartitionMethod::FirstFit, PartitionMethod::Engram}) {
    for (int64_t words : {192, 193, 250, 319}) {
      Target target = machine("one", 1);
      target.synapseWords = words;
      CheckOptions options;
      options.partition.method = method;
      CheckResult result = checkNetwork(dense(), target, options);
      EXPECT_FALSE(result.fits());
      EXPECT_FALSE(find(result, Remedy::Kind::Partition));
    }
  }
}

// Cores of three source neurons at most. In their order, neurons 0 (of sources 0, 1) and 1 (of 2)
// share a core; then 2 (of 0, 1, 4) and 3 (of 2, 3, 5) need one each. Two cores do for 0 with 2, 1
// with 3.
TEST(NetworkCheck, APartitionThatFitsIsNamed) {
  SpikeNetwork network;
  network.groups = {population("in", 6), population("a", 4)};
  network.groups[0].isSource = true;
  auto rows = std::make_shared<Rows>();
  rows->starts = {0, 2, 4, 6, 7, 8, 9};
  rows->targets = {0, 2, 0, 2, 1, 3, 3, 2, 3};
  Relation relation;
  relation.source = 0;
  relation.target = 1;
  relation.rows = rows;
  relation.weightBits = 8;
  relation.leastDelay = relation.mostDelay = 1;
  network.relations = {relation};
  Target target = machine("two", 2);
  target.fanIn = 3;
  CheckOptions options;
  options.partition.method = PartitionMethod::FirstFit;
  CheckResult result = checkNetwork(network, target, options);
  ASSERT_EQ(result.excesses.size(), 1u);
  EXPECT_EQ(result.excesses[0].message(), "the network needs 3 cores, limit is 2");
  const Remedy *partition = find(result, Remedy::Kind::Partition);
  ASSERT_TRUE(partition);
  EXPECT_EQ(partition->text, "with the partition 'engram' it fits, on 2 cores");
  options.partition.method = PartitionMethod::Engram;
  EXPECT_TRUE(checkNetwork(network, target, options).fits());
}

// 100 of 1,000 sources on average, with a bound of five standard deviations of sqrt(1000 * 0.1 *
// 0.9) = 9.5 above: each neuron is below the limit by its mean and above it by the bound. It is
// told once.
TEST(NetworkCheck, NeedsOfSingleNeuronsByABoundAreListedOnceForTheirPopulation) {
  SpikeNetwork network;
  network.groups = {population("in", 1000), population("a", 50)};
  network.groups[0].isSource = true;
  Relation relation;
  relation.source = 0;
  relation.target = 1;
  relation.kind = Relation::Kind::Probability;
  relation.probability = 0.1;
  relation.leastDelay = relation.mostDelay = 1;
  network.relations = {relation};
  Target target = machine("many", 60);
  target.fanIn = 120;
  CheckResult result = checkNetwork(network, target);
  ASSERT_EQ(result.excesses.size(), 1u);
  EXPECT_EQ(result.excesses[0].group, "a");
  EXPECT_EQ(result.excesses[0].resource, Resource::FanIn);
  EXPECT_EQ(result.excesses[0].limit, 120);
  EXPECT_GE(result.excesses[0].need, 147); // 100 + 5 * 9.49
  EXPECT_LE(result.excesses[0].need, 149);
}

// The cortical microcircuit's size: eight populations, 77,169 neurons, and 0.3 billion synapses
// that are never listed.
TEST(NetworkCheck, ThreeHundredMillionRandomSynapsesStaySymbolic) {
  const int64_t sizes[] = {20683, 5834, 21915, 5479, 4850, 1065, 14395, 2948};
  SpikeNetwork network;
  for (int g = 0; g < 8; ++g)
    network.groups.push_back(population("p" + std::to_string(g), sizes[g]));
  for (int s = 0; s < 8; ++s)
    for (int t = 0; t < 8; ++t) {
      Relation relation;
      relation.name = network.groups[s].name + "_" + network.groups[t].name;
      relation.source = s;
      relation.target = t;
      relation.kind = Relation::Kind::Probability;
      relation.probability = 0.05;
      relation.leastDelay = relation.mostDelay = 15;
      network.relations.push_back(relation);
    }
  EXPECT_NEAR(network.numSynapses(), 0.05 * 77169 * 77169, 1); // 0.298 billion
  Target target = machine("small", 100);
  target.denseRows = false;
  target.synapseWords = 1 << 20;
  Target large = target;
  large.name = "large";
  large.gridX = 1000;
  CheckOptions options;
  options.others = {large};
  CheckResult result = checkNetwork(network, target, options);
  ASSERT_FALSE(result.fits());
  EXPECT_FALSE(result.exact);
  EXPECT_EQ(result.excesses.back().resource, Resource::Cores);
  // At least as many cores as the neurons need.
  EXPECT_GE(result.cores, (77169 + 255) / 256);
  const Remedy *machines = find(result, Remedy::Kind::Machine);
  ASSERT_TRUE(machines);
  EXPECT_EQ(machines->name, "large");
}

} // namespace
