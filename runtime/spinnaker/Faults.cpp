// Sentences about faults.
#include "runtime/spinnaker/Faults.h"
#include <fmt/format.h>

namespace engram::spinnaker {

const char *faultName(Fault fault) {
  static const char *const names[numFaults] = {"packets dumped",
                                               "packets dumped over one not yet taken",
                                               "packets dumped over a full ring",
                                               "packets without a route",
                                               "packets for a dead link",
                                               "packets for a dead core",
                                               "packets with a parity error",
                                               "packets two time phases old",
                                               "packets in a loop",
                                               "packets late",
                                               "steps overrun",
                                               "packets without room in a core",
                                               "packets with a key that the core does not know",
                                               "recorded steps lost",
                                               "steps of sources missed",
                                               "programs stopped"};
  return names[int(fault)];
}

void FaultLog::add(Fault fault, const std::string &where, uint64_t count) {
  counts[int(fault)] += count;
  if (wantsText(fault))
    texts[int(fault)].push_back(where);
}

bool FaultLog::any() const {
  for (uint64_t count : counts)
    if (count)
      return true;
  return false;
}

std::string FaultLog::summary() const {
  std::string text;
  for (int k = 0; k < numFaults; ++k)
    if (counts[k])
      text += fmt::format("{}{}: {}{}", text.empty() ? "" : "; ", faultName(Fault(k)), counts[k],
                          texts[k].empty() ? "" : " (first: " + texts[k].front() + ")");
  return text;
}

} // namespace engram::spinnaker
