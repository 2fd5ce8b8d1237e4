// A protected memory corrects every wrong bit of a word and finds every two, of data and of check
// bits.
#include "Vengram_protected_ram.h"
#include "tests/rtl/Numbers.h"
#include <gtest/gtest.h>
#include <memory>

using namespace engram::a1::test;

namespace {

constexpr int storedBits = 72;

class Ram {
public:
  Ram() : model(std::make_unique<Vengram_protected_ram>()) {}

  void write(uint32_t address, uint64_t data) {
    model->write_i = 1;
    model->waddr_i = address;
    model->wdata_i = data;
    tick();
    model->write_i = 0;
  }
  /// Turns over stored bits of the word; a bit beyond the last changes nothing.
  void flip(uint32_t address, int first, int second) {
    read(address);
    for (int k = 0; k < 3; ++k)
      model->mask_i[k] = 0;
    for (int bit : {first, second})
      if (bit < storedBits)
        model->mask_i[bit / 32] ^= 1u << bit % 32;
    model->flip_i = 1;
    model->waddr_i = address;
    tick();
    model->flip_i = 0;
  }
  uint64_t read(uint32_t address) {
    model->read_i = 1;
    model->raddr_i = address;
    tick();
    model->read_i = 0;
    model->use_i = 1;
    model->eval();
    return model->rdata_o;
  }
  bool corrected() const { return model->corrected_o; }
  bool twoWrong() const { return model->double_o; }

private:
  std::unique_ptr<Vengram_protected_ram> model;

  void tick() {
    model->clk_i = 0;
    model->eval();
    model->clk_i = 1;
    model->eval();
  }
};

TEST(Secded, CorrectsEverySingleBitAndFindsEveryPair) {
  Ram ram;
  Numbers numbers(1);
  for (int round = 0; round < 12; ++round) {
    uint64_t word = round == 0 ? 0 : round == 1 ? ~uint64_t(0) : numbers.bits();
    for (int first = 0; first <= storedBits; ++first)
      for (int second = first + 1; second <= storedBits; ++second) {
        ram.write(1, word);
        ram.flip(1, first, second);
        uint64_t data = ram.read(1);
        bool one = second == storedBits;
        ASSERT_EQ(ram.corrected(), one) << first << ", " << second;
        ASSERT_EQ(ram.twoWrong(), !one) << first << ", " << second;
        if (one)
          ASSERT_EQ(data, word) << "bit " << first;
      }
  }
}

TEST(Secded, WordsWithoutErrorsAreNotTouched) {
  Ram ram;
  Numbers numbers(2);
  for (int k = 0; k < 20000; ++k) {
    uint64_t word = numbers.bits();
    ram.write(k % 4, word);
    ASSERT_EQ(ram.read(k % 4), word);
    ASSERT_FALSE(ram.corrected() || ram.twoWrong());
  }
}

} // namespace
