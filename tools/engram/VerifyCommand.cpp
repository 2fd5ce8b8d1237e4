// engram verify: the same network in all its forms on all machines, compared number by number.
#include "tools/engram/DescribeNetwork.h"
#include "tools/engram/Inputs.h"
#include "tools/engram/LoadNetwork.h"
#include "tools/engram/VerifyReport.h"

#include "dialects/Neuro/IR/Instance.h"
#include "runtime/Progress.h"

#include <fmt/format.h>

namespace engram::tool {

namespace {

struct VerifyArguments {
  NetworkArguments network;
  InputArguments input;
  VerifyMachinesArguments machines;
  std::optional<uint64_t> seed;
  bool json = false;
};

/// Long enough for spikes to go round, short enough to wait for.
constexpr int64_t defaultSteps = 100;

/// The longest of the inputs' samples that are asked for; what is held or noise has no length.
int countSteps(const InputArguments &arguments, const Inputs &inputs, int64_t first, int64_t end,
               int64_t &steps) {
  steps = arguments.steps.value_or(0);
  if (arguments.steps)
    return done;
  for (const std::unique_ptr<SampleInput> &input : inputs.perSource)
    for (int64_t sample = first; input && sample < end; ++sample) {
      if (Expected<void> loaded = input->load(sample); !loaded)
        return failInput(loaded.error().message);
      steps = std::max(steps, input->steps().value_or(0));
    }
  if (steps == 0)
    steps = defaultSteps;
  return done;
}

int sameSampleCounts(const NetworkInfo &network, const Inputs &inputs) {
  for (size_t k = 0; k < inputs.perSource.size(); ++k)
    if (inputs.perSource[k] && inputs.perSource[k]->sampleCount() != inputs.sampleCount())
      return failInput(fmt::format("expected {} samples for source '{}', got {}",
                                   inputs.sampleCount(), network.inputs[k].name,
                                   inputs.perSource[k]->sampleCount()));
  return done;
}

/// What calibrates a network that is quantized: what it runs on, noise included, which has no
/// length.
InputArguments calibrationInput(const InputArguments &input, const NetworkInfo &network,
                                const Inputs &inputs, int64_t steps) {
  InputArguments calibration = input;
  if (inputs.endless())
    calibration.steps = steps;
  for (const SourceInfo &source : network.inputs) {
    bool given = network.inputs.size() == 1 && !input.files.empty();
    for (const std::string &file : input.files)
      given |= file.rfind(source.name + "=", 0) == 0;
    if (!given)
      calibration.files.push_back(source.name + "=noise");
  }
  return calibration;
}

int verify(const VerifyArguments &arguments) {
  if (llvm::is_contained(hostTargets(), arguments.machines.machine.target))
    return failCall(fmt::format("'--target={}': expected a machine of cores; native code and the "
                                "interpreter are always compared",
                                arguments.machines.machine.target));
  Session session;
  int code = done;
  std::optional<LoadedNetwork> loaded = loadNetwork(session, arguments.network, code);
  if (!loaded)
    return code;
  if (arguments.seed)
    loaded->network.setSeed(*arguments.seed);
  if (failed(checkSynapseCounts(loaded->network)))
    return inputFault;

  NetworkInfo network = neuro::describeNetwork(loaded->network);
  Inputs inputs;
  if ((code = openInputs(arguments.input, network, "noise", inputs)) ||
      (code = sameSampleCounts(network, inputs)))
    return code;
  CompareOptions options;
  if ((code = chooseSamples(arguments.input, inputs.sampleCount(), options.firstSample,
                            options.endSample)) ||
      (code = countSteps(arguments.input, inputs, options.firstSample, options.endSample,
                         options.steps)))
    return code;

  VerifyMachinesArguments forms = arguments.machines;
  if (forms.fixedPoint.calibrate.empty())
    forms.fixedPoint.samples = std::min(forms.fixedPoint.samples, inputs.sampleCount());
  VerifiedMachines machines;
  if ((code = machines.build(*loaded->module, forms,
                             calibrationInput(arguments.input, network, inputs, options.steps))))
    return code;
  std::vector<ComparedMachine> compared;
  std::vector<std::pair<size_t, size_t>> pairs;
  for (size_t k = 0; k < machines.machines.size(); ++k) {
    const VerifiedMachine &machine = machines.machines[k];
    compared.push_back({machine.name, machine.machine.get(), {}});
    for (size_t like = 0; like < k; ++like)
      if (machines.machines[like].name == machine.like)
        pairs.emplace_back(like, k);
  }
  VerifyReport report;
  std::vector<std::string> sources;
  for (size_t k = 0; k < network.inputs.size(); ++k) {
    sources.push_back(network.inputs[k].name);
    report.inputs.emplace_back(sources.back(),
                               inputs.perSource[k] ? inputs.perSource[k]->description() : "zeros");
  }
  std::optional<Progress> progress;
  options.progress = [&](int64_t step, int64_t steps) {
    if (!progress)
      progress.emplace("comparing", steps, "steps");
    progress->update(step);
  };
  Expected<std::vector<Comparison>> comparisons =
      compareMachines(compared, pairs, sources, inputs.perSource, options);
  progress.reset();
  if (!comparisons)
    return failInput(comparisons.error().message);
  report.network = network.name;
  report.dtSeconds = network.dtSeconds;
  report.samples = options.endSample - options.firstSample;
  report.steps = options.steps;
  report.machines = &machines;
  report.comparisons = std::move(*comparisons);
  for (const VerifiedMachine &machine : machines.machines)
    for (const std::string &fault : machine.faults ? machine.faults() : std::vector<std::string>())
      report.faults.push_back(machine.name + ": " + fault);
  code = writeText("", arguments.json ? verifyJson(report) : verifyText(report));
  return code ? code : isEqual(report) ? int(done) : int(inputFault);
}

} // namespace

void addVerifyCommand(CLI::App &app, Action &action) {
  auto arguments = std::make_shared<VerifyArguments>();
  CLI::App *command =
      app.add_subcommand("verify", "run a network on all machines and compare what they show");
  addNetworkOptions(*command, arguments->network);
  addInputOptions(*command, arguments->input);
  command
      ->add_option("--seed", arguments->seed, "seed of all random numbers; default: the network's")
      ->check(wholeNumber(0));
  command
      ->add_option("--precision", arguments->machines.machine.precision,
                   "f32 or f64; default: the network's")
      ->check(CLI::IsMember({"f32", "f64"}));
  addFixedPointOptions(*command, arguments->machines.fixedPoint);
  command
      ->add_option("--target", arguments->machines.machine.target,
                   "cores to lay the network onto: a name of 'engram targets', or a file")
      ->check(targetName());
  addMappingOptions(*command, arguments->machines.machine);
  command->add_flag("--json", arguments->json, "print the result as one JSON object");
  command->footer(
      "Compares the spikes of all populations, all states, and what the network probes. External "
      "sources without\nan input get noise; without '--steps' a run takes as long as its input, "
      "100 steps if that has no length. What "
      "calibrates a network\nthat is quantized is its input, too, unless '--calibrate' says "
      "else.\n\n"
      "exit status: 0 equal where it has to be, 1 different or an input is at fault, 2 the call is "
      "at fault\n\n"
      "examples:\n"
      "  engram verify net.mlir --steps 1000\n"
      "  engram verify digits.nir --input images.npy --steps 25 --samples 0:10 --quantize=8 "
      "--target=engram-a1");
  command->callback([arguments, &action] { action = [arguments] { return verify(*arguments); }; });
}

} // namespace engram::tool
