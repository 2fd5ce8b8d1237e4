// Refinement of a partition under the true objective.
#pragma once

#include "lowering/NeuroToNCore/CoreState.h"

#include <random>

namespace engram::ncore {

/// Moves units to the neighbouring core where most is gained, and swaps two where a core is full,
/// until nothing is gained or after so many rounds (Fiduccia and Mattheyses 1982 with the k-way
/// connectivity metric; greedy, so that it ends).
void refineGreedily(CoreState &state, std::mt19937_64 &random, int rounds = 12);

/// Simulated annealing over the same moves and swaps, as many proposals as `work` steps over pins
/// allow; ends at the best partition seen.
void anneal(CoreState &state, std::mt19937_64 &random, double work);

/// Empties cores into others where all limits allow it, the emptiest first.
void mergeCores(CoreState &state);

} // namespace engram::ncore
