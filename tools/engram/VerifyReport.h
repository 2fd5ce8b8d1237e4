// What 'engram verify' says, as text and as JSON.
#pragma once

#include "tools/engram/VerifyMachines.h"

#include "runtime/Compare.h"

namespace engram::tool {

struct VerifyReport {
  std::string network;
  double dtSeconds = 0;
  int64_t samples = 0, steps = 0; ///< of each sample
  /// Source and how it was fed.
  std::vector<std::pair<std::string, std::string>> inputs;
  const VerifiedMachines *machines = nullptr;
  std::vector<Comparison> comparisons;
  /// What machines say of themselves that went wrong.
  std::vector<std::string> faults;
};

/// True if all are equal that have to be.
bool isEqual(const VerifyReport &report);

std::string verifyText(const VerifyReport &report);
std::string verifyJson(const VerifyReport &report);

} // namespace engram::tool
