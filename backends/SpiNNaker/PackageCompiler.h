// How a package is put together: what its steps share. For this folder's sources alone.
#pragma once

#include "backends/SpiNNaker/CompilePackage.h"
#include "backends/SpiNNaker/CoreData.h"
#include "backends/SpiNNaker/UpdateProgram.h"
#include "dialects/Aer/IR/RoutedNetwork.h"
#include "dialects/NCore/IR/NCoreOps.h"
#include "dialects/NCore/IR/Target.h"
#include "lowering/NCoreToAer/MappedNetwork.h"
#include <set>

namespace engram::spinnaker {

/// Where a neuron is: a core of neurons, and its number there.
struct NeuronPlace {
  uint32_t core = 0, neuron = 0;
};

struct CompiledPopulation {
  neuro::PopulationOp op;
  UpdateProgram program;
  uint32_t kind = 0;
  std::vector<NeuronPlace> places;
  /// (first step, port) to a raw value a neuron.
  std::map<std::pair<uint32_t, uint32_t>, std::vector<uint32_t>> biases;
  bool recordsOutputs = false, recordsStates = false;
};

struct CompiledSource {
  neuro::SourceOp op;
  bool isUsed = false;
  int64_t leastDelay = INT64_MAX, longestDelay = 0;
  int fractionBits = 0;
  uint32_t lag() const { return longestDelay == CORE_SLOTS ? 1 : 0; }
};

struct NeuronCore {
  ncore::CoreOp op;
  size_t population = 0;
  std::vector<int64_t> neurons, ranges;
  CoreContent content;
};

class PackageCompiler {
public:
  PackageCompiler(neuro::NetworkOp network, const PackageOptions &options)
      : network(network), options(options) {}

  mlir::FailureOr<Package> run() {
    if (mlir::failed(findParts()) || mlir::failed(placeNeurons()) ||
        mlir::failed(addSourceList()) || mlir::failed(addProjections()) ||
        mlir::failed(addTables()))
      return mlir::failure();
    bool fits = mlir::succeeded(addKinds());
    for (size_t k = 0; k < cores.size(); ++k)
      fits &= mlir::succeeded(addNeuronCore(k));
    if (!fits || mlir::failed(addSourceCores()) || mlir::failed(placeData()))
      return mlir::failure();
    describe();
    return std::move(result);
  }

private:
  neuro::NetworkOp network;
  const PackageOptions &options;
  Package result;
  ncore::Target target;
  std::optional<aer::MappedNetwork> mapped;
  aer::RoutedNetwork routed;
  std::vector<CompiledPopulation> populations;
  llvm::DenseMap<mlir::StringAttr, size_t> populationNumbers, sourceNumbers;
  std::vector<CompiledSource> sources;
  std::vector<NeuronCore> cores;
  std::set<size_t> sending; ///< senders that a synapse leaves
  uint32_t sourceKind = 0;

  mlir::LogicalResult findParts();
  mlir::LogicalResult placeNeurons();
  mlir::LogicalResult addSourceList();
  mlir::LogicalResult addProjections();
  mlir::LogicalResult addProjection(neuro::ProjectionOp op);
  void addEmptyRows();
  mlir::LogicalResult checkDelays(neuro::ProjectionOp op, const std::vector<int64_t> &delays);
  mlir::FailureOr<uint32_t> portOf(neuro::ProjectionOp op, const CompiledPopulation &target);
  void addBias(neuro::ProjectionOp op, CompiledPopulation &target, uint32_t port, int fraction);
  mlir::LogicalResult addTables();
  mlir::LogicalResult addKinds();
  mlir::FailureOr<uint32_t> addKind(std::string name, mlir::ModuleOp update, size_t population);
  mlir::LogicalResult addNeuronCore(size_t k);
  std::vector<uint32_t> recordsOf(const NeuronCore &core);
  mlir::LogicalResult checkMemory(ncore::CoreOp op, const CoreImage &image);
  mlir::LogicalResult addSourceCores();
  mlir::LogicalResult addSourceCoresAt(ncore::HostOp host);
  mlir::LogicalResult placeData();
  void describe();

  uint32_t memoryLimit() const {
    return result.machine.version == 1 ? CORE_MEMORY_BYTES : CORE2_MEMORY_BYTES;
  }
  aer::KeyBlockOp blockOf(const aer::Sender &sender) {
    return routed.blockOf(sender.population, sender.coreName());
  }
};

} // namespace engram::spinnaker
