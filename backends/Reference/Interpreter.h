// The interpreter: executes 'neuro' directly, step by step, in the order of docs/spec.md. It is the
// law.
#pragma once

#include "backends/Reference/Integrators.h"
#include "dialects/Neuro/Evaluate/ScalarProgram.h"
#include "dialects/Neuro/IR/NeuroOps.h"
#include "runtime/Machine.h"

namespace engram::reference {

/// Executes a network whose models are in the module and whose shapes are known; models with
/// `dynamics` and with `update` alike. Numbers are doubles; where the network's precision or a
/// value's type is f32, each result is rounded to f32; a fixed-point value is the number that it
/// stands for.
class Interpreter : public Machine {
public:
  /// Failure with a diagnostic at the operation that is at fault.
  static mlir::FailureOr<std::unique_ptr<Interpreter>> create(neuro::NetworkOp network);

  const NetworkInfo &info() const override { return networkInfo; }
  void reset() override;
  void step(const std::vector<const double *> &inputs) override;
  int64_t stepsDone() const override { return now; }
  void readSpikes(size_t population, double *out) const override;
  void readProbe(size_t probe, double *out) const override;

private:
  /// What arrives at a port in the coming steps: sum[step mod slots][neuron].
  struct Port {
    unsigned slot = 0;
    std::optional<fx::Format> format; ///< of a fixed-point port
    std::vector<std::vector<double>> sums;
  };

  /// A source or population.
  struct Node {
    std::string name;
    int64_t size = 0;
    std::vector<double> output, spikes;
    // Of a source:
    mlir::Attribute kind;
    int input = -1;                   ///< number among the external sources
    std::optional<fx::Format> format; ///< to which its outputs are rounded
    uint32_t stream = 0;
    std::vector<double> numbers;         ///< rates or currents
    std::vector<int64_t> steps, neurons; ///< listed spikes; first steps of currents
    // Of a population:
    neuro::ModelOp model;
    std::unique_ptr<neuro::ModelProgram> program;
    std::unique_ptr<Integrator> integrator;
    std::vector<neuro::Slots> initial, slots; ///< a neuron each
    std::vector<Port> ports;
    double timeStep = 0;
    int64_t start = 0;          ///< the first step in which it does something
    std::vector<unsigned> held; ///< slots of the states that the refractory time holds
    std::vector<int64_t> refractory, counter; ///< steps: length, and what is left, a neuron each
    std::vector<size_t> projections;
  };

  struct Synapse {
    int64_t target;
    double weight;
    int64_t delay;
  };
  using Map = std::vector<std::vector<Synapse>>; ///< synapses by source neuron

  struct Projection {
    size_t target = 0, port = 0;
    std::vector<Map> maps; ///< one, or those of a composition
    std::vector<int64_t> mapSizes;
    std::vector<double> bias;
    int64_t biasDelay = 0;
  };

  struct Probe {
    size_t node;
    std::optional<unsigned> slot; ///< of a state
    bool spikes = false;
    std::vector<int64_t> neurons;
  };

  NetworkInfo networkInfo;
  int externalSources = 0;
  uint64_t seed = 0;
  bool single = false;
  double dtSeconds = 0;
  int64_t now = 0;
  std::vector<Node> nodes; ///< in the order of the schedule
  std::vector<Projection> projections;
  std::vector<Probe> probes;
  std::vector<size_t> populations; ///< nodes of info().populations

  double round(double x) const { return single ? static_cast<float>(x) : x; }
  mlir::LogicalResult addSource(neuro::SourceOp op, Node &node);
  mlir::LogicalResult addPopulation(neuro::PopulationOp op, Node &node);
  mlir::LogicalResult addProjection(neuro::ProjectionOp op,
                                    const std::map<std::string, size_t> &names);
  void stepSource(Node &node, const std::vector<const double *> &inputs);
  void stepPopulation(Node &node);
  void deliver(const Projection &projection, const std::vector<double> &output);
};

} // namespace engram::reference
