// Noise by the counter-based generator.
#include "runtime/NoiseInput.h"

#include "runtime/Philox.h"

namespace engram {

// The 32-bit FNV-1a hash, as for all that draws by name (neuro_r1).
static uint32_t hashOf(const std::string &name) {
  uint32_t hash = 2166136261u;
  for (unsigned char byte : name)
    hash = (hash ^ byte) * 16777619u;
  return hash;
}

static double noise(uint32_t stream, int64_t sample, int64_t step, int64_t neuron) {
  uint32_t word = uniform32(static_cast<uint64_t>(sample), stream, static_cast<uint64_t>(neuron),
                            static_cast<uint32_t>(step)) >>
                  28;
  return word < 9 ? 0.0 : word < 14 ? 1.0 : static_cast<double>(word) / 32;
}

double noiseAt(const std::string &source, int64_t sample, int64_t step, int64_t neuron) {
  return noise(hashOf(source), sample, step, neuron);
}

namespace {

class NoiseInput : public SampleInput {
public:
  NoiseInput(const SourceInfo &source, int64_t samples)
      : stream(hashOf(source.name)), samples(samples), buffer(source.size) {}

  int64_t sampleCount() const override { return samples; }
  Expected<void> load(int64_t sample) override {
    current = sample;
    return {};
  }
  std::optional<int64_t> steps() const override { return std::nullopt; }
  const double *frame(int64_t step) override {
    for (size_t i = 0; i < buffer.size(); ++i)
      buffer[i] = noise(stream, current, step, static_cast<int64_t>(i));
    return buffer.data();
  }
  std::string description() const override { return "noise"; }

private:
  uint32_t stream;
  int64_t samples, current = 0;
  std::vector<double> buffer;
};

} // namespace

std::unique_ptr<SampleInput> noiseInput(const SourceInfo &source, int64_t samples) {
  return std::make_unique<NoiseInput>(source, samples);
}

} // namespace engram
