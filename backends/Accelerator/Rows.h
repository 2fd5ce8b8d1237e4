// Synapse rows: what the spikes of one source neuron do in one core, in the cheapest format.
#pragma once

#include "runtime/accelerator/Chip.h"
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace engram::a1 {

/// A synapse into a core. `weight` times the payload of the spike is what it adds to the port's
/// sum, in steps of the port.
struct RowSynapse {
  uint32_t neuron = 0, port = 0, delay = 0;
  int64_t weight = 0;
};

/// What a row costs, for reports and the model of cost.
struct RowStatistics {
  int64_t rows = 0, shared = 0, words = 0;
  int64_t denseWords = 0, sparseWords = 0, headers = 0;
  int64_t synapses = 0;
};

/// The synapse memory of a core while it is filled. Rows that are equal but for the neuron at which
/// they begin (those of a convolution away from its edges) are kept once.
class RowMemory {
public:
  /// Adds the row of a source neuron; the word of the axon table. Weights of more than 8 bits are
  /// sums of synapses of 8 bits, each with its shift. Empty if the row has no synapse.
  std::optional<uint32_t> add(std::vector<RowSynapse> synapses);

  /// 128-bit words as four parts each, in use so far.
  const std::vector<uint32_t> &parts() const { return memory; }
  int64_t words() const { return static_cast<int64_t>(memory.size() / 4); }
  const RowStatistics &statistics() const { return counts; }

private:
  std::vector<uint32_t> memory;
  std::map<std::vector<uint32_t>, uint32_t> known; ///< content of a row to its address
  RowStatistics counts;
};

} // namespace engram::a1
