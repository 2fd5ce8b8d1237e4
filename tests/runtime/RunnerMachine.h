// A machine without a network behind it: it echoes its input, so that what the runner feeds, counts
// and records can be told by hand.
#pragma once

#include "runtime/Runner.h"

#include <gtest/gtest.h>

namespace engram::test {

/// Source "in" [2]; population "cell" [2] fires where the input is not zero; population "smooth" is
/// graded; probes "out" (spikes of "cell"), "sum" (the sum of the input since the reset, every
/// second step) and "value" (the input of neuron 1).
class EchoMachine : public Machine {
public:
  EchoMachine() {
    network.name = "echo";
    network.dtSeconds = 1e-3;
    network.inputs = {{"in", {2}, 2}};
    network.populations = {{"cell", {2}, 2, true}, {"smooth", {1}, 1, false}};
    network.probes = {{"out", "cell", "spikes", {}, {2}, 2, 1},
                      {"sum", "cell", "v", {}, {2}, 2, 2},
                      {"value", "cell", "v", {1}, {2}, 1, 1}};
  }

  const NetworkInfo &info() const override { return network; }
  void reset() override {
    done = 0;
    ++resets;
    input = {0, 0};
    sum = {0, 0};
  }
  void step(const std::vector<const double *> &inputs) override {
    ++done;
    ++allSteps;
    for (size_t i = 0; i < 2; ++i) {
      input[i] = inputs.empty() || !inputs[0] ? 0 : inputs[0][i];
      sum[i] += input[i];
    }
  }
  int64_t stepsDone() const override { return done; }
  void readSpikes(size_t population, double *out) const override {
    ASSERT_EQ(population, 0u) << "only spiking populations are asked";
    out[0] = input[0] != 0;
    out[1] = input[1] != 0;
  }
  void readProbe(size_t probe, double *out) const override {
    if (probe == 0)
      readSpikes(0, out);
    else if (probe == 1)
      std::copy(sum.begin(), sum.end(), out);
    else
      *out = input[1];
  }

  NetworkInfo network;
  int64_t done = 0, allSteps = 0, resets = 0;
  std::vector<double> input, sum;
};

inline const SourceInfo pairSource{"in", {2}, 2};

inline std::vector<std::unique_ptr<SampleInput>> feed(const std::vector<int64_t> &shape,
                                                      const std::vector<double> &values,
                                                      InputOptions options = {}) {
  std::vector<std::unique_ptr<SampleInput>> inputs;
  auto input = arrayInput("x.npy", Tensor::from<double>(shape, values), pairSource, options);
  EXPECT_TRUE(input.has_value()) << (input ? "" : input.error().message);
  inputs.push_back(input ? std::move(*input) : nullptr);
  return inputs;
}

} // namespace engram::test
