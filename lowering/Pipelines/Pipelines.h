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

/// A discrete network -> linalg, scf, memref, arith and math.
void buildLinalgPipeline(mlir::OpPassManager &pm);

/// That -> the llvm dialect.
void buildLLVMPipeline(mlir::OpPassManager &pm);

/// All dialects that occur between a network and machine code.
void registerDialects(mlir::DialectRegistry &registry);

/// Registers the passes of the project with a few of MLIR, and `engram-neuro`, `engram-discrete`,
/// `engram-linalg`, `engram-llvm` (each from a network).
void registerPasses();
void registerPipelines();

} // namespace engram
