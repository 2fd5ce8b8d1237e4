// Opening the inputs of external sources by what the command line says.
#include "tools/engram/Inputs.h"

#include "tools/engram/DescribeNetwork.h"

#include "runtime/NoiseInput.h"
#include "runtime/NumberText.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>

namespace engram::tool {

static const std::vector<std::pair<std::string, Layout>> layouts = {
    {"auto", Layout::Automatic},
    {"frame", Layout::Frame},
    {"samples", Layout::Samples},
    {"steps", Layout::Steps},
    {"samples,steps", Layout::SamplesSteps}};

void addInputOptions(CLI::App &command, InputArguments &arguments) {
  command.add_option("--input", arguments.files,
                     "FILE, or SOURCE=FILE where the network has several external sources: .npy, "
                     ".csv, .bs2 (several, or a folder: the samples), .h5 (SONATA spikes); 'zeros' "
                     "or 'noise' instead of a file");
  command
      .add_option("--layout", arguments.layout,
                  "what the axes of an input array in front of the neurons mean: frame (none), "
                  "samples, steps or samples,steps")
      ->check(CLI::IsMember({"auto", "frame", "samples", "steps", "samples,steps"}))
      ->capture_default_str();
  command
      .add_option("--steps", arguments.steps,
                  "steps of each sample; an input without steps is held")
      ->check(wholeNumber(1));
  command.add_option("--frame", arguments.frameMs, "ms of an event file that make one step")
      ->check(CLI::Range(0.001, 1e9))
      ->capture_default_str();
  command.add_option("--samples", arguments.samples, "FIRST:END, or one number, counted from 0");
}

int64_t Inputs::sampleCount() const {
  for (const std::unique_ptr<SampleInput> &input : perSource)
    if (input)
      return input->sampleCount();
  return 1;
}

bool Inputs::endless() const { return files.empty(); }

/// The paths that '--input' gives for each source.
static int assignPaths(const InputArguments &arguments, const NetworkInfo &network,
                       std::vector<std::vector<std::string>> &paths) {
  std::vector<std::string> names;
  for (const SourceInfo &source : network.inputs)
    names.push_back(source.name);
  paths.resize(names.size());
  for (const std::string &input : arguments.files) {
    size_t equals = input.find('=');
    std::string name = equals == std::string::npos ? "" : input.substr(0, equals);
    auto source = std::find(names.begin(), names.end(), name);
    if (source != names.end()) {
      paths[source - names.begin()].push_back(input.substr(equals + 1));
      continue;
    }
    if (!name.empty() && !std::filesystem::exists(input))
      return failCall(fmt::format("'--input {}': no external source '{}'{}; the network has {}",
                                  input, name, suggestion(name, names), listOf(names)));
    if (names.size() != 1)
      return failCall(
          fmt::format("'--input {0}': which external source; write NAME={0} with one of {1}", input,
                      listOf(names)));
    paths[0].push_back(input);
  }
  return done;
}

int openInputs(const InputArguments &arguments, const NetworkInfo &network,
               const std::string &otherwise, Inputs &inputs) {
  std::vector<std::vector<std::string>> paths;
  if (int code = assignPaths(arguments, network, paths))
    return code;
  InputOptions how;
  how.steps = arguments.steps;
  how.dtSeconds = network.dtSeconds;
  how.frameUs = std::llround(arguments.frameMs * 1000);
  for (const auto &[name, layout] : layouts)
    if (name == arguments.layout)
      how.layout = layout;
  std::vector<size_t> noisy;
  for (size_t k = 0; k < paths.size(); ++k) {
    const SourceInfo &source = network.inputs[k];
    if (paths[k].empty() && !otherwise.empty())
      paths[k].push_back(otherwise);
    if (paths[k].empty())
      return failCall(fmt::format("external source '{0}' of shape {1} has no input; give one with "
                                  "'--input {0}=FILE', or '--input {0}=zeros'",
                                  source.name, shapeString(source.shape)));
    inputs.perSource.emplace_back();
    if (paths[k].size() == 1 && (paths[k][0] == "zeros" || paths[k][0] == "noise")) {
      if (paths[k][0] == "noise")
        noisy.push_back(k);
      continue;
    }
    Expected<std::unique_ptr<SampleInput>> input = openInput(source, paths[k], how);
    if (!input)
      return failInput(input.error().message);
    inputs.files.push_back({source.name, paths[k].front(), (*input)->description()});
    inputs.perSource.back() = std::move(*input);
  }
  // Noise has as many samples as what comes from files beside it.
  int64_t samples = inputs.sampleCount();
  for (size_t k : noisy)
    inputs.perSource[k] = noiseInput(network.inputs[k], samples);
  return done;
}

int chooseSamples(const InputArguments &arguments, int64_t count, int64_t &first, int64_t &end) {
  first = 0;
  end = count;
  if (arguments.samples.empty())
    return done;
  auto fault = [&] {
    return failCall(fmt::format("'--samples {}': expected FIRST:END within 0:{}, or one number",
                                arguments.samples, count));
  };
  size_t colon = arguments.samples.find(':');
  bool one = colon == std::string::npos;
  std::string firstText = arguments.samples.substr(0, colon);
  std::string endText = one ? "" : arguments.samples.substr(colon + 1);
  std::optional<int64_t> firstNumber = parseInteger(firstText), endNumber = parseInteger(endText);
  if ((!firstText.empty() && !firstNumber) || (!endText.empty() && !endNumber) ||
      (firstText.empty() && one))
    return fault();
  first = firstNumber.value_or(0);
  end = one ? first + 1 : endNumber.value_or(count);
  return first < 0 || first >= end || end > count ? fault() : int(done);
}

} // namespace engram::tool
