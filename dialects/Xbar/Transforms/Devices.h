// Models of memory cells: what conductance a cell has that was programmed to another one, some time
// ago. Numbers alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace engram::xbar {

enum class Device { Ideal, PCM, RRAMWan, RRAMMilo };

/// "ideal", "pcm", "rram-wan", "rram-milo".
std::optional<Device> deviceOf(const std::string &name);
const char *nameOf(Device device);

/// The greatest conductance, in microsiemens; 1 of an ideal device.
double greatestConductance(Device device);
/// g_max / g_min that the device has where nothing else is asked for; 0 is g_min = 0.
double usualOnOffRatio(Device device);

/// Standard deviation of a conductance after programming, in microsiemens; x = g / g_max is what
/// was asked for.
double programmingSigma(Device device, double x);

/// Exponent of the drift g (t / 20 s)^-nu: mean and standard deviation over cells.
struct Drift {
  double mean = 0, sigma = 0;
};
Drift driftOf(Device device, double x);
/// When cells are first read: drift counts from then, in seconds.
constexpr double firstRead = 20;

/// Standard deviation of a read at a time after programming, in microsiemens; 0 where the model has
/// none.
double readSigma(Device device, double x, double seconds);

/// What a cell of the device became that should be x = g / g_max, as a fraction of g_max: normal
/// numbers `programmed` and `drifted` decide. At least 0; not bounded above.
double conductanceOf(Device device, double x, double seconds, double programmed, double drifted);

/// A normal number of two uniform ones (Box and Muller 1958), as neuro_r2 has it.
double normalOf(uint32_t first, uint32_t second);

} // namespace engram::xbar
