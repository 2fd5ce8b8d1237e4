// What the program of a core takes, in clock cycles: the time of the fast mode.
#pragma once

#include "runtime/spinnaker/Layout.h"
#include <string>

namespace engram::spinnaker {

/// Fitted to the ARM binary by Calibrate.cpp; the defaults are those of the targets.
struct CostModel {
  double fiq = 60;        ///< of a packet: until the next one can be taken
  double packet = 60;     ///< the FIQ, and looking for its rows
  double packetRead = 20; ///< of it, until the receive register is free
  double tick = 300;      ///< timer interrupt, and what an update takes beside its neurons
  double neuron = 230;    ///< update of a neuron
  double send = 30;       ///< of a packet
  double row = 140;       ///< and the packet that it comes from
  double synapse = 20;
  double piece = 40;    ///< a call of the background that does something
  double transfer = 60; ///< DMA interrupt
  double access = 20;   ///< of a word of SDRAM over the System NoC, about 100 ns (assumption)
  std::string source = "the target's numbers"; ///< where they come from
  /// Of the fit: the largest part by which a sample's cycles are off.
  double worst = 0;

  double cycles(const core_counters &work) const {
    return neuron * work.updates + send * work.sent + row * work.rows + synapse * work.synapses +
           tick * work.ticks;
  }
};

} // namespace engram::spinnaker
