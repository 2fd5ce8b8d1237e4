// A core alone on a bench: ticks with more and fewer packets, and what they take.
#include "runtime/spinnaker/Calibrate.h"
#include "runtime/Philox.h"
#include "runtime/spinnaker/ArmProcessor.h"
#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <cstring>
#include <fmt/format.h>

namespace engram::spinnaker {

namespace {

uint32_t randomWord(uint32_t stream, uint32_t index, uint32_t step) {
  return randomWords(1, stream, index, step)[0];
}

constexpr int numTerms = 6;
/// Packets, rows, synapses, updates, sent, ticks.
using Terms = Eigen::Matrix<double, numTerms, 1>;

struct Sample {
  Terms work;
  double cycles = 0;
};

Terms termsOf(const core_counters &after, const core_counters &before) {
  Terms terms;
  terms << after.received - before.received, after.rows - before.rows,
      after.synapses - before.synapses, after.updates - before.updates, after.sent - before.sent,
      after.ticks - before.ticks;
  return terms;
}

/// The chip of a core that is alone: links take what it sends at once.
class Bench final : public ProcessorHost {
public:
  explicit Bench(const Timing &timing) : clock(timing) {}
  std::unique_ptr<Processor> processor;
  Memory sdram;
  Time now = 0;

  const Timing &timing() const override { return clock; }
  Memory &memory(int) override { return sdram; }
  void wakeAt(int, Time time) override { queue.push(std::max(time, now), Wake, 0); }
  bool canSend(int) const override { return true; }
  void send(int, Packet, Time) override {}
  void sendAt(int, Packet, Time time) override { queue.push(std::max(time, now), Sent, 0); }
  void received(int, Time time) override { lastReceived = time; }
  Time lastReceived = -1;
  void transfer(int, void *to, uint32_t from, uint32_t count, bool writes, Time time) override {
    own = to;
    address = from;
    bytes = count;
    toSystem = writes;
    queue.push(sdram.transfer(std::max(time, now), count, clock), Transferred, 0);
  }
  void fault(int, Fault, const std::string &, uint64_t) override {}

  void runUntil(Time end) {
    while (queue.nextTime() <= end)
      runNext();
    now = end;
  }
  bool runNext() {
    if (queue.empty())
      return false;
    Event event = queue.pop();
    now = event.time;
    if (event.kind == Wake) {
      processor->wake(now);
    } else if (event.kind == Sent) {
      processor->sent(now);
    } else {
      toSystem ? sdram.write(address, own, bytes) : sdram.read(address, own, bytes);
      processor->transferred(now);
    }
    return true;
  }

private:
  enum Kind : uint32_t { Wake, Sent, Transferred };
  Timing clock;
  EventQueue queue;
  void *own = nullptr;
  uint32_t address = 0, bytes = 0;
  bool toSystem = false;
};

class Measurement {
public:
  Measurement(const Package &package, const PackageCore &core, const Timing &timing)
      : package(package), core(core), timing(timing) {}
  /// Adds samples of a run with some of the neurons; false if the binary does not run.
  bool run(uint32_t neurons, std::vector<Sample> &samples);
  /// The time of the FIQ; false if the binary does not run.
  bool runFiq(CostModel &model);

private:
  const Package &package;
  const PackageCore &core;
  Timing timing;
  static constexpr int ticks = 24;

  const core_data &header() const { return *reinterpret_cast<const core_data *>(core.data.data()); }
  uint32_t knownKey(uint32_t random) const;
  bool load(Bench &bench, uint32_t neurons, uint32_t sliceCycles) const;
  void shortenRows(std::vector<uint32_t> &data) const;
  void feed(Bench &bench, int tick, uint32_t steps) const;
};

} // namespace

// A key that the core has rows for, an unknown one if it has none.
uint32_t Measurement::knownKey(uint32_t random) const {
  const core_data &h = header();
  uint64_t at = uint64_t(h.table) + uint64_t(random % std::max(h.entries, 1u)) * sizeof(core_entry);
  if (h.kind != CORE_KIND_NEURONS || h.entries == 0 ||
      at + sizeof(core_entry) > 4 * core.data.size())
    return ~0u;
  core_entry entry;
  std::memcpy(&entry, reinterpret_cast<const char *>(core.data.data()) + at, sizeof entry);
  return entry.key + (entry.neurons ? random / 7 % entry.neurons : 0);
}

// The host's part for a source: a step in which more and more of its neurons put out something.
void Measurement::feed(Bench &bench, int tick, uint32_t step) const {
  const core_data &h = header();
  if (h.kind != CORE_KIND_SOURCE || h.neurons == 0)
    return;
  uint32_t channel = core.address + h.channel, capacity = bench.sdram.word(channel + 8);
  if (capacity == 0)
    return;
  for (uint32_t n = 0; n < h.neurons; ++n) {
    bool puts = randomWord(2, n, step) % 24 < static_cast<uint32_t>(tick);
    bench.sdram.setWord(channel + sizeof(core_input) + 4 * (step % capacity * h.neurons + n), puts);
  }
  bench.sdram.setWord(channel, step + 1);
}

// Rows of a fifth, two fifths ... of their synapses, so that the time of a synapse can be told from
// that of a row.
void Measurement::shortenRows(std::vector<uint32_t> &data) const {
  const core_data &h = header();
  if (h.kind != CORE_KIND_NEURONS ||
      h.table + uint64_t(h.entries) * sizeof(core_entry) > 4 * data.size() ||
      h.block_table + uint64_t(h.blocks) * sizeof(core_block) > 4 * data.size())
    return;
  const auto *entries = reinterpret_cast<const core_entry *>(core.data.data() + h.table / 4);
  if (h.flags & CORE_LOCAL_ROWS) {
    auto *rows = reinterpret_cast<core_row *>(data.data() + h.block_table / 4);
    uint32_t start = 0;
    for (uint32_t k = 0; k < h.blocks; ++k) {
      uint32_t count = k + 1 < h.blocks ? rows[k + 1].start - rows[k].start : 0;
      rows[k].start = start;
      start += count * (1 + randomWord(3, k, 0) % 5) / 5;
    }
    return;
  }
  const auto *blocks = reinterpret_cast<const core_block *>(core.data.data() + h.block_table / 4);
  for (uint32_t e = 0; e < h.entries; ++e)
    for (uint32_t b = 0; b < entries[e].blocks && entries[e].first_block + b < h.blocks; ++b) {
      const core_block &block = blocks[entries[e].first_block + b];
      for (uint32_t n = 0; n < entries[e].neurons; ++n) {
        uint64_t row = (uint64_t(h.rows) + block.offset) / 4 + uint64_t(n) * block.words;
        if (row + 1 < data.size())
          data[row + 1] = data[row + 1] * (1 + randomWord(3, n, b) % 5) / 5;
      }
    }
}

bool Measurement::load(Bench &bench, uint32_t neurons, uint32_t sliceCycles) const {
  std::vector<uint32_t> data = core.data;
  shortenRows(data);
  reinterpret_cast<core_data *>(data.data())->neurons = neurons;
  bench.sdram.addRegion(core.address, std::move(data), core.bytes);
  const PackageKind &kind = package.kinds[core.kind];
  Expected<ArmProgram> program =
      ArmProgram::read(kind.name, kind.elf, codeBytesOf(package.machine.version));
  if (!program)
    return false;
  ArmCoreSetup setup;
  setup.version = package.machine.version;
  setup.data = core.address;
  setup.tickCycles = 200000;
  setup.sliceCycles = sliceCycles;
  Expected<std::unique_ptr<Processor>> made =
      makeArmProcessor(bench, 0, std::make_shared<ArmProgram>(std::move(*program)), setup);
  if (!made || !(*made)->start().empty())
    return false;
  bench.processor = std::move(*made);
  return true;
}

// The register is read as soon as the FIQ has begun; one packet after another, it is read once a
// FIQ.
bool Measurement::runFiq(CostModel &model) {
  Bench bench(timing);
  if (header().kind != CORE_KIND_NEURONS || !load(bench, header().neurons, 1))
    return false;
  bench.runUntil(millisecond);
  Time begin = bench.now, times[4];
  for (Time &time : times) {
    bench.lastReceived = -1;
    bench.processor->take(multicast(knownKey(7)), bench.now);
    while (bench.lastReceived < 0)
      if (!bench.runNext())
        return false;
    time = bench.lastReceived;
  }
  auto cyclesOf = [&](Time time) { return double(time) / double(timing.cpuCycle); };
  model.packetRead = cyclesOf(times[0] - begin);
  model.fiq = cyclesOf(times[3] - times[2]);
  return true;
}

bool Measurement::run(uint32_t neurons, std::vector<Sample> &samples) {
  Bench bench(timing);
  if (!load(bench, neurons, 100))
    return false;
  Time period = 20 * millisecond;
  core_counters before = bench.processor->counters();
  Time busyBefore = bench.processor->busy();
  for (int tick = 0; tick < ticks; ++tick) {
    feed(bench, tick, static_cast<uint32_t>(tick));
    bench.processor->tick(bench.now);
    Time begin = bench.now;
    bench.runUntil(begin + period / 2);
    // 0 to 60 packets, of which a few are for nobody.
    int packets = header().kind == CORE_KIND_NEURONS ? tick * tick % 61 : 0;
    for (int k = 0; k < packets; ++k) {
      uint32_t random = randomWord(1, static_cast<uint32_t>(k), static_cast<uint32_t>(tick));
      bench.processor->take(multicast(random % 10 == 9 ? ~random : knownKey(random)), bench.now);
      // In bursts, as after a tick.
      do
        bench.runUntil(bench.now + 500 * nanosecond);
      while (!bench.processor->canTake(bench.now));
    }
    bench.runUntil(begin + period);
    core_counters after = bench.processor->counters();
    Time busy = bench.processor->busy();
    // The first ticks have steps that are not done yet.
    if (tick > 1)
      samples.push_back({termsOf(after, before),
                         static_cast<double>(busy - busyBefore) / double(timing.cpuCycle)});
    before = after;
    busyBefore = busy;
  }
  return true;
}

/// Least squares with a little weight on the defaults, which hold for what no sample shows.
static CostModel fit(const std::vector<Sample> &samples) {
  CostModel model;
  Terms prior;
  prior << model.packet, model.row, model.synapse, model.neuron, model.send, model.tick;
  Eigen::Matrix<double, numTerms, numTerms> normal;
  normal.setZero();
  Terms right = Terms::Zero();
  for (const Sample &sample : samples) {
    normal += sample.work * sample.work.transpose();
    right += sample.work * (sample.cycles - sample.work.dot(prior));
  }
  for (int k = 0; k < numTerms; ++k)
    normal(k, k) += 1e-6 * normal(k, k) + 1e-3;
  Terms c = prior + normal.ldlt().solve(right);
  c = c.cwiseMax(0);
  model.packet = c[0];
  model.row = c[1];
  model.synapse = c[2];
  model.neuron = c[3];
  model.send = c[4];
  model.tick = c[5];
  // The fit has them in rows and ticks.
  model.transfer = model.piece = model.access = 0;
  for (const Sample &sample : samples)
    model.worst = std::max(model.worst, std::abs(sample.work.dot(c) - sample.cycles) /
                                            std::max(sample.cycles, 1.0));
  model.source = "the ARM binary";
  return model;
}

std::vector<CostModel> calibrate(const Package &package, const Timing &timing) {
  std::vector<CostModel> models(package.kinds.size());
  for (size_t k = 0; k < models.size(); ++k) {
    const PackageCore *most = nullptr;
    auto neuronsOf = [](const PackageCore &core) {
      return reinterpret_cast<const core_data *>(core.data.data())->neurons;
    };
    for (const PackageCore &core : package.cores)
      if (core.kind == k && core.data.size() * 4 >= sizeof(core_data) &&
          (!most || neuronsOf(core) > neuronsOf(*most)))
        most = &core;
    if (!most || package.kinds[k].elf.empty())
      continue;
    Measurement measurement(package, *most, timing);
    std::vector<Sample> samples;
    uint32_t neurons = neuronsOf(*most);
    if (!measurement.run(neurons, samples))
      continue;
    // Other numbers of neurons tell their time from that of a tick. A source's stand in its
    // segments.
    bool isSource =
        reinterpret_cast<const core_data *>(most->data.data())->kind == CORE_KIND_SOURCE;
    if (neurons > 1 && !isSource)
      measurement.run(neurons / 2, samples);
    models[k] = fit(samples);
    measurement.runFiq(models[k]);
  }
  return models;
}

} // namespace engram::spinnaker
