// The three ways of a long delay by running: each where it is the cheapest, and no bit changes.
#include "dialects/Neuro/Transforms/Alignment.h"
#include "tests/dialects/Neuro/Transforms/MapDelaysTestSupport.h"

using namespace mlir;
using namespace engram;
using namespace engram::tests;

namespace {

/// A line of six relays of 16 neurons costs 96, on three cores 21, a line of six relays of sums of
/// three neurons 18 and of four 24.
neuro::MapDelaysPassOptions someCosts() {
  neuro::MapDelaysPassOptions options;
  options.extensionCoreCost = 7;
  options.extensionNeurons = 16;
  options.extensionStages = 2;
  return options;
}

std::string manyToFew(int few, const std::string &more = "") {
  return R"(
    source @s [16] is #neuro.external
    population @a [16] of @Cell
    population @b [)" +
         std::to_string(few) + R"(] of @Cell
    projection @sa from @s to @a via #neuro.one_to_one<weight = 1.1> delay 1
    projection @ab from @a to @b via #neuro.all_to_all<weight = 0.3> bias dense<0.1> : tensor<)" +
         std::to_string(few) + R"(xf64> delay 100
    probe @p of @b "v"
  )" + more;
}

size_t marked(Mapped &mapped, StringRef attribute) {
  return llvm::count_if(mapped.network().getBody().getOps<neuro::PopulationOp>(),
                        [&](neuro::PopulationOp op) { return op->hasAttr(attribute); });
}

TEST(MapDelaysChoice, SumsOfFewNeuronsAreDelayedBehindTheSumAndKeepTheirRounding) {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  Mapped mapped = mapDelays(manyToFew(3), context, {}, someCosts());
  EXPECT_GT(expectSameLater(mapped, {}, 300), 100);
  EXPECT_EQ(mapped.wayOf("ab"), "target");
  EXPECT_EQ(mapped.recorded("relay_neurons").getInt(), 18);
  EXPECT_EQ(mapped.reorderedPorts(), 0u);
  EXPECT_EQ(marked(mapped, "neuro.extension"), 0u);
}

TEST(MapDelaysChoice, CoresThatHoldSpikesBackAreTakenWhereTheyCostLess) {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  Mapped mapped = mapDelays(manyToFew(4), context, {}, someCosts());
  EXPECT_GT(expectSameLater(mapped, {}, 300), 100);
  EXPECT_EQ(mapped.wayOf("ab"), "extension");
  EXPECT_EQ(marked(mapped, "neuro.extension"), 6u);
  std::set<std::string> cores;
  for (auto population : mapped.network().getBody().getOps<neuro::PopulationOp>())
    if (auto first = population->getAttrOfType<FlatSymbolRefAttr>("neuro.extension"))
      cores.insert(first.getValue().str());
  EXPECT_EQ(cores, (std::set<std::string>{"a_delayed_15", "a_delayed_45", "a_delayed_75"}));
}

TEST(MapDelaysChoice, RelaysBehindTheSourceAreTakenWhereNothingCostsLess) {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  neuro::MapDelaysPassOptions options;
  options.extensionCoreCost = 1000;
  Mapped mapped = mapDelays(manyToFew(16), context, {}, options);
  EXPECT_GT(expectSameLater(mapped, {}, 300), 100);
  EXPECT_EQ(mapped.wayOf("ab"), "source");
  EXPECT_EQ(mapped.recorded("relay_neurons").getInt(), 96);
  EXPECT_EQ(marked(mapped, "neuro.extension"), 0u);
}

TEST(MapDelaysChoice, SumsAreDelayedFromAsFarBehindTheSourceAsTheLineOfTheOthersReaches) {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  Mapped mapped = mapDelays(R"(
    source @s [8] is #neuro.external
    population @a [8] of @Cell
    population @b [3] of @Cell
    population @c [20] of @Cell
    projection @sa from @s to @a via #neuro.one_to_one<weight = 1.1> delay 1
    projection @ab from @a to @b via #neuro.all_to_all<weight = 0.3> delay 70
    projection @ac from @a to @c via #neuro.all_to_all<weight = 0.1> delay 41
    probe @p of @b "v"
    probe @q of @c "v"
  )",
                            context);
  EXPECT_GT(expectSameLater(mapped, {}, 300), 100);
  EXPECT_EQ(mapped.wayOf("ab"), "target");
  EXPECT_EQ(mapped.wayOf("ac"), "source");
  // 41 = 15 + 15 + 11 takes two relays of eight; 70 = 45 + 15 + 10 two more of three.
  EXPECT_EQ(mapped.recorded("relay_neurons").getInt(), 22);
}

TEST(MapDelaysChoice, SumsOfFloatsToWhichOthersAddAreNotDelayed) {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  Mapped mapped = mapDelays(
      manyToFew(3, "projection @bb from @b to @b via #neuro.all_to_all<weight = -0.2> delay 1\n"),
      context);
  expectSameLater(mapped, {}, 300);
  EXPECT_EQ(mapped.wayOf("ab"), "source");
}

TEST(MapDelaysChoice, NumbersAreNotHeldBackByCoresForSpikes) {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  Mapped mapped = mapDelays(R"(
    source @s [8] is #neuro.external
    population @g [8] of @Graded
    projection @sg from @s to @g via #neuro.one_to_one<weight = 1.5> delay 40
    projection @gg from @g to @g via #neuro.one_to_one<weight = -0.5> delay 40
    probe @p of @g "v"
  )",
                            context, {}, someCosts());
  expectSameLater(mapped, {}, 200);
  EXPECT_EQ(mapped.wayOf("sg"), "source");
  EXPECT_EQ(mapped.wayOf("gg"), "source");
}

// Nine spikes of weight 31 are more than the port holds (127.98...), and so are they with -31 times
// eight: only together are they 31.
TEST(MapDelaysChoice, ASumBeyondThePortsRangeIsPassedOnWhole) {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  Mapped mapped = mapDelays(R"(
    source @up [9] is #neuro.poisson<rate = 900.0>
    source @down [9] is #neuro.poisson<rate = 900.0>
    population @b [2] of @Cell
    projection @p from @up to @b via #neuro.all_to_all<weight = 31.0> as !fx.q<6,0> delay 40
    projection @m from @down to @b via #neuro.all_to_all<weight = -31.0> as !fx.q<6,0> bias dense<[0.015625, -0.5]> : tensor<2xf64> delay 41
    probe @v of @b "v"
  )",
                            context, {}, {}, fixedModels);
  EXPECT_GT(expectSameLater(mapped, {}, 300), 20);
  EXPECT_EQ(mapped.wayOf("p"), "target");
  EXPECT_EQ(mapped.wayOf("m"), "target");
  EXPECT_EQ(mapped.recorded("relay_neurons").getInt(), 8);
}

// Single precision holds sums below 2^24 steps, here of 2^-6. 4 * 20000 * 2^6 = 5120000 fits a
// format of 2^23, and 2^23 + 5120000 is below 2^24. 4 * 40000 * 2^6 = 10240000 needs one of 2^24,
// which leaves no room, though 10240000 + 5120000 is below 2^24 too.
TEST(MapDelaysChoice, ARelayOfSumsThatLeavesNoRoomForTheOthersIsNotMade) {
  auto wayWith = [](const std::string &weight) {
    MLIRContext context(MLIRContext::Threading::DISABLED);
    std::string text = fixedModels + std::string(R"(
      neuro.network @n dt = 1.0 ms precision = f32 {
        source @s [4] is #neuro.external as !fx.uq<1,0>
        population @b [1] of @Cell
        projection @p from @s to @b via #neuro.all_to_all<weight = )") +
                       weight + R"(> as !fx.q<17,0> delay 40
        projection @q from @s to @b via #neuro.all_to_all<weight = -20000.0> as !fx.q<17,0> delay 1
        probe @v of @b "v"
      })";
    Mapped mapped =
        mapText(text, context, [](PassManager &pm) { pm.addPass(neuro::createMapDelaysPass()); });
    expectSameLater(mapped, {}, 100);
    return mapped.after ? mapped.wayOf("p") : "";
  };
  EXPECT_EQ(wayWith("20000.0"), "target");
  EXPECT_EQ(wayWith("40000.0"), "source");
}

//===-- seen as the network that was given
//-----------------------------------------------------===//

std::unique_ptr<Machine> alignedMachine(neuro::NetworkOp network) {
  auto machine = neuro::alignMachine(network, interpret(network));
  return succeeded(machine) ? std::move(*machine) : nullptr;
}

TEST(MapDelaysAlignment, AnAlignedMachineShowsTheStepsOfTheNetworkThatWasGiven) {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  Mapped mapped = mapDelays(R"(
    source @s [3] is #neuro.external
    population @a [3] of @Cell
    population @b [2] of @Cell
    population @g [2] of @Graded
    projection @sa from @s to @a via #neuro.one_to_one<weight = 1.5>
    projection @ab from @a to @b via #neuro.all_to_all<weight = 0.5>
    projection @bg from @b to @g via #neuro.one_to_one<weight = 0.5> delay 77
    projection @ba from @b to @a via #neuro.all_to_all<weight = 0.25> delay 20
    probe @pa of @a "v"
    probe @pb of @b "spikes" every 3
    probe @ps of @s "output"
    probe @pg of @g "output"
  )",
                            context);
  ASSERT_TRUE(mapped.after);
  auto machine = alignedMachine(mapped.network());
  ASSERT_TRUE(machine);
  EXPECT_EQ(machine->latency(), 3); // @b lags by 2, rounded up to what its probe needs
  std::vector<std::string> names;
  for (const PopulationInfo &population : machine->info().populations)
    names.push_back(population.name);
  EXPECT_EQ(names, (std::vector<std::string>{"a", "b", "g"}));
  Rows expected = runAll(mapped.given(), 150, interpret);
  Rows shown = runAll(mapped.network(), 153, alignedMachine);
  ASSERT_EQ(expected.size(), shown.size());
  for (auto &[name, rows] : expected)
    for (size_t step = 0; step < rows.size(); ++step)
      ASSERT_EQ(rows[step], shown[name][step + 3]) << name << " in step " << step;
}

TEST(MapDelaysAlignment, ANetworkThatWasNotMappedIsLeftAsItIs) {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  Mapped mapped = mapDelays("population @a [1] of @Cell\n", context);
  auto machine = interpret(mapped.given());
  Machine *before = machine.get();
  auto aligned = neuro::alignMachine(mapped.given(), std::move(machine));
  ASSERT_TRUE(succeeded(aligned));
  EXPECT_EQ(aligned->get(), before);
}

TEST(MapDelaysAlignment, ARecordThatIsNoneIsRefused) {
  for (auto [record, message] :
       {std::pair("1", "expected 'neuro.delay_map' to be a dictionary with the dictionary 'lags'"),
        std::pair("{lags = {a = -1 : i64}}",
                  "expected the lag of 'a' to be 0 to 2^30 steps, got -1 : i64"),
        std::pair("{lags = {a = 1.0}}",
                  "expected the lag of 'a' to be 0 to 2^30 steps, got 1.000000e+00 : f64")}) {
    MLIRContext context(MLIRContext::Threading::DISABLED);
    Mapped mapped = mapText("neuro.model @M {}\nneuro.network @n dt = 1.0 ms attributes "
                            "{neuro.delay_map = " +
                                std::string(record) + "} { population @a [1] of @M\n}",
                            context, [](PassManager &) {});
    ASSERT_TRUE(mapped.before);
    std::string said;
    ScopedDiagnosticHandler handler(&context, [&](Diagnostic &d) { said = d.str(); });
    EXPECT_TRUE(failed(neuro::alignmentOf(mapped.given())));
    EXPECT_EQ(said, "'neuro.network' op " + std::string(message));
  }
}

} // namespace
