// Cycles of short sequences, counted by hand from ARM DDI 0439, table 3-1 and section 3.3.2, with
// encodings from an assembler; a taken branch refills the pipeline in two cycles.
#include "runtime/spinnaker/ThumbCycles.h"
#include <gtest/gtest.h>
#include <vector>

using namespace engram::spinnaker;

static BlockCycles block(std::vector<uint16_t> code) {
  return thumbCycles(code.data(), code.size());
}
static uint32_t cyclesOf(std::vector<uint16_t> code) { return block(std::move(code)).cycles; }

TEST(ThumbCycles, OfSingleInstructions) {
  EXPECT_EQ(cyclesOf({0x2001}), 1u);          // movs r0, #1
  EXPECT_EQ(cyclesOf({0x1881}), 1u);          // adds r1, r0, r2
  EXPECT_EQ(cyclesOf({0x4351}), 1u);          // muls r1, r2, r1
  EXPECT_EQ(cyclesOf({0xfb01, 0x3002}), 2u);  // mla r0, r1, r2, r3
  EXPECT_EQ(cyclesOf({0xfbc2, 0x0103}), 1u);  // smlal r0, r1, r2, r3
  EXPECT_EQ(cyclesOf({0xfbb1, 0xf0f2}), 12u); // udiv r0, r1, r2: 2 to 12
  EXPECT_EQ(cyclesOf({0x6808}), 2u);          // ldr r0, [r1]
  EXPECT_EQ(cyclesOf({0xf851, 0x8022}), 2u);  // ldr.w r8, [r1, r2, lsl #2]
  EXPECT_EQ(cyclesOf({0x6048}), 1u);          // str r0, [r1, #4]
  EXPECT_EQ(cyclesOf({0xe9d2, 0x0100}), 3u);  // ldrd r0, r1, [r2]
  EXPECT_EQ(cyclesOf({0xb530}), 4u);          // push {r4, r5, lr}
  EXPECT_EQ(cyclesOf({0xc80e}), 4u);          // ldm r0!, {r1, r2, r3}
  EXPECT_EQ(cyclesOf({0xbd30}), 6u);          // pop {r4, r5, pc}
  EXPECT_EQ(cyclesOf({0xf7ff, 0xffe7}), 3u);  // bl
  EXPECT_EQ(cyclesOf({0x4770}), 3u);          // bx lr
  EXPECT_EQ(cyclesOf({0xe8d0, 0xf001}), 4u);  // tbb [r0, r1]
}

// "LDR R0,[R1]; LDR R2,[R3]; LDR R4,[R5,#4] - normally four cycles total"; an address that was
// loaded waits.
TEST(ThumbCycles, OfLoadsOneAfterAnother) {
  EXPECT_EQ(cyclesOf({0x6808, 0x681a, 0x686c}), 4u);
  EXPECT_EQ(cyclesOf({0x6808, 0x6802}), 4u);         // ldr r0, [r1]; ldr r2, [r0]
  EXPECT_EQ(cyclesOf({0x6048, 0x6808}), 2u);         // str r0, [r1, #4]; ldr r0, [r1]
  EXPECT_EQ(cyclesOf({0x6808, 0x1840, 0x681a}), 5u); // an addition between them
}

TEST(ThumbCycles, OfBranchesThatAreNotTaken) {
  EXPECT_EQ(block({0x4288, 0xd0e8}).cycles, 4u); // cmp r0, r1; beq
  EXPECT_EQ(block({0x4288, 0xd0e8}).notTaken, 2u);
  EXPECT_EQ(block({0xf47f, 0xafde}).notTaken, 2u); // bne.w
  EXPECT_EQ(block({0xe7fe}).notTaken, 0u);         // b
}

TEST(ThumbCycles, AWaitIsFound) {
  EXPECT_EQ(block({0xb672, 0xbf30}).sleepAt, 4u); // cpsid i; wfi
  EXPECT_EQ(block({0xb672, 0xbf00}).sleepAt, 0u); // nop
}
