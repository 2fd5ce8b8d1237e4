// The synapses of a projection as rows, one a source, without a word more than needed: networks
// have tens of millions.
#pragma once

#include <cstdint>
#include <vector>

namespace engram {

class SynapseRows {
public:
  explicit SynapseRows(int64_t sources) : starts(sources + 1) {}

  void add(int64_t source, int64_t target, double weight, int64_t delay);

  /// Orders the synapses by source; those of one source stay in the order in which they came.
  void finish();

  std::vector<int64_t> starts; ///< of each row, and the number of synapses; after finish()
  std::vector<int32_t> targets;
  std::vector<double> weights; ///< one if all are equal
  std::vector<int32_t> delays; ///< steps; one if all are equal

private:
  std::vector<int32_t> sources; ///< of each synapse, once one came out of order
  int64_t last = 0;
};

} // namespace engram
