// The host's interface by itself, in front of a mesh that the test is: registers, images, beats,
// steps and what goes wrong with them, all with pauses at random.
#include "Vengram_host.h"
#include "runtime/accelerator/Image.h"
#include "tests/rtl/Numbers.h"
#include <deque>
#include <gtest/gtest.h>
#include <map>
#include <memory>

using namespace engram::a1;
using namespace engram::a1::test;

namespace {

constexpr int flitBits = 75;

struct Flit {
  uint64_t data = 0;
  uint32_t kind = 0, parity = 0;

  static Flit make(uint64_t data, uint32_t kind) {
    uint32_t parity = uint32_t(__builtin_parity(kind)) << 8;
    for (int k = 0; k < 8; ++k)
      parity |= uint32_t(__builtin_parityll(data >> (8 * k) & 0xff)) << k;
    return {data, kind, parity};
  }
  bool operator==(const Flit &o) const {
    return data == o.data && kind == o.kind && parity == o.parity;
  }
};

template <typename Words> uint64_t bitsOf(const Words &words, int low, int count) {
  uint64_t value = 0;
  for (int k = 0; k < count; ++k)
    value |= uint64_t(words[(low + k) / 32] >> (low + k) % 32 & 1) << k;
  return value;
}
template <typename Words> void setBits(Words &words, int low, int count, uint64_t value) {
  for (int k = 0; k < count; ++k) {
    uint32_t bit = 1u << (low + k) % 32;
    words[(low + k) / 32] =
        value >> k & 1 ? words[(low + k) / 32] | bit : words[(low + k) / 32] & ~bit;
  }
}

/// Bits of the register of status, and of that of control.
enum Status : uint32_t { Busy = 1, Loaded = 2, Failed = 4, Checked = 8 };
enum Control : uint32_t { RunStep = 1, SoftReset = 2, Abort = 4 };

struct Beat {
  uint64_t data;
  bool pair = true, last = true;
};

class Host {
public:
  explicit Host(uint64_t seed) : numbers(seed), model(std::make_unique<Vengram_host>()) {
    model->rst_ni = 0;
    tick();
    model->rst_ni = 1;
    for (int k = 0; k < 12; ++k)
      tick();
  }

  Numbers numbers;
  std::unique_ptr<Vengram_host> model;
  ChipParameters p;
  std::deque<Beat> beats;                         ///< to the stream in
  std::vector<std::pair<uint64_t, uint32_t>> out; ///< of the stream out: data and kind
  std::vector<Flit> taken;                        ///< flits that entered the mesh
  std::deque<Flit> leaving[2];                    ///< of the mesh, by channel
  std::map<uint64_t, uint32_t> memory;            ///< {y, x, memory, address}
  int updates = 0;
  bool meshStalls = false, openNever = false;

  void tick() {
    auto pause = [&] { return numbers.oneIn(3); };
    model->in_valid_i = offering = offering || (!beats.empty() && !pause());
    if (offering) {
      model->in_data_i = beats.front().data;
      model->in_pair_i = beats.front().pair;
      model->in_last_i = beats.front().last;
    }
    model->out_ready_i = !pause();
    model->mesh_in_ready_i = meshStalls ? 0 : numbers.below(4);
    uint32_t offered = 0;
    for (int v = 0; v < 2; ++v) {
      shown[v] = shown[v] || (!leaving[v].empty() && !pause());
      if (!shown[v])
        continue;
      offered |= 1u << v;
      const Flit &flit = leaving[v].front();
      setBits(model->mesh_out_flit_i, flitBits * v, 64, flit.data);
      setBits(model->mesh_out_flit_i, flitBits * v + 64, 2, flit.kind);
      setBits(model->mesh_out_flit_i, flitBits * v + 66, 9, flit.parity);
    }
    model->mesh_out_valid_i = offered;
    model->cores_idle_i = 1;
    model->open_i = open && !openNever;
    model->clk_i = 0;
    model->eval();
    bool beat = model->in_valid_i && model->in_ready_o;
    if (model->out_valid_o && model->out_ready_i)
      out.push_back({model->out_data_o, model->out_user_o});
    uint32_t left = model->mesh_out_valid_i & model->mesh_out_ready_o;
    uint32_t entered = model->mesh_in_valid_o & model->mesh_in_ready_i;
    for (int v = 0; v < 2; ++v)
      if (entered >> v & 1)
        enter({bitsOf(model->mesh_in_flit_o, flitBits * v, 64),
               static_cast<uint32_t>(bitsOf(model->mesh_in_flit_o, flitBits * v + 64, 2)),
               static_cast<uint32_t>(bitsOf(model->mesh_in_flit_o, flitBits * v + 66, 9))},
              v);
    updates += model->update_start_o;
    if (!model->mesh_rst_no)
      leaving[0].clear(), leaving[1].clear();
    bool empty = leaving[0].empty() && leaving[1].empty();
    open = empty && !entered && model->host_idle_o && !model->barrier_start_o;
    model->clk_i = 1;
    model->eval();
    if (beat) {
      beats.pop_front();
      offering = false;
    }
    for (int v = 0; v < 2; ++v)
      if (left >> v & 1) {
        if (!leaving[v].empty())
          leaving[v].pop_front();
        shown[v] = false;
      }
    if (!model->mesh_rst_no)
      shown[0] = shown[1] = false;
  }
  void run(int cycles) {
    for (int k = 0; k < cycles; ++k)
      tick();
  }
  /// Until all beats are taken and what they led to is over.
  void settle(int cycles = 20000) {
    for (int k = 0;
         k < cycles && (!beats.empty() || !leaving[0].empty() || !leaving[1].empty() || !open); ++k)
      tick();
    run(8);
  }

  /// Until the step has ended.
  void finishStep() {
    for (int k = 0; k < 500 && get(0x10) & Busy; ++k)
      run(8);
    settle();
  }
  void dropBeats() {
    beats.clear();
    offering = false;
  }

  /// The response; address and data come in any order.
  uint32_t write(uint8_t address, uint32_t value, uint32_t strobes = 0xf) {
    model->awaddr_i = address;
    model->wdata_i = value;
    model->wstrb_i = strobes;
    bool addressFirst = numbers.oneIn(2);
    model->awvalid_i = addressFirst;
    model->wvalid_i = !addressFirst;
    run(static_cast<int>(numbers.below(3)));
    model->awvalid_i = model->wvalid_i = 1;
    model->bready_i = 0;
    tick();
    model->awvalid_i = model->wvalid_i = 0;
    run(static_cast<int>(numbers.below(3)));
    EXPECT_TRUE(model->bvalid_o);
    uint32_t response = model->bresp_o;
    model->bready_i = 1;
    tick();
    EXPECT_FALSE(model->bvalid_o);
    return response;
  }
  /// Response and data.
  std::pair<uint32_t, uint32_t> read(uint8_t address) {
    model->araddr_i = address;
    model->arvalid_i = 1;
    model->rready_i = 0;
    tick();
    model->arvalid_i = 0;
    for (int k = 0; k < 5000 && !model->rvalid_o; ++k)
      tick();
    EXPECT_TRUE(model->rvalid_o);
    run(static_cast<int>(numbers.below(3)));
    std::pair<uint32_t, uint32_t> result{model->rresp_o, model->rdata_o};
    model->rready_i = 1;
    tick();
    return result;
  }
  uint32_t get(uint8_t address) { return read(address).second; }

  void send(const std::vector<uint32_t> &words) {
    for (size_t k = 0; k < words.size(); k += 2) {
      bool pair = k + 1 < words.size();
      beats.push_back(
          {words[k] | uint64_t(pair ? words[k + 1] : 0) << 32, pair, k + 2 >= words.size()});
    }
  }

private:
  bool open = false, offering = false, shown[2] = {};

  void enter(const Flit &flit, int channel) {
    EXPECT_TRUE(flit == Flit::make(flit.data, flit.kind)) << "parity";
    EXPECT_EQ(channel, flit.kind == 0 ? 0 : 1);
    taken.push_back(flit);
    if (flit.kind == 1)
      memory[flit.data >> 32] = static_cast<uint32_t>(flit.data);
    if (flit.kind == 2)
      leaving[1].push_back(Flit::make(flit.data >> 32 << 32 | memory[flit.data >> 32], 3));
  }
};

std::vector<uint32_t> image(const ChipParameters &p, uint32_t value = 0) {
  Image image;
  image.featureHash = p.featureHash();
  for (uint32_t core : {0u, 6u}) {
    Section section{static_cast<uint32_t>(Memory::State), core, 10 * core, {}};
    for (uint32_t k = 0; k < 7; ++k)
      section.words.push_back(value + 0x1000 * core + k);
    image.sections.push_back(section);
  }
  image.text = "for tools";
  return image.serialize();
}

uint64_t key(uint32_t x, uint32_t y, Memory memory, uint32_t address) {
  return y << 28 | x << 24 | static_cast<uint32_t>(memory) << 20 | address;
}

/// A host that has loaded the image.
std::unique_ptr<Host> loaded(uint64_t seed) {
  auto host = std::make_unique<Host>(seed);
  for (int pass = 0; pass < 2; ++pass) {
    host->send(image(host->p));
    host->settle();
  }
  EXPECT_EQ(host->get(0x10), uint32_t(Loaded));
  host->taken.clear();
  return host;
}

constexpr uint32_t okay = 0, slaveError = 2;

} // namespace

TEST(Host, HasTheRegistersOfTheDataSheet) {
  Host host(1);
  EXPECT_EQ(host.get(0x00), 0x454E4731u);
  EXPECT_EQ(host.get(0x04), 1u);
  EXPECT_EQ(host.get(0x08), host.p.featureHash());
  EXPECT_EQ(host.get(0x0C), 0u);
  EXPECT_EQ(host.get(0x10), 0u);
  EXPECT_EQ(host.get(0x20), 0x404u);
  for (uint8_t address = 0x24; address <= 0x50; address += 4)
    EXPECT_EQ(host.read(address), std::make_pair(okay, 0u)) << int(address);
}

TEST(Host, RefusesRegistersThatThereAreNot) {
  Host host(2);
  for (uint8_t address : {0x54, 0x80, 0xFC, 0x01, 0x0E})
    EXPECT_EQ(host.read(address).first, slaveError) << int(address);
  for (uint8_t address : {0x00, 0x08, 0x10, 0x24, 0x44, 0x50, 0x54})
    EXPECT_EQ(host.write(address, 1), slaveError) << int(address);
  EXPECT_EQ(host.write(0x0C, 8), slaveError);
  EXPECT_EQ(host.write(0x0C, RunStep, 7), slaveError);
  // None of it had an effect.
  EXPECT_EQ(host.get(0x10), 0u);
  EXPECT_EQ(host.write(0x0C, RunStep), okay);
  EXPECT_EQ(host.get(0x10), uint32_t(Failed));
  EXPECT_EQ(host.get(0x14), static_cast<uint32_t>(Cause::NotLoaded));
}

TEST(Host, WritesAnImageInItsSecondPassInOrder) {
  for (uint64_t seed = 3; seed < 6; ++seed) {
    Host host(seed);
    host.send(image(host.p));
    host.settle();
    EXPECT_TRUE(host.taken.empty());
    EXPECT_EQ(host.get(0x10), Checked | 0x50u);
    host.send(image(host.p));
    host.settle();
    EXPECT_EQ(host.get(0x10), uint32_t(Loaded));
    ASSERT_EQ(host.taken.size(), 14u);
    for (uint32_t k = 0; k < 14; ++k) {
      uint32_t core = k < 7 ? 0 : 6, at = k % 7;
      EXPECT_EQ(host.taken[k].data, key(core % 4, core / 4, Memory::State, 10 * core + at) << 32 |
                                        (0x1000 * core + at));
    }
  }
}

TEST(Host, TellsWhatIsWrongWithAnImage) {
  Host host(7);
  std::vector<uint32_t> right = image(host.p);
  for (size_t at = 0; at < right.size(); ++at) {
    std::vector<uint32_t> wrong = right;
    wrong[at] ^= 0x40000;
    host.send(wrong);
    host.settle();
    ASSERT_EQ(host.get(0x10) & 0xf, uint32_t(Failed)) << at;
    ASSERT_EQ(host.get(0x14) & 0xf, static_cast<uint32_t>(checkImage(wrong, host.p))) << at;
    EXPECT_TRUE(host.taken.empty());
  }
  // A right one after all of these.
  host.send(right);
  host.settle();
  EXPECT_EQ(host.get(0x10) & 0xf, uint32_t(Checked));
  EXPECT_EQ(host.get(0x14), 0u);
}

TEST(Host, TakesNoSecondPassOfAnotherImage) {
  Host host(8);
  host.send(image(host.p));
  host.settle();
  host.send(image(host.p, 8));
  host.settle();
  EXPECT_EQ(host.get(0x10) & 0xf, uint32_t(Failed));
  EXPECT_EQ(host.get(0x14) & 0xf, static_cast<uint32_t>(Cause::EndCrc));
}

TEST(Host, ForgetsHalfAnImageThatIsAborted) {
  Host host(9);
  std::vector<uint32_t> right = image(host.p);
  for (int pass = 0; pass < 3; ++pass) {
    // Half of a first pass, half of a second one, whole ones.
    if (pass == 1) {
      host.send(right);
      host.settle();
    }
    if (pass < 2) {
      host.send({right.begin(), right.begin() + 20});
      host.beats.back().last = false;
      host.settle();
      EXPECT_EQ(host.get(0x10) >> 4, 5u);
      EXPECT_EQ(host.write(0x0C, Abort), okay);
      EXPECT_EQ(host.get(0x10), 0u);
    } else {
      host.send(right);
      host.settle();
      host.send(right);
      host.settle();
    }
  }
  EXPECT_EQ(host.get(0x10), uint32_t(Loaded));
}

TEST(Host, PassesBeatsOnAsFlits) {
  auto host = loaded(10);
  std::vector<Flit> expected;
  for (int k = 0; k < 300; ++k) {
    uint32_t x = host->numbers.below(4), y = host->numbers.below(4);
    uint32_t address = host->numbers.below(2048);
    uint64_t head = key(x, y, Memory::State, address) << 32;
    auto value = static_cast<uint32_t>(host->numbers.bits());
    switch (host->numbers.below(3)) {
    case 0:
      host->beats.push_back({host->numbers.bits() << 8 >> 8});
      expected.push_back(Flit::make(host->beats.back().data, 0));
      break;
    case 1:
      host->beats.push_back({uint64_t(1) << 60 | host->numbers.bits() >> 8});
      host->beats.push_back({head | value});
      expected.push_back(Flit::make(head | value, 1));
      break;
    default:
      host->beats.push_back({uint64_t(2) << 60});
      host->beats.push_back({head});
      expected.push_back(Flit::make(head, 2));
    }
  }
  host->settle();
  ASSERT_EQ(host->taken.size(), expected.size());
  for (size_t k = 0; k < expected.size(); ++k)
    ASSERT_TRUE(host->taken[k] == expected[k]) << k;
  size_t replies = 0;
  for (auto &[data, kind] : host->out)
    replies += kind == 3 && data == (data >> 32 << 32 | host->memory[data >> 32]);
  EXPECT_EQ(replies, host->out.size());
  EXPECT_EQ(host->get(0x10), uint32_t(Loaded));
}

TEST(Host, RefusesBeatsThatSayNothingOrNameNoPlace) {
  auto host = loaded(11);
  struct Wrong {
    uint64_t first, second;
    bool two;
  };
  std::vector<Wrong> all;
  for (uint64_t op = 3; op < 16; ++op)
    all.push_back({op << 60 | 0x12345, 0, false});
  for (uint64_t op : {1, 2}) {
    all.push_back({op << 60, key(4, 0, Memory::State, 0) << 32, true});
    all.push_back({op << 60, key(0, 9, Memory::State, 0) << 32, true});
    all.push_back({op << 60, key(1, 1, Memory::State, 2048) << 32, true});
    all.push_back({op << 60, key(1, 1, static_cast<Memory>(15), 0) << 32, true});
  }
  for (const Wrong &wrong : all) {
    host->beats.push_back({wrong.first});
    if (wrong.two)
      host->beats.push_back({wrong.second});
    host->settle();
    EXPECT_TRUE(host->taken.empty());
    uint64_t named = wrong.two ? wrong.second : wrong.first;
    ASSERT_EQ(host->get(0x10), Loaded | Failed) << std::hex << named;
    EXPECT_EQ(host->get(0x14), (static_cast<uint32_t>(Cause::Address) |
                                static_cast<uint32_t>(named >> 56 & 0xff) << 8));
    EXPECT_EQ(host->get(0x18), named >> 32 & 0xfffff);
    // The next one is as if nothing had been; the first error stays until a soft reset.
    host->beats.push_back({5});
    host->settle();
    EXPECT_EQ(host->taken.size(), 1u);
    host = loaded(host->numbers.bits());
  }
}

TEST(Host, HandsOutSpikesAndRepliesInOrderAndDropsWrongParity) {
  auto host = loaded(12);
  std::vector<uint64_t> spikes, replies;
  for (uint64_t k = 0; k < 200; ++k) {
    host->leaving[0].push_back(Flit::make(k * 77, 0));
    spikes.push_back(k * 77);
    if (k % 3)
      continue;
    host->leaving[1].push_back(Flit::make(k << 32 | 5, 3));
    replies.push_back(k << 32 | 5);
  }
  host->settle();
  std::vector<uint64_t> got[4];
  for (auto &[data, kind] : host->out)
    got[kind].push_back(data);
  EXPECT_EQ(got[0], spikes);
  EXPECT_EQ(got[3], replies);
  EXPECT_EQ(host->get(0x10), uint32_t(Loaded));
  for (int channel : {0, 1}) {
    host = loaded(13);
    for (int bit = 0; bit < flitBits; ++bit) {
      Flit flit = Flit::make(host->numbers.bits(), channel ? 3 : 0);
      if (bit < 64)
        flit.data ^= uint64_t(1) << bit;
      else if (bit < 66)
        flit.kind ^= 1u << (bit - 64);
      else
        flit.parity ^= 1u << (bit - 66);
      host->leaving[channel].push_back(flit);
    }
    host->settle();
    EXPECT_TRUE(host->out.empty());
    EXPECT_EQ(host->get(0x10), Loaded | Failed);
    EXPECT_EQ(host->get(0x14), static_cast<uint32_t>(Cause::Parity));
  }
}

TEST(Host, RunsStepsAndTellsTheFirstCoreWithAnError) {
  auto host = loaded(14);
  for (uint32_t step = 0; step < 5; ++step) {
    EXPECT_EQ(host->get(0x1C), step);
    host->beats.push_back({0x77});
    host->settle();
    EXPECT_EQ(host->write(0x0C, RunStep), okay);
    host->finishStep();
    EXPECT_EQ(host->updates, int(step) + 1);
    EXPECT_EQ(host->get(0x10), uint32_t(Loaded));
    // A spike carries its step.
    bool found = false;
    for (const Flit &flit : host->taken)
      found = found || flit == Flit::make(uint64_t(step) << 56 | 0x77, 0);
    EXPECT_TRUE(found);
  }
  EXPECT_GT(host->get(0x24), 5u * 16);
  for (uint32_t core = 0; core < 16; ++core)
    host->memory[key(core % 4, core / 4, Memory::Register, 16)] = 100 + core;
  EXPECT_EQ(host->get(0x28), 16u * 100 + 120);
  for (uint32_t k = 0; k < 3; ++k) {
    host->memory[key(2, 1, Memory::Register, 27 + k)] = 1000 * (k + 1);
    host->memory[key(0, 3, Memory::Register, 27 + k)] = 7;
    EXPECT_EQ(host->get(static_cast<uint8_t>(0x48 + 4 * k)), 1000 * (k + 1) + 7);
  }
  for (uint32_t core : {9u, 6u, 12u}) {
    host->memory[key(core % 4, core / 4, Memory::Register, 9)] = 13;
    host->memory[key(core % 4, core / 4, Memory::Register, 10)] = 0x5000 + core;
  }
  host->write(0x0C, RunStep);
  host->finishStep();
  EXPECT_EQ(host->get(0x10), Loaded | Failed);
  EXPECT_EQ(host->get(0x14), 13u | 2 << 8 | 1 << 12);
  EXPECT_EQ(host->get(0x18), 0x5006u);
}

TEST(Host, StartsAfreshAfterASoftResetAtAnyTime) {
  for (int cycles = 0; cycles < 40; cycles += 3) {
    auto host = loaded(15 + static_cast<uint64_t>(cycles));
    host->beats.push_back({0x99});
    host->beats.push_back({uint64_t(2) << 60});
    host->openNever = cycles % 2;
    host->write(0x0C, RunStep);
    host->run(cycles);
    // What is offered afterwards would be an image.
    host->dropBeats();
    EXPECT_EQ(host->write(0x0C, SoftReset | RunStep), okay);
    host->openNever = false;
    host->run(20);
    host->settle();
    EXPECT_EQ(host->get(0x10), 0u) << cycles;
    EXPECT_EQ(host->get(0x14), 0u);
    EXPECT_EQ(host->get(0x1C), 0u);
    EXPECT_EQ(host->get(0x24), 0u);
    for (int pass = 0; pass < 2; ++pass) {
      host->send(image(host->p));
      host->settle();
    }
    EXPECT_EQ(host->get(0x10), uint32_t(Loaded)) << cycles;
  }
}

TEST(Host, WaitsWhileTheMeshTakesNothing) {
  auto host = loaded(60);
  host->meshStalls = true;
  host->beats.push_back({1});
  host->beats.push_back({2});
  host->run(100);
  EXPECT_EQ(host->beats.size(), 1u);
  host->write(0x0C, RunStep);
  host->run(200);
  EXPECT_EQ(host->updates, 0);
  EXPECT_EQ(host->get(0x10), Loaded | Busy | 0x10u);
  host->meshStalls = false;
  host->finishStep();
  EXPECT_EQ(host->updates, 1);
}
