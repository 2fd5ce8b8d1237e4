// engram run: feeds a network from files, runs it on a machine, says what came out.
#include "tools/engram/AcceleratorFiles.h"
#include "tools/engram/DescribeNetwork.h"
#include "tools/engram/FixedPoint.h"
#include "tools/engram/Inputs.h"
#include "tools/engram/LoadNetwork.h"
#include "tools/engram/Machines.h"
#include "tools/engram/Probes.h"
#include "tools/engram/RunReport.h"

#include "runtime/AtomicFile.h"
#include "runtime/Labels.h"
#include "runtime/Progress.h"
#include "runtime/Raster.h"
#include "runtime/ReadFile.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fmt/format.h>
#include <set>

namespace engram::tool {

namespace {

struct RunArguments {
  NetworkArguments network;
  MachineArguments machine;
  FixedPointArguments fixedPoint;
  InputArguments input;
  std::vector<std::string> outputs, records;
  std::string labels, raster, readout;
  std::optional<uint64_t> seed;
  bool json = false;
};

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// One call of 'engram run'. Each step returns an exit code; 'done' goes on.
class RunCommand {
public:
  explicit RunCommand(const RunArguments &arguments) : arguments(arguments) {}
  int run();

private:
  const RunArguments &arguments;
  Session session;
  std::optional<LoadedNetwork> loaded;
  std::optional<OpenedImage> image; ///< instead of a network
  std::unique_ptr<Machine> machine;
  Inputs inputs;
  std::optional<LabelList> labels;
  /// Probe and file of each output.
  std::vector<std::pair<std::string, std::string>> outputs;
  std::string readoutProbe;
  /// Probes of the network itself; those that the call adds come after them.
  size_t ownProbes = 0;
  RunOptions options;
  RunReport report;

  int build();
  int openImage();
  int addProbes();
  int feed();
  int chooseReadout();
  int checkOutputs();
  int attachLabels(const std::vector<SampleResult> &samples);
  int labelSample(const SampleResult &sample, std::optional<int64_t> &label) const;
  int checkLabels();
  int writeOutputs(const RunResult &result);
  size_t probeNamed(const std::string &name) const;
};

//===-- the network -----------------------------------------------------------------------===//

int RunCommand::addProbes() {
  auto add = [&](const std::string &what, std::string &probe) {
    Expected<std::string> added =
        image ? image->plan.findOrAddProbe(what) : findOrAddProbe(loaded->network, what);
    if (!added)
      return failCall(added.error().message);
    probe = *added;
    return int(done);
  };
  std::string probe;
  for (const std::string &record : arguments.records)
    if (int code = add(record, probe))
      return code;
  if (!arguments.readout.empty())
    if (int code = add(arguments.readout, readoutProbe))
      return code;
  for (const std::string &output : arguments.outputs) {
    size_t equals = output.find('=');
    if (equals == std::string::npos)
      continue;
    if (int code = add(output.substr(0, equals), probe))
      return code;
    outputs.emplace_back(probe, output.substr(equals + 1));
  }
  return done;
}

// All that a network needs is in its image, and nothing of it can be another now.
int RunCommand::openImage() {
  const NetworkArguments &network = arguments.network;
  if (arguments.seed || arguments.fixedPoint.bits || !arguments.machine.precision.empty() ||
      !network.models.empty() || !network.network.empty())
    return failCall(fmt::format("'{}': '--seed', '--quantize', '--precision', '--models' and "
                                "'--network' are for networks; an image is made already",
                                network.path));
  Expected<OpenedImage> opened = openAcceleratorImage(network.path);
  if (!opened)
    return failInput(opened.error().message);
  image = std::move(*opened);
  ownProbes = image->plan.probes.size();
  if (int failed = addProbes())
    return failed;
  auto start = Clock::now();
  Expected<std::unique_ptr<Machine>> made = createImageMachine(session, *image, arguments.machine);
  if (!made)
    return failInput(fmt::format("'{}': {}", network.path, made.error().message));
  machine = std::move(*made);
  report.buildSeconds = secondsSince(start);
  report.target =
      fmt::format("a chip of {} x {} cores", image->plan.chip.columns, image->plan.chip.rows);
  return done;
}

int RunCommand::build() {
  if (!arguments.machine.wave.empty() && arguments.machine.model != "rtl")
    return failCall("'--wave' needs '--model rtl'");
  if (isAcceleratorImage(arguments.network.path))
    return openImage();
  int code = done;
  loaded = loadNetwork(session, arguments.network, code);
  if (!loaded)
    return code;
  if (arguments.seed)
    loaded->network.setSeed(*arguments.seed);
  if (failed(checkSynapseCounts(loaded->network)))
    return inputFault;
  auto own = loaded->network.getBody().getOps<neuro::ProbeOp>();
  ownProbes = static_cast<size_t>(std::distance(own.begin(), own.end()));
  if (int failed = addProbes())
    return failed;
  auto start = Clock::now();
  FixedPointArguments fixedPoint = arguments.fixedPoint;
  fixedPoint.crossbars.target = arguments.machine.target;
  if (int failed = makeFixedPoint(*loaded->module, fixedPoint, arguments.input))
    return failed;
  machine = createMachine(*loaded->module, arguments.machine);
  report.buildSeconds = secondsSince(start);
  return machine ? done : inputFault;
}

size_t RunCommand::probeNamed(const std::string &name) const {
  const std::vector<ProbeInfo> &probes = machine->info().probes;
  auto found = std::find_if(probes.begin(), probes.end(),
                            [&](const ProbeInfo &probe) { return probe.name == name; });
  return static_cast<size_t>(found - probes.begin());
}

//===-- inputs ----------------------------------------------------------------------------===//

int RunCommand::feed() {
  if (int code = openInputs(arguments.input, machine->info(), /*otherwise=*/"", inputs))
    return code;
  if (inputs.endless() && !arguments.input.steps)
    return failCall("nothing says how long to run; give '--steps N'");
  for (const Inputs::File &file : inputs.files)
    report.inputs.push_back({file.source, file.path, file.description});
  options.steps = arguments.input.steps;
  options.endSample.emplace();
  return chooseSamples(arguments.input, inputs.sampleCount(), options.firstSample,
                       *options.endSample);
}

//===-- outputs ---------------------------------------------------------------------------===//

int RunCommand::chooseReadout() {
  const std::vector<ProbeInfo> &probes = machine->info().probes;
  if (!readoutProbe.empty()) {
    options.readout = probeNamed(readoutProbe);
  } else {
    // What the network's author watches, if it can only be one.
    std::vector<std::string> names;
    for (size_t k = 0; k < ownProbes; ++k)
      if (isReadout(probes[k])) {
        names.push_back(probes[k].name);
        options.readout = k;
      }
    if (names.size() != 1)
      options.readout.reset();
    if (names.size() != 1 && labels)
      return failCall(fmt::format("which probe or population decides the class; '--readout' picks "
                                  "one, the network probes {}",
                                  listOf(names)));
  }
  if (options.readout)
    report.readout = probes[*options.readout].name;
  return done;
}

// A mistake in the name of a file is to show before hours of running, not after.
int RunCommand::checkOutputs() {
  if (arguments.outputs.empty() && !arguments.records.empty())
    return failCall("'--record' needs a place to write to; give '--output FOLDER'");
  for (const std::string &output : arguments.outputs) {
    if (output.find('=') != std::string::npos)
      continue;
    std::error_code error;
    std::filesystem::create_directories(output, error);
    if (error)
      return failInput(fmt::format("'{}': cannot make the folder: {}", output, error.message()));
    for (const ProbeInfo &probe : machine->info().probes) {
      std::string file = probe.name;
      std::replace(file.begin(), file.end(), '/', '_');
      outputs.emplace_back(probe.name, (std::filesystem::path(output) / (file + ".npy")).string());
    }
  }
  for (const auto &[probe, path] : outputs) {
    size_t index = probeNamed(probe);
    if (Expected<void> fits = checkRecordingPath(path, machine->info().probes[index]); !fits)
      return failCall(fits.error().message);
    if (extensionOf(path) != "npy" && *options.endSample - options.firstSample != 1)
      return failCall(
          fmt::format("'{}': a .{} file holds one sample, the run has {}; write .npy, or "
                      "pick one sample with '--samples'",
                      path, extensionOf(path), *options.endSample - options.firstSample));
    if (Expected<AtomicFile> file = AtomicFile::create(path); !file)
      return failInput(file.error().message);
    if (std::find(options.recorded.begin(), options.recorded.end(), index) ==
        options.recorded.end())
      options.recorded.push_back(index);
  }
  std::set<std::string> files;
  if (!arguments.raster.empty())
    files.insert(arguments.raster);
  for (const auto &[probe, path] : outputs)
    if (!files.insert(path).second)
      return failCall(fmt::format("'{}': two outputs of one name", path));
  options.keepSpikes = !arguments.raster.empty();
  if (options.keepSpikes)
    if (Expected<AtomicFile> file = AtomicFile::create(arguments.raster); !file)
      return failInput(file.error().message);
  return done;
}

int RunCommand::labelSample(const SampleResult &sample, std::optional<int64_t> &label) const {
  if (!labels->samples.empty() && !sample.name.empty()) {
    label = labels->classOf(sample.name);
    return label ? int(done)
                 : failInput(fmt::format("'{}': expected a label for sample '{}'", arguments.labels,
                                         sample.name));
  }
  label = labels->classes[sample.index];
  return done;
}

// Before the run, for the same reason as checkOutputs.
int RunCommand::checkLabels() {
  const SampleInput *named = nullptr;
  for (const std::unique_ptr<SampleInput> &input : inputs.perSource)
    if (input && !named && !input->sampleName(0).empty())
      named = input.get();
  if (labels->samples.empty() || !named) {
    auto count = static_cast<int64_t>(labels->classes.size());
    return count == inputs.sampleCount()
               ? int(done)
               : failInput(fmt::format("'{}': expected a label for each of {} samples, got {}",
                                       arguments.labels, inputs.sampleCount(), count));
  }
  for (int64_t k = options.firstSample; k < *options.endSample; ++k) {
    SampleResult sample;
    sample.name = named->sampleName(k);
    std::optional<int64_t> label;
    if (int code = labelSample(sample, label))
      return code;
  }
  return done;
}

int RunCommand::attachLabels(const std::vector<SampleResult> &samples) {
  for (const SampleResult &sample : samples) {
    report.labels.emplace_back();
    if (int code = labelSample(sample, report.labels.back()))
      return code;
  }
  return done;
}

int RunCommand::writeOutputs(const RunResult &result) {
  for (const auto &[probe, path] : outputs) {
    size_t index = probeNamed(probe);
    auto recording = std::find(options.recorded.begin(), options.recorded.end(), index);
    const Recording &values = result.recordings[recording - options.recorded.begin()];
    if (Expected<void> written = writeRecording(path, values, machine->info().dtSeconds); !written)
      return failInput(written.error().message);
    report.written.push_back(path);
  }
  if (arguments.raster.empty())
    return done;
  RasterOptions raster;
  const SampleResult &first = result.samples.front();
  raster.title = fmt::format("{}, sample {}", machine->info().name,
                             first.name.empty() ? std::to_string(first.index) : first.name);
  raster.dtMs = machine->info().dtSeconds * 1000;
  raster.stepCount = first.steps;
  if (Expected<void> written =
          writeFileAtomically(arguments.raster, renderRaster(result.firstSpikes, raster));
      !written)
    return failInput(written.error().message);
  report.written.push_back(arguments.raster);
  return done;
}

//===-- all together ----------------------------------------------------------------------===//

int RunCommand::run() {
  if (!arguments.labels.empty()) {
    Expected<LabelList> read = readLabels(arguments.labels);
    if (!read)
      return failInput(read.error().message);
    labels = std::move(*read);
  }
  for (int (RunCommand::*step)() : {&RunCommand::build, &RunCommand::feed,
                                    &RunCommand::chooseReadout, &RunCommand::checkOutputs})
    if (int code = (this->*step)())
      return code;
  if (labels)
    if (int code = checkLabels())
      return code;

  std::optional<Progress> progress;
  options.progress = [&](int64_t sample, int64_t samples, int64_t step, int64_t steps) {
    bool bySample = samples > 1;
    if (!progress)
      progress.emplace("running", bySample ? samples : steps, bySample ? "samples" : "steps");
    progress->update(bySample ? sample : step);
  };
  Expected<RunResult> result = runSamples(*machine, inputs.perSource, options);
  progress.reset();
  if (!result)
    return failInput(result.error().message);
  if (labels)
    if (int code = attachLabels(result->samples))
      return code;
  if (int code = writeOutputs(*result))
    return code;
  if (!image)
    report.target = arguments.machine.target;
  return writeText("", arguments.json ? reportJson(report, machine->info(), *result)
                                      : reportText(report, machine->info(), *result));
}

} // namespace

void addRunCommand(CLI::App &app, Action &action) {
  auto arguments = std::make_shared<RunArguments>();
  CLI::App *command = app.add_subcommand("run", "run a network on input from files");
  addNetworkOptions(*command, arguments->network);
  arguments->machine.target = hostTargets().front();
  command
      ->add_option("--target", arguments->machine.target,
                   "machine to run on: cpu, reference (the interpreter), or a target of cores "
                   "('engram targets'), whose packets are followed one by one, without a clock")
      ->check(targetName())
      ->capture_default_str();
  addInputOptions(*command, arguments->input);
  command->add_option("--labels", arguments->labels,
                      "right classes: .npy, or text with a class or 'sample class' a line");
  command->add_option("--readout", arguments->readout,
                      "probe or population whose output, summed over a sample, decides the class");
  command
      ->add_option("--record", arguments->records,
                   "POPULATION[:VARIABLE]: one more probe; spikes, output or a state")
      ->allow_extra_args(false);
  command
      ->add_option("--output", arguments->outputs,
                   "FOLDER for all probes as .npy, or PROBE=FILE (or POPULATION[:VARIABLE]=FILE): "
                   ".npy, .csv, .h5 (SONATA spikes)")
      ->allow_extra_args(false);
  command->add_option("--raster", arguments->raster, "picture of the first sample's spikes (.svg)");
  command
      ->add_option("--seed", arguments->seed, "seed of all random numbers; default: the network's")
      ->check(wholeNumber(0));
  command
      ->add_option("--precision", arguments->machine.precision,
                   "f32 or f64; default: the network's")
      ->check(CLI::IsMember({"f32", "f64"}));
  addFixedPointOptions(*command, arguments->fixedPoint);
  addMappingOptions(*command, arguments->machine);
  command->add_option("--wave", arguments->machine.wave,
                      "FILE.fst: all signals of the RTL ('--model rtl')");
  command
      ->add_option("--wave-steps", arguments->machine.waveSteps,
                   "FIRST:END: only these steps of the chip, counted over all samples")
      ->needs("--wave");
  command->add_flag("--json", arguments->json, "print the summary as one JSON object");
  command->footer(
      "examples:\n"
      "  engram run digits.nir --input images.npy --steps 25 --labels labels.npy --raster "
      "digits.svg\n"
      "  engram run cnn.nir --input NMNIST/ --labels test100.txt\n"
      "  engram run net.mlir --steps 10000 --output exc:v=v.npy --output exc=spikes.h5\n"
      "  engram run net.egi --input images.npy --steps 25 --model rtl");
  command->callback(
      [arguments, &action] { action = [arguments] { return RunCommand(*arguments).run(); }; });
}

} // namespace engram::tool
