// The partitioner's view of a network in the dialect 'neuro'.
#pragma once

#include "dialects/Neuro/IR/NeuroOps.h"
#include "lowering/NeuroToNCore/SpikeGraph.h"

namespace engram::ncore {

/// The attribute of a source or population with its spikes a second: a number, or one a neuron.
inline constexpr llvm::StringLiteral ratesAttrName = "neuro.rates";

struct SpikeNetworkOptions {
  /// Spikes a second of what neither an attribute nor a recording nor its kind tells the rate of.
  double rate = 10;
  /// A recording of spikes, as `engram run` writes it: .csv or .h5, several with
  /// commas between them; empty: none.
  std::string recording;
};

/// Groups and relations of a network whose shapes and models are known, in the order of the text:
/// sources and populations as they come, then a relation a projection. Rates come from the
/// attribute, else from the recording (its spikes over the time up to its last one), else from what
/// a Poisson source or listed spikes say; currents and graded outputs are sent each step. What the
/// network does not fix yet, bits of floating-point weights and states, counts as not known.
/// Failure, after a diagnostic, if something is not known, or has more than 2^30 listed synapses.
mlir::FailureOr<SpikeNetwork> spikeNetworkOf(neuro::NetworkOp network,
                                             const SpikeNetworkOptions &options = {});

} // namespace engram::ncore
