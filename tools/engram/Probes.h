// Probes that a call asks for by the name of what they watch.
#pragma once

#include "dialects/Neuro/IR/NeuroOps.h"
#include "runtime/Machine.h"

namespace engram::tool {

/// The name of the probe that 'what' means: that of a probe of the network; else POPULATION or
/// POPULATION:VARIABLE (or a source), for which a probe of all neurons is added if there is none.
/// Without a variable it is the spikes, or the output of what does not spike. The models must be in
/// the module. Errors list what there is.
Expected<std::string> findOrAddProbe(neuro::NetworkOp network, const std::string &what);

/// True for a probe whose sums make classes: spikes or outputs of more than one neuron, all of a
/// population.
bool isReadout(const ProbeInfo &probe);

} // namespace engram::tool
