// A router under random traffic, tables and back-pressure: each flit that enters by a channel
// leaves once by each output of the model, in order, and nothing else leaves.
#include "Vengram_router.h"
#include "tests/rtl/Numbers.h"
#include "tests/rtl/router/RouterModel.h"
#include <deque>
#include <gtest/gtest.h>
#include <memory>

using namespace engram::a1::test;

namespace {

/// Bits of a wide signal of Verilator.
template <typename Words> uint64_t bitsOf(const Words &words, int low, int count) {
  uint64_t value = 0;
  for (int k = 0; k < count; ++k)
    value |= static_cast<uint64_t>(words[(low + k) / 32] >> ((low + k) % 32) & 1) << k;
  return value;
}

template <typename Words> void setBits(Words &words, int low, int count, uint64_t value) {
  for (int k = 0; k < count; ++k) {
    uint32_t bit = 1u << ((low + k) % 32);
    auto &word = words[(low + k) / 32];
    word = value >> k & 1 ? word | bit : word & ~bit;
  }
}

constexpr int flitBits = 75;

class Router {
public:
  Vengram_router model;
  RouterModel expected;
  std::array<std::deque<Flit>, channels> waiting;       ///< offered in order
  std::array<std::deque<Flit>, channels> due[channels]; ///< [input][output]: still to leave
  uint64_t entered = 0, left = 0, produced = 0, consumed = 0;
  uint64_t parity = 0, unrouted = 0, parityDue = 0, unroutedDue = 0;
  uint32_t errorKey = 0; ///< of the last error
  std::array<uint64_t, channels> leftBy{};
  /// Chance in 16 that an input offers, and an output takes; by channel.
  std::array<uint32_t, channels> offers, takes;

  explicit Router(Numbers &numbers) : numbers(numbers) {
    offers.fill(16);
    takes.fill(16);
    model.rst_ni = 0;
    clock();
    model.rst_ni = 1;
  }

  void place(int x, int y) {
    expected.x = x;
    expected.y = y;
    model.x_i = static_cast<uint8_t>(x);
    model.y_i = static_cast<uint8_t>(y);
  }

  void writeTable(int entry, const TableEntry &value) {
    expected.table[static_cast<size_t>(entry)] = value;
    const uint32_t parts[] = {value.key, value.mask, uint32_t(value.valid) << 31 | value.route};
    for (uint8_t part = 0; part < 3; ++part) {
      model.table_write_i = 1;
      model.table_entry_i = static_cast<uint8_t>(entry);
      model.table_part_i = part;
      model.table_wdata_i = parts[part];
      clock();
    }
    model.table_write_i = 0;
  }

  uint32_t readTable(int entry, int part) {
    model.table_read_i = 1;
    model.table_entry_i = static_cast<uint8_t>(entry);
    model.table_part_i = static_cast<uint8_t>(part);
    clock();
    model.table_read_i = 0;
    return model.table_rdata_o;
  }

  void send(int channel, const Flit &flit) {
    auto c = static_cast<size_t>(channel);
    waiting[c].push_back(flit);
    Outcome outcome = expected.outcomeOf(flit, channel / 2, channel % 2);
    parityDue += outcome.parity;
    unroutedDue += outcome.unrouted;
    for (int port = 0; port < ports; ++port)
      if (outcome.outputs >> port & 1)
        due[c][static_cast<size_t>(2 * port + channel % 2)].push_back(flit);
  }

  /// A cycle: offers, takes, and looks at what moves.
  void cycle() {
    for (int c = 0; c < channels; ++c) {
      auto i = static_cast<size_t>(c);
      // Once offered, a flit stays until it is taken.
      if (!offering[i] && !waiting[i].empty() && numbers.below(16) < offers[i]) {
        offering[i] = true;
        setBits(model.in_flit_i, c * flitBits, 64, waiting[i].front().data);
        setBits(model.in_flit_i, c * flitBits + 64, 2, waiting[i].front().kind);
        setBits(model.in_flit_i, c * flitBits + 66, 9, waiting[i].front().parity);
      }
      setBits(inValid, c, 1, offering[i]);
      setBits(outReady, c, 1, numbers.below(16) < takes[i]);
    }
    model.in_valid_i = static_cast<uint16_t>(inValid[0]);
    model.out_ready_i = static_cast<uint16_t>(outReady[0]);
    model.clk_i = 0;
    model.eval();
    observe();
    clock();
  }

  bool isDone() const {
    for (size_t i = 0; i < channels; ++i) {
      if (!waiting[i].empty())
        return false;
      for (const auto &list : due[i])
        if (!list.empty())
          return false;
    }
    return true;
  }

  /// Runs until nothing is due; then a while longer, in which nothing may come.
  void finish(int limit) {
    while (!isDone() && limit-- > 0 && !testing::Test::HasFailure())
      cycle();
    EXPECT_TRUE(isDone()) << "flits are lost or stuck";
    for (int k = 0; k < 60; ++k)
      cycle();
    EXPECT_EQ(parity, parityDue);
    EXPECT_EQ(unrouted, unroutedDue);
    EXPECT_EQ(produced, left);
    EXPECT_EQ(consumed, entered);
  }

private:
  Numbers &numbers;
  std::array<bool, channels> offering{};
  std::array<uint32_t, 1> inValid{}, outReady{};
  std::array<Flit, channels> stalled;
  uint32_t stalledBits = 0;

  void clock() {
    model.clk_i = 0;
    model.eval();
    model.clk_i = 1;
    model.eval();
  }

  Flit outputOf(int channel) const {
    int low = channel * flitBits;
    return {bitsOf(model.out_flit_o, low, 64),
            static_cast<uint32_t>(bitsOf(model.out_flit_o, low + 64, 2)),
            static_cast<uint32_t>(bitsOf(model.out_flit_o, low + 66, 9))};
  }

  void observe() {
    for (size_t c = 0; c < channels; ++c)
      if (offering[c] && model.in_ready_o >> c & 1) {
        waiting[c].pop_front();
        offering[c] = false;
        ++entered;
      }
    for (int c = 0; c < channels; ++c) {
      bool valid = model.out_valid_o >> c & 1, ready = model.out_ready_i >> c & 1;
      auto o = static_cast<size_t>(c);
      Flit flit = outputOf(c);
      if (stalledBits >> c & 1)
        EXPECT_TRUE(valid && flit == stalled[o]) << "output " << c << " did not wait";
      stalledBits &= ~(1u << c);
      if (valid && !ready) {
        stalledBits |= 1u << c;
        stalled[o] = flit;
      }
      if (valid && ready)
        take(o, flit);
    }
    produced += model.produced_o;
    consumed += model.consumed_o;
    EXPECT_LE(consumed, entered);
    parity += model.parity_o;
    unrouted += model.unrouted_o;
    if (model.parity_o || model.unrouted_o)
      errorKey = model.error_key_o;
  }

  void take(size_t output, const Flit &flit) {
    ++left;
    ++leftBy[output];
    int found = -1;
    for (int input = 0; input < channels && found < 0; ++input) {
      auto &list = due[input][output];
      if (!list.empty() && list.front() == flit) {
        list.pop_front();
        found = input;
      }
    }
    EXPECT_GE(found, 0) << "output " << output << " got a flit that was not due: " << std::hex
                        << flit.data;
  }
};

/// Few keys, many entries that overlap: the lowest that matches is often not the only one.
void randomTable(Router &router, Numbers &numbers) {
  for (int entry = 0; entry < 64; ++entry) {
    TableEntry value;
    value.valid = !numbers.oneIn(4);
    value.mask = static_cast<uint32_t>(numbers.bits() | numbers.bits()) & 0xff;
    if (numbers.oneIn(2))
      value.mask |= 0xffffff00;
    value.key =
        static_cast<uint32_t>(numbers.bits()) & 0xff & (numbers.oneIn(8) ? ~0u : value.mask);
    value.route = static_cast<uint32_t>(numbers.bits()) & 0x3f;
    router.writeTable(entry, value);
  }
}

Flit randomFlit(Numbers &numbers, int channel, uint32_t number) {
  uint64_t data = numbers.below(256) | uint64_t(number & 0xfffff) << 36 | uint64_t(channel) << 32;
  uint32_t kind = 0;
  if ((channel & 1) != numbers.oneIn(50)) {
    kind = 1 + numbers.below(3);
    data = (data & ~(0xffull << 56)) | uint64_t(numbers.below(numbers.oneIn(8) ? 16 : 4)) << 56 |
           uint64_t(numbers.below(4)) << 60;
  }
  Flit flit = makeFlit(data, kind);
  if (numbers.oneIn(40)) {
    flit.parity ^= 1u << numbers.below(9);
  } else if (numbers.oneIn(40)) {
    flit.data ^= uint64_t(1) << numbers.below(64);
  }
  return flit;
}

TEST(Router, DeliversEachFlitOnceByEachPortOfItsRoute) {
  Numbers numbers(1);
  for (int round = 0; round < 40 && !HasFailure(); ++round) {
    Router router(numbers);
    router.place(static_cast<int>(numbers.below(4)), static_cast<int>(numbers.below(4)));
    if (round % 4 == 0)
      router.place(0, 0);
    randomTable(router, numbers);
    for (uint32_t number = 0; number < 300; ++number)
      for (int channel = 0; channel < channels; ++channel)
        router.send(channel, randomFlit(numbers, channel, number));
    for (int phase = 0; phase < 8; ++phase) {
      // From outputs that nearly never take to ones that always do.
      for (size_t c = 0; c < channels; ++c) {
        router.offers[c] = 1 + numbers.below(16);
        router.takes[c] = numbers.oneIn(3) ? 1 : 1 + numbers.below(16);
      }
      for (int k = 0; k < 300; ++k)
        router.cycle();
    }
    router.takes.fill(16);
    router.offers.fill(16);
    router.finish(10000);
    EXPECT_GT(router.parity, 20u);
    EXPECT_GT(router.unrouted, 20u);
  }
}

TEST(Router, FullBuffersLoseNothing) {
  Numbers numbers(2);
  Router router(numbers);
  router.place(1, 1);
  randomTable(router, numbers);
  for (uint32_t number = 0; number < 100; ++number)
    for (int channel = 0; channel < channels; ++channel)
      router.send(channel, randomFlit(numbers, channel, number));
  router.takes.fill(0);
  for (int k = 0; k < 500; ++k)
    router.cycle();
  EXPECT_EQ(router.left, 0u);
  EXPECT_LT(router.entered, 1000u);
  router.takes.fill(16);
  router.finish(5000);
}

TEST(Router, ControlFlitsPassSpikesThatAreStuck) {
  Numbers numbers(3);
  Router router(numbers);
  router.place(1, 1);
  router.writeTable(0, {true, 0, 0, 1u << East | 1u << Local});
  for (size_t c = 0; c < channels; c += 2)
    router.takes[c] = 0;
  for (uint32_t number = 0; number < 50; ++number) {
    router.send(2 * West, makeFlit(number, 0));
    router.send(2 * West + 1, makeFlit(uint64_t(3) << 56 | uint64_t(1) << 60 | number, 1));
  }
  for (int k = 0; k < 200; ++k)
    router.cycle();
  EXPECT_EQ(router.leftBy[2 * East + 1], 50u);
  EXPECT_EQ(router.leftBy[2 * East], 0u);
  router.takes.fill(16);
  router.finish(1000);
}

TEST(Router, ACopyLeavesWhileAnotherWaits) {
  Numbers numbers(4);
  Router router(numbers);
  router.place(1, 1);
  router.writeTable(0, {true, 0, 0, 1u << East | 1u << North | 1u << Local});
  router.takes[2 * North] = 0;
  router.send(2 * West, makeFlit(7, 0));
  for (int k = 0; k < 10; ++k)
    router.cycle();
  EXPECT_EQ(router.leftBy[2 * East], 1u);
  EXPECT_EQ(router.leftBy[2 * Local], 1u);
  EXPECT_EQ(router.consumed, 0u);
  router.takes[2 * North] = 16;
  router.finish(100);
}

TEST(Router, TakesTwoCyclesAndAFlitACycle) {
  Numbers numbers(5);
  Router router(numbers);
  router.place(1, 1);
  router.writeTable(0, {true, 0, 0, 1u << East});
  for (uint32_t number = 0; number < 100; ++number)
    router.send(2 * West, makeFlit(number, 0));
  router.cycle(); // the first enters
  router.cycle(); // gets its ports
  EXPECT_EQ(router.left, 0u);
  for (uint64_t k = 1; k <= 100; ++k) {
    router.cycle();
    EXPECT_EQ(router.left, k);
  }
  router.finish(10);
}

TEST(Router, InputsThatWantOneOutputTakeTurns) {
  Numbers numbers(6);
  Router router(numbers);
  router.place(1, 1);
  router.writeTable(0, {true, 0, 0, 1u << Local});
  for (uint32_t number = 0; number < 400; ++number)
    for (uint32_t port = 0; port < ports; ++port)
      router.send(static_cast<int>(2 * port), makeFlit(port << 16 | number, 0));
  for (int k = 0; k < 1000; ++k)
    router.cycle();
  for (size_t port = 0; port < ports; ++port) {
    size_t done = 400 - router.due[2 * port][2 * Local].size();
    EXPECT_NEAR(static_cast<double>(done), 200, 4) << "port " << port;
  }
  router.finish(2000);
}

TEST(Router, TableReadsBackWhatIsWritten) {
  Numbers numbers(7);
  Router router(numbers);
  randomTable(router, numbers);
  for (int entry = 0; entry < 64; ++entry) {
    const TableEntry &value = router.expected.table[static_cast<size_t>(entry)];
    EXPECT_EQ(router.readTable(entry, 0), value.key);
    EXPECT_EQ(router.readTable(entry, 1), value.mask);
    EXPECT_EQ(router.readTable(entry, 2), uint32_t(value.valid) << 31 | value.route);
    EXPECT_EQ(router.readTable(entry, 3), 0u);
  }
}

TEST(Router, ReportsTheKeyOfASpikeAndThePlaceOfAControlFlit) {
  Numbers numbers(8);
  Router router(numbers);
  router.place(1, 1);
  Flit bad = makeFlit(0x1234, 0);
  bad.parity ^= 4;
  router.send(2 * North, bad);
  router.finish(10);
  EXPECT_EQ(router.parity, 1u);
  EXPECT_EQ(router.errorKey, 0x1234u);
  router.send(2 * North, makeFlit(0x5678, 0));
  router.finish(10);
  EXPECT_EQ(router.unrouted, 1u);
  EXPECT_EQ(router.errorKey, 0x5678u);
  // A column does not lead back to a row.
  router.send(2 * North + 1, makeFlit(0x12345678deadbeef, 1));
  router.finish(10);
  EXPECT_EQ(router.unrouted, 2u);
  EXPECT_EQ(router.errorKey, 0x12345678u);
}

} // namespace
