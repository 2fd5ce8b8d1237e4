// Device models with the constants of their sources; conductances in microsiemens.
#include "dialects/Xbar/Transforms/Devices.h"
#include "runtime/Philox.h"

#include <algorithm>
#include <cmath>

using namespace engram::xbar;

static constexpr Device devices[] = {Device::Ideal, Device::PCM, Device::RRAMWan, Device::RRAMMilo};

const char *engram::xbar::nameOf(Device device) {
  switch (device) {
  case Device::Ideal:
    return "ideal";
  case Device::PCM:
    return "pcm";
  case Device::RRAMWan:
    return "rram-wan";
  case Device::RRAMMilo:
    return "rram-milo";
  }
  return "";
}

std::optional<Device> engram::xbar::deviceOf(const std::string &name) {
  for (Device device : devices)
    if (name == nameOf(device))
      return device;
  return std::nullopt;
}

double engram::xbar::greatestConductance(Device device) {
  switch (device) {
  case Device::Ideal:
    return 1;
  case Device::PCM:
    return 25;
  case Device::RRAMWan:
    return 40;
  case Device::RRAMMilo:
    return 225;
  }
  return 1;
}

double engram::xbar::usualOnOffRatio(Device device) {
  // CrossSim's fit of Milo et al. is for 50 to 225 microsiemens.
  return device == Device::RRAMMilo ? 225.0 / 50 : 0;
}

double engram::xbar::programmingSigma(Device device, double x) {
  switch (device) {
  case Device::Ideal:
    return 0;
  case Device::PCM:
    // aihwkit, PCMLikeNoiseModel, fitted to the cells of Nandakumar et al. (ICECS 2020).
    return std::max(0.26348 + 1.965 * x - 1.1731 * x * x, 0.0);
  case Device::RRAMWan:
    // aihwkit, ReRamWan2022NoiseModel (Wan et al., Nature 608, 2022), a second after programming.
    return std::max(
        0.348 + 16.03 * x - 43.853 * x * x + 45.393 * x * x * x - 16.815 * x * x * x * x, 0.0);
  case Device::RRAMMilo:
    // CrossSim, RRAM_Milo (Milo et al., IRPS 2021).
    return 4.782 - 0.0091 * std::clamp(225 * x, 50.0, 225.0);
  }
  return 0;
}

Drift engram::xbar::driftOf(Device device, double x) {
  if (device != Device::PCM)
    return {};
  // aihwkit: both grow as the conductance falls, within bounds.
  double logX = std::log(std::max(x, 1e-12));
  return {std::clamp(-0.0155 * logX + 0.0244, 0.049, 0.1),
          std::clamp(-0.0125 * logX - 0.0059, 0.008, 0.045)};
}

double engram::xbar::readSigma(Device device, double x, double seconds) {
  if (device != Device::PCM)
    return 0;
  // aihwkit: 1/f noise between the length of a read and the time since programming.
  constexpr double readSeconds = 250e-9;
  double relative = std::min(0.0088 / std::max(std::pow(x, 0.65), 1e-3), 0.2);
  return 25 * x * relative * std::sqrt(std::log((seconds + readSeconds) / (2 * readSeconds)));
}

double engram::xbar::conductanceOf(Device device, double x, double seconds, double programmed,
                                   double drifted) {
  double most = greatestConductance(device);
  double g = std::max(x + programmingSigma(device, x) / most * programmed, 0.0);
  Drift drift = driftOf(device, x);
  double exponent = std::abs(drift.mean + drift.sigma * drifted);
  return g * std::pow(std::max(seconds, firstRead) / firstRead, -exponent);
}

double engram::xbar::normalOf(uint32_t first, uint32_t second) {
  return std::sqrt(-2.0 * std::log(uniform01(first))) * std::cos(2.0 * M_PI * uniform01(second));
}
