// Operations of 'aer': blocks of keys, and routing tables.
#ifndef ENGRAM_AER_OPS_TD
#define ENGRAM_AER_OPS_TD

include "dialects/Aer/IR/AerDialect.td"
include "mlir/IR/OpAsmInterface.td"
include "mlir/IR/RegionKindInterface.td"
include "mlir/IR/SymbolInterfaces.td"

class Aer_Op<string mnem, list<Trait> traits = []> : Op<Aer_Dialect, mnem, traits>;

class Aer_ContainerOp<string mnem, list<Trait> traits = []>
    : Aer_Op<mnem, !listconcat([NoTerminator, NoRegionArguments, SingleBlock,
        DeclareOpInterfaceMethods<OpAsmOpInterface, ["getDefaultDialect"]>], traits)> {
  let regions = (region SizedRegion<1>:$body);
  let hasRegionVerifier = 1;
  let extraClassDefinition = [{
    ::llvm::StringRef $cppClass::getDefaultDialect() { return "aer"; }
  }];
}

class Aer_MappedOp<string mnem> : Aer_ContainerOp<mnem, [Symbol, IsolatedFromAbove,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let extraClassDeclaration = [{
    /// The mapping that is meant; null if the module has none of the name.
    ::engram::ncore::MappingOp mappingOp();
  }];
}

//===-- keys --------------------------------------------------------------------------------------===//

def Aer_KeysOp : Aer_MappedOp<"keys"> {
  let summary = "keys of the neurons of a mapping";
  let description = [{
    A block of keys for each slice and each source of the mapping. `aer-allocate-keys` makes it.

    ```mlir
    aer.keys @keys of @map {
      block @input key 0x00000000 mask 0xffffff00
      block @exc on @c0 key 0x00000100 mask 0xffffff80
      block @exc on @c1 key 0x00000180 mask 0xffffff80
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$mapping);
  let assemblyFormat = "$sym_name `of` $mapping attr-dict-with-keyword $body";
}

def Aer_KeyBlockOp : Aer_Op<"block", [HasParent<"KeysOp">]> {
  let summary = "block of keys of a slice or a source";
  let description = [{
    The neuron with the local index n of the slice of `population` on `core` has the key `key + n`; without a core, of
    a source, n is the flat index. The block is all keys that equal `key` in the bits of `mask`: a power of two, and
    aligned to it.

    ```mlir
    block @exc on @c0 key 0x00000100 mask 0xffffff80
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$population, OptionalAttr<FlatSymbolRefAttr>:$core,
                       I64Attr:$key, I64Attr:$mask);
  let assemblyFormat = [{
    $population (`on` $core^)? `key` custom<Hex>($key) `mask` custom<Hex>($mask) attr-dict
  }];
  let hasVerifier = 1;
}

//===-- routes ------------------------------------------------------------------------------------===//

def Aer_RoutesOp : Aer_MappedOp<"routes"> {
  let summary = "routing tables of a mapping";
  let description = [{
    The tables of all routers that have entries. With `default_routes`, a packet that comes in on a link and matches no
    entry leaves on the opposite link; without, and for packets from the router's own cores, no match is an error.
    `aer-route` makes it, and records in the attribute `aer.traffic` what the links carry.

    ```mlir
    aer.routes @routes of @map default_routes {
      table at [0, 0] {
        entry key 0x00000000 mask 0xffffff00 links [0] cores [1, 2]
      }
      table at [3, 0] {
        entry key 0x00000000 mask 0xffffff00 cores [0]
      }
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$mapping, UnitAttr:$default_routes);
  let assemblyFormat = [{
    $sym_name `of` $mapping (`default_routes` $default_routes^)? attr-dict-with-keyword $body
  }];
}

def Aer_TableOp : Aer_ContainerOp<"table", [HasParent<"RoutesOp">]> {
  let summary = "routing table of a router";
  let description = [{
    The entries of the router at column x and row y. A packet takes the first entry that matches.

    ```mlir
    table at [0, 1] {
      entry key 0x00000000 mask 0xffffff00 links [2] cores [0]
    }
    ```
  }];
  let arguments = (ins DenseI64ArrayAttr:$place);
  let assemblyFormat = "`at` custom<Ints>($place) attr-dict-with-keyword $body";
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    ::engram::ncore::Router router() {
      return {static_cast<int>(getPlace()[0]), static_cast<int>(getPlace()[1])};
    }
    auto getEntries() { return getBody().getOps<EntryOp>(); }
  }];
}

def Aer_EntryOp : Aer_Op<"entry", [HasParent<"TableOp">]> {
  let summary = "entry of a routing table";
  let description = [{
    Matches a packet whose key equals `key` in the bits of `mask`. A copy of the packet leaves on each of `links`, and
    one goes to each of `cores` of this router. Links have the numbers of the target: 0 = E, 1 = N, 2 = W, 3 = S on a
    square grid; 0 = E, 1 = NE, 2 = N, 3 = W, 4 = SW, 5 = S on a hexagonal one.

    ```mlir
    entry key 0x00000100 mask 0xffffff00 links [0, 2] cores [1]
    ```
  }];
  let arguments = (ins I64Attr:$key, I64Attr:$mask, DenseI64ArrayAttr:$links, DenseI64ArrayAttr:$cores);
  let assemblyFormat = [{
    `key` custom<Hex>($key) `mask` custom<Hex>($mask) custom<Exits>($links, $cores) attr-dict
  }];
  let hasVerifier = 1;
}

#endif // ENGRAM_AER_OPS_TD
