// Delays on shipped targets: any delays of synapses, floats and fixed point, on the interpreter and
// as native code; and which way a long delay goes there.
#include "backends/Cpu/CpuMachine.h"
#include "backends/Cpu/Emit.h"
#include "dialects/NCore/Targets/Targets.h"
#include "lowering/NeuroToNCore/Passes.h"
#include "lowering/Pipelines/Pipelines.h"
#include "tests/dialects/Neuro/Transforms/MapDelaysTestSupport.h"

using namespace mlir;
using namespace engram;
using namespace engram::tests;

namespace {

struct Context : MLIRContext {
  Context() : MLIRContext(Threading::DISABLED) {
    DialectRegistry registry;
    registerDialects(registry);
    cpu::registerTranslations(registry);
    appendDialectRegistry(registry);
    loadAllAvailableDialects();
  }
};

Mapped mapOnto(const std::string &target, const std::string &body, MLIRContext &context,
               const char *ofModels = models) {
  auto attr = ncore::loadTarget(target, &context);
  if (failed(attr))
    return {};
  std::string text;
  llvm::raw_string_ostream(text) << "module attributes {ncore.target = " << *attr << "} {"
                                 << ofModels << "neuro.network @n dt = 1.0 ms seed = 5 {\n"
                                 << body << "}}\n";
  return mapText(text, context, [](PassManager &pm) { pm.addPass(ncore::createMapDelaysPass()); });
}

std::unique_ptr<Machine> compile(neuro::NetworkOp network) {
  auto machine = cpu::createMachine(network, {"native", 1});
  return succeeded(machine) ? std::move(*machine) : nullptr;
}

/// 101 synapses with the delays 0 to 100, each once, onto a population that feeds itself and a
/// graded one as late.
std::string manyDelays(bool fixed) {
  std::vector<int64_t> delays;
  std::string rows, columns;
  for (int64_t k = 0; k <= 101; ++k) {
    if (k % 20 == 0 || k == 101)
      rows += (k ? ", " : "") + std::to_string(k);
    if (k == 101)
      break;
    columns += (k ? ", " : "") + std::to_string(k % 7);
    delays.push_back(k * 37 % 101);
  }
  auto as = [&](const char *format) { return fixed ? std::string(" as ") + format : ""; };
  return "source @s [6] is #neuro.external" + as("!fx.uq<1,0>") + R"(
    population @a [7] of @Cell
    population @g [7] of @Graded
    projection @sa from @s to @a via #neuro.csr<row_starts = dense<[)" +
         rows + "]> : tensor<7xi64>, targets = dense<[" + columns +
         "]> : tensor<101xi64>, weights = 0.25>" + as("!fx.q<3,3>") +
         " bias dense<0.125> : tensor<7xf64>" + delaysText(delays, "101") + R"(
    projection @ag from @a to @g via #neuro.one_to_one<weight = 0.5>)" +
         as("!fx.q<3,3>") + delaysText({1, 100, 17, 16, 15, 33, 0}, "7") + R"(
    projection @ga from @g to @a via #neuro.one_to_one<weight = 0.25>)" +
         as("!fx.q<3,3>") + delaysText({100, 3, 17, 16, 15, 33, 50}, "7") + R"(
    probe @p of @a "v"
    probe @o of @g "output"
)";
}

void expectAllDelays(const std::string &target, Range range) {
  Context context;
  for (bool fixed : {false, true}) {
    Mapped mapped = mapOnto(target, manyDelays(fixed), context, fixed ? fixedModels : models);
    EXPECT_GT(expectSameLater(mapped, range, 400), 100);
    EXPECT_GT(expectSameLater(mapped, range, 400, compile), 100);
    ASSERT_FALSE(testing::Test::HasFailure()) << (fixed ? "fixed point" : "floats");
    EXPECT_EQ(mapped.latencies()["p"], 1);
  }
}

TEST(NCoreMapDelays, DelaysOf0To100StepsAreKeptInThe16SlotsOfTheAccelerator) {
  expectAllDelays("engram-a1", {1, 15});
}

TEST(NCoreMapDelays, DelaysOf0To100StepsAreKeptOnSpiNNaker) {
  expectAllDelays("spinnaker-1", {1, 16});
}

// A line of 300 neurons: 6 relays each cost 1,800; two extension cores of 256 neurons hold it.
TEST(NCoreMapDelays, EachTargetTakesTheWayThatIsCheapestThere) {
  const char *const body = R"(
    source @s [300] is #neuro.external
    population @a [300] of @Cell
    population @b [300] of @Cell
    population @c [2] of @Cell
    projection @sa from @s to @a via #neuro.one_to_one<weight = 1.5>
    projection @ab from @a to @b via #neuro.one_to_one<weight = 1.5> delay 100
    projection @bc from @b to @c via #neuro.all_to_all<weight = 0.01> delay 100
    probe @p of @c "v"
)";
  Context context;
  Mapped chip = mapOnto(
      ENGRAM_SOURCE_DIR "/tests/lowering/NeuroToNCore/Inputs/extension-cores.mlir", body, context);
  EXPECT_GT(expectSameLater(chip, {1, 16}, 300, compile), 1000);
  EXPECT_EQ(chip.wayOf("ab"), "extension");
  EXPECT_EQ(chip.wayOf("bc"), "target");
  Mapped accelerator = mapOnto("engram-a1", body, context);
  EXPECT_GT(expectSameLater(accelerator, {1, 15}, 300, compile), 1000);
  EXPECT_EQ(accelerator.wayOf("ab"), "source");
  EXPECT_EQ(accelerator.wayOf("bc"), "target");
}

} // namespace
