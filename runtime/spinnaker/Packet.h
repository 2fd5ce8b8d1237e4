// A packet of the communications network, as the chip's data sheet (section 8.2) lays it out: 8
// bits of control, 32 of key, and 32 of payload if it has one.
#pragma once

#include <cstdint>

namespace engram::spinnaker {

enum class PacketType : uint8_t { Multicast, PointToPoint, NearestNeighbour, FixedRoute };

/// Where a packet is on an emergency route: around a blocked link over the chip next to it.
enum class Emergency : uint8_t {
  None,
  FirstLegAndNormal, ///< a copy for the link it is on and one for the blocked link in one
  FirstLeg,
  SecondLeg
};

struct Packet {
  uint8_t control = 0; ///< [7:6] type, [5:4] emergency, [3:2] time stamp, [1] payload, [0] parity
  uint32_t key = 0, payload = 0;

  PacketType type() const { return PacketType(control >> 6); }
  Emergency emergency() const { return Emergency(control >> 4 & 3); }
  /// The time phase, a Gray code, of the router that took it from a core.
  unsigned timeStamp() const { return control >> 2 & 3; }
  bool hasPayload() const { return control >> 1 & 1; }
  int bits() const { return hasPayload() ? 72 : 40; }

  /// The number of ones, the parity bit included, is odd.
  bool parityIsRight() const;
  void setParity();
  void setEmergency(Emergency state);
  void setTimeStamp(unsigned phase);
};

/// With its parity.
Packet multicast(uint32_t key);
Packet multicast(uint32_t key, uint32_t payload);

/// The Gray code of a time phase, counted from 0. Codes of phases that are two apart differ in both
/// bits.
inline unsigned phaseCode(uint64_t phase) { return (phase & 3) ^ (phase & 3) >> 1; }

} // namespace engram::spinnaker
