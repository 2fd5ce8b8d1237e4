// The interpreter: executes 'neuro' directly, step by step, in the order of docs/spec.md. It is the
// law.
#pragma once

#include "backends/Reference/PopulationState.h"
#include "dialects/Neuro/Evaluate/SourceState.h"
#include "dialects/Xbar/IR/Tiles.h"
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

  /// A population of the network, to look at.
  PopulationState &population(llvm::StringRef name) { return *find(name).population; }
  /// What a source or population put out in the last step.
  const std::vector<double> &outputOf(llvm::StringRef name) { return find(name).output(); }

private:
  /// A source or population.
  struct Node {
    std::string name;
    std::unique_ptr<neuro::SourceState> source;
    std::unique_ptr<PopulationState> population;
    std::vector<size_t> projections;

    const std::vector<double> &output() const {
      return source ? source->output : population->output;
    }
    const std::vector<double> &spikes() const {
      return source ? source->spikes : population->spikes;
    }
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
    /// Of a projection on crossbars, in place of maps.
    std::unique_ptr<xbar::CrossbarArray> crossbar;
    int64_t delay = 0, firstStep = 0;
    int outputFraction = 0, sumFraction = 0;
  };

  struct Probe {
    size_t node;
    std::optional<unsigned> slot; ///< of a state
    bool spikes = false;
    std::vector<int64_t> neurons;
  };

  NetworkInfo networkInfo;
  uint64_t seed = 0;
  bool single = false;
  int64_t now = 0;
  std::vector<Node> nodes; ///< in the order of the schedule
  std::vector<Projection> projections;
  std::vector<Probe> probes;
  std::vector<size_t> populations; ///< nodes of info().populations

  double round(double x) const { return single ? static_cast<float>(x) : x; }
  Node &find(llvm::StringRef name) {
    return *llvm::find_if(nodes, [&](const Node &node) { return node.name == name; });
  }
  mlir::LogicalResult addProjection(neuro::ProjectionOp op,
                                    const std::map<std::string, size_t> &names);
  mlir::LogicalResult addCrossbar(neuro::ProjectionOp op, xbar::CrossbarAttr crossbar,
                                  Projection &projection);
  void deliver(Projection &projection, const std::vector<double> &output);
  void drive(Projection &projection, const std::vector<double> &output);
};

} // namespace engram::reference
