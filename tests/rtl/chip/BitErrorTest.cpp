// Bit errors in the memories of the whole chip: every single one is corrected and counted and
// changes nothing; of two in a word the chip tells, and nothing that comes of them reaches the
// ring.
#include "runtime/accelerator/RtlDevice.h"
#include "tests/rtl/chip/LockStep.h"
#include "tests/rtl/chip/RandomChip.h"
#include <gtest/gtest.h>

using namespace engram;
using namespace engram::a1;
using namespace engram::a1::test;

namespace {

constexpr uint32_t rowWords = 3, synapses = 40;

/// One core without neurons; axon 0, key 7, has a row of a dense segment, at word 100.
class BitErrors : public testing::Test {
protected:
  ChipParameters p = mesh(1, 1);
  std::unique_ptr<Device> rtl;
  GoldenChip golden{p};
  Numbers numbers{3};
  std::vector<uint32_t> words;

  void SetUp() override {
    Image image;
    image.featureHash = p.featureHash();
    auto add = [&](Memory memory, uint32_t base, std::vector<uint32_t> words) {
      image.sections.push_back({static_cast<uint32_t>(memory), 0, base, std::move(words)});
    };
    SegmentHeader h;
    h.format = SegmentHeader::Dense8;
    h.synapses = synapses;
    h.words = rowWords;
    h.first = 5;
    std::vector<uint32_t> row(4 * (1 + rowWords));
    row[0] = static_cast<uint32_t>(h.encode());
    row[1] = static_cast<uint32_t>(h.encode() >> 32);
    for (size_t k = 4; k < row.size(); ++k)
      row[k] = static_cast<uint32_t>(numbers.bits());
    add(Memory::Synapse, 400, row);
    add(Memory::Axon, 0, {1u << 31 | 100});
    add(Memory::KeyMap, 0, {7, ~0u, 1u << 31});
    add(Memory::Route, 0, {7, ~0u, 1u << 31 | routeLocal});
    words = image.serialize();
    RtlOptions options;
    options.assertions = true;
    Expected<std::unique_ptr<Device>> device = loadRtlDevice(p, options);
    ASSERT_TRUE(device) << device.error().message;
    rtl = std::move(*device);
    ASSERT_TRUE(golden.load(words));
    ASSERT_TRUE(rtl->load(words));
  }

  /// Turns over stored bits of an axon or of the half word with an address: data, then check bits.
  void flip(Memory memory, uint32_t address, std::initializer_list<uint32_t> bits) {
    uint32_t masks[3] = {};
    for (uint32_t bit : bits) {
      // An axon's check bits follow 32 bits of data.
      bool check = memory == Memory::Axon ? bit >= 32 : bit >= 64;
      if (check)
        masks[2] |= 1u << (bit - (memory == Memory::Axon ? 32 : 64));
      else
        masks[bit / 32] |= 1u << bit % 32;
    }
    for (uint32_t k = 0; k < 3; ++k)
      rtl->write(0, Memory::Register, static_cast<uint32_t>(Register::InjectLow) + k, masks[k]);
    rtl->write(0, Memory::Register, static_cast<uint32_t>(Register::Inject),
               static_cast<uint32_t>(memory) << 20 | address);
  }
  uint32_t get(Register number) {
    uint32_t value = 0;
    rtl->read(0, Memory::Register, static_cast<uint32_t>(number), &value, 1);
    return value;
  }
};

} // namespace

TEST_F(BitErrors, EverySingleOneIsCorrectedAndCounted) {
  auto check = [&](Memory memory, uint32_t address, uint32_t bit) {
    flip(memory, address, {bit});
    // To flip is to read: the flip back counts as well.
    uint32_t counted = get(Register::EccCorrected);
    Expected<void> done = rtl->step({{7, 3}});
    golden.step({{7, 3}});
    ASSERT_TRUE(done) << done.error().message;
    ASSERT_EQ(get(Register::EccCorrected), counted + 1) << "bit " << bit << " at " << address;
    ASSERT_EQ(get(Register::EccDouble), 0u);
    ASSERT_EQ(get(Register::Flags), uint32_t(FlagEccCorrected));
    flip(memory, address, {bit});
    ASSERT_EQ(differenceIn(*rtl, golden, Memory::Ring, 0, 256), "") << "bit " << bit;
  };
  for (uint32_t bit = 0; bit < 39 && !HasFatalFailure(); ++bit)
    check(Memory::Axon, 0, bit);
  for (uint32_t half = 0; half < 2 * (1 + rowWords) && !HasFatalFailure(); ++half)
    for (uint32_t bit = half; bit < 72 && !HasFatalFailure(); bit += half < 2 ? 1 : 3)
      check(Memory::Synapse, 400 + 2 * half, bit);
}

TEST_F(BitErrors, TwoInAWordAreReportedAndNotDelivered) {
  for (int k = 0; k < 150; ++k) {
    bool isAxon = numbers.oneIn(4);
    uint32_t half = numbers.below(2 * (1 + rowWords)), bits = isAxon ? 39 : 72;
    uint32_t a = numbers.below(bits), b = (a + 1 + numbers.below(bits - 1)) % bits;
    Memory memory = isAxon ? Memory::Axon : Memory::Synapse;
    uint32_t address = isAxon ? 0 : 400 + 2 * half;
    SCOPED_TRACE(std::string(memoryName(memory)) + " " + std::to_string(address) + ", bits " +
                 std::to_string(a) + " and " + std::to_string(b));
    uint32_t sops = get(Register::Sops);
    flip(memory, address, {a, b});
    Expected<void> done = rtl->step({{7, 1}});
    ASSERT_FALSE(done);
    EXPECT_NE(done.error().message.find(causeText(Cause::EccDouble)), std::string::npos)
        << done.error().message;
    EXPECT_EQ(get(Register::EccDouble), 1u);
    EXPECT_EQ(get(Register::FirstErrorAddress),
              static_cast<uint32_t>(memory) << 20 | (isAxon ? 0 : (address & ~3u)));
    // What precedes the word is delivered.
    uint32_t before = isAxon || half < 2 ? 0 : 16 * (half / 2 - 1);
    EXPECT_EQ(get(Register::Sops) - sops, before);
    flip(memory, address, {a, b});
    // The image again, without errors and counts; its sums are those of the row's beginning.
    std::vector<uint32_t> ring(256 * 4);
    rtl->read(0, Memory::Ring, 0, ring.data(), ring.size());
    GoldenChip whole(p);
    ASSERT_TRUE(whole.load(words));
    whole.step({{7, 1}});
    for (uint32_t n = 0; n < 256; ++n) {
      uint32_t expected = n >= 5 && n < 5 + before ? whole.core(0).read(Memory::Ring, 4 * n) : 0;
      ASSERT_EQ(ring[4 * n], expected) << "neuron " << n;
    }
    ASSERT_TRUE(rtl->load(words));
  }
}
