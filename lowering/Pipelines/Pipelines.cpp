// The orders of passes.
#include "lowering/Pipelines/Pipelines.h"
#include "dialects/Aer/IR/AerDialect.h"
#include "dialects/Fx/IR/FxDialect.h"
#include "dialects/NCore/IR/NCoreDialect.h"
#include "dialects/Neuro/IR/NeuroDialect.h"
#include "dialects/Neuro/Quantize/Passes.h"
#include "dialects/Neuro/Quantize/QuantizeModelsPasses.h"
#include "dialects/Neuro/Transforms/Passes.h"
#include "dialects/Xbar/IR/XbarDialect.h"
#include "dialects/Xbar/Transforms/Passes.h"
#include "lowering/FxToArith/Passes.h"
#include "lowering/MathToCalls/Passes.h"
#include "lowering/NCoreToAer/Passes.h"
#include "lowering/NeuroToLinalg/Passes.h"
#include "lowering/NeuroToNCore/Passes.h"
#include "mlir/Conversion/AffineToStandard/AffineToStandard.h"
#include "mlir/Conversion/ArithToLLVM/ArithToLLVM.h"
#include "mlir/Conversion/ControlFlowToLLVM/ControlFlowToLLVM.h"
#include "mlir/Conversion/FuncToLLVM/ConvertFuncToLLVMPass.h"
#include "mlir/Conversion/MathToLLVM/MathToLLVM.h"
#include "mlir/Conversion/MemRefToLLVM/MemRefToLLVM.h"
#include "mlir/Conversion/ReconcileUnrealizedCasts/ReconcileUnrealizedCasts.h"
#include "mlir/Conversion/SCFToControlFlow/SCFToControlFlow.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Passes.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/MemRef/Transforms/Passes.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;
using namespace engram;

void engram::buildNeuroPipeline(OpPassManager &pm, const PipelineOptions &options) {
  neuro::InlineLibraryPassOptions library;
  library.models = llvm::to_vector(options.models);
  pm.addPass(neuro::createInlineLibraryPass(library));
  pm.addPass(neuro::createInferShapesPass());
  pm.addPass(neuro::createFoldLinearPass());
}

void engram::buildDiscretePipeline(OpPassManager &pm, const PipelineOptions &options) {
  if (!options.precision.empty()) {
    neuro::ConvertPrecisionPassOptions precision;
    precision.type = options.precision;
    pm.addPass(neuro::createConvertPrecisionPass(precision));
  }
  neuro::DiscretizePassOptions discretize;
  discretize.method = options.method;
  pm.addPass(neuro::createDiscretizePass(discretize));
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
  pm.addPass(neuro::createVerifyDiscretePass());
}

void engram::buildFixedPointPipeline(OpPassManager &pm, const FixedPointOptions &options) {
  neuro::QuantizeWeightsPassOptions weights;
  weights.bits = options.bits.getValue();
  weights.rounding = options.rounding.getValue();
  weights.granularity = options.granularity.getValue();
  weights.sparsity = options.sparsity.getValue();
  weights.codebook = options.codebook.getValue();
  neuro::QuantizeModelsPassOptions models;
  models.stateBits = options.stateBits.getValue();
  models.fractionBits = options.fractionBits.getValue();
  models.parameterBits = options.parameterBits.getValue();
  models.inputBits = options.inputBits.getValue();
  models.accumulatorBits = options.accumulatorBits.getValue();
  models.rounding = options.stateRounding.getValue();
  pm.addPass(neuro::createFoldNormalizationPass());
  pm.addPass(neuro::createQuantizeWeightsPass(weights));
  pm.addPass(neuro::createQuantizeModelsPass(models));
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
  pm.addPass(neuro::createVerifyDiscretePass());
}

void engram::buildMappingPipeline(OpPassManager &pm, const MappingOptions &options) {
  ncore::PartitionPassOptions partition;
  partition.method = options.partition.getValue();
  partition.seed = options.seed.getValue();
  partition.rates = options.rates.getValue();
  ncore::PlacePassOptions place;
  place.method = options.placement.getValue();
  place.seed = options.seed.getValue();
  place.rates = options.rates.getValue();
  pm.addPass(ncore::createMapDelaysPass());
  pm.addPass(ncore::createPartitionPass(partition));
  pm.addPass(ncore::createPlacePass(place));
  pm.addPass(aer::createAllocateKeysPass());
  aer::RoutePassOptions route;
  route.overfull = true; // what is too large is made smaller, and refused only then
  pm.addPass(aer::createRoutePass(route));
  aer::MinimizeTablesPassOptions minimize;
  minimize.overfull = options.overfull.getValue();
  pm.addPass(aer::createMinimizeTablesPass(minimize));
}

void engram::buildLinalgPipeline(OpPassManager &pm) {
  pm.addPass(createConvertNeuroToLinalgPass());
  pm.addPass(createConvertFxToArithPass());
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
}

void engram::buildLLVMPipeline(OpPassManager &pm) {
  pm.addNestedPass<func::FuncOp>(createConvertLinalgToLoopsPass());
  pm.addPass(memref::createExpandStridedMetadataPass());
  pm.addPass(createLowerAffinePass());
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
  pm.addPass(createSCFToControlFlowPass());
  pm.addPass(createConvertMathToCallsPass());
  pm.addPass(createConvertMathToLLVMPass());
  pm.addPass(createArithToLLVMConversionPass());
  pm.addPass(createFinalizeMemRefToLLVMConversionPass());
  ConvertFuncToLLVMPassOptions functions;
  functions.useBarePtrCallConv = true;
  pm.addPass(createConvertFuncToLLVMPass(functions));
  pm.addPass(createConvertControlFlowToLLVMPass());
  pm.addPass(createReconcileUnrealizedCastsPass());
}

void engram::registerDialects(DialectRegistry &registry) {
  registry.insert<aer::AerDialect, fx::FxDialect, ncore::NCoreDialect, neuro::NeuroDialect,
                  xbar::XbarDialect, LLVM::LLVMDialect, arith::ArithDialect, cf::ControlFlowDialect,
                  func::FuncDialect, linalg::LinalgDialect, math::MathDialect,
                  memref::MemRefDialect, scf::SCFDialect>();
}

void engram::registerPasses() {
  neuro::registerNeuroPasses();
  neuro::registerNeuroQuantizePasses();
  neuro::registerNeuroQuantizeModelsPasses();
  xbar::registerXbarPasses();
  registerFxToArithPasses();
  registerMathToCallsPasses();
  aer::registerNCoreToAerPasses();
  registerNeuroToLinalgPasses();
  ncore::registerNeuroToNCorePasses();
  registerCSEPass();
  registerCanonicalizerPass();
  registerStripDebugInfoPass();
  registerSymbolDCEPass();
  // What the pipelines take from MLIR; registering all conversions would link every dialect.
  registerPass([] { return createConvertLinalgToLoopsPass(); });
  registerPass([] { return memref::createExpandStridedMetadataPass(); });
  registerPass([] { return createLowerAffinePass(); });
  registerPass([] { return createSCFToControlFlowPass(); });
  registerPass([] { return createConvertMathToLLVMPass(); });
  registerPass([] { return createArithToLLVMConversionPass(); });
  registerPass([] { return createFinalizeMemRefToLLVMConversionPass(); });
  registerPass([] { return createConvertFuncToLLVMPass(); });
  registerPass([] { return createConvertControlFlowToLLVMPass(); });
  registerPass([] { return createReconcileUnrealizedCastsPass(); });
}

void engram::registerPipelines() {
  PassPipelineRegistration<PipelineOptions>(
      "engram-neuro", "complete a network: models, shapes, folded linear maps", buildNeuroPipeline);
  PassPipelineRegistration<PipelineOptions>("engram-discrete", "a network to a discrete one",
                                            [](OpPassManager &pm, const PipelineOptions &options) {
                                              buildNeuroPipeline(pm, options);
                                              buildDiscretePipeline(pm, options);
                                            });
  PassPipelineRegistration<FixedPointOptions>("neuro-quantize",
                                              "a discrete network to one of fixed-point numbers",
                                              buildFixedPointPipeline);
  PassPipelineRegistration<MappingOptions>(
      "engram-map", "a discrete network onto the target of its module: delays, cores, keys, routes",
      buildMappingPipeline);
  PassPipelineRegistration<PipelineOptions>("engram-linalg",
                                            "a network to linalg, scf, memref, arith and math",
                                            [](OpPassManager &pm, const PipelineOptions &options) {
                                              buildNeuroPipeline(pm, options);
                                              buildDiscretePipeline(pm, options);
                                              buildLinalgPipeline(pm);
                                            });
  PassPipelineRegistration<PipelineOptions>("engram-llvm", "a network to the llvm dialect",
                                            [](OpPassManager &pm, const PipelineOptions &options) {
                                              buildNeuroPipeline(pm, options);
                                              buildDiscretePipeline(pm, options);
                                              buildLinalgPipeline(pm);
                                              buildLLVMPipeline(pm);
                                            });
}
