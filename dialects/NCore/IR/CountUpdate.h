// What the update program of a model consists of and what neurons put out, for machines whose
// cycles depend on it.
#pragma once

#include "dialects/Neuro/IR/NeuroOps.h"
#include "runtime/StepTime.h"

namespace engram::ncore {

/// Operations of a neuron's update, loads and stores of its numbers among them, as if each were an
/// instruction. A machine's own selection may need fewer.
UpdateCount countUpdate(neuro::ModelOp model);

/// What a source or population puts out; of floats, as many bits as a spike.
Outputs outputsOf(neuro::NetworkOp network, llvm::StringRef name);

} // namespace engram::ncore
