// Crossbars give the same bits on cores, wherever columns are cut and whatever else is on a core.
#include "dialects/Neuro/Transforms/Passes.h"
#include "mlir/Pass/PassManager.h"
#include "tests/backends/Reference/MappedMachines.h"
#include "tests/conformance/Conformance.h"
#include "tests/conformance/CrossbarNetwork.h"
#include <gtest/gtest.h>

using namespace engram;
using namespace engram::test;
using namespace mlir;

TEST(CrossbarPartition, ScatteredColumnsKeepTheirBits) {
  constexpr int64_t steps = 40;
  for (uint64_t seed = 1; seed <= 12; ++seed) {
    auto context = conformance::createContext();
    auto complete = conformance::parseComplete(conformance::crossbarNetwork(seed), context.get());
    ASSERT_TRUE(complete);
    auto discrete = conformance::discretized(*complete);
    auto fixed = conformance::quantized(*discrete, 8, steps);
    ASSERT_TRUE(fixed);
    conformance::probeAll(*fixed);
    auto module = conformance::onCrossbars(*fixed, seed);
    ASSERT_TRUE(module);
    PassManager pm(context.get());
    neuro::MapDelaysPassOptions delays;
    delays.minDelay = 1;
    delays.maxDelay = 1 << 20;
    pm.addPass(neuro::createMapDelaysPass(delays));
    ASSERT_TRUE(succeeded(pm.run(*module)));
    conformance::Trace expected = conformance::run(*conformance::interpret(*module), steps);
    auto network = *module->getOps<neuro::NetworkOp>().begin();
    Random random{seed};
    addRandomMapping(network, randomTarget(random), random);
    ASSERT_TRUE(succeeded(addRandomRoutes(*module, random)));
    auto machine = reference::CoreMachine::create(network);
    ASSERT_TRUE(succeeded(machine));
    EXPECT_EQ(conformance::firstDifference(expected, conformance::run(**machine, steps), 0), "")
        << "seed " << seed;
    EXPECT_EQ((*machine)->errors(), std::vector<std::string>());
  }
}
