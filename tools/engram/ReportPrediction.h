// Time and energy of a step, predicted from a target's numbers and rates of spikes. The formulae
// are in docs/report.md. Plain C++.
#pragma once

#include "lowering/NeuroToNCore/SpikeGraph.h"
#include "runtime/StepTime.h"

#include <optional>
#include <string>
#include <vector>

namespace engram::tool {

/// What a core does in a second of the network's time, on average.
struct CoreLoad {
  int64_t neurons = 0;
  double spikes = 0;   ///< that its neurons send
  double arrivals = 0; ///< packets that reach it
  double events = 0;   ///< synapses that these packets have here
};

/// A block of neurons whose packets take the same way.
struct SenderLoad {
  double spikes = 0;         ///< a second
  std::vector<size_t> cores; ///< that get a copy
};

/// The loads of all cores of an assignment. Random connections count with their expectation.
std::vector<CoreLoad> coreLoadsOf(const ncore::SpikeNetwork &network,
                                  const ncore::Assignment &assignment,
                                  const std::vector<SenderLoad> &senders);

struct Loads {
  std::vector<CoreLoad> cores;
  std::optional<double> hops;        ///< links that all packets cross a second; none before routing
  std::optional<double> busiestLink; ///< packets a second; none before routing
  std::optional<int> longestPath;    ///< links between a sender and a core; none before placement
  /// Of machines whose cores deliver while they update: a step's work of each core.
  std::vector<CoreWork> work;
};

/// A part of a step. Without a value if the target does not say what it takes.
struct TimePart {
  std::string name, formula;
  std::optional<double> seconds;
};

struct EnergyPart {
  std::string name;
  std::optional<double> count; ///< a step
  std::optional<double> each;  ///< joules, of `idle` watts
  bool isPower = false;        ///< `each` is watts and `count` seconds
  std::optional<double> joules;
};

struct Prediction {
  std::optional<double> cycles; ///< of a step, of machines whose cores deliver while they update
  std::vector<TimePart> time;
  std::vector<EnergyPart> energy;
  std::vector<double> coreSeconds;   ///< busy time of each core in a step
  int slowestCore = -1;              ///< in `coreSeconds`; -1 if nothing is known
  std::optional<double> busySeconds; ///< sum of the known parts
  std::optional<double> stepSeconds; ///< that, or the target's step if it is longer
  std::optional<double> joules;      ///< of a step: sum of the known parts
  bool late = false;                 ///< busier than the target's step is long
  std::vector<std::string> leftOut;  ///< sentences: what is not known
};

/// `dt`: seconds of the network's time in a step.
Prediction predict(const ncore::Target &target, const Loads &loads, double dt);

} // namespace engram::tool
