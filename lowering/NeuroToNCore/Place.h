// Putting the cores of a partition onto the cores of a machine. Plain C++.
#pragma once

#include "lowering/NeuroToNCore/Traffic.h"

#include <optional>
#include <string_view>

namespace engram::ncore {

enum class PlaceMethod {
  Engram,       ///< Hilbert curve in two orders, force-directed, annealed; the best of these
  Hilbert,      ///< the given order along a Hilbert curve
  HilbertForce, ///< that, and then swaps of neighbours while one pays
  Linear        ///< the given order, row by row
};

std::optional<PlaceMethod> parsePlaceMethod(std::string_view name);

struct PlaceOptions {
  PlaceMethod method = PlaceMethod::Engram;
  uint64_t seed = 1;
  Router host; ///< where the host's spikes enter, if that router is there; else the first one
  /// What the method engram chooses by among its placements, less being better; `hopCost` if empty.
  std::function<double(const Placement &)> cost = {};
};

/// Places of the grid, all of them and each once, along a Hilbert curve that is cut to the grid
/// (Hilbert 1891); neighbours in a full square with a side of a power of two are one step apart.
std::vector<Router> hilbertCurve(int gridX, int gridY);

/// The spikes a second times the hops between their cores, as pairs (a tree of a spike to several
/// cores may share hops).
double hopCost(const Traffic &traffic, const Placement &placement, const Target &target);

/// A place for each core; nothing if the machine has fewer cores than needed. The same for the same
/// seed. Absent routers and dead cores are left out, hops lead around dead links.
std::optional<Placement> place(const Traffic &traffic, const Target &target,
                               const PlaceOptions &options = {});

} // namespace engram::ncore
