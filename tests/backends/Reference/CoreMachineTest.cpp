// The machine of cores on a network that is small enough to follow by hand, with right and with
// wrong tables.
#include "dialects/Neuro/IR/Instance.h"
#include "mlir/Parser/Parser.h"
#include "tests/backends/Reference/MappedMachines.h"
#include <gtest/gtest.h>

using namespace engram;
using namespace engram::test;
using namespace mlir;

namespace {

// Two relays in a row of three routers: what is injected at (0, 0) in step t fires @a on (0, 0) in
// t, and @b on (2, 0) in t + 2.
const char *network = R"(
module attributes {ncore.target = #ncore.target<name = "row", grid = [3, 1], cores_per_router = 2>} {
  neuro.model @M {
    %I = input "I"
    %theta = parameter "theta" = 0.5
    fire {
      %z = arith.cmpf ogt, %I, %theta : f64
      yield %z : i1
    }
  }
  neuro.network @net dt = 1.0 ms {
    source @in [2] is #neuro.external
    population @a [2] of @M
    population @b [2] of @M
    projection @p from @in to @a via #neuro.one_to_one<weight = 1.0>
    projection @q from @a to @b via #neuro.one_to_one<weight = 1.0> delay 2
    probe @in_output of @in "output"
  }
  ncore.mapping @map of @net {
    host [@in] at [1, 0]
    core @c0 at [0, 0, 0] {
      slice @a [0, 2]
    }
    core @c1 at [2, 0, 0] {
      slice @b [0, 1]
    }
    core @c2 at [2, 0, 1] {
      slice @b [1, 2]
    }
  }
  aer.keys @keys of @map {
    block @in key 0x0 mask 0xfffffffe
    block @a on @c0 key 0x2 mask 0xfffffffe
    block @b on @c1 key 0x4 mask 0xffffffff
    block @b on @c2 key 0x5 mask 0xffffffff
  }
)";
const char *right = R"(
  aer.routes @routes of @map default_routes {
    table at [0, 0] {
      entry key 0x0 mask 0xfffffffe cores [0]
      entry key 0x2 mask 0xfffffffe links [0]
    }
    table at [1, 0] {
      entry key 0x0 mask 0xfffffffe links [2]
    }
    table at [2, 0] {
      entry key 0x2 mask 0xffffffff cores [0]
      entry key 0x2 mask 0xfffffffe cores [1]
    }
  }
}
)";

class CoreMachineTest : public testing::Test {
protected:
  std::unique_ptr<MLIRContext> context = createContext();
  OwningOpRef<ModuleOp> module;
  std::string diagnostic;

  std::unique_ptr<reference::CoreMachine> machine(const std::string &text) {
    ScopedDiagnosticHandler handler(context.get(), [&](Diagnostic &d) { diagnostic = d.str(); });
    module = parseSourceString<ModuleOp>(text, context.get());
    if (!module)
      return nullptr;
    auto result = reference::CoreMachine::create(*module->getOps<neuro::NetworkOp>().begin());
    return succeeded(result) ? std::move(*result) : nullptr;
  }

  /// The spikes of '@a' and '@b' in a step in which the source puts out two numbers.
  static std::vector<double> step(reference::CoreMachine &machine, double x, double y) {
    double values[] = {x, y};
    machine.step({values});
    std::vector<double> spikes(4);
    machine.readSpikes(0, spikes.data());
    machine.readSpikes(1, spikes.data() + 2);
    return spikes;
  }
};

using Spikes = std::vector<double>;

} // namespace

TEST_F(CoreMachineTest, SpikesTravelOverRoutersAndArriveAfterTheirDelay) {
  auto m = machine(std::string(network) + right);
  ASSERT_TRUE(m) << diagnostic;
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(step(*m, 1, 0), (Spikes{1, 0, 0, 0}));
    EXPECT_EQ(step(*m, 0, 1), (Spikes{0, 1, 0, 0}));
    EXPECT_EQ(step(*m, 0, 0), (Spikes{0, 0, 1, 0}));
    EXPECT_EQ(step(*m, 0, 0), (Spikes{0, 0, 0, 1}));
    // Each of 2 packets of @in crosses 1 link and each of 2 packets of @a 2 links; those of @b
    // reach nobody and are not sent.
    EXPECT_EQ(m->counts().packets, 4);
    EXPECT_EQ(m->counts().hops, 6);
    EXPECT_EQ(m->counts().deliveries, 4);
    // The first entry that matches counts, so neuron 0 reaches core 0 alone.
    EXPECT_EQ(m->counts().unwanted, 0);
    EXPECT_EQ(m->errors(), std::vector<std::string>());
    m->reset();
  }
}

TEST_F(CoreMachineTest, PayloadsArriveAsTheyWereSent) {
  auto m = machine(std::string(network) + right);
  ASSERT_TRUE(m);
  EXPECT_EQ(step(*m, 0.25, -3), (Spikes{0, 0, 0, 0}));
  EXPECT_EQ(m->counts().deliveries, 2);
  EXPECT_EQ(step(*m, 0.75, 0.5), (Spikes{1, 0, 0, 0}));
  std::vector<double> output(2);
  m->readProbe(0, output.data());
  EXPECT_EQ(output, (std::vector<double>{0.75, 0.5}));
}

static std::string replaced(std::string text, const std::string &from, const std::string &to) {
  size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos);
  return text.replace(at, from.size(), to);
}

TEST_F(CoreMachineTest, PacketsWithoutAnEntryAreCountedAndNamed) {
  std::string text = std::string(network) + replaced(right, "default_routes", "");
  auto m = machine(text);
  ASSERT_TRUE(m);
  for (int k = 0; k < 3; ++k)
    step(*m, 1, 0);
  EXPECT_EQ(m->counts().unmatched, 3);
  EXPECT_EQ(m->errors(), (std::vector<std::string>{
                             "packet with key 0x00000002 matches no entry at router (1, 0)"}));
  m->reset();
  EXPECT_EQ(m->counts().unmatched, 0);
  EXPECT_TRUE(m->errors().empty());
}

TEST_F(CoreMachineTest, AHostsPacketNeedsAnEntryAtItsRouterInSpiteOfDefaultRoutes) {
  auto m = machine(std::string(network) +
                   replaced(right, "entry key 0x0 mask 0xfffffffe links [2]", ""));
  ASSERT_TRUE(m);
  EXPECT_EQ(step(*m, 1, 1), (Spikes{0, 0, 0, 0}));
  EXPECT_EQ(m->counts().unmatched, 2);
}

TEST_F(CoreMachineTest, PacketsThatGoRoundAreStopped) {
  std::string text =
      replaced(std::string(network) + right, "entry key 0x2 mask 0xffffffff cores [0]",
               "entry key 0x2 mask 0xffffffff links [2]");
  text = replaced(text, "table at [1, 0] {",
                  "table at [1, 0] {\n      entry key 0x2 mask 0xffffffff links [0]");
  auto m = machine(text);
  ASSERT_TRUE(m);
  step(*m, 1, 0);
  EXPECT_EQ(m->counts().loops, 1);
  EXPECT_EQ(m->errors(), (std::vector<std::string>{
                             "packet with key 0x00000002 comes a second time to router (2, 0)"}));
}

TEST_F(CoreMachineTest, CopiesForCoresThatDoNotNeedThemAreCounted) {
  auto m = machine(std::string(network) + replaced(right, "cores [1]", "cores [0, 1]"));
  ASSERT_TRUE(m);
  step(*m, 1, 1);
  EXPECT_EQ(m->counts().unwanted, 0) << "the core has a synapse from another neuron of the block";
  m = machine(std::string(network) +
              replaced(right, "entry key 0x0 mask 0xfffffffe cores [0]",
                       "entry key 0x0 mask 0xfffffffe links [0] cores [0, 1]"));
  ASSERT_TRUE(m);
  EXPECT_EQ(step(*m, 1, 0), (Spikes{1, 0, 0, 0}));
  EXPECT_EQ(m->counts().unwanted, 1) << "there is nothing on core (0, 0, 1)";
}

TEST_F(CoreMachineTest, RefusesProjectionsWithoutDelayBetweenPopulations) {
  EXPECT_FALSE(machine(replaced(std::string(network) + right, " delay 2", "")));
  EXPECT_EQ(diagnostic, "'neuro.projection' op expected a delay of at least 1 step between "
                        "populations; run neuro-map-delays");
}

TEST_F(CoreMachineTest, SaysWhatIsMissing) {
  EXPECT_FALSE(machine(std::string(network) + "}"));
  EXPECT_EQ(diagnostic, "'ncore.mapping' op expected routes for the mapping; run aer-route");
  std::string text = network;
  EXPECT_FALSE(machine(text.substr(0, text.find("  aer.keys")) + "}"));
  EXPECT_EQ(diagnostic, "'ncore.mapping' op expected keys for the mapping; run aer-allocate-keys");
  EXPECT_FALSE(machine(text.substr(0, text.find("  ncore.mapping")) + "}"));
  EXPECT_EQ(diagnostic,
            "'neuro.network' op expected a mapping of the network; run ncore-partition");
  EXPECT_FALSE(machine(replaced(std::string(network) + right, " at [2, 0, 1]", "")));
  EXPECT_EQ(diagnostic, "'ncore.core' op expected a place; run ncore-place");
}
