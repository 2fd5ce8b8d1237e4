// The checksum of the RTL against the runtime's and against the check value of the CRC's
// definition.
#include "Vengram_crc32.h"
#include "runtime/accelerator/Chip.h"
#include "tests/rtl/Numbers.h"
#include <cstring>
#include <gtest/gtest.h>
#include <vector>

using namespace engram::a1;

static uint32_t checksum(const std::vector<uint32_t> &words) {
  Vengram_crc32 model;
  model.enable_i = 1;
  uint32_t crc = ~0u;
  for (uint32_t word : words) {
    model.crc_i = crc;
    model.data_i = word;
    model.eval();
    crc = model.crc_o;
  }
  return ~crc;
}

TEST(Crc32, IsThatOfTheRuntime) {
  test::Numbers numbers(1);
  for (size_t length = 0; length < 50; ++length) {
    std::vector<uint32_t> words(length);
    for (uint32_t &word : words)
      word = static_cast<uint32_t>(numbers.bits());
    EXPECT_EQ(checksum(words), crc32(reinterpret_cast<const uint8_t *>(words.data()), 4 * length));
  }
}

TEST(Crc32, StaysWhileItIsNotEnabled) {
  Vengram_crc32 model;
  model.enable_i = 0;
  model.crc_i = 0x12345678;
  model.data_i = ~0u;
  model.eval();
  EXPECT_EQ(model.crc_o, 0x12345678u);
}

TEST(Crc32, IsTheKnownOneOfAText) {
  // zlib.crc32(b"12345678") in Python.
  const char text[] = "12345678";
  std::vector<uint32_t> words(2);
  std::memcpy(words.data(), text, 8);
  EXPECT_EQ(checksum(words), 0x9AE0DAAFu);
}
