// Operations of 'ncore': mappings, with their hosts, cores and slices.
#ifndef ENGRAM_NCORE_OPS_TD
#define ENGRAM_NCORE_OPS_TD

include "dialects/NCore/IR/NCoreAttrs.td"
include "mlir/IR/OpAsmInterface.td"
include "mlir/IR/RegionKindInterface.td"
include "mlir/IR/SymbolInterfaces.td"

class NCore_Op<string mnem, list<Trait> traits = []> : Op<NCore_Dialect, mnem, traits>;

class NCore_ContainerOp<string mnem, list<Trait> traits = []>
    : NCore_Op<mnem, !listconcat([NoTerminator, NoRegionArguments, SingleBlock,
        DeclareOpInterfaceMethods<OpAsmOpInterface, ["getDefaultDialect"]>], traits)> {
  let regions = (region SizedRegion<1>:$body);
  let hasRegionVerifier = 1;
  let extraClassDefinition = [{
    ::llvm::StringRef $cppClass::getDefaultDialect() { return "ncore"; }
  }];
}

def NCore_MappingOp : NCore_ContainerOp<"mapping", [Symbol, SymbolTable, IsolatedFromAbove,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "mapping of a network to cores";
  let description = [{
    Which core holds which neurons of `network`, a `neuro.network` of the same module. Each neuron of each population
    is in exactly one slice (`ncore_c6`), each source in exactly one host (`ncore_c7`). The order of the cores has no
    meaning, save that it is the order in which passes go through them.

    ```mlir
    ncore.mapping @map of @net {
      host [@input] at [0, 0]
      core @c0 at [0, 0, 0] {
        slice @exc [0, 128]
        slice @inh [0, 40, 60, 80]
      }
      core @c1 at [1, 0, 0] {
        slice @inh [40, 60]
      }
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$network);
  let assemblyFormat = "$sym_name `of` $network attr-dict-with-keyword $body";
  let extraClassDeclaration = [{
    /// The network that is mapped; null if the module has none of the name.
    ::engram::neuro::NetworkOp networkOp();
    auto getCores() { return getBody().getOps<CoreOp>(); }
    auto getHosts() { return getBody().getOps<HostOp>(); }
  }];
}

def NCore_HostOp : NCore_Op<"host", [HasParent<"MappingOp">]> {
  let summary = "sources whose spikes enter the machine at a router";
  let description = [{
    The spikes and currents of these sources are computed outside the cores and injected at the router `at`, [x, y];
    placement fills it in. A source is one of the network's: external, spike trains, Poisson or current.

    ```mlir
    host [@input, @noise] at [0, 0]
    ```
  }];
  let arguments = (ins FlatSymbolRefArrayAttr:$sources, OptionalAttr<DenseI64ArrayAttr>:$place);
  let assemblyFormat = "$sources (`at` custom<Ints>($place)^)? attr-dict";
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// The router; none before placement.
    ::std::optional<Router> router();
  }];
}

def NCore_CoreOp : NCore_ContainerOp<"core", [Symbol, HasParent<"MappingOp">]> {
  let summary = "core with the slices that it holds";
  let description = [{
    At most one slice of each population. `at` is [x, y, p]: column and row of the router, and the core's number
    there; placement fills it in.

    ```mlir
    core @c0 at [2, 1, 0] {
      slice @exc [0, 128]
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, OptionalAttr<DenseI64ArrayAttr>:$place);
  let assemblyFormat = "$sym_name (`at` custom<Ints>($place)^)? attr-dict-with-keyword $body";
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// Where the core is; none before placement.
    ::std::optional<CorePlace> corePlace();
    auto getSlices() { return getBody().getOps<SliceOp>(); }
  }];
}

def NCore_SliceOp : NCore_Op<"slice", [HasParent<"CoreOp">]> {
  let summary = "neurons of a population on a core";
  let description = [{
    Half-open ranges of flat neuron indices, [first, end, first, end, ...], ascending and with gaps between them. The
    *local index* of a neuron is its position in them: with [0, 40, 60, 80], neuron 60 has the local index 40 (`ncore_m2`).

    ```mlir
    slice @inh [0, 40, 60, 80]
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$population, DenseI64ArrayAttr:$ranges);
  let assemblyFormat = "$population custom<Ints>($ranges) attr-dict";
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// The number of its neurons.
    int64_t size();
    /// The local index of a neuron of the population; none if it is not in the slice.
    ::std::optional<int64_t> localOf(int64_t neuron);
    /// The neuron of a local index below `size()`.
    int64_t neuronOf(int64_t local);
  }];
}

#endif // ENGRAM_NCORE_OPS_TD
