// Looking at neurons while they compute.
#pragma once

#include "dialects/Neuro/Evaluate/ScalarProgram.h"

namespace engram::reference {

/// Told what each neuron of a population does in a step; changes nothing.
class NeuronObserver {
public:
  virtual ~NeuronObserver() = default;
  /// A region has been computed, and its assignments have taken effect.
  virtual void ran(const neuro::ScalarProgram &region, const neuro::Slots &slots) = 0;
  /// The neuron's step is over.
  virtual void finished(const neuro::Slots &slots, bool fires, double output) = 0;
};

} // namespace engram::reference
