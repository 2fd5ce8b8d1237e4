// A mapping with its names resolved: who sends spikes from where, and which cores need them.
#pragma once

#include "dialects/NCore/IR/NCoreOps.h"
#include <optional>
#include <vector>

namespace engram::aer {

/// A slice of a population on a core, or a source on a host.
struct Sender {
  mlir::StringAttr population; ///< or source
  ncore::CoreOp core;          ///< null for a source
  ncore::SliceOp slice;        ///< null for a source
  size_t coreNumber = 0;       ///< in MappedNetwork::cores
  int64_t neurons = 0;
  std::optional<ncore::Router> router; ///< none before placement

  /// Null for a source.
  mlir::StringAttr coreName() const {
    return core ? ncore::CoreOp(core).getSymNameAttr() : mlir::StringAttr();
  }
};

/// Which cores each sender reaches. Many senders reach the same ones.
struct Destinations {
  std::vector<std::vector<uint32_t>> lists; ///< numbers of cores, ascending; all different
  std::vector<size_t> listOf;               ///< of a sender

  const std::vector<uint32_t> &of(size_t sender) const { return lists[listOf[sender]]; }
};

/// Refers to the mapping, which must outlive it.
class MappedNetwork {
public:
  /// A diagnostic if a shape is not known.
  static mlir::FailureOr<MappedNetwork> create(ncore::MappingOp mapping);

  ncore::MappingOp mapping;
  neuro::NetworkOp network;
  std::vector<ncore::CoreOp> cores;
  std::vector<Sender> senders; ///< sources in the order of the network, then slices core by core

  /// The senders of a source or population.
  const std::vector<size_t> &sendersOf(mlir::StringAttr population) const;
  /// The sender of each neuron.
  std::vector<int32_t> senderOfNeurons(mlir::StringAttr population) const;

  /// For each sender the numbers of the cores that hold the target of a synapse with a weight other
  /// than 0 of one of its neurons, ascending. Random connectors that take more than `draws` random
  /// numbers count as if they joined all pairs.
  Destinations destinations(int64_t draws) const;

private:
  llvm::DenseMap<mlir::StringAttr, std::vector<size_t>> byPopulation;
};

} // namespace engram::aer
