// The whole chip in lock-step with the golden model: random images and spikes, every memory word
// that the golden model has and every counter of events after each step.
#include "runtime/accelerator/Image.h"
#include "runtime/accelerator/Instruction.h"
#include "runtime/accelerator/RtlDevice.h"
#include "tests/rtl/Numbers.h"
#include <algorithm>
#include <fmt/format.h>
#include <gtest/gtest.h>

using namespace engram;
using namespace engram::a1;
using namespace engram::a1::test;

namespace {

ChipParameters mesh(int columns, int rows) {
  ChipParameters p;
  p.columns = columns;
  p.rows = rows;
  return p;
}

/// With assertions.
Expected<std::unique_ptr<Device>> makeDevice(const ChipParameters &p) {
  RtlOptions options;
  options.assertions = true;
  return loadRtlDevice(p, options);
}

Section &sectionOf(Image &image, Memory memory, uint32_t core, size_t parts) {
  image.sections.push_back({static_cast<uint32_t>(memory), core, 0, std::vector<uint32_t>(parts)});
  return image.sections.back();
}

void put(Section &section, size_t at, uint64_t value) {
  section.words[at] = static_cast<uint32_t>(value);
  section.words[at + 1] = static_cast<uint32_t>(value >> 32);
}

/// A row at each of `rows` axons, of any formats.
void addRows(Image &image, uint32_t core, uint32_t rows, Numbers &numbers) {
  std::vector<uint32_t> axons(rows), words;
  for (uint32_t &axon : axons) {
    axon = static_cast<uint32_t>(words.size() / 4) | numbers.below(256) << 14 |
           uint32_t(!numbers.oneIn(8)) << 31;
    for (uint32_t left = 1 + numbers.below(2); left > 0; --left) {
      SegmentHeader header;
      header.format = numbers.below(3);
      header.last = left == 1;
      uint32_t perWord = header.format == 0 ? 5 : header.format == 1 ? 16 : 32;
      header.synapses = 1 + numbers.below(100);
      header.words = (header.synapses + perWord - 1) / perWord;
      header.first = numbers.below(256);
      // Host's spikes may have delay 0; those of neurons must not.
      header.delay = 1 + numbers.below(15);
      header.port = numbers.below(4);
      header.shift = numbers.below(6);
      size_t at = words.size();
      words.resize(at + 4 * (1 + header.words));
      words[at] = static_cast<uint32_t>(header.encode());
      words[at + 1] = static_cast<uint32_t>(header.encode() >> 32);
      for (uint32_t k = 0; k < header.words; ++k) {
        uint32_t *word = &words[at + 4 * (k + 1)];
        for (int part = 0; part < 4; ++part)
          word[part] = static_cast<uint32_t>(numbers.bits());
        if (header.format != SegmentHeader::Sparse)
          continue;
        std::fill(word, word + 4, 0);
        for (int s = 0; s < SparseSynapse::perWord; ++s) {
          SparseSynapse synapse{numbers.below(256), numbers.below(4), 1 + numbers.below(15),
                                static_cast<int32_t>(numbers.below(256)) - 128};
          for (int bit = 0; bit < SparseSynapse::bits; ++bit)
            if (synapse.encode() >> bit & 1)
              word[(s * SparseSynapse::bits + bit) / 32] |= 1u
                                                            << (s * SparseSynapse::bits + bit) % 32;
        }
      }
    }
  }
  sectionOf(image, Memory::Axon, core, rows).words = axons;
  sectionOf(image, Memory::Synapse, core, words.size()).words = words;
}

/// A leaky neuron with a threshold, a reset to zero and noise.
void addProgram(Image &image, uint32_t core, Numbers &numbers) {
  std::vector<Instruction> program;
  auto add = [&](Opcode opcode, int rd, int ra, int rb, int imm) -> Instruction & {
    Instruction i;
    i.opcode = opcode;
    i.rd = static_cast<uint8_t>(rd);
    i.ra = static_cast<uint8_t>(ra);
    i.rb = static_cast<uint8_t>(rb);
    i.imm = static_cast<uint16_t>(imm);
    i.width = 32;
    i.isSigned = true;
    program.push_back(i);
    return program.back();
  };
  add(Opcode::LDS, 0, 0, 0, 0);
  add(Opcode::LDC, 1, 0, 0, 0);
  add(Opcode::MUL, 0, 0, 1, 0).shift = 8;
  for (int port = 0; port < 4; ++port) {
    add(Opcode::LDP, 2, 0, 0, port).width = static_cast<uint8_t>(10 + numbers.below(15));
    add(Opcode::ADD, 0, 0, 2, 0);
  }
  add(Opcode::RND, 3, 0, 0, 1).isSigned = false;
  add(Opcode::LDC, 4, 0, 0, 2);
  add(Opcode::AND, 3, 3, 4, 0);
  add(Opcode::ADD, 0, 0, 3, 0);
  add(Opcode::LDC, 5, 0, 0, 1);
  add(Opcode::CMP, 6, 0, 5, 5);
  add(numbers.oneIn(3) ? Opcode::EMT : Opcode::SPK, 0, 6, 0, 0);
  add(Opcode::SUB, 7, 0, 5, 0);
  Instruction &select = add(Opcode::SEL, 0, 7, 0, 0);
  select.rc = 6;
  add(Opcode::STS, 0, 0, 0, 0);
  add(Opcode::END, 0, 0, 0, 0);
  Section &section = sectionOf(image, Memory::Program, core, 2 * program.size());
  for (size_t k = 0; k < program.size(); ++k)
    put(section, 2 * k, program[k].encode());
  sectionOf(image, Memory::Constant, core, 3).words = {200 + numbers.below(50),
                                                       500 + numbers.below(2000), 63};
}

constexpr uint32_t axonsPerSource = 32;

/// Keys: 0x1000 the host's, 0x2000 + 0x100 * core + neuron those of neurons. Every core hears the
/// host and one other core, or itself.
Image randomImage(const ChipParameters &p, Numbers &numbers) {
  Image image;
  image.featureHash = p.featureHash();
  auto cores = static_cast<uint32_t>(p.cores());
  for (uint32_t core = 0; core < cores; ++core) {
    sectionOf(image, Memory::Register, core, 3).words = {1, static_cast<uint32_t>(numbers.bits()),
                                                         static_cast<uint32_t>(numbers.bits())};
    addRows(image, core, 2 * axonsPerSource, numbers);
    addProgram(image, core, numbers);
    uint32_t neurons = 1 + numbers.below(axonsPerSource);
    sectionOf(image, Memory::Segment, core, 5).words = {
        1u << 31 | (neurons - 1) << 16 | numbers.below(200) << 8, 0x2000 + 0x100 * core,
        numbers.below(100), numbers.below(1000), numbers.below(3)};
    uint32_t heard = numbers.below(cores);
    Section &keys = sectionOf(image, Memory::KeyMap, core, 7);
    keys.words = {
        0x1000, ~31u, 1u << 31, 0, 0x2000 + 0x100 * heard, ~31u, 1u << 31 | axonsPerSource};
    for (uint32_t k = 0; k < p.neurons * static_cast<uint32_t>(p.stateWords); k += 97) {
      Section state{static_cast<uint32_t>(Memory::State),
                    core,
                    k,
                    {static_cast<uint32_t>(numbers.bits()) & 0x3ff}};
      if (k % 8 == 0)
        image.sections.push_back(state);
    }
  }
  return image;
}

/// Routes from tile (0,0) to all tiles for the host's keys, and from each core to those that hear
/// it: x first, then y.
void addRoutes(Image &image, const ChipParameters &p) {
  auto cores = static_cast<uint32_t>(p.cores());
  std::vector<std::vector<uint32_t>> hearers(cores + 1); ///< of each core; last: of the host
  for (const Section &section : image.sections)
    if (section.type == static_cast<uint32_t>(Memory::KeyMap)) {
      hearers[(section.words[4] - 0x2000) / 0x100].push_back(section.core);
      hearers[cores].push_back(section.core);
    }
  // [tile][source] = route
  std::vector<std::vector<uint32_t>> routes(cores, std::vector<uint32_t>(cores + 1));
  for (uint32_t source = 0; source <= cores; ++source)
    for (uint32_t target : hearers[source]) {
      int at = source == cores ? 0 : static_cast<int>(source);
      while (static_cast<uint32_t>(at) != target) {
        int dx = static_cast<int>(target) % p.columns - at % p.columns;
        int dy = static_cast<int>(target) / p.columns - at / p.columns;
        int link = dx > 0 ? 0 : dx < 0 ? 2 : dy > 0 ? 1 : 3;
        routes[at][source] |= 1u << link;
        const int next[] = {1, p.columns, -1, -p.columns};
        at += next[link];
      }
      routes[at][source] |= routeLocal;
    }
  for (uint32_t tile = 0; tile < cores; ++tile) {
    std::vector<uint32_t> words;
    for (uint32_t source = 0; source <= cores; ++source) {
      uint32_t route = routes[tile][source];
      // The spikes of core 0 are also shown to the host.
      if (tile == 0 && source == 0)
        route |= routeHost;
      // The spikes of a core that nobody hears match no entry, which both models have to report.
      if (route)
        words.insert(words.end(), {source == cores ? 0x1000 : 0x2000 + 0x100 * source,
                                   source == cores ? ~31u : ~255u, 1u << 31 | route, 0});
    }
    if (!words.empty())
      sectionOf(image, Memory::Route, tile, words.size()).words = words;
  }
}

void expectEqualMemories(Device &rtl, GoldenChip &golden, int step) {
  const ChipParameters &p = rtl.parameters();
  for (uint32_t core = 0; core < static_cast<uint32_t>(p.cores()); ++core) {
    auto compare = [&](Memory memory, uint32_t first, uint32_t count) {
      std::vector<uint32_t> got(count);
      rtl.read(core, memory, first, got.data(), count);
      for (uint32_t k = 0; k < count; ++k)
        ASSERT_EQ(got[k], golden.core(core).read(memory, first + k))
            << memoryName(memory) << " " << first + k << " of core " << core << " after step "
            << step;
    };
    compare(Memory::State, 0, memoryParts(Memory::State, p));
    compare(Memory::Spikes, 0, memoryParts(Memory::Spikes, p));
    for (Register counter :
         {Register::Flags, Register::FirstErrorCause, Register::FirstErrorAddress, Register::Sops,
          Register::SpikesOut, Register::SpikesIn, Register::Unrouted, Register::Saturations,
          Register::Rows})
      compare(Memory::Register, static_cast<uint32_t>(counter), 1);
  }
}

/// All words of a memory.
void expectEqual(Device &rtl, GoldenChip &golden, Memory memory) {
  const ChipParameters &p = rtl.parameters();
  std::vector<uint32_t> got(memoryParts(memory, p));
  for (uint32_t core = 0; core < static_cast<uint32_t>(p.cores()); ++core) {
    rtl.read(core, memory, 0, got.data(), got.size());
    for (uint32_t k = 0; k < got.size(); ++k)
      ASSERT_EQ(got[k], golden.core(core).read(memory, k))
          << memoryName(memory) << " " << k << " of core " << core;
  }
}

void runLockStep(const ChipParameters &p, uint64_t seed, int steps) {
  Numbers numbers(seed);
  Image image = randomImage(p, numbers);
  addRoutes(image, p);
  std::vector<uint32_t> words = image.serialize();
  Expected<std::unique_ptr<Device>> rtl = makeDevice(p);
  ASSERT_TRUE(rtl) << rtl.error().message;
  GoldenChip golden(p);
  ASSERT_TRUE(golden.load(words));
  Expected<void> loaded = (*rtl)->load(words);
  ASSERT_TRUE(loaded) << loaded.error().message;
  for (int step = 0; step < steps; ++step) {
    std::vector<Spike> spikes;
    for (uint32_t k = numbers.below(20); k > 0; --k)
      spikes.push_back({0x1000 + numbers.below(axonsPerSource),
                        numbers.oneIn(2) ? 1 : static_cast<int32_t>(numbers.below(200)) - 100});
    std::vector<Spike> expected = golden.step(spikes);
    // Errors are compared with the memories, where they are kept.
    (void)(*rtl)->step(spikes);
    std::vector<Spike> got = (*rtl)->takeSpikes();
    std::sort(got.begin(), got.end());
    ASSERT_EQ(got.size(), expected.size()) << "spikes to the host in step " << step;
    ASSERT_TRUE(got == expected) << "spikes to the host in step " << step;
    expectEqualMemories(**rtl, golden, step);
    if (testing::Test::HasFatalFailure())
      return;
  }
  expectEqual(**rtl, golden, Memory::Ring);
  for (const auto &[name, count] : (*rtl)->counters())
    fmt::print("{:<14} {}\n", name, count);
}

} // namespace

TEST(Chip, OfOneCoreEqualsTheGoldenModelInEachStep) {
  for (uint64_t seed = 1; seed <= 4; ++seed)
    runLockStep(mesh(1, 1), seed, 20);
}

// Built when asked for only.
static bool isBuilt(const ChipParameters &p) { return makeDevice(p).has_value(); }

TEST(Chip, OfFourCoresEqualsTheGoldenModelInEachStep) {
  if (!isBuilt(mesh(2, 2)))
    GTEST_SKIP() << "engram_rtl_2x2 is not built";
  for (uint64_t seed = 8; seed < 12; ++seed)
    runLockStep(mesh(2, 2), seed, 8);
}

TEST(Chip, OfSixteenCoresEqualsTheGoldenModelInEachStep) {
  if (!isBuilt(mesh(4, 4)))
    GTEST_SKIP() << "engram_rtl_4x4 is not built";
  runLockStep(mesh(4, 4), 5, 8);
}

TEST(Chip, RefusesWhatTheGoldenModelRefuses) {
  ChipParameters p = mesh(1, 1);
  Numbers numbers(6);
  std::vector<uint32_t> right = randomImage(p, numbers).serialize();
  for (size_t at : {size_t(0), size_t(1), size_t(2), size_t(4), size_t(5), right.size() - 20,
                    right.size() - 1}) {
    Expected<std::unique_ptr<Device>> rtl = makeDevice(p);
    ASSERT_TRUE(rtl) << rtl.error().message;
    std::vector<uint32_t> wrong = right;
    wrong[at] ^= 0x100;
    Expected<void> loaded = (*rtl)->load(wrong);
    ASSERT_FALSE(loaded) << at;
    EXPECT_EQ(loaded.error().message, causeText(checkImage(wrong, p))) << at;
  }
}

TEST(Chip, StartsAgainWithItsImage) {
  ChipParameters p = mesh(1, 1);
  Numbers numbers(7);
  Image image = randomImage(p, numbers);
  addRoutes(image, p);
  std::vector<uint32_t> words = image.serialize();
  Expected<std::unique_ptr<Device>> rtl = makeDevice(p);
  ASSERT_TRUE(rtl) << rtl.error().message;
  for (int run = 0; run < 3; ++run) {
    GoldenChip golden(p);
    ASSERT_TRUE((*rtl)->load(words) && golden.load(words));
    for (int step = 0; step < 3; ++step) {
      golden.step({{0x1003, 1}});
      (void)(*rtl)->step({{0x1003, 1}});
      expectEqualMemories(**rtl, golden, step);
    }
  }
}

// Nothing of the first image is left in any memory.
TEST(Chip, LoadsAnotherImageAsIfItWereTheFirst) {
  ChipParameters p = mesh(1, 1);
  Numbers numbers(11);
  Expected<std::unique_ptr<Device>> rtl = makeDevice(p);
  ASSERT_TRUE(rtl) << rtl.error().message;
  for (int load = 0; load < 3; ++load) {
    Image image = randomImage(p, numbers);
    addRoutes(image, p);
    std::vector<uint32_t> words = image.serialize();
    GoldenChip golden(p);
    ASSERT_TRUE(golden.load(words));
    Expected<void> loaded = (*rtl)->load(words);
    ASSERT_TRUE(loaded) << loaded.error().message;
    for (Memory memory : {Memory::Register, Memory::Program, Memory::State, Memory::Synapse,
                          Memory::Axon, Memory::KeyMap, Memory::Ring, Memory::Route,
                          Memory::Constant, Memory::Segment, Memory::Spikes})
      expectEqual(**rtl, golden, memory);
    for (int step = 0; step < 4; ++step) {
      golden.step({{0x1003, 1}, {0x1004, 2}});
      (void)(*rtl)->step({{0x1003, 1}, {0x1004, 2}});
      expectEqualMemories(**rtl, golden, step);
    }
    expectEqual(**rtl, golden, Memory::Ring);
    if (HasFatalFailure())
      return;
  }
}

TEST(Chip, HasNoModelOfOtherMeshes) {
  Expected<std::unique_ptr<Device>> rtl = makeDevice(mesh(3, 5));
  ASSERT_FALSE(rtl);
  EXPECT_EQ(rtl.error().message.substr(0, 50),
            "no model of the RTL is built for a mesh of 3x5: th");
}
