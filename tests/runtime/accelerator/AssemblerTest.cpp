// Text of instructions: what is written is read as the same word, whatever the word.
#include "runtime/accelerator/Instruction.h"
#include <gtest/gtest.h>
#include <random>

using namespace engram::a1;

TEST(Assembler, GivesBackEachWordThatItDisassembles) {
  std::mt19937_64 random(1);
  int instructions = 0;
  for (uint64_t k = 0; k < 200000; ++k) {
    uint64_t word = random();
    // Opcodes that there are, half of them without anything in fields that do not count.
    if (k % 4 != 0)
      word = (word & ~(uint64_t(63) << 58)) | (k / 4 % numOpcodes) << 58;
    if (k % 2 != 0)
      word = Instruction::decode(word).canonical().encode();
    std::string text = disassemble(word);
    instructions += text.front() != '.';
    engram::Expected<uint64_t> again = assembleWord(text);
    ASSERT_TRUE(again) << text << ": " << again.error().message;
    ASSERT_EQ(*again, word) << text;
  }
  EXPECT_GT(instructions, 50000);
}

// Words by the table of docs/accelerator.md.
TEST(Assembler, EncodesFieldsWhereTheDataSheetHasThem) {
  EXPECT_EQ(*assembleWord("end"), uint64_t(32) << 34 | uint64_t(1) << 33);
  EXPECT_EQ(*assembleWord("mul r3, r1, r2 shr -10 floor u16"),
            uint64_t(7) << 58 | uint64_t(3) << 54 | uint64_t(1) << 50 | uint64_t(2) << 46 |
                uint64_t(2) << 40 | uint64_t(16) << 34 | uint64_t(-10 & 0x7f) << 26);
  EXPECT_EQ(*assembleWord("ldp r4, port[2] + r5 s17"), uint64_t(4) << 58 | uint64_t(4) << 54 |
                                                           uint64_t(5) << 50 | uint64_t(17) << 34 |
                                                           uint64_t(1) << 33 | 16 | 2);
  EXPECT_EQ(*assembleWord("lds r1, state[2].hi s12"), uint64_t(1) << 58 | uint64_t(1) << 54 |
                                                          uint64_t(12) << 34 | uint64_t(1) << 33 |
                                                          uint64_t(16) << 20 | 2);
  EXPECT_EQ(*assembleWord("sts state[2].lo, r3"),
            uint64_t(2) << 58 | uint64_t(3) << 50 | uint64_t(16) << 34 | uint64_t(1) << 33 | 2);
  EXPECT_EQ(*assembleWord("sts state[2], r3"),
            uint64_t(2) << 58 | uint64_t(3) << 50 | uint64_t(32) << 34 | uint64_t(1) << 33 | 2);
  EXPECT_EQ(*assembleWord("ldx r1, const[200 + r2] u32"),
            uint64_t(28) << 58 | uint64_t(1) << 54 | uint64_t(2) << 50 | uint64_t(32) << 34 | 200);
  EXPECT_EQ(*assembleWord("fnd r1, r2, const[200] of 63 s32"),
            uint64_t(29) << 58 | uint64_t(1) << 54 | uint64_t(2) << 50 | uint64_t(32) << 34 |
                uint64_t(1) << 33 | uint64_t(63) << 20 | 200);
  EXPECT_EQ(*assembleWord(".word 0x00ff00ff00ff00ff"), 0x00ff00ff00ff00ffu);
}

TEST(Assembler, SaysWhatItDoesNotUnderstand) {
  EXPECT_EQ(assembleWord("foo r1").error().message,
            "'foo r1': the neuron engine has no instruction 'foo'");
  for (const char *text : {"add r1", "add r16, r1, r1 s32", "add r1, r2, r3 s32 x",
                           "lds r1, state[70000] s16", "mul r1, r2, r3 shr 64 floor s8",
                           "cmp.xx r1, r2, r3", ".word 1", ".word 0x", "", "end end"})
    EXPECT_FALSE(assembleWord(text)) << text;
}
