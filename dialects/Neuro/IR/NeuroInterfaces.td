// What every connector attribute can say about itself.
#ifndef ENGRAM_NEURO_INTERFACES_TD
#define ENGRAM_NEURO_INTERFACES_TD

include "mlir/IR/OpBase.td"

def Neuro_ConnectorInterface : AttrInterface<"ConnectorInterface"> {
  let cppNamespace = "::engram::neuro";
  let description = [{
    A connector is a linear map from the outputs of a source to a port of a target, given by its
    *expansion*: the list of triples (source index, target index, weight). Indices are row-major over the
    shapes of source and target. Everything that a backend computes must equal the expansion.
  }];
  let methods = [
    InterfaceMethod<[{
        Shape of the target that this connector produces from a source of the given shape; failure, with
        a diagnostic, if the source's shape does not fit; an empty optional if any target shape will do.
      }], "::mlir::FailureOr<std::optional<::llvm::SmallVector<int64_t>>>", "inferTargetShape",
      (ins "::llvm::ArrayRef<int64_t>":$source,
           "::llvm::function_ref<::mlir::InFlightDiagnostic()>":$emitError)>,
    InterfaceMethod<[{
        Check against both shapes; a diagnostic says what does not fit.
      }], "::llvm::LogicalResult", "verifyShapes",
      (ins "::llvm::ArrayRef<int64_t>":$source, "::llvm::ArrayRef<int64_t>":$target,
           "::llvm::function_ref<::mlir::InFlightDiagnostic()>":$emitError)>,
    InterfaceMethod<[{
        Calls `synapse(source, target, weight)` for each element of the expansion. For one target the
        sources come in ascending order. The shapes have been verified. Random connectors draw from
        Philox4x32-10 with the key `seed` on `stream`.
      }], "void", "expand",
      (ins "::llvm::ArrayRef<int64_t>":$source, "::llvm::ArrayRef<int64_t>":$target,
           "::engram::neuro::RandomKey":$key,
           "::llvm::function_ref<void(int64_t, int64_t, double)>":$synapse)>,
    InterfaceMethod<"The weights: a float, an elements attribute, or null where there are none.",
      "::mlir::Attribute", "weightsAttr", (ins)>,
    InterfaceMethod<"The same connector with other weights (of the same shape).",
      "::mlir::Attribute", "withWeights", (ins "::mlir::Attribute":$weights)>,
    InterfaceMethod<[{
        False if what a step adds is not the product of the expansion and the outputs, but a whole number of steps
        that `largestSum` bounds (crossbars). Outputs and port then have to be fixed-point numbers, and the
        connector's own dialect says what is added.
      }], "bool", "isLinear", (ins), "", [{ return true; }]>,
    InterfaceMethod<[{
        Of a connector that is not linear: the largest magnitude of what a step adds to a target, in steps of weight
        times output, for outputs of at most `output` steps. Failure, with a diagnostic, if it takes no such outputs.
      }], "::mlir::FailureOr<double>", "largestSum",
      (ins "double":$output, "bool":$isSigned,
           "::llvm::function_ref<::mlir::InFlightDiagnostic()>":$emitError), "", [{ return 0.0; }]>
  ];
}

#endif // ENGRAM_NEURO_INTERFACES_TD
