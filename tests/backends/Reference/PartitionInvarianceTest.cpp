// A network gives the same bits on one machine and on any number of cores, however it is cut,
// placed and routed.
#include "backends/Reference/Passes.h"
#include "dialects/Neuro/IR/Start.h"
#include "dialects/Neuro/Quantize/Passes.h"
#include "dialects/Neuro/Quantize/QuantizeModelsPasses.h"
#include "dialects/Neuro/Transforms/Passes.h"
#include "mlir/Pass/PassManager.h"
#include "tests/backends/Reference/MappedMachines.h"
#include "tests/conformance/FixedPoint.h"
#include "tests/conformance/RandomNetwork.h"
#include <gtest/gtest.h>
#include <set>

using namespace engram;
using namespace engram::test;
using namespace mlir;

/// Runs passes; what they say last if they fail, else nothing.
static std::string run(ModuleOp module, llvm::function_ref<void(PassManager &)> build) {
  std::string said;
  ScopedDiagnosticHandler handler(module.getContext(), [&](Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() == DiagnosticSeverity::Error)
      said = diagnostic.str();
  });
  PassManager pm(module.getContext());
  build(pm);
  return succeeded(pm.run(module)) ? "" : said;
}

static void addMapDelays(PassManager &pm) {
  neuro::MapDelaysPassOptions options;
  options.minDelay = 1;
  options.maxDelay = 1 << 20;
  pm.addPass(neuro::createMapDelaysPass(options));
}

static void addQuantization(PassManager &pm, ModuleOp module) {
  reference::CalibratePassOptions calibrate;
  auto network = *module.getOps<neuro::NetworkOp>().begin();
  calibrate.steps = 200;
  for (auto population : network.getOps<neuro::PopulationOp>()) // each has to do something
    calibrate.steps = std::max<int64_t>(calibrate.steps, neuro::startOf(population) + 100);
  for (auto source : network.getOps<neuro::SourceOp>())
    if (isa<neuro::ExternalAttr>(source.getKind()))
      calibrate.inputs.push_back((source.getSymName() + "=noise").str());
  pm.addPass(reference::createCalibratePass(calibrate));
  pm.addPass(neuro::createQuantizeWeightsPass());
  pm.addPass(neuro::createQuantizeModelsPass());
}

static void expectSame(ModuleOp module, int64_t steps, uint64_t seed) {
  OwningOpRef<ModuleOp> copy = cast<ModuleOp>(module->clone());
  auto network = *copy->getOps<neuro::NetworkOp>().begin();
  auto interpreter = conformance::interpret(*copy);
  ASSERT_TRUE(interpreter);
  conformance::Trace expected = conformance::run(*interpreter, steps);
  Random random{seed};
  ncore::Target target = randomTarget(random);
  if (seed % 2 == 0)
    addRandomMapping(network, target, random);
  else
    ASSERT_TRUE(succeeded(addPartition(network, target, seed)));
  ASSERT_TRUE(succeeded(addRandomRoutes(*copy, random)));
  EXPECT_EQ(checkRoutes(network), "") << "seed " << seed;
  auto machine = reference::CoreMachine::create(network);
  ASSERT_TRUE(succeeded(machine));
  conformance::Trace trace = conformance::run(**machine, steps);
  EXPECT_EQ(conformance::firstDifference(expected, trace, 0), "") << "seed " << seed;
  EXPECT_EQ((*machine)->errors(), std::vector<std::string>());
  const reference::PacketCounts &counts = (*machine)->counts();
  EXPECT_EQ(counts.unmatched + counts.loops + counts.unwanted, 0);
  if (!network.getOps<neuro::ProjectionOp>().empty())
    EXPECT_GT(counts.packets, 0);
}

class PartitionInvarianceTest : public testing::TestWithParam<std::string> {
protected:
  std::unique_ptr<MLIRContext> context = createContext();
  OwningOpRef<ModuleOp> complete, module;

  void load() {
    std::string file = ENGRAM_SOURCE_DIR "/tests/conformance/" + GetParam() + ".mlir";
    complete = conformance::loadComplete(file, context.get());
    ASSERT_TRUE(complete);
    module = conformance::discretized(*complete);
    ASSERT_TRUE(module);
  }
};

TEST_P(PartitionInvarianceTest, FixedPointNetworksKeepTheirBitsOnTenRandomPartitions) {
  load();
  if (std::string said = run(*module, [&](PassManager &pm) { addQuantization(pm, *module); });
      !said.empty())
    GTEST_SKIP() << "it cannot be quantized: " << said;
  if (std::string said = run(*module, addMapDelays); !said.empty())
    GTEST_SKIP() << "its delays are too short for a machine of cores: " << said;
  for (uint64_t seed = 1; seed <= 10; ++seed)
    expectSame(*module, 200, seed);
}

TEST_P(PartitionInvarianceTest, FloatingPointNetworksWithExactSumsDoSoToo) {
  if (std::set<std::string>{"chains", "connectors", "edges"}.count(GetParam()))
    GTEST_SKIP() << "its sums round, so that their order shows (neuro_s8)";
  load();
  if (std::string said = run(*module, addMapDelays); !said.empty())
    GTEST_SKIP() << "its delays are too short for a machine of cores: " << said;
  for (uint64_t seed = 11; seed <= 13; ++seed)
    expectSame(*module, 200, seed);
}

INSTANTIATE_TEST_SUITE_P(Networks, PartitionInvarianceTest,
                         testing::ValuesIn(conformance::networks()),
                         [](auto &info) { return conformance::testName(info.param); });

// Networks that nobody thought of, in fixed point.
TEST(PartitionInvariance, RandomNetworksKeepTheirBits) {
  int mapped = 0;
  for (uint64_t seed = 1; seed <= 40; ++seed) {
    auto context = createContext();
    conformance::RandomNetworkOptions options;
    options.linearModels = true;
    auto complete =
        conformance::parseComplete(conformance::randomNetwork(seed, options), context.get());
    ASSERT_TRUE(complete);
    auto module = conformance::discretized(*complete);
    ASSERT_TRUE(module);
    auto quantize = [&](PassManager &pm) { addQuantization(pm, *module); };
    if (!run(*module, quantize).empty() || !run(*module, addMapDelays).empty())
      continue;
    ++mapped;
    expectSame(*module, 100, seed);
  }
  EXPECT_GE(mapped, 20);
}
