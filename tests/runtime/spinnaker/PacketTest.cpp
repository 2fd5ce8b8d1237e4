// Packets against the data sheet, section 8.2: bit positions by hand, parity by counting.
#include "runtime/spinnaker/Packet.h"
#include <gtest/gtest.h>
#include <random>

using namespace engram::spinnaker;

static int ones(uint64_t word) {
  int count = 0;
  for (; word; word >>= 1)
    count += static_cast<int>(word & 1);
  return count;
}

TEST(Packet, ControlByteOfAMulticastPacketIsParityAlone) {
  EXPECT_EQ(multicast(0).control, 0x01);
  EXPECT_EQ(multicast(1).control, 0x00);
  EXPECT_EQ(multicast(0x80000001).control, 0x01);
  EXPECT_EQ(multicast(0x00000007).control, 0x00);
}

TEST(Packet, PayloadIsAnnouncedInBitOneAndCountsForParity) {
  EXPECT_EQ(multicast(0, 0).control, 0x02);
  EXPECT_EQ(multicast(0, 1).control, 0x03);
  EXPECT_EQ(multicast(0, 0).bits(), 72);
  EXPECT_EQ(multicast(0).bits(), 40);
}

TEST(Packet, FieldsLieWhereTheDataSheetHasThem) {
  Packet packet{0xd6, 0, 0};
  EXPECT_EQ(packet.type(), PacketType::FixedRoute);
  EXPECT_EQ(packet.emergency(), Emergency::FirstLegAndNormal);
  EXPECT_EQ(packet.timeStamp(), 1u);
  EXPECT_TRUE(packet.hasPayload());
  packet = multicast(0);
  packet.setTimeStamp(3);
  EXPECT_EQ(packet.control, 0x0d);
  packet.setEmergency(Emergency::SecondLeg);
  EXPECT_EQ(packet.control, 0x3d);
  packet.setEmergency(Emergency::FirstLeg);
  EXPECT_EQ(packet.control, 0x2c);
}

TEST(Packet, NumberOfOnesIsOddWhateverIsInIt) {
  std::mt19937 random(1);
  for (int k = 0; k < 10000; ++k) {
    uint32_t key = random(), payload = random();
    Packet packet = k & 1 ? multicast(key, payload) : multicast(key);
    packet.setTimeStamp(random());
    packet.setEmergency(Emergency(random() & 3));
    int count = ones(packet.control) + ones(key) + (k & 1 ? ones(payload) : 0);
    EXPECT_EQ(count % 2, 1);
    EXPECT_TRUE(packet.parityIsRight());
    packet.key ^= 1u << random() % 32;
    EXPECT_FALSE(packet.parityIsRight());
  }
}

TEST(Packet, PhasesThatAreTwoApartDifferInBothBits) {
  for (unsigned phase = 0; phase < 8; ++phase) {
    EXPECT_EQ(phaseCode(phase) ^ phaseCode(phase + 2), 3u);
    EXPECT_NE(phaseCode(phase) ^ phaseCode(phase + 1), 3u);
  }
}
