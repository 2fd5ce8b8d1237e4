// The verilated chip behind its AXI ports, as a device. Compiled once a mesh, with the model of
// that mesh.
#include "runtime/accelerator/Image.h"
#include "runtime/accelerator/RtlDevice.h"
#if ENGRAM_RTL_TILES
#include "runtime/accelerator/TiledChip.h"
#else
#include "Vengram_chip.h"
#endif
#include <algorithm>
#include <cstring>
#include <deque>
#include <fmt/format.h>
#include <random>
#include <verilated_save.h>
#if ENGRAM_RTL_TRACE
#include <verilated_fst_c.h>
#endif

using namespace engram;
using namespace engram::a1;

namespace {

#if ENGRAM_RTL_TILES
using Chip = TiledChip;
#else
using Chip = Vengram_chip;
#endif

/// Registers of the host's interface (docs/accelerator.md).
enum HostRegister : uint8_t {
  Features = 0x08,
  Control = 0x0C,
  Status = 0x10,
  ErrorCause = 0x14,
  ErrorAddress = 0x18,
  Mesh = 0x20,
  FirstCounter = 0x24
};
constexpr const char *counterNames[] = {
    "cycles", "sops",     "spikes",      "stalls",      "ecc_corrected", "ecc_double",
    "parity", "unrouted", "saturations", "conversions", "drives",        "crossbar_cycles"};
constexpr size_t numCounters = std::size(counterNames);
enum StatusBit : uint32_t { Busy = 1, Loaded = 2, Error = 4, Checked = 8 };

/// No step of a chip that works is longer: what waits longer waits for ever.
constexpr uint64_t maxCycles = uint64_t(1) << 28;

class SaveToMemory : public VerilatedSerialize {
public:
  explicit SaveToMemory(std::vector<uint8_t> &bytes) : bytes(bytes) { m_isOpen = true; }
  ~SaveToMemory() override { flush(); }
  void flush() override {
    bytes.insert(bytes.end(), m_bufp, m_cp);
    m_cp = m_bufp;
  }

private:
  std::vector<uint8_t> &bytes;
};

class RestoreFromMemory : public VerilatedDeserialize {
public:
  explicit RestoreFromMemory(const std::vector<uint8_t> &bytes) : bytes(bytes) {
    m_isOpen = true;
    m_cp = m_endp = m_bufp;
    fill();
  }
  void fill() override {
    // What has not been read yet moves to the front.
    auto left = static_cast<size_t>(m_endp - m_cp);
    std::memmove(m_bufp, m_cp, left);
    size_t more = std::min(bufferSize() - left, bytes.size() - next);
    std::memcpy(m_bufp + left, bytes.data() + next, more);
    next += more;
    m_cp = m_bufp;
    m_endp = m_bufp + left + more;
  }

private:
  const std::vector<uint8_t> &bytes;
  size_t next = 0;
};

#if ENGRAM_RTL_TRACE
using Trace = VerilatedFstC;
#else
/// The model without waves.
struct Trace {
  void dump(uint64_t) {}
  void close() {}
};
#endif

class RtlDevice : public Device {
public:
  RtlDevice(const ChipParameters &parameters, const RtlOptions &options)
      : p(parameters), options(options), random(options.pauses) {
    context.traceEverOn(!options.wave.empty());
    // A failing assertion ends the step with an error instead of the program.
    context.fatalOnError(false);
    powerUp();
  }

  ~RtlDevice() override {
    chip->final();
    if (trace)
      trace->close();
  }

  const ChipParameters &parameters() const override { return p; }
  bool hasSizesOfParameters() {
    return readRegister(Features) == p.featureHash() &&
           readRegister(Mesh) == static_cast<uint32_t>(p.columns | p.rows << 8);
  }

  Expected<void> load(const std::vector<uint32_t> &words) override;
  Expected<void> step(const std::vector<Spike> &injected) override;
  void read(uint32_t core, Memory memory, uint32_t address, uint32_t *out, size_t count) override;
  void write(uint32_t core, Memory memory, uint32_t address, uint32_t value) override;
  std::vector<std::pair<std::string, uint64_t>> counters() override;
  std::vector<Spike> takeSpikes() override { return std::exchange(received, {}); }

private:
  ChipParameters p;
  RtlOptions options;
  VerilatedContext context;
  std::unique_ptr<Chip> chip;
  std::unique_ptr<Trace> trace;
  uint64_t cycles = 0;
  int64_t steps = 0, totalSteps = 0;
  uint64_t countedBefore[numCounters] = {}; ///< before the last load

  struct Beat {
    uint64_t data;
    bool upper, last;
  };
  std::deque<Beat> beats;
  bool offered = false; ///< the first beat, which stays until it is taken
  std::mt19937_64 random;
  std::deque<uint32_t> replies;
  std::vector<Spike> received;

  std::vector<uint32_t> loadedWords;
  std::vector<uint8_t> afterLoad;

  void powerUp();
  void cycle();
  void writeRegister(uint8_t address, uint32_t value);
  uint32_t readRegister(uint8_t address);
  bool sendAll();
  Expected<void> sendImage(const std::vector<uint32_t> &words);
  std::string errorText();
  void addCounters();
  void openTrace();
};

} // namespace

//===-- pins ------------------------------------------------------------------------------===//

void RtlDevice::powerUp() {
  chip = std::make_unique<Chip>(&context, "chip");
  trace.reset();
  chip->rst_ni = 0;
  cycle();
  cycle();
  chip->rst_ni = 1;
  cycle();
}

void RtlDevice::cycle() {
  auto pauses = [&] { return options.pauses && random() % 3 == 0; };
  offered = offered || (!beats.empty() && !pauses());
  chip->s_axis_tvalid_i = offered;
  chip->m_axis_tready_i = !pauses();
  if (offered) {
    chip->s_axis_tdata_i = beats.front().data;
    chip->s_axis_tkeep_i = beats.front().upper;
    chip->s_axis_tlast_i = beats.front().last;
  }
  chip->clk_i = 0;
  chip->eval();
  if (trace)
    trace->dump(10 * cycles + 5);
  bool taken = chip->s_axis_tvalid_i && chip->s_axis_tready_o;
  if (chip->m_axis_tvalid_o && chip->m_axis_tready_i) {
    uint64_t data = chip->m_axis_tdata_o;
    if (chip->m_axis_tuser_o == 3)
      replies.push_back(static_cast<uint32_t>(data));
    else
      received.push_back({static_cast<uint32_t>(data),
                          static_cast<int32_t>(static_cast<uint32_t>(data >> 32) << 8) >> 8});
  }
  chip->clk_i = 1;
  chip->eval();
  ++cycles;
  if (trace)
    trace->dump(10 * cycles);
  if (taken) {
    beats.pop_front();
    offered = false;
  }
}

void RtlDevice::writeRegister(uint8_t address, uint32_t value) {
  chip->s_axil_awaddr_i = address;
  chip->s_axil_wdata_i = value;
  chip->s_axil_wstrb_i = 0xf;
  chip->s_axil_awvalid_i = chip->s_axil_wvalid_i = chip->s_axil_bready_i = 1;
  cycle();
  chip->s_axil_awvalid_i = chip->s_axil_wvalid_i = 0;
  // The response of the last cycle is taken.
  cycle();
}

uint32_t RtlDevice::readRegister(uint8_t address) {
  chip->s_axil_araddr_i = address;
  chip->s_axil_arvalid_i = chip->s_axil_rready_i = 1;
  cycle();
  chip->s_axil_arvalid_i = 0;
  for (uint64_t waited = 0; !chip->s_axil_rvalid_o && waited < maxCycles; ++waited)
    cycle();
  uint32_t value = chip->s_axil_rdata_o;
  cycle();
  return value;
}

// False if the chip does not take them.
bool RtlDevice::sendAll() {
  for (uint64_t waited = 0; !beats.empty(); ++waited) {
    size_t before = beats.size();
    cycle();
    if (beats.size() != before)
      waited = 0;
    if (waited > maxCycles) {
      beats.clear();
      offered = false;
      return false;
    }
  }
  return true;
}

//===-- image -----------------------------------------------------------------------------===//

// The image is sent twice; the first pass only checks it.
Expected<void> RtlDevice::sendImage(const std::vector<uint32_t> &words) {
  for (uint32_t goal : {Checked, Loaded}) {
    for (size_t k = 0; k < words.size(); k += 2) {
      bool upper = k + 1 < words.size();
      beats.push_back(
          {words[k] | uint64_t(upper ? words[k + 1] : 0) << 32, upper, k + 2 >= words.size()});
    }
    if (!sendAll())
      return fail("the chip does not take the image");
    uint32_t status = 0;
    for (int waited = 0; waited < 10000 && !(status & (goal | Error)); ++waited)
      status = readRegister(Status);
    if (!(status & goal) || status & Error)
      return fail(status & Error ? causeText(static_cast<Cause>(readRegister(ErrorCause) & 0xf))
                                 : "the chip does not say that it is loaded");
  }
  return {};
}

Expected<void> RtlDevice::load(const std::vector<uint32_t> &words) {
  // What is not an image does not reach memory, so that it does not cost the image that is loaded.
  if (Cause cause = checkImage(words, p); cause != Cause::None && steps > 0)
    return fail(causeText(cause));
  addCounters();
  steps = 0;
  replies.clear();
  received.clear();
  if (!afterLoad.empty() && words == loadedWords) {
    RestoreFromMemory restore(afterLoad);
    restore >> *chip;
    return {};
  }
  // A chip takes an image when none is loaded.
  writeRegister(Control, 2);
  if (Expected<void> sent = sendImage(words); !sent)
    return sent;
  loadedWords = words;
  afterLoad.clear();
  SaveToMemory save(afterLoad);
  save << *chip;
  return {};
}

//===-- steps -----------------------------------------------------------------------------===//

std::string RtlDevice::errorText() {
  uint32_t cause = readRegister(ErrorCause);
  return fmt::format("core ({}, {}) reports in step {}: {}, at {:#x}", cause >> 8 & 0xf,
                     cause >> 12 & 0xf, steps, causeText(static_cast<Cause>(cause & 0xf)),
                     readRegister(ErrorAddress));
}

void RtlDevice::openTrace() {
  if (options.wave.empty() || totalSteps < options.waveFirst || totalSteps >= options.waveEnd) {
    if (trace)
      trace->close();
    trace.reset();
    return;
  }
#if ENGRAM_RTL_TRACE
  if (trace)
    return;
  trace = std::make_unique<Trace>();
  chip->trace(trace.get(), 99);
  trace->open(options.wave.c_str());
#endif
}

Expected<void> RtlDevice::step(const std::vector<Spike> &injected) {
  openTrace();
  received.clear();
  for (const Spike &spike : injected)
    beats.push_back(
        {spike.key | uint64_t(static_cast<uint32_t>(spike.payload) & 0xffffff) << 32, true, true});
  bool atRest = sendAll();
  writeRegister(Control, 1);
  uint32_t status = Busy;
  for (uint64_t end = cycles + maxCycles; atRest && status & Busy;) {
    for (int k = 0; k < 16; ++k)
      cycle();
    status = readRegister(Status);
    if (cycles > end)
      atRest = false;
  }
  while (atRest && chip->m_axis_tvalid_o)
    cycle();
  if (!atRest)
    return fail(fmt::format("the chip does not come to rest in step {}", steps));
  if (context.gotError())
    return fail(fmt::format("an assertion of the RTL failed in step {}", steps));
  std::string error = status & Error ? errorText() : "";
  ++steps;
  ++totalSteps;
  if (!error.empty())
    return fail(error);
  return {};
}

void RtlDevice::read(uint32_t core, Memory memory, uint32_t address, uint32_t *out, size_t count) {
  replies.clear();
  uint64_t x = core % p.columns, y = core / p.columns;
  for (size_t k = 0; k < count; ++k) {
    beats.push_back({uint64_t(2) << 60, true, false});
    beats.push_back({y << 60 | x << 56 | uint64_t(memory) << 52 | (address + k) << 32, true, true});
  }
  std::fill(out, out + count, 0);
  if (!sendAll())
    return;
  for (int waited = 0; replies.size() < count && waited < 10000; ++waited)
    cycle();
  std::copy_n(replies.begin(), std::min(count, replies.size()), out);
}

void RtlDevice::write(uint32_t core, Memory memory, uint32_t address, uint32_t value) {
  uint64_t x = core % p.columns, y = core / p.columns;
  beats.push_back({uint64_t(1) << 60, true, false});
  beats.push_back(
      {y << 60 | x << 56 | uint64_t(memory) << 52 | uint64_t(address) << 32 | value, true, true});
  sendAll();
}

void RtlDevice::addCounters() {
  if (steps > 0)
    for (size_t k = 0; k < numCounters; ++k)
      countedBefore[k] += readRegister(static_cast<uint8_t>(FirstCounter + 4 * k));
}

std::vector<std::pair<std::string, uint64_t>> RtlDevice::counters() {
  std::vector<std::pair<std::string, uint64_t>> result{{"steps", totalSteps}};
  for (size_t k = 0; k < numCounters; ++k)
    result.emplace_back(
        counterNames[k],
        countedBefore[k] +
            (steps > 0 ? readRegister(static_cast<uint8_t>(FirstCounter + 4 * k)) : 0));
  return result;
}

extern "C" __attribute__((visibility("default"))) Device *
engramMakeRtlDevice(const ChipParameters &parameters, const RtlOptions &options) {
  auto device = std::make_unique<RtlDevice>(parameters, options);
  return device->hasSizesOfParameters() ? device.release() : nullptr;
}
