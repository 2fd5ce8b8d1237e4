// The neurons of a population, all or some of them, and a step of theirs (neuro_s2).
#pragma once

#include "backends/Reference/Integrators.h"
#include "backends/Reference/NeuronObserver.h"
#include "dialects/Neuro/Evaluate/ScalarProgram.h"
#include "dialects/Neuro/IR/NeuroOps.h"
#include <memory>

namespace engram::reference {

/// What all neurons of a population have in common, and what each of them starts from.
struct PopulationProgram {
  /// Failure with a diagnostic at the operation that is at fault.
  static mlir::FailureOr<std::shared_ptr<const PopulationProgram>> create(neuro::PopulationOp op);

  struct Port {
    unsigned slot = 0;
    std::optional<fx::Format> format; ///< of a fixed-point port
  };

  neuro::ModelOp model;
  std::unique_ptr<neuro::ModelProgram> program;
  std::unique_ptr<Integrator> integrator;
  std::vector<neuro::Slots> initial; ///< a neuron each
  std::vector<int64_t> refractory;   ///< steps, a neuron each
  std::vector<unsigned> held;        ///< slots of the states that the refractory time holds
  std::vector<Port> ports;
  uint64_t seed = 0;
  uint32_t stream = 0;
  bool single = false; ///< sums and outputs are f32
  double timeStep = 0;
  int64_t start = 0; ///< the first step in which it does something

  double round(double x) const { return single ? static_cast<float>(x) : x; }
  /// The number of the port that a projection feeds; a diagnostic if there is none.
  mlir::FailureOr<size_t> portOf(neuro::ProjectionOp projection) const;
};

/// Local neuron n is neuron `neurons[n]` of the population, and has its parameters, its initial
/// state and its random numbers, wherever it is.
class PopulationState {
public:
  PopulationState(std::shared_ptr<const PopulationProgram> program, std::vector<int64_t> neurons);

  const PopulationProgram &common() const { return *program; }
  int64_t size() const { return static_cast<int64_t>(neurons.size()); }

  /// The slot of a state of the model.
  unsigned slotOf(llvm::StringRef state) const;

  /// Makes room for what arrives up to `delay` steps later.
  void reserve(size_t port, int64_t delay);
  /// Adds to the sum that a local neuron gets in step `at`; rounds the product and the sum.
  void add(size_t port, int64_t neuron, int64_t at, double value) {
    std::vector<std::vector<double>> &ring = sums[port];
    double &sum = ring[at % ring.size()][neuron];
    sum = program->round(sum + program->round(value));
  }
  void reset();
  /// What the neurons do in step `now`; before the population's start, what arrives is lost.
  void step(int64_t now);

  std::vector<int64_t> neurons;
  std::vector<neuro::Slots> slots; ///< a neuron each
  std::vector<double> output, spikes;
  NeuronObserver *observer = nullptr; ///< told what each neuron does, if there is one

private:
  std::shared_ptr<const PopulationProgram> program;
  std::vector<std::vector<std::vector<double>>> sums; ///< [port][step mod slots][neuron]
  std::vector<int64_t> counter;                       ///< steps that a neuron is still refractory

  void stepNeuron(int64_t n, int64_t now);
  void assign(const std::optional<neuro::ScalarProgram> &region, neuro::Slots &slots,
              const neuro::NeuronContext &context) const;
  double yieldOf(const neuro::ScalarProgram &region, neuro::Slots &slots,
                 const neuro::NeuronContext &context) const;
};

} // namespace engram::reference
