// Networks on crossbars give the same bits everywhere, whatever cells and converters are; on cells
// without faults and with enough codes, those of the network without crossbars.
#include "backends/Accelerator/AcceleratorMachine.h"
#include "backends/Accelerator/CompileImage.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/Transforms/Alignment.h"
#include "runtime/accelerator/RtlDevice.h"
#include "tests/conformance/Conformance.h"
#include "tests/conformance/CrossbarNetwork.h"
#include <gtest/gtest.h>

using namespace engram;
using namespace mlir;

static constexpr int64_t steps = 40;

static OwningOpRef<ModuleOp> fixedNetwork(MLIRContext *context, uint64_t seed,
                                          bool ofOneCore = false) {
  auto complete =
      conformance::parseComplete(conformance::crossbarNetwork(seed, ofOneCore), context);
  if (!complete)
    return {};
  auto discrete = conformance::discretized(*complete);
  auto fixed = conformance::quantized(*discrete, seed % 3 ? 8 : 4, steps);
  if (fixed)
    conformance::probeAll(*fixed);
  return fixed;
}

static std::string differenceOf(Machine *machine, const conformance::Trace &expected) {
  return machine ? conformance::firstDifference(expected, conformance::run(*machine, steps), 0)
                 : "there is no machine";
}

TEST(CrossbarMachines, IdealCellsAndACodeAStepGiveTheBitsOfTheProductItself) {
  for (uint64_t seed = 1; seed <= 10; ++seed) {
    auto context = conformance::createContext();
    auto fixed = fixedNetwork(context.get(), seed);
    ASSERT_TRUE(fixed);
    auto module = conformance::onIdealCrossbars(*fixed, seed);
    ASSERT_TRUE(module);
    conformance::Trace expected = conformance::run(*conformance::interpret(*fixed), steps);
    EXPECT_EQ(differenceOf(conformance::interpret(*module).get(), expected), "") << seed;
  }
}

TEST(CrossbarMachines, InterpreterNativeCodeCoresAndGoldenChipAgreeOnFaultyCells) {
  int onChip = 0, changed = 0;
  for (uint64_t seed = 1; seed <= 16; ++seed) {
    auto context = conformance::createContext();
    std::string said;
    ScopedDiagnosticHandler handler(context.get(), [&](Diagnostic &diagnostic) {
      if (diagnostic.getSeverity() == DiagnosticSeverity::Error)
        said = diagnostic.str();
    });
    auto fixed = fixedNetwork(context.get(), seed);
    ASSERT_TRUE(fixed);
    auto module = conformance::onCrossbars(*fixed, seed);
    ASSERT_TRUE(module) << said;
    auto interpreter = conformance::interpret(*module);
    ASSERT_TRUE(interpreter) << said;
    conformance::Trace expected = conformance::run(*interpreter, steps);
    changed += !differenceOf(conformance::interpret(*fixed).get(), expected).empty();
    EXPECT_EQ(differenceOf(conformance::compileForCpu(*module, 1).get(), expected), "") << seed;
    auto mapped = conformance::mapped(*module, "engram-a1-4x4", "engram", seed);
    if (!mapped) {
      // Codes wider than exact sums need may go beyond 24 bits.
      EXPECT_NE(said.find("bits an accumulator"), std::string::npos) << seed << ": " << said;
      continue;
    }
    EXPECT_EQ(differenceOf(conformance::runOnCores(*mapped).get(), expected), "") << seed;
    auto network = *mapped->getOps<neuro::NetworkOp>().begin();
    auto chip = a1::createMachine(network, a1::makeGoldenDevice);
    ASSERT_TRUE(succeeded(chip)) << seed << ": " << said;
    auto aligned = neuro::alignMachine(network, std::move(*chip));
    ASSERT_TRUE(succeeded(aligned));
    EXPECT_EQ(differenceOf(aligned->get(), expected), "") << seed;
    EXPECT_EQ((*aligned)->fault(), "");
    ++onChip;
  }
  EXPECT_GE(onChip, 8);
  EXPECT_GE(changed, 10);
}

TEST(CrossbarMachines, TheChipInVerilatorAgreesToo) {
  int compared = 0;
  for (uint64_t seed = 1; seed <= 8; ++seed) {
    auto context = conformance::createContext();
    std::string said;
    ScopedDiagnosticHandler handler(context.get(), [&](Diagnostic &diagnostic) {
      if (diagnostic.getSeverity() == DiagnosticSeverity::Error)
        said = diagnostic.str();
    });
    auto fixed = fixedNetwork(context.get(), seed, /*ofOneCore=*/true);
    ASSERT_TRUE(fixed);
    auto module = conformance::onCrossbars(*fixed, seed);
    ASSERT_TRUE(module) << said;
    conformance::Trace expected = conformance::run(*conformance::interpret(*module), steps);
    auto mapped = conformance::mapped(*module, "engram-a1-1x1", "engram", seed);
    if (!mapped) {
      EXPECT_NE(said.find("bits an accumulator"), std::string::npos) << seed << ": " << said;
      continue;
    }
    std::string missing;
    auto makeRtl = [&](const a1::ChipParameters &chip) {
      a1::RtlOptions options;
      options.assertions = seed % 2 == 0;
      options.pauses = seed % 3;
      auto device = a1::loadRtlDevice(chip, options);
      if (!device)
        missing = device.error().message;
      return device;
    };
    auto network = *mapped->getOps<neuro::NetworkOp>().begin();
    auto chip = a1::createMachine(network, makeRtl);
    if (!missing.empty())
      GTEST_SKIP() << missing;
    ASSERT_TRUE(succeeded(chip)) << seed << ": " << said;
    auto aligned = neuro::alignMachine(network, std::move(*chip));
    ASSERT_TRUE(succeeded(aligned));
    EXPECT_EQ(differenceOf(aligned->get(), expected), "") << seed;
    EXPECT_EQ((*aligned)->fault(), "");
    ++compared;
  }
  EXPECT_GE(compared, 4);
}

// Nothing of these networks is in synapse memory, so the sums can come from crossbars alone.
TEST(CrossbarMachines, TheImageHoldsTilesInPlaceOfRows) {
  auto context = conformance::createContext();
  auto fixed = fixedNetwork(context.get(), 3);
  auto module = conformance::onIdealCrossbars(*fixed, 3);
  ASSERT_TRUE(module);
  auto mapped = conformance::mapped(*module, "engram-a1-4x4", "engram", 1);
  ASSERT_TRUE(mapped);
  auto image = a1::compileImage(*mapped->getOps<neuro::NetworkOp>().begin());
  ASSERT_TRUE(succeeded(image));
  int tiles = 0;
  for (const a1::Section &section : image->image.sections) {
    EXPECT_NE(section.type, static_cast<uint32_t>(a1::Memory::Synapse));
    tiles += section.type == static_cast<uint32_t>(a1::Memory::Tile);
  }
  EXPECT_GE(tiles, 4);
}
