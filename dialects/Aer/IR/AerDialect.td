// The dialect 'aer': address events, their keys and the tables that route them.
#ifndef ENGRAM_AER_DIALECT_TD
#define ENGRAM_AER_DIALECT_TD

include "mlir/IR/OpBase.td"

def Aer_Dialect : Dialect {
  let name = "aer";
  let cppNamespace = "::engram::aer";
  let summary = "address events and multicast routing";
  let description = [{
    A spike travels as a packet with a *key* that says which neuron fired. `aer.keys` gives each slice of a mapping a
    block of keys; `aer.routes` gives each router a table that says, for a key, on which links and to which cores of
    the router a packet goes. `docs/spec-aer.md` has the numbered rules; `backends/Reference/CoreMachine.h` runs a
    network by them.
  }];
  let dependentDialects = ["::engram::ncore::NCoreDialect"];
}

#endif // ENGRAM_AER_DIALECT_TD
