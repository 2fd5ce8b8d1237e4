// The dialect 'neuro': networks of neurons, with no machine known.
#ifndef ENGRAM_NEURO_DIALECT_TD
#define ENGRAM_NEURO_DIALECT_TD

include "mlir/IR/OpBase.td"

def Neuro_Dialect : Dialect {
  let name = "neuro";
  let cppNamespace = "::engram::neuro";
  let summary = "networks of spiking and graded neurons";
  let description = [{
    A network is a set of *sources* and *populations* that are joined by *projections* and watched by
    *probes*. What a neuron of a population does is written down in a *model*: parameters, state, input
    ports and regions of scalar `arith` and `math` operations that say what happens to one neuron in one
    step (`docs/spec.md` has the numbered rules; `backends/Reference` executes them).

    Nothing in this dialect knows a machine. Connectivity and weights stay symbolic: a connector is an
    attribute, and large weights lie in resource blobs.
  }];
  let dependentDialects = ["::engram::fx::FxDialect", "::mlir::arith::ArithDialect", "::mlir::math::MathDialect"];
  let useDefaultAttributePrinterParser = 1;
  let extraClassDeclaration = [{
    void registerAttributes();
  }];
}

#endif // ENGRAM_NEURO_DIALECT_TD
