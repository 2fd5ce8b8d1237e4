// The plan of an import: which projections join what, and which of them take a step of delay.
#pragma once

#include "lowering/NIRToNeuro/Conventions.h"
#include "lowering/NIRToNeuro/FlatGraph.h"

namespace engram::nir {

/// A source or population of the network to be: a node that is not linear, or a relay.
struct Place {
  enum Kind {
    Node,  ///< an Input or a neuron
    Entry, ///< relay that sums what enters a linear node, or an Output
    Late,  ///< relay that gets an entry's sum, or its source's output, some steps late
    Exit,  ///< relay behind a linear node that leads nowhere
  };
  Kind kind;
  int node;
};

/// A projection to be.
struct Hop {
  int from, to;      ///< places
  int via;           ///< the linear node, or -1 for a plain edge
  int64_t added = 0; ///< steps of delay that the file does not hold
};

struct Plan {
  std::vector<Place> places;
  std::vector<int>
      placeOf;           ///< of a flat node: where its output is; -1 for an Output that needs none
  std::vector<Hop> hops; ///< in the order in which their nodes stand in the file
};

/// Plans the projections of a flat graph. A linear node with one source that is not linear is a
/// projection straight from it; any other stands behind a relay. A projection that closes a cycle
/// without delay gets one step of it: found by depth-first search from the Inputs, nodes in the
/// order of the file. Bias is never late: where a biased node would be, its input is.
/// `leastDelay` gives a Delay node's smallest delay in steps. Fails on a cycle of linear nodes.
Expected<Plan> planHops(const FlatGraph &graph, const std::vector<NodeShapes> &shapes,
                        ExtraDelay extra, const std::vector<int64_t> &leastDelay,
                        const std::string &file);

/// True if the node adds numbers of its own (not all zero).
bool hasBias(const Node &node);

} // namespace engram::nir
