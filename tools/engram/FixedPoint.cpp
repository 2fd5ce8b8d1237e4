// Calibration on the interpreter, then the pipeline 'neuro-quantize'.
#include "tools/engram/FixedPoint.h"

#include "backends/Reference/Passes.h"
#include "mlir/Pass/PassManager.h"

#include <fmt/format.h>

using namespace mlir;

namespace engram::tool {

void addFixedPointOptions(CLI::App &command, FixedPointArguments &arguments) {
  auto *quantize = command
                       .add_option("--quantize", arguments.bits,
                                   "to fixed-point numbers, with weights of so many bits (2 to 16)")
                       ->check(CLI::Range(2, 16));
  auto add = [&](const char *name, auto &value, const char *text) {
    return command.add_option(name, value, text)->needs(quantize);
  };
  add("--calibrate", arguments.calibrate,
      "FILE or SOURCE=FILE: input that shows the ranges of states; default: that of '--input'")
      ->allow_extra_args(false);
  add("--calibrate-samples", arguments.samples, "how many of its samples, from the first")
      ->check(CLI::Range(int64_t(1), int64_t(1) << 31))
      ->capture_default_str();
  add("--rounding", arguments.rounding,
      "of weights: nearest, stochastic, obc (by the Hessian of their inputs) or flexround")
      ->check(CLI::IsMember({"nearest", "stochastic", "obc", "flexround"}))
      ->capture_default_str();
  add("--granularity", arguments.granularity, "what has a step of its own: tensor or channel")
      ->check(CLI::IsMember({"tensor", "channel"}))
      ->capture_default_str();
  add("--sparsity", arguments.sparsity, "part of the weights that becomes zero")
      ->check(CLI::Range(0.0, 1.0));
  add("--state-bits", arguments.stateBits, "bits of a state")
      ->check(CLI::Range(2, 32))
      ->capture_default_str();
  add("--fraction-bits", arguments.fractionBits,
      "fraction bits of every state; default: as its range leaves")
      ->check(CLI::Range(0, 31));
  add("--parameter-bits", arguments.parameterBits, "bits of a parameter")
      ->check(CLI::Range(2, 32))
      ->capture_default_str();
  add("--input-bits", arguments.inputBits, "most bits of what a source emits")
      ->check(CLI::Range(1, 24))
      ->capture_default_str();
  add("--state-rounding", arguments.stateRounding,
      "of states: nearest_even, floor, toward_zero or stochastic")
      ->check(CLI::IsMember({"nearest_even", "floor", "toward_zero", "stochastic"}))
      ->capture_default_str();
  addCrossbarOptions(command, arguments.crossbars);
}

static bool isFixedPointNetwork(ModuleOp module) {
  return module
      .walk([](neuro::ProjectionOp op) {
        return op.getFormat() ? WalkResult::interrupt() : WalkResult::advance();
      })
      .wasInterrupted();
}

static int quantize(ModuleOp module, const FixedPointArguments &arguments,
                    const InputArguments &input) {
  if (isFixedPointNetwork(module))
    return failInput("the network is one of fixed-point numbers already: leave out '--quantize'");
  PassManager manager(module.getContext());
  PipelineOptions discrete;
  buildNeuroPipeline(manager, discrete);
  buildDiscretePipeline(manager, discrete);
  const std::vector<std::string> &files =
      arguments.calibrate.empty() ? input.files : arguments.calibrate;
  // Without data the bounds of sums and states have to do.
  bool waits = waitsForInput(module);
  bool calibrates = !waits || !files.empty();
  reference::CalibratePassOptions calibrate;
  if (calibrates) {
    calibrate.inputs.assign(files.begin(), files.end());
    calibrate.samples = arguments.samples;
    // What feeds itself runs as long as it is told.
    calibrate.steps = input.steps.value_or(files.empty() ? 1000 : 0);
    calibrate.frameUs = static_cast<int64_t>(input.frameMs * 1000);
    calibrate.hessian =
        arguments.rounding == "obc" || arguments.rounding == "flexround" || arguments.sparsity > 0;
    manager.addPass(reference::createCalibratePass(calibrate));
  }
  FixedPointOptions options;
  options.bits = *arguments.bits;
  options.rounding = arguments.rounding;
  options.granularity = arguments.granularity;
  options.sparsity = arguments.sparsity;
  options.stateBits = arguments.stateBits;
  options.fractionBits = arguments.fractionBits.value_or(-1);
  options.parameterBits = arguments.parameterBits;
  options.inputBits = arguments.inputBits;
  options.stateRounding = arguments.stateRounding;
  buildFixedPointPipeline(manager, options);
  if (calibrates) {
    calibrate.hessian = false;
    calibrate.countSaturation = true;
    manager.addPass(reference::createCalibratePass(calibrate));
  }
  return succeeded(manager.run(module)) ? done : inputFault;
}

int makeFixedPoint(ModuleOp module, const FixedPointArguments &arguments,
                   const InputArguments &input) {
  if (arguments.bits)
    if (int code = quantize(module, arguments, input))
      return code;
  CrossbarData data;
  data.files = arguments.calibrate.empty() ? input.files : arguments.calibrate;
  data.samples = arguments.samples;
  data.steps = input.steps.value_or(data.files.empty() ? 1000 : 0);
  data.frameUs = static_cast<int64_t>(input.frameMs * 1000);
  return makeCrossbars(module, arguments.crossbars, data);
}

} // namespace engram::tool
