// What lies in a core's SDRAM: rows, tables, parameters, in the layout of
// runtime/spinnaker/Layout.h.
#pragma once

#include "runtime/spinnaker/Layout.h"
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace engram::spinnaker {

/// Adds weight * payload * 2^shift to the sum of a port, in the slot `delay` (1 to 16) after the
/// last step.
struct CoreSynapse {
  uint32_t neuron = 0, port = 0, delay = 1, shift = 0;
  int64_t weight = 0;
};

/// The rows of a core, by sender and neuron of it.
class CoreSynapses {
public:
  using Rows = std::vector<std::vector<uint32_t>>; ///< words of each neuron of a sender

  /// A weight of more than 16 bits becomes several words.
  void add(size_t sender, int64_t neurons, int64_t local, const CoreSynapse &synapse);

  std::map<size_t, Rows> rows;
  std::vector<std::pair<uint32_t, uint32_t>> types; ///< port, shift; more than CORE_TYPES: refuse
  int64_t synapses = 0;
};

/// Everything of a core of neurons but its SDRAM address.
struct CoreContent {
  core_data header = {};         ///< what no region below says
  std::vector<uint32_t> records; ///< [neuron][word]
  std::vector<uint32_t> shared;
  std::vector<uint32_t> indices; ///< empty: they follow first_index
  /// (first step, port): a word a neuron.
  std::map<std::pair<uint32_t, uint32_t>, std::vector<uint32_t>> biases;
  struct KeyBlock {
    uint32_t key = 0, mask = 0;
  };
  std::map<size_t, KeyBlock> senders;
  CoreSynapses synapses;
};

struct CoreImage {
  std::vector<uint32_t> words;
  uint32_t bytes = 0;       ///< of SDRAM, recording included
  uint32_t memoryBytes = 0; ///< of the core's own memory
  /// What of the own memory is what, for messages.
  std::vector<std::pair<const char *, uint32_t>> memory;
};

/// Rows of the senders as blocks; then all regions. `recordedSteps`: most steps that the recording
/// holds; `memoryLimit`: what the ring of packets may fill.
CoreImage buildNeuronCore(const CoreContent &content, uint32_t recordedSteps, uint32_t memoryLimit);

/// Of a core of sources, `neurons` words a step.
CoreImage buildSourceCore(const std::vector<core_segment> &segments, uint32_t lag,
                          uint32_t bufferedSteps);

} // namespace engram::spinnaker
