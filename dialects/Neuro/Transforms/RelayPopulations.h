// What delay lines are made of: models, populations and hops of relays.
#pragma once

#include "dialects/Neuro/Transforms/DelayLines.h"

namespace engram::neuro {

class RelayBuilder {
public:
  RelayBuilder(DelayGraph &graph)
      : graph(graph), symbols(graph.network), builder(graph.network.getContext()) {}

  int64_t relays = 0, relayNeurons = 0;

  /// Stage k of the line of a node, fed by the stage before it; sets its name.
  mlir::LogicalResult addStage(size_t node, std::vector<DelayStage> &stages, size_t k);

  /// Cuts an edge in two: `delay` steps up to a relay of its sums, the rest from there on. The
  /// relay is a new node, what leaves it a new edge.
  mlir::LogicalResult addSums(size_t edge, int64_t delay, fx::FixedType format);

  /// Synapses of neurons of a source as those of a stage, which has all of these neurons.
  mlir::Attribute sparse(llvm::ArrayRef<DelaySynapse> synapses, const DelayStage &stage,
                         mlir::Attribute weight, const std::string &name);

  /// Puts an operation into the network, under a name of its own.
  void insert(mlir::Operation *op, mlir::Block::iterator place) { symbols.insert(op, place); }

private:
  DelayGraph &graph;
  mlir::SymbolTable symbols;
  mlir::OpBuilder builder;
  std::map<std::pair<bool, const void *>, mlir::StringAttr> models; ///< by spikes, format

  mlir::StringAttr relayModel(bool spikes, fx::FixedType format);
  mlir::FailureOr<PopulationOp> addRelay(mlir::Operation *place, const std::string &name,
                                         llvm::ArrayRef<int64_t> shape, bool spikes,
                                         fx::FixedType format, int64_t start,
                                         llvm::StringRef relayOf);
  ProjectionOp addHop(llvm::StringRef name, llvm::StringRef from, llvm::StringRef to,
                      mlir::StringAttr port, mlir::Attribute connector, bool fixed, int64_t delay,
                      mlir::Location loc);
};

} // namespace engram::neuro
