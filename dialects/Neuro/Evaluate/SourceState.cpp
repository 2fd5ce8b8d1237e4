// What a source emits in each step. The numbers neuro_s… are those of docs/spec.md.
#include "dialects/Neuro/Evaluate/SourceState.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/IR/Units.h"
#include "runtime/Philox.h"
#include <cmath>

using namespace mlir;
using namespace engram;
using namespace engram::neuro;

SourceState::SourceState(SourceOp op, int64_t size, int input)
    : output(size), spikes(size), kind(op.getKind()), input(input),
      stream(streamOf(op.getSymName())) {
  auto network = op->getParentOfType<NetworkOp>();
  seed = network.getSeed();
  single = network.sumType().isF32();
  dtSeconds = network.getDt().getValue() * *unitFactor(network.getDt().getUnit(), "s");
  if (op.getFormat())
    format = cast<fx::FixedType>(*op.getFormat()).getFormat();
  if (auto trains = dyn_cast<SpikeTrainsAttr>(kind)) {
    steps = readIntegers(trains.getSteps());
    neurons = readIntegers(trains.getNeurons());
  } else if (auto poisson = dyn_cast<PoissonAttr>(kind)) {
    numbers = readNumbers(poisson.getRate());
  } else if (auto current = dyn_cast<CurrentAttr>(kind)) {
    steps.assign(current.getStarts().begin(), current.getStarts().end());
    numbers = readNumbers(current.getValues());
  }
}

void SourceState::reset() {
  std::fill(output.begin(), output.end(), 0.0);
  std::fill(spikes.begin(), spikes.end(), 0.0);
}

void SourceState::emitListed(int64_t now) {
  auto [first, last] = std::equal_range(steps.begin(), steps.end(), now);
  for (auto it = first; it != last; ++it)
    output[neurons[it - steps.begin()]] += 1;
}

// neuro_r5
void SourceState::emitCounts(int64_t now) {
  for (int64_t i = 0; i < size(); ++i) {
    double mean = (numbers.size() == 1 ? numbers[0] : numbers[i]) * dtSeconds;
    double u = uniform01(uniform32(seed, stream, i, now));
    double term = std::exp(-mean), sum = term;
    int64_t count = 0;
    // The sum stops growing where the terms fall below its last bit.
    while (u > sum && sum + term * mean / (count + 1) > sum) {
      ++count;
      term = term * mean / count;
      sum += term;
    }
    output[i] = count;
  }
}

void SourceState::emitCurrents(int64_t now) {
  auto row = std::upper_bound(steps.begin(), steps.end(), now) - steps.begin() - 1;
  int64_t columns = numbers.size() / steps.size();
  for (int64_t i = 0; row >= 0 && i < size(); ++i)
    output[i] = round(numbers[row * columns + (columns == 1 ? 0 : i)]);
}

void SourceState::step(int64_t now, const std::vector<const double *> &inputs) {
  std::fill(output.begin(), output.end(), 0.0);
  if (isa<ExternalAttr>(kind)) {
    if (const double *values = inputs[input])
      for (int64_t i = 0; i < size(); ++i)
        output[i] = round(values[i]);
  } else if (isa<SpikeTrainsAttr>(kind)) {
    emitListed(now);
  } else if (isa<PoissonAttr>(kind)) {
    emitCounts(now);
  } else {
    emitCurrents(now);
  }
  for (int64_t i = 0; i < size(); ++i) {
    if (format)
      output[i] = roundTo(*format, output[i]);
    spikes[i] = output[i] != 0;
  }
}

std::vector<SourceState> engram::neuro::sourceStatesOf(NetworkOp network) {
  std::vector<SourceState> sources;
  int inputs = 0;
  for (auto source : network.getOps<SourceOp>())
    sources.emplace_back(source, numElements(*source.getShape()),
                         isa<ExternalAttr>(source.getKind()) ? inputs++ : -1);
  return sources;
}
