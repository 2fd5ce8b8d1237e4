// The generator in hardware against its authors' known answers and against runtime/Philox.h.
#include "runtime/Philox.h"
#include "Vengram_philox.h"
#include <gtest/gtest.h>
#include <memory>
#include <random>

using namespace engram;

namespace {

class Generator {
public:
  Generator() : model(std::make_unique<Vengram_philox>()) {
    model->rst_ni = 0;
    tick();
    model->rst_ni = 1;
  }

  uint32_t word(const std::array<uint32_t, 4> &counter, const std::array<uint32_t, 2> &key) {
    model->start_i = 1;
    model->key_i = key[0] | uint64_t(key[1]) << 32;
    for (int k = 0; k < 4; ++k)
      model->counter_i[k] = counter[k];
    for (cycles = 1; cycles < 20; ++cycles) {
      model->eval();
      if (model->done_o)
        break;
      tick();
      model->start_i = 0;
      // Operands may change once they are taken.
      model->key_i = 0;
      model->counter_i[0] = 0;
    }
    uint32_t word = model->word_o;
    tick();
    return word;
  }

  int cycles = 0;

private:
  std::unique_ptr<Vengram_philox> model;

  void tick() {
    model->clk_i = 0;
    model->eval();
    model->clk_i = 1;
    model->eval();
  }
};

// Random123, examples/kat_vectors, "philox4x32 10".
TEST(PhiloxHardware, GivesTheKnownAnswersOfItsAuthors) {
  Generator generator;
  EXPECT_EQ(generator.word({0, 0, 0, 0}, {0, 0}), 0x6627e8d5u);
  uint32_t ones = 0xffffffff;
  EXPECT_EQ(generator.word({ones, ones, ones, ones}, {ones, ones}), 0x408f276du);
  EXPECT_EQ(
      generator.word({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
      0xd16cfe09u);
}

TEST(PhiloxHardware, TakesTwelveCyclesAndEqualsTheSoftware) {
  Generator generator;
  std::mt19937 random(5);
  for (int k = 0; k < 100000; ++k) {
    std::array<uint32_t, 4> counter;
    for (uint32_t &c : counter)
      c = random();
    std::array<uint32_t, 2> key = {uint32_t(random()), uint32_t(random())};
    ASSERT_EQ(generator.word(counter, key), philox4x32(counter, key)[0]) << k;
    ASSERT_EQ(generator.cycles, 12);
  }
}

} // namespace
