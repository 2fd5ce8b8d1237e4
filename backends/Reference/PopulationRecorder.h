// The ranges of a population's numbers over a run.
#pragma once

#include "backends/Reference/NeuronObserver.h"
#include "dialects/Neuro/Quantize/Calibration.h"

namespace engram::reference {

class PopulationRecorder : public NeuronObserver {
public:
  /// Of a population with a discrete model; `program` is that of the machine that it observes.
  PopulationRecorder(neuro::PopulationOp population, const neuro::ModelProgram &program);

  void ran(const neuro::ScalarProgram &region, const neuro::Slots &slots) override;
  void finished(const neuro::Slots &slots, bool fires, double output) override;

  neuro::PopulationRanges ranges() const;

  /// A state or port of fixed-point type, and the neuron-steps in which it was at an end.
  struct Saturation {
    std::string name;
    bool isState;
    int64_t count;
  };
  std::vector<Saturation> saturations() const;
  int64_t neuronSteps() const { return steps; }

private:
  struct Declared {
    std::string name;
    unsigned slot;
    bool isState, isReal;
    /// What the reset makes of it does not depend on it.
    bool isOverwritten = false;
    std::optional<neuro::Range> ends; ///< of its format; an unsigned one has no lower end
    neuro::Range range;
    neuro::Range pending; ///< before it is known whether the neuron fires
    bool isAtEnd = false, isPendingAtEnd = false;
    int64_t saturated = 0;

    bool isBeyond(double value) const { return ends && !(value > ends->low && value < ends->high); }
  };

  /// A result of a region.
  struct Result {
    unsigned slot;
    std::vector<size_t> operands; ///< among the results of the region; of a select: i1, then, else
    unsigned condition = 0;       ///< slot of the i1 of a select
    bool isSelect = false, isNeeded = false;
    neuro::Range range;
  };
  struct Region {
    std::string name;
    const neuro::ScalarProgram *program;
    std::vector<Result> results;
    std::vector<bool> isRoot; ///< assigned or yielded
    bool hasSelect = false;
  };

  std::vector<Declared> declared;
  std::vector<Region> regions;
  neuro::Range outputs;
  int64_t steps = 0;
  const neuro::ScalarProgram *fire = nullptr, *update = nullptr;

  void addRegion(const std::string &name, mlir::Operation *op, const neuro::ModelProgram &program);
  void recordResults(Region &region, const neuro::Slots &slots);
};

} // namespace engram::reference
