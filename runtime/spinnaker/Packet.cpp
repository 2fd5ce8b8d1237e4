// Fields of packets.
#include "runtime/spinnaker/Packet.h"

namespace engram::spinnaker {

bool Packet::parityIsRight() const {
  uint32_t ones = control ^ key ^ (hasPayload() ? payload : 0);
  return __builtin_parity(ones) == 1;
}

void Packet::setParity() {
  if (!parityIsRight())
    control ^= 1;
}

void Packet::setEmergency(Emergency state) {
  control = static_cast<uint8_t>((control & ~0x30u) | unsigned(state) << 4);
  setParity();
}

void Packet::setTimeStamp(unsigned phase) {
  control = static_cast<uint8_t>((control & ~0x0cu) | (phase & 3) << 2);
  setParity();
}

Packet multicast(uint32_t key) {
  Packet packet{0, key, 0};
  packet.setParity();
  return packet;
}

Packet multicast(uint32_t key, uint32_t payload) {
  Packet packet{2, key, payload};
  packet.setParity();
  return packet;
}

} // namespace engram::spinnaker
