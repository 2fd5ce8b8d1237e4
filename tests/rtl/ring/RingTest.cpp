// The ring is an array of sums: random adds on all lanes, takes and control accesses, on few words
// so that operations follow each other on the same one.
#include "Vengram_ring.h"
#include "tests/rtl/Numbers.h"
#include <gtest/gtest.h>
#include <memory>

using namespace engram::a1::test;

namespace {

constexpr uint32_t neurons = 16, slots = 4, ports = 4, lanes = 8, mask = 0xffffff;

class Ring {
public:
  Ring() : model(std::make_unique<Vengram_ring>()) {
    tick();
    model->rst_ni = 1;
  }
  std::unique_ptr<Vengram_ring> model;

  void tick() {
    model->clk_i = 0;
    model->eval();
    model->clk_i = 1;
    model->eval();
  }
  uint32_t sum(uint32_t port) const {
    uint32_t low = 24 * port;
    uint64_t pair = model->sums_o[low / 32];
    if (low / 32 < 2)
      pair |= uint64_t(model->sums_o[low / 32 + 1]) << 32;
    return static_cast<uint32_t>(pair >> low % 32) & mask;
  }
  void setValue(uint32_t lane, uint32_t value) {
    for (uint32_t k = 0; k < 24; ++k) {
      uint32_t at = 24 * lane + k;
      uint32_t &word = model->add_value_i[at / 32];
      word = (word & ~(1u << at % 32)) | (value >> k & 1) << at % 32;
    }
  }
};

uint32_t index(uint32_t slot, uint32_t neuron, uint32_t port) {
  return (slot * neurons + neuron) * ports + port;
}

TEST(Ring, IsAnArrayOfSumsWhateverTheOrder) {
  Ring ring;
  Numbers numbers(1);
  std::vector<uint32_t> sums(slots * neurons * ports);
  uint64_t adds = 0;
  for (int cycle = 0; cycle < 200000 && !testing::Test::HasFailure(); ++cycle) {
    auto &m = *ring.model;
    uint32_t takeSlot = numbers.below(slots), takeNeuron = numbers.below(neurons);
    bool take = numbers.oneIn(5), control = !take && numbers.oneIn(6), write = numbers.oneIn(2);
    uint32_t controlAt = numbers.below(slots * neurons * ports);
    m.take_valid_i = take;
    m.take_slot_i = takeSlot;
    m.take_neuron_i = takeNeuron;
    m.ctrl_valid_i = control;
    m.ctrl_write_i = write;
    m.ctrl_address_i = controlAt;
    m.ctrl_data_i = static_cast<uint32_t>(numbers.bits()) & mask;
    m.add_valid_i = 0;
    m.add_row_i = 0;
    m.add_slot_i = m.add_port_i = 0;
    struct Add {
      uint32_t at, value;
    };
    std::vector<Add> wanted;
    for (uint32_t lane = 0; lane < lanes; ++lane) {
      // Adds go on to other slots than that which is being taken.
      uint32_t slot = numbers.below(slots), row = numbers.below(neurons / lanes);
      uint32_t port = numbers.below(ports), value = static_cast<uint32_t>(numbers.bits()) & mask;
      if (take && slot == takeSlot)
        slot = (slot + 1) % slots;
      if (numbers.oneIn(4))
        continue;
      m.add_valid_i |= 1u << lane;
      m.add_row_i |= row << lane;
      m.add_slot_i |= slot << (2 * lane);
      m.add_port_i |= port << (2 * lane);
      ring.setValue(lane, value);
      wanted.push_back({index(slot, row * lanes + lane, port), value});
    }
    m.clk_i = 0;
    m.eval();
    ASSERT_EQ(m.add_ready_o, !take && !control);
    ring.tick();
    if (take)
      for (uint32_t port = 0; port < ports; ++port) {
        uint32_t &sum = sums[index(takeSlot, takeNeuron, port)];
        ASSERT_EQ(ring.sum(port), sum) << "cycle " << cycle;
        sum = 0;
      }
    else if (control) {
      ASSERT_EQ(m.ctrl_data_o, sums[controlAt]) << "cycle " << cycle;
      if (write)
        sums[controlAt] = m.ctrl_data_i;
    } else
      for (const Add &add : wanted) {
        sums[add.at] = (sums[add.at] + add.value) & mask;
        ++adds;
      }
  }
  EXPECT_GT(adds, 500000u);
}

} // namespace
