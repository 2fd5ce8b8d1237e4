// How often neurons send packets.
#pragma once

#include "dialects/Neuro/IR/NeuroOps.h"
#include "lowering/NeuroToNCore/Rates.h"
#include <optional>
#include <vector>

namespace engram::aer {

/// Packets a second of sources and populations: from the attribute `neuro.rates`, else from a
/// recording, else from what a Poisson source, listed spikes or a current say; graded outputs are
/// sent in each step. What is left is assumed.
class SpikeRates {
public:
  /// `recording`: a file as `engram run` writes it, or empty. A diagnostic if it cannot be read.
  static mlir::FailureOr<SpikeRates> create(neuro::NetworkOp network, const std::string &recording,
                                            double assumed);

  struct Rates {
    std::vector<double> values; ///< one for all neurons, or one each
    bool assumed = false;

    double of(int64_t neuron) const {
      size_t k = values.size() == 1 ? 0 : static_cast<size_t>(neuron);
      return k < values.size() ? values[k] : 0;
    }
  };
  Rates of(mlir::StringAttr name) const;

private:
  neuro::NetworkOp network;
  std::optional<ncore::RecordedRates> recorded;
  double dtSeconds = 0, assumed = 0;

  std::vector<double> known(mlir::Operation *op, int64_t size) const;
};

} // namespace engram::aer
