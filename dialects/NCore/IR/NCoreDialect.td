// The dialect 'ncore': a machine with cores, and which core holds which neurons.
#ifndef ENGRAM_NCORE_DIALECT_TD
#define ENGRAM_NCORE_DIALECT_TD

include "mlir/IR/OpBase.td"

def NCore_Dialect : Dialect {
  let name = "ncore";
  let cppNamespace = "::engram::ncore";
  let summary = "machines of cores, and networks on them";
  let description = [{
    `#ncore.target` describes a machine in numbers: routers on a grid, cores at each, what one core holds, rates and
    energies. A module that is compiled for a machine has it as its attribute `ncore.target`.

    `ncore.mapping` says which neurons of a network lie on which core, and after placement where the cores are. It
    stands beside the network, which stays as it is: a mapping changes no result (`ncore_m1`).

    Limits are not part of a mapping's rules (`ncore_m4`): `lowering/NeuroToNCore/Resources.h` counts what a core needs.
    `docs/spec-ncore.md` has the numbered rules, `docs/targets.md` shows how to describe a machine.
  }];
  let dependentDialects = ["::engram::neuro::NeuroDialect"];
  let useDefaultAttributePrinterParser = 1;
  let hasOperationAttrVerify = 1;
  let extraClassDeclaration = [{
    void registerAttributes();
  }];
}

#endif // ENGRAM_NCORE_DIALECT_TD
