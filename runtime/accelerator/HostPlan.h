// What a host has to know of an image to feed and read the network in it: the tools' section of a
// .egi file. No compiler is needed to use it.
#pragma once

#include "runtime/AlignedMachine.h"
#include "runtime/Error.h"
#include "runtime/Machine.h"
#include "runtime/accelerator/Chip.h"

namespace engram::a1 {

/// Where a neuron is: a core, and its number there.
struct NeuronPlace {
  uint32_t core = 0, neuron = 0;
};

/// The name of the state word with what a graded neuron has put out; no state is called so.
inline constexpr const char *outputWordName = "output";

struct HostPlan {
  /// A number in a state word of each neuron: a whole number times 2^-fractionBits.
  struct Word {
    std::string name, holds; ///< holds: "state", "parameter", "bias" or "output"
    bool isSigned = true;
    int width = 32, fractionBits = 0;
    int word = 0, bit = 0; ///< where it is: a number of at most 16 bits may be half a word
    bool isHalf = false;

    /// The number that a word holds.
    double numberIn(uint32_t bits) const;
  };
  struct Population {
    std::string name, model;
    std::vector<int64_t> shape;
    bool spiking = false, graded = false;
    bool relay = false; ///< of a mapped delay; the network as it was written has none
    int64_t lag = 0;    ///< steps by which it is late
    std::vector<NeuronPlace> places;
    std::vector<Word> words;
  };
  /// A neuron's output x is sent as payload x * 2^fractionBits to the key firstKey + its number.
  struct Source {
    std::string name;
    std::vector<int64_t> shape;
    bool external = false;
    bool used = false; ///< a synapse leaves it
    uint32_t firstKey = 0;
    int fractionBits = 0;
  };
  struct Probe {
    std::string name, target, variable;
    std::vector<int64_t> neurons; ///< all if empty
    int64_t every = 1;
  };

  /// A projection that lies on crossbars.
  struct Crossbar {
    std::string projection, device;
    int cellBits = 0;
  };

  ChipParameters chip;
  std::string network;
  double dtSeconds = 0;
  std::vector<Source> sources;
  std::vector<Population> populations;
  std::vector<Probe> probes;
  std::vector<Crossbar> crossbars;
  /// A network with the sources alone, as MLIR: what they emit, and with which seed.
  std::string sourceText;

  NetworkInfo info() const;
  Alignment alignment() const;
  /// Steps by which all is late.
  int64_t latency() const;

  /// The probe of that name, or one more of POPULATION[:VARIABLE], and its name. An error if there
  /// is no such thing in the image.
  Expected<std::string> findOrAddProbe(const std::string &what);
};

/// JSON, and what is meant by it. An error for text that a compiler would not write: the result is
/// within the chip and consistent.
std::string textOf(const HostPlan &plan);
Expected<HostPlan> parseHostPlan(const std::string &text);

} // namespace engram::a1
