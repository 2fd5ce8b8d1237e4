// The orders of passes: the only place that knows one.
#pragma once

#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassOptions.h"

namespace engram {

/// What a pipeline may be told.
struct PipelineOptions : mlir::PassPipelineOptions<PipelineOptions> {
  ListOption<std::string> models{*this, "models",
                                 llvm::cl::desc("files of models, searched before the library")};
  Option<std::string> precision{*this, "precision",
                                llvm::cl::desc("f32 or f64; empty keeps what the network says")};
  Option<std::string> method{*this, "method",
                             llvm::cl::desc("method of integration of all populations")};
};

/// Any network -> one that is complete: models in the module, shapes known, linear chains folded.
void buildNeuroPipeline(mlir::OpPassManager &pm, const PipelineOptions &options);

/// A complete network -> a discrete one: steps, update programs.
void buildDiscretePipeline(mlir::OpPassManager &pm, const PipelineOptions &options);

/// How a network becomes one of fixed-point numbers: see neuro-quantize-weights and
/// neuro-quantize-models, whose options these are.
struct FixedPointOptions : mlir::PassPipelineOptions<FixedPointOptions> {
  Option<int64_t> bits{*this, "bits", llvm::cl::desc("bits of a weight"), llvm::cl::init(8)};
  Option<std::string> rounding{*this, "rounding",
                               llvm::cl::desc("of weights: nearest, stochastic, obc or flexround"),
                               llvm::cl::init("nearest")};
  Option<std::string> granularity{*this, "granularity",
                                  llvm::cl::desc("tensor or channel: what has a step of its own"),
                                  llvm::cl::init("tensor")};
  Option<double> sparsity{*this, "sparsity",
                          llvm::cl::desc("part of the weights that becomes zero"),
                          llvm::cl::init(0)};
  Option<int64_t> codebook{*this, "codebook",
                           llvm::cl::desc("bits of the values of a codebook; 0 for none"),
                           llvm::cl::init(0)};
  Option<int> stateBits{*this, "state-bits", llvm::cl::desc("bits of a state"), llvm::cl::init(16)};
  Option<int> fractionBits{*this, "fraction-bits",
                           llvm::cl::desc("fraction bits of every state; -1: as its range leaves"),
                           llvm::cl::init(-1)};
  Option<int> parameterBits{*this, "parameter-bits", llvm::cl::desc("bits of a parameter"),
                            llvm::cl::init(16)};
  Option<int> inputBits{*this, "input-bits", llvm::cl::desc("most bits of what a source emits"),
                        llvm::cl::init(8)};
  Option<int> accumulatorBits{*this, "accumulator-bits", llvm::cl::desc("most bits of a port"),
                              llvm::cl::init(24)};
  Option<std::string> stateRounding{
      *this, "state-rounding", llvm::cl::desc("nearest_even, floor, toward_zero or stochastic"),
      llvm::cl::init("nearest_even")};
};

/// A discrete network, calibrated or not -> one of fixed-point numbers.
void buildFixedPointPipeline(mlir::OpPassManager &pm, const FixedPointOptions &options);

/// How a network is laid onto the module's target.
struct MappingOptions : mlir::PassPipelineOptions<MappingOptions> {
  Option<std::string> partition{*this, "partition",
                                llvm::cl::desc("engram, metis, first-fit or random"),
                                llvm::cl::init("engram")};
  Option<std::string> placement{*this, "placement",
                                llvm::cl::desc("engram, hilbert-force, hilbert or linear"),
                                llvm::cl::init("engram")};
  Option<std::string> rates{*this, "rates",
                            llvm::cl::desc("a recording of spikes to take rates from")};
  Option<uint64_t> seed{*this, "seed", llvm::cl::desc("of all random choices"), llvm::cl::init(1)};
  Option<bool> overfull{*this, "overfull",
                        llvm::cl::desc("allow routing tables beyond the target's entries"),
                        llvm::cl::init(false)};
};

/// A discrete network in a module with the attribute 'ncore.target' -> the same with delays that
/// the target has, and beside it its mapping, keys and routing tables.
void buildMappingPipeline(mlir::OpPassManager &pm, const MappingOptions &options);

/// A discrete network -> linalg, scf, memref, arith and math.
void buildLinalgPipeline(mlir::OpPassManager &pm);

/// That -> the llvm dialect.
void buildLLVMPipeline(mlir::OpPassManager &pm);

/// All dialects that occur between a network and machine code.
void registerDialects(mlir::DialectRegistry &registry);

/// Registers the passes of the project with a few of MLIR, and `engram-neuro`, `engram-discrete`,
/// `engram-linalg`, `engram-llvm` (each from a network), `neuro-quantize` and `engram-map` (from a
/// discrete one).
void registerPasses();
void registerPipelines();

} // namespace engram
