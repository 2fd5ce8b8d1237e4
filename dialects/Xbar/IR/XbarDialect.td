// The dialect 'xbar': in-memory computing.
#ifndef ENGRAM_XBAR_DIALECT_TD
#define ENGRAM_XBAR_DIALECT_TD

include "mlir/IR/OpBase.td"

def Xbar_Dialect : Dialect {
  let name = "xbar";
  let cppNamespace = "::engram::xbar";
  let summary = "in-memory computing on crossbars";
  let description = [{
    A projection whose connector is `#xbar.crossbar` is computed by arrays of conductances: spikes drive rows, columns
    add up currents, converters make numbers of them. The attribute has all that the result depends on: the codes of
    the cells as they were programmed, aged and broken, the converters of each tile, the read noise. So interpreter,
    native code and chip agree to the last bit, whatever the device. `docs/spec-xbar.md` has the numbered rules,
    `docs/crossbar.md` shows how to use it.
  }];
  let dependentDialects = ["::engram::neuro::NeuroDialect"];
  let useDefaultAttributePrinterParser = 1;
  let extraClassDeclaration = [{
    void registerAttributes();
  }];
}

#endif // ENGRAM_XBAR_DIALECT_TD
