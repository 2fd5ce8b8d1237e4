// What 'engram run' says at its end, as text and as JSON.
#pragma once

#include "runtime/Runner.h"

namespace engram::tool {

struct RunReport {
  struct Input {
    std::string source, path, description;
  };
  std::string target;
  std::vector<Input> inputs;
  /// Name of the probe that decides the class; empty without one.
  std::string readout;
  /// The right class of each sample; empty without labels.
  std::vector<std::optional<int64_t>> labels;
  /// Files that were written.
  std::vector<std::string> written;
  double buildSeconds = 0;
};

std::string reportText(const RunReport &report, const NetworkInfo &network,
                       const RunResult &result);
std::string reportJson(const RunReport &report, const NetworkInfo &network,
                       const RunResult &result);

} // namespace engram::tool
