// Inputs of passes that run networks, and the run.
#include "backends/Reference/WatchedRun.h"
#include "runtime/NoiseInput.h"
#include "runtime/Runner.h"

using namespace mlir;
using namespace engram;
using namespace engram::reference;

namespace {

/// The interpreter, with something to do after each step and each reset.
class WatchedMachine : public Machine {
public:
  WatchedMachine(Interpreter &inner, std::function<void()> afterStep,
                 std::function<void()> afterReset)
      : inner(inner), afterStep(std::move(afterStep)), afterReset(std::move(afterReset)) {}

  const NetworkInfo &info() const override { return inner.info(); }
  void reset() override {
    inner.reset();
    afterReset();
  }
  void step(const std::vector<const double *> &inputs) override {
    inner.step(inputs);
    afterStep();
  }
  int64_t stepsDone() const override { return inner.stepsDone(); }
  void readSpikes(size_t population, double *out) const override {
    inner.readSpikes(population, out);
  }
  void readProbe(size_t probe, double *out) const override { inner.readProbe(probe, out); }

private:
  Interpreter &inner;
  std::function<void()> afterStep, afterReset;
};

} // namespace

static LogicalResult openInputs(const NetworkInfo &info, const WatchedRunOptions &options,
                                Operation *where,
                                std::vector<std::unique_ptr<SampleInput>> &opened) {
  auto fault = [&](const std::string &message) -> LogicalResult {
    return where->emitError() << message;
  };
  std::vector<std::vector<std::string>> paths(info.inputs.size());
  for (const std::string &input : options.inputs) {
    std::pair<StringRef, StringRef> parts = StringRef(input).split('=');
    auto source = llvm::find_if(
        info.inputs, [&](const SourceInfo &source) { return source.name == parts.first; });
    if (source != info.inputs.end() && !parts.second.empty())
      paths[source - info.inputs.begin()].push_back(parts.second.str());
    else if (info.inputs.size() == 1)
      paths[0].push_back(input);
    else
      return fault("expected 'input' as 'source=file' with an external source, got '" + input +
                   "'");
  }
  InputOptions how;
  if (options.steps > 0)
    how.steps = options.steps;
  how.dtSeconds = info.dtSeconds;
  how.frameUs = options.frameUs;
  for (size_t k = 0; k < paths.size(); ++k) {
    const SourceInfo &source = info.inputs[k];
    if (paths[k].empty())
      return fault("external source '" + source.name +
                   "' has no input; give a file, 'zeros' or 'noise' as 'input=" + source.name +
                   "=file'");
    opened.emplace_back();
    if (paths[k][0] == "zeros")
      continue;
    if (paths[k][0] == "noise") {
      opened.back() = noiseInput(source, std::max<int64_t>(options.samples, 1));
      continue;
    }
    Expected<std::unique_ptr<SampleInput>> input = openInput(source, paths[k], how);
    if (!input)
      return fault(input.error().message);
    opened.back() = std::move(*input);
  }
  return success();
}

LogicalResult engram::reference::runWatched(Interpreter &machine, const WatchedRunOptions &options,
                                            Operation *where, std::function<void()> afterStep,
                                            std::function<void()> afterReset) {
  std::vector<std::unique_ptr<SampleInput>> opened;
  if (failed(openInputs(machine.info(), options, where, opened)))
    return failure();
  RunOptions run;
  if (options.steps > 0)
    run.steps = options.steps;
  // All, where there are fewer.
  auto fed = llvm::find_if(opened, [](auto &input) { return input != nullptr; });
  if (options.samples > 0)
    run.endSample =
        fed == opened.end() ? 1 : std::min<int64_t>(options.samples, (*fed)->sampleCount());
  WatchedMachine watched(machine, std::move(afterStep), std::move(afterReset));
  Expected<RunResult> result = runSamples(watched, opened, run);
  if (!result)
    return where->emitError() << result.error().message;
  return success();
}
