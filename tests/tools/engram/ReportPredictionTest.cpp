// Predicted time and energy against closed forms, on networks of a few neurons.
#include "tools/engram/ReportPrediction.h"

#include "gtest/gtest.h"

using namespace engram::ncore;
using namespace engram::tool;

namespace {

Relation relationOf(Relation::Kind kind, int source, int target) {
  Relation relation;
  relation.name = "r";
  relation.kind = kind;
  relation.source = source;
  relation.target = target;
  return relation;
}

Group groupOf(const char *name, int64_t size, std::vector<double> rates, bool isSource = false) {
  Group group;
  group.name = name;
  group.size = size;
  group.rates = std::move(rates);
  group.isSource = isSource;
  return group;
}

/// A source of three neurons at 1, 2 and 3 Hz, and four neurons at 10 Hz, of which one is on the
/// first core and three are on the second.
struct TwoCores : testing::Test {
  SpikeNetwork network;
  Assignment assignment;

  TwoCores() {
    network.groups = {groupOf("in", 3, {1, 2, 3}, true), groupOf("a", 4, {10})};
    assignment.cores = 2;
    assignment.coreOf = {{}, {1, 0, 1, 1}};
  }
  std::vector<double> events() {
    std::vector<double> result;
    for (const CoreLoad &load : coreLoadsOf(network, assignment, {}))
      result.push_back(load.events);
    return result;
  }
};

using Events = std::vector<double>;

/// A machine that says what everything takes: a cycle is a microsecond.
Target machine() {
  Target target;
  target.clockHz = 1e6;
  target.cyclesPerNeuron = 3;
  target.cyclesPerSpike = 5;
  target.cyclesPerSynapse = 7;
  target.linkPacketsPerSecond = 1e4;
  target.hopSeconds = 2e-6;
  target.energyPerSynapse = 1;
  target.energyPerNeuronUpdate = 10;
  target.energyPerSpike = 100;
  target.energyPerHop = 1000;
  target.idleWatts = 1e6;
  return target;
}

/// Two cores; a step of a tenth of a second.
Loads loads() {
  Loads loads;
  loads.cores = {{4, 20, 30, 200}, {2, 10, 60, 400}};
  loads.hops = 50;
  loads.busiestLink = 40;
  loads.longestPath = 3;
  return loads;
}

} // namespace

TEST_F(TwoCores, NeuronsAndTheirSpikesCountOnTheirCore) {
  std::vector<CoreLoad> found = coreLoadsOf(network, assignment, {});
  EXPECT_EQ(found[0].neurons, 1);
  EXPECT_EQ(found[1].neurons, 3);
  EXPECT_EQ(found[0].spikes, 10);
  EXPECT_EQ(found[1].spikes, 30);
}

TEST_F(TwoCores, PacketsArriveOnceOnEachCoreThatGetsACopy) {
  std::vector<CoreLoad> found =
      coreLoadsOf(network, assignment, {{6, {0, 1}}, {30, {1}}, {10, {}}});
  EXPECT_EQ(found[0].arrivals, 6);
  EXPECT_EQ(found[1].arrivals, 36);
}

TEST_F(TwoCores, ListedSynapsesCountWithTheRateOfTheirSource) {
  Relation relation = relationOf(Relation::Kind::Explicit, 0, 1);
  // Neuron 1 twice onto 0; neuron 2 onto 1 and 3.
  relation.rows = std::make_shared<Rows>(Rows{{0, 0, 2, 4}, {0, 0, 1, 3}});
  network.relations = {relation};
  EXPECT_EQ(events(), (Events{3, 2 + 2 + 3}));
}

TEST_F(TwoCores, AllToAllGivesEachTargetEverySource) {
  network.relations = {relationOf(Relation::Kind::AllToAll, 0, 1)};
  EXPECT_EQ(events(), (Events{6, 18}));
}

TEST_F(TwoCores, NoNeuronCountsOntoItselfWhereThatIsNotAllowed) {
  network.groups[1].rates = {1, 2, 4, 8};
  Relation relation = relationOf(Relation::Kind::AllToAll, 1, 1);
  relation.allowSelf = false;
  network.relations = {relation};
  EXPECT_EQ(events(), (Events{15 - 2, 3 * 15 - 1 - 4 - 8}));
}

TEST_F(TwoCores, RandomConnectionsCountWithTheirMean) {
  Relation chance = relationOf(Relation::Kind::Probability, 0, 1);
  chance.probability = 0.5;
  network.relations = {chance};
  EXPECT_EQ(events(), (Events{3, 9}));
  Relation drawn = relationOf(Relation::Kind::Indegree, 0, 1);
  drawn.indegree = 6; // two synapses a pair
  network.relations = {drawn};
  EXPECT_EQ(events(), (Events{12, 36}));
}

TEST(ReportPrediction, StepIsTheSlowestCoreAndTheBusiestLinkAndTheLongestPath) {
  Prediction found = predict(machine(), loads(), 0.1);
  // 4 * 3 + 3 * 5 + 20 * 7 and 2 * 3 + 6 * 5 + 40 * 7 cycles
  ASSERT_EQ(found.coreSeconds.size(), 2u);
  EXPECT_DOUBLE_EQ(found.coreSeconds[0], 167e-6);
  EXPECT_DOUBLE_EQ(found.coreSeconds[1], 316e-6);
  EXPECT_EQ(found.slowestCore, 1);
  // 4 packets at 10,000 a second, 3 hops of 2 us
  EXPECT_DOUBLE_EQ(*found.busySeconds, 316e-6 + 400e-6 + 6e-6);
  EXPECT_DOUBLE_EQ(*found.stepSeconds, *found.busySeconds);
  EXPECT_FALSE(found.late);
  EXPECT_TRUE(found.leftOut.empty());
}

TEST(ReportPrediction, EnergyIsTheSumOfEventsUpdatesSpikesHopsAndIdling) {
  Prediction found = predict(machine(), loads(), 0.1);
  // 60 events, 6 neurons, 3 spikes, 5 hops; 722 us of a megawatt
  EXPECT_NEAR(*found.joules, 60 + 60 + 300 + 5000 + 722, 1e-9);
}

TEST(ReportPrediction, RealTimeStepsAreNotShorterThanTheTargetsAndLateOnesLonger) {
  Target target = machine();
  target.stepSeconds = 0.001;
  Prediction early = predict(target, loads(), 0.1);
  EXPECT_DOUBLE_EQ(*early.stepSeconds, 0.001);
  EXPECT_FALSE(early.late);
  EXPECT_NEAR(*early.joules, 60 + 60 + 300 + 5000 + 1000, 1e-9);
  target.stepSeconds = 0.0005;
  Prediction late = predict(target, loads(), 0.1);
  EXPECT_DOUBLE_EQ(*late.stepSeconds, 722e-6);
  EXPECT_TRUE(late.late);
}

TEST(ReportPrediction, WhatATargetDoesNotSayIsLeftOutAndNamed) {
  Prediction found = predict(Target(), loads(), 0.1);
  EXPECT_FALSE(found.stepSeconds);
  EXPECT_FALSE(found.joules);
  EXPECT_EQ(found.slowestCore, -1);
  std::string all;
  for (const std::string &sentence : found.leftOut)
    all += sentence + "\n";
  for (const char *field :
       {"clock_hz", "cycles_per_neuron", "cycles_per_spike", "cycles_per_synapse",
        "link_packets_per_second", "hop_seconds", "energy_per_synapse", "energy_per_neuron_update",
        "energy_per_spike", "energy_per_hop", "idle_watts"})
    EXPECT_NE(all.find(field), std::string::npos) << field;
}

TEST(ReportPrediction, WhatOverlapsCountsOnce) {
  Target target = machine();
  target.deliversWhileUpdating = true;
  target.cyclesPerStep = 10;
  Loads busy = loads();
  busy.work.resize(2);
  busy.work[0].programs = 100;
  busy.work[1].programs = 50;
  busy.work[1].conversion = 20;
  busy.work[1].codes = 8;
  target.energyPerConversion = 1e7;
  Prediction found = predict(target, busy, 0.1);
  EXPECT_EQ(found.slowestCore, 0);
  // Nothing arrives, so hops take nothing: the step and the slower core's update; then the link,
  // with 4 packets at 10,000 a second.
  EXPECT_DOUBLE_EQ(*found.cycles, 110);
  EXPECT_DOUBLE_EQ(*found.busySeconds, 400e-6);
  EXPECT_DOUBLE_EQ(found.coreSeconds[1], 80e-6);
  double conversions = 0;
  for (const EnergyPart &part : found.energy)
    if (part.name == "conversions of crossbars")
      conversions = part.joules.value_or(-1);
  EXPECT_DOUBLE_EQ(conversions, 8e7);
}

TEST(ReportPrediction, LinksWithoutRoutesAreNotKnown) {
  Loads unrouted = loads();
  unrouted.hops.reset();
  unrouted.busiestLink.reset();
  unrouted.longestPath.reset();
  Prediction found = predict(machine(), unrouted, 0.1);
  EXPECT_DOUBLE_EQ(*found.busySeconds, 316e-6);
  EXPECT_NEAR(*found.joules, 60 + 60 + 300 + 316, 1e-9);
  ASSERT_EQ(found.leftOut.size(), 1u);
  EXPECT_EQ(found.leftOut[0], "links: the mapping has no routes yet");
}
