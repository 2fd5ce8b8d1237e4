// Cycles of short sequences, counted by hand from ARM DDI 0222B, table 8.2 and its examples of
// interlocks.
#include "runtime/spinnaker/ArmCycles.h"
#include <gtest/gtest.h>
#include <vector>

using namespace engram::spinnaker;

static uint32_t cyclesOf(std::vector<uint32_t> code) {
  return blockCycles(code.data(), code.size()).cycles;
}

TEST(ArmCycles, OfSingleInstructions) {
  EXPECT_EQ(cyclesOf({0xe0810002}), 1u); // add r0, r1, r2
  EXPECT_EQ(cyclesOf({0xe0810312}), 2u); // add r0, r1, r2, lsl r3
  EXPECT_EQ(cyclesOf({0xe1a0f00e}), 4u); // mov pc, lr
  EXPECT_EQ(cyclesOf({0xe0000291}), 2u); // mul r0, r1, r2
  EXPECT_EQ(cyclesOf({0xe0100291}), 4u); // muls
  EXPECT_EQ(cyclesOf({0xe0c10392}), 3u); // smull r0, r1, r2, r3
  EXPECT_EQ(cyclesOf({0xe1600281}), 1u); // smulbb r0, r1, r2
  EXPECT_EQ(cyclesOf({0xe1410382}), 2u); // smlalbb r0, r1, r2, r3
  EXPECT_EQ(cyclesOf({0xe16f0f11}), 1u); // clz r0, r1
  EXPECT_EQ(cyclesOf({0xe5910004}), 1u); // ldr r0, [r1, #4]
  EXPECT_EQ(cyclesOf({0xe7910102}), 2u); // ldr r0, [r1, r2, lsl #2]
  EXPECT_EQ(cyclesOf({0xe7910002}), 1u); // ldr r0, [r1, r2]
  EXPECT_EQ(cyclesOf({0xe59ff000}), 5u); // ldr pc, [pc]
  EXPECT_EQ(cyclesOf({0xe5810004}), 1u); // str r0, [r1, #4]
  EXPECT_EQ(cyclesOf({0xe1c100d8}), 2u); // ldrd r0, [r1, #8]
  EXPECT_EQ(cyclesOf({0xe891000d}), 3u); // ldm r1, {r0, r2, r3}
  EXPECT_EQ(cyclesOf({0xe8910001}), 2u); // ldm r1, {r0}
  EXPECT_EQ(cyclesOf({0xe8bd8010}), 6u); // pop {r4, pc}
  EXPECT_EQ(cyclesOf({0xe92d4070}), 4u); // push {r4-r6, lr}
  EXPECT_EQ(cyclesOf({0xeb000000}), 3u); // bl
  EXPECT_EQ(cyclesOf({0xe12fff1e}), 3u); // bx lr
  EXPECT_EQ(cyclesOf({0xe10f0000}), 2u); // mrs r0, cpsr
  EXPECT_EQ(cyclesOf({0xe321f0df}), 3u); // msr cpsr_c, #0xdf
}

TEST(ArmCycles, OfResultsThatAreUsedAtOnce) {
  EXPECT_EQ(cyclesOf({0xe5910000, 0xe0802003}), 3u);             // ldr r0; add r2, r0, r3
  EXPECT_EQ(cyclesOf({0xe5910000, 0xe0824003}), 2u);             // ldr r0; add r4, r2, r3
  EXPECT_EQ(cyclesOf({0xe5d10001, 0xe0802003, 0xe0804005}), 5u); // ldrb r0; add r2, r0; add r4, r0
  EXPECT_EQ(cyclesOf({0xe5d10000, 0xe1a06007, 0xe0804005}), 4u); // ldrb r0; mov; add r4, r0
  EXPECT_EQ(cyclesOf({0xe0000291, 0xe0803004}), 4u);             // mul r0; add r3, r0
}

TEST(ArmCycles, OfABranchThatIsNotTakenAreTwoLess) {
  BlockCycles block = blockCycles(std::vector<uint32_t>{0xe3500000, 0x0a000000}.data(), 2);
  EXPECT_EQ(block.cycles, 4u); // cmp r0, #0; beq
  EXPECT_EQ(block.notTaken, 2u);
  EXPECT_EQ(blockCycles(std::vector<uint32_t>{0xea000000}.data(), 1).notTaken, 0u);
}

TEST(ArmCycles, FindAWaitForInterrupt) {
  EXPECT_EQ(blockCycles(std::vector<uint32_t>{0xe3a00000, 0xee070f90}.data(), 2).sleepAt, 8u);
}
