// Random valid networks: what drives each machine against the interpreter.
#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

namespace engram::conformance {

/// What of a library model a random network may set, in ranges in which something happens.
struct RandomModel {
  struct Value {
    const char *name;
    double low, high;
    const char *unit = ""; ///< of the model; empty if it has none
  };
  struct Port {
    const char *name;
    double low, high; ///< of a weight
  };
  const char *name;
  std::vector<Port> ports;
  std::vector<Value> states, parameters;
  std::vector<const char *> methods; ///< empty without derivatives
  bool linear = true;                ///< no functions beyond arithmetic when it is discrete
  double longestStep = 1;            ///< ms
};

/// Every model of the library.
const std::vector<RandomModel> &randomModels();

struct RandomNetworkOptions {
  /// Only models whose discrete form is arithmetic, which can be quantized.
  bool linearModels = false;
};

/// The text of a network with all connectors, sources, kinds of values and delays that the dialect
/// has, drawn from a seed; valid by construction. It is called "random" and is small.
std::string randomNetwork(uint64_t seed, const RandomNetworkOptions &options = {});

} // namespace engram::conformance
