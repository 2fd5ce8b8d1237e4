// What a run is fed with, and for how long: the options and what they open.
#pragma once

#include "tools/engram/Command.h"

#include "runtime/SampleInput.h"

#include <memory>
#include <optional>

namespace engram::tool {

struct InputArguments {
  std::vector<std::string> files;
  std::string layout = "auto", samples;
  std::optional<int64_t> steps;
  double frameMs = 1;
};

/// --input, --layout, --steps, --frame, --samples.
void addInputOptions(CLI::App &command, InputArguments &arguments);

/// An input for each external source, in their order; null for zeros.
struct Inputs {
  std::vector<std::unique_ptr<SampleInput>> perSource;
  /// The files, for reports: source, path, how it was read.
  struct File {
    std::string source, path, description;
  };
  std::vector<File> files;

  /// Samples of the first that is fed; 1 if none is.
  int64_t sampleCount() const;
  /// True if nothing but zeros and noise comes in, neither of which says how long to run.
  bool endless() const;
};

/// Opens what '--input' names. A source that it does not name gets 'otherwise', "zeros" or "noise";
/// if that is empty it is a message. Returns an exit code.
int openInputs(const InputArguments &arguments, const NetworkInfo &network,
               const std::string &otherwise, Inputs &inputs);

/// The samples that '--samples' picks of 'count': first, end; all without it. Returns an exit code.
int chooseSamples(const InputArguments &arguments, int64_t count, int64_t &first, int64_t &end);

} // namespace engram::tool
