// The cost model of the fast mode, measured on the ARM binaries.
#pragma once

#include "runtime/spinnaker/CostModel.h"
#include "runtime/spinnaker/Package.h"
#include "runtime/spinnaker/Shape.h"

namespace engram::spinnaker {

/// One model a kind. Runs the ARM binary of each kind alone, with the data of its core with the
/// most neurons, for some ticks with packets for known and unknown keys and rows of all lengths,
/// and fits the cycles awake by least squares; the time of the FIQ is that between two packets in a
/// row. Kinds without a binary that runs here keep the defaults.
std::vector<CostModel> calibrate(const Package &package, const Timing &timing);

} // namespace engram::spinnaker
