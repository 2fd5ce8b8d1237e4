// What rounding the weights of trained networks costs on real data. States and biases are still
// floats.
#include "backends/Cpu/CpuMachine.h"
#include "backends/Cpu/Target.h"
#include "backends/Reference/Passes.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/Quantize/Passes.h"
#include "dialects/Neuro/Transforms/Passes.h"
#include "lowering/NIRToNeuro/ImportNIR.h"
#include "lowering/Pipelines/Pipelines.h"
#include "mlir/Pass/PassManager.h"
#include "runtime/Labels.h"
#include "runtime/Runner.h"
#include "gtest/gtest.h"
#include <algorithm>
#include <filesystem>

using namespace mlir;
using namespace engram;
namespace fs = std::filesystem;

namespace {

const fs::path examples = fs::path(ENGRAM_SOURCE_DIR) / "examples";
const fs::path shared = fs::path(ENGRAM_SOURCE_DIR) / "../shared/data";

/// A trained network and what it is tested and calibrated on.
struct Task {
  fs::path file;
  nir::ImportOptions import;
  std::vector<std::string> inputs;
  int64_t steps = 0; ///< a sample; 0: as long as it is
  int64_t calibrationSamples = 0;
  double trace = 0; ///< filter of calibration: as fast as the membranes forget
};

/// What of a sample a network answered, and whether that was right.
struct Score {
  std::vector<int64_t> answers, labels;
  std::vector<double> margins; ///< spikes between the first and the second class

  int right() const {
    int count = 0;
    for (size_t k = 0; k < labels.size(); ++k)
      count += answers[k] == labels[k];
    return count;
  }
  /// Samples that `before` got right, by more than `margin` spikes, and this one does not.
  int lostOf(const Score &before, double margin = -1) const {
    int count = 0;
    for (size_t k = 0; k < labels.size(); ++k)
      count +=
          before.answers[k] == labels[k] && before.margins[k] > margin && answers[k] != labels[k];
    return count;
  }
};

class RealData : public testing::Test {
protected:
  MLIRContext context{MLIRContext::Threading::DISABLED};
  OwningOpRef<ModuleOp> network;
  Task task;
  std::vector<int64_t> labels;
  Score unrounded;

  RealData() {
    DialectRegistry registry;
    registerDialects(registry);
    cpu::registerTranslations(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
  }

  bool run(ModuleOp module, function_ref<void(PassManager &)> addPasses) {
    // Weights that become zero are counted in the results.
    ScopedDiagnosticHandler quiet(&context, [](Diagnostic &diagnostic) {
      return success(diagnostic.getSeverity() == DiagnosticSeverity::Warning);
    });
    PassManager passes(&context);
    addPasses(passes);
    return succeeded(passes.run(module));
  }

  void load(const Task &which, const std::vector<int64_t> &classes) {
    task = which;
    labels = classes;
    auto imported = nir::importNIR(task.file.string(), &context, task.import);
    ASSERT_TRUE(succeeded(imported));
    network = std::move(*imported);
    ASSERT_TRUE(run(*network, [&](PassManager &passes) {
      PipelineOptions options;
      buildNeuroPipeline(passes, options);
      buildDiscretePipeline(passes, options);
      reference::CalibratePassOptions calibrate;
      calibrate.inputs.assign(task.inputs.begin(), task.inputs.end());
      calibrate.steps = task.steps;
      calibrate.samples = task.calibrationSamples;
      calibrate.hessian = true;
      calibrate.trace = task.trace;
      passes.addPass(reference::createCalibratePass(calibrate));
    }));
    unrounded = score(*network);
    show("floats", unrounded);
  }

  Score score(ModuleOp module) {
    Score result;
    auto machine = cpu::createMachine(*neuro::findNetwork(module));
    if (failed(machine)) {
      ADD_FAILURE();
      return result;
    }
    const NetworkInfo &info = (*machine)->info();
    InputOptions how;
    if (task.steps)
      how.steps = task.steps;
    how.dtSeconds = info.dtSeconds;
    auto input = openInput(info.inputs[0], task.inputs, how);
    std::vector<std::unique_ptr<SampleInput>> inputs;
    inputs.push_back(std::move(*input));
    RunOptions options;
    options.steps = how.steps;
    options.readout = 0;
    auto ran = runSamples(**machine, inputs, options);
    EXPECT_TRUE(ran);
    for (const SampleResult &sample : ran->samples) {
      result.answers.push_back(sample.predicted.value_or(-1));
      result.labels.push_back(labels[sample.index]);
      std::vector<double> counts = sample.counts;
      std::sort(counts.rbegin(), counts.rend());
      result.margins.push_back(counts[0] - counts[1]);
    }
    return result;
  }

  Score scoreAfter(function_ref<void(PassManager &)> addPasses) {
    OwningOpRef<ModuleOp> copy = network->clone();
    EXPECT_TRUE(run(*copy, addPasses));
    return score(*copy);
  }

  /// Weights are rounded; states and biases stay floats.
  Score quantized(int bits, const std::string &rounding, const std::string &granularity,
                  const std::string &step = "error") {
    return scoreAfter([&](PassManager &passes) {
      neuro::QuantizeWeightsPassOptions options;
      options.bits = bits;
      options.rounding = rounding;
      options.granularity = granularity;
      options.step = step;
      passes.addPass(neuro::createQuantizeWeightsPass(options));
    });
  }

  /// All is fixed point: states of 16 bits, biases, inputs.
  Score fixedPoint(int bits, const std::string &rounding) {
    return scoreAfter([&](PassManager &passes) {
      FixedPointOptions options;
      options.bits = bits;
      options.rounding = rounding;
      buildFixedPointPipeline(passes, options);
    });
  }

  Score show(const std::string &what, const Score &after) {
    printf("%s: %d of %zu right, %d lost\n", what.c_str(), after.right(), labels.size(),
           after.lostOf(unrounded));
    return after;
  }

  /// Optimal Brain Compression loses at most half of what the nearest weights lose.
  void expectHalfTheLoss(const std::string &name, const Score &nearest, const Score &compressed) {
    show(name + ", nearest", nearest);
    show(name + ", obc", compressed);
    int lost = std::max(unrounded.right() - nearest.right(), 0);
    EXPECT_LE(unrounded.right() - compressed.right(), lost / 2) << name;
  }
  void compareAtFourBits(const std::string &granularity, const std::string &step) {
    expectHalfTheLoss("4 bits, " + granularity + ", step=" + step,
                      quantized(4, "nearest", granularity, step),
                      quantized(4, "obc", granularity, step));
  }
  void compareInFixedPoint() {
    EXPECT_GE(show("8 bits, fixed point", fixedPoint(8, "nearest")).right(), unrounded.right());
    expectHalfTheLoss("4 bits, fixed point", fixedPoint(4, "nearest"), fixedPoint(4, "obc"));
  }
};

TEST_F(RealData, DigitsLoseNothingAtEightBitsAndCompressionHalvesTheLossAtFour) {
  Task digits;
  digits.file = examples / "digits/digits.nir";
  digits.inputs = {(examples / "digits/digits_test_images.npy").string()};
  digits.steps = 25;
  digits.calibrationSamples = 100;
  digits.trace = 0.875; // 1 - dt / tau
  load(digits, readLabels((examples / "digits/digits_test_labels.npy").string())->classes);
  ASSERT_FALSE(HasFatalFailure());
  EXPECT_EQ(unrounded.right(), 529); // as examples/digits/README.md says
  EXPECT_GE(show("8 bits, nearest", quantized(8, "nearest", "tensor")).right(), 529);
  Score best = show("8 bits a channel, obc", quantized(8, "obc", "channel"));
  EXPECT_GE(best.right(), 529);
  // Of the 540 digits 7 end in a tie, which the least change of a weight decides; no other is lost.
  EXPECT_EQ(best.lostOf(unrounded, /*margin=*/0), 0);
  for (const char *granularity : {"tensor", "channel"})
    for (const char *step : {"max", "error"})
      compareAtFourBits(granularity, step);
  compareInFixedPoint();
}

TEST_F(RealData, NMnistLosesNothingAtEightBitsAndCompressionHalvesTheLossAtFour) {
  if (!fs::exists(shared))
    GTEST_SKIP() << "there is no folder '" << shared.string() << "'";
  Task events;
  events.file = shared / "NIR/02_cnn/cnn_sinabs.nir";
  events.import.convention = "sinabs"; // whose file it is
  events.import.reset = nir::Reset::ToValue;
  LabelList list = *readLabels((shared / "NMNIST/test100.txt").string());
  std::vector<int64_t> classes;
  for (int k = 0; k < 50; ++k) {
    events.inputs.push_back((shared / "NMNIST" / (list.samples[k] + ".bs2")).string());
    classes.push_back(list.classes[k]);
  }
  events.calibrationSamples = 4;
  events.trace = 0.99; // these membranes do not leak
  load(events, classes);
  ASSERT_FALSE(HasFatalFailure());
  compareAtFourBits("tensor", "max");
  compareInFixedPoint();
}

} // namespace
