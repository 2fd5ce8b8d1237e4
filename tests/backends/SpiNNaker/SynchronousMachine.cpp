// Cores are the host's shared objects; a packet walks through the tables at once.
#include "tests/backends/SpiNNaker/SynchronousMachine.h"
#include "dialects/Neuro/Evaluate/SourceState.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "runtime/spinnaker/core/core.h"
#include <cmath>
#include <cstring>
#include <dlfcn.h>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <unistd.h>

using namespace mlir;
using namespace engram;
using namespace engram::spinnaker;

namespace {

struct Program {
  decltype(core_init) *init;
  decltype(core_packet) *packet;
  decltype(core_tick) *tick;
  decltype(core_dma_done) *dmaDone;
  decltype(core_background) *background;
  void *library;

  explicit Program(const std::string &object) {
    char path[] = "/tmp/engram-test-XXXXXX";
    close(mkstemp(path));
    std::ofstream(path, std::ios::binary) << object;
    library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    unlink(path);
    if (!library)
      return;
    init = reinterpret_cast<decltype(init)>(dlsym(library, "core_init"));
    packet = reinterpret_cast<decltype(packet)>(dlsym(library, "core_packet"));
    tick = reinterpret_cast<decltype(tick)>(dlsym(library, "core_tick"));
    dmaDone = reinterpret_cast<decltype(dmaDone)>(dlsym(library, "core_dma_done"));
    background = reinterpret_cast<decltype(background)>(dlsym(library, "core_background"));
  }
  ~Program() {
    if (library)
      dlclose(library);
  }
};

struct Packet {
  uint32_t key, payload;
  int x, y;
};

class SynchronousMachine;

struct Core {
  SynchronousMachine *machine;
  const PackageCore *placed;
  const Program *program;
  struct core core;
  std::vector<uint64_t> memory;
  std::vector<uint32_t> sdram;
  bool transfers = false;

  uint32_t *at(uint32_t address, uint32_t bytes);
  void start();
};

class SynchronousMachine : public Machine {
public:
  Package package;
  NetworkInfo networkInfo;
  std::vector<std::unique_ptr<Program>> programs;
  std::vector<std::unique_ptr<Core>> cores;
  std::vector<neuro::SourceState> sources;
  std::vector<std::vector<double>> sourceOutputs; ///< of the step that can be read
  struct Probe {
    int source = -1, population = -1, state = -1;
    bool isSpikes = true;
    std::vector<int64_t> neurons;
  };
  std::vector<Probe> probes;
  std::map<std::pair<int, int>, const PackageChip *> chipAt;
  std::map<std::tuple<int, int, int>, Core *> coreAt;
  std::set<std::tuple<int, int, int>> deadLinks;
  std::vector<Packet> packets;
  std::mt19937_64 random;
  int64_t now = 0;
  std::string error;
  Traffic traffic;

  const NetworkInfo &info() const override { return networkInfo; }
  int64_t stepsDone() const override { return now; }
  int64_t latency() const override { return package.latency; }
  std::string fault() const override { return error; }

  void note(const std::string &text) {
    if (error.empty())
      error = text;
  }

  void reset() override {
    now = 0;
    error.clear();
    packets.clear();
    for (neuro::SourceState &source : sources)
      source.reset();
    for (std::unique_ptr<Core> &core : cores)
      core->start();
    sourceOutputs.assign(sources.size(), {});
  }

  void step(const std::vector<const double *> &inputs) override {
    for (size_t k = 0; k < sources.size(); ++k) {
      sourceOutputs[k] = sources[k].output;
      sources[k].step(now, inputs);
      const PackageSource &described = package.sources[k];
      for (const Part &part : described.parts) {
        uint32_t *channel = channelOf(part.core);
        uint32_t *words =
            channel + sizeof(core_input) / 4 + now % channel[2] * (channel[3] / 4) + part.first;
        for (int64_t n = part.ranges[0]; n < part.ranges[1]; ++n)
          *words++ = static_cast<uint32_t>(
              static_cast<int64_t>(std::ldexp(sources[k].output[n], described.fractionBits)));
      }
    }
    for (size_t k = 0; k < cores.size(); ++k)
      if (cores[k]->core.header.kind == CORE_KIND_SOURCE)
        channelOf(k)[0] = static_cast<uint32_t>(now + 1);
    for (std::unique_ptr<Core> &core : cores)
      core->program->tick(&core->core);
    settle();
    for (std::unique_ptr<Core> &core : cores) {
      const core_counters &counters = core->core.counters;
      if (counters.packets_lost || counters.unmatched || counters.overruns ||
          counters.recording_lost || counters.input_missed ||
          counters.ticks != static_cast<uint32_t>(now + 1))
        note("core '" + core->placed->name + "' counts a fault");
      if (std::memcmp(core->sdram.data() + core->core.header.counters / 4, &counters, 5 * 4) != 0)
        note("core '" + core->placed->name + "' has not written its counters");
      // What was recorded in the step before the last is free.
      if (core->core.header.kind == CORE_KIND_NEURONS && now > 1)
        core->sdram[core->core.header.channel / 4 + 1] = static_cast<uint32_t>(now - 1);
    }
    ++now;
  }

  void readSpikes(size_t population, double *out) const override {
    read(population, out, [&](const Core &core, const uint32_t *step, uint32_t n) {
      return double(step[n / 32] >> n % 32 & 1);
    });
  }

  void readProbe(size_t k, double *out) const override {
    const Probe &probe = probes[k];
    std::vector<double> all;
    if (probe.source >= 0) {
      all = sourceOutputs[probe.source];
      all.resize(sources[probe.source].output.size());
      if (probe.isSpikes)
        for (double &x : all)
          x = x != 0;
    } else {
      const PackagePopulation &population = package.populations[probe.population];
      all.resize(population.neurons);
      if (probe.isSpikes) {
        readSpikes(probe.population, all.data());
      } else {
        bool isOutput = probe.state < 0;
        const Variable &variable = isOutput ? population.output : population.states[probe.state];
        read(probe.population, all.data(), [&](const Core &core, const uint32_t *step, uint32_t n) {
          const core_data &h = core.core.header;
          const uint32_t *words = step + (h.neurons + 31) / 32;
          if (isOutput)
            return number(variable, words + n);
          words += h.flags & CORE_RECORDS_OUTPUTS ? h.neurons : 0;
          return number(variable, words + n * h.record_words + variable.word);
        });
        if (now < 2 && !isOutput)
          readInitial(probe.population, variable, all.data());
      }
    }
    if (probe.neurons.empty())
      std::copy(all.begin(), all.end(), out);
    else
      for (int64_t n : probe.neurons)
        *out++ = all[n];
  }

  uint32_t *channelOf(size_t core) {
    return cores[core]->sdram.data() + cores[core]->core.header.channel / 4;
  }

  std::optional<std::pair<int, int>> neighbour(int x, int y, int link) const {
    static constexpr int dx[] = {1, 1, 0, -1, -1, 0}, dy[] = {0, 1, 1, 0, -1, -1};
    const MachineShape &shape = package.machine;
    if (deadLinks.count({x, y, link}))
      return std::nullopt;
    int nx = x + dx[link], ny = y + dy[link];
    if (shape.wraps) {
      nx = (nx + shape.width) % shape.width;
      ny = (ny + shape.height) % shape.height;
    }
    if (nx < 0 || ny < 0 || nx >= shape.width || ny >= shape.height ||
        llvm::is_contained(shape.absent, std::pair{nx, ny}) ||
        deadLinks.count({nx, ny, (link + 3) % 6}))
      return std::nullopt;
    return std::pair{nx, ny};
  }

private:
  void settle();
  void route(const Packet &packet);

  template <typename F> void read(size_t population, double *out, F value) const {
    std::fill_n(out, package.populations[population].neurons, 0.0);
    if (now < 2)
      return;
    for (const Part &part : package.populations[population].parts) {
      const Core &core = *cores[part.core];
      const uint32_t *channel = core.sdram.data() + core.core.header.channel / 4;
      const uint32_t *step =
          channel + sizeof(core_recording) / 4 + (now - 2) % channel[2] * (channel[3] / 4);
      uint32_t n = 0;
      for (size_t r = 0; r < part.ranges.size(); r += 2)
        for (int64_t i = part.ranges[r]; i < part.ranges[r + 1]; ++i)
          out[i] = value(core, step, n++);
    }
  }

  void readInitial(size_t population, const Variable &variable, double *out) const {
    for (const Part &part : package.populations[population].parts) {
      const core_data &h = cores[part.core]->core.header;
      uint32_t n = 0;
      for (size_t r = 0; r < part.ranges.size(); r += 2)
        for (int64_t i = part.ranges[r]; i < part.ranges[r + 1]; ++i, ++n)
          out[i] = number(variable, package.cores[part.core].data.data() + h.records / 4 +
                                        n * h.record_words + variable.word);
    }
  }

  static double number(const Variable &variable, const uint32_t *words) {
    uint64_t raw = words[0];
    if (variable.bits > 32)
      raw |= uint64_t(words[1]) << 32;
    else if (variable.isSigned)
      raw = static_cast<uint64_t>(int64_t(int32_t(words[0])));
    double value = variable.isSigned ? double(int64_t(raw)) : double(raw);
    return std::ldexp(value, -variable.fractionBits);
  }
};

uint32_t *Core::at(uint32_t address, uint32_t bytes) {
  uint64_t first = uint64_t(address) - placed->address;
  if (address < placed->address || first + bytes > placed->bytes || address % 4 || bytes % 4) {
    machine->note("core '" + placed->name + "' reaches out of its data");
    return nullptr;
  }
  return sdram.data() + first / 4;
}

Core &of(void *core) { return *static_cast<Core *>(core); }

const core_hardware hooks = {[](void *self, uint32_t key, uint32_t payload, uint32_t hasPayload) {
                               Core &core = of(self);
                               ++core.machine->traffic.packets;
                               if (!hasPayload && payload != 1)
                                 core.machine->note("a payload is lost");
                               core.machine->packets.push_back(
                                   {key, payload, core.placed->x, core.placed->y});
                             },
                             [](void *self, void *to, uint32_t from, uint32_t bytes) {
                               if (uint32_t *words = of(self).at(from, bytes))
                                 std::memcpy(to, words, bytes);
                               if (of(self).transfers)
                                 of(self).machine->note("two transfers at a time");
                               of(self).transfers = true;
                             },
                             [](void *self, uint32_t to, const void *from, uint32_t bytes) {
                               if (uint32_t *words = of(self).at(to, bytes))
                                 std::memcpy(words, from, bytes);
                               if (of(self).transfers)
                                 of(self).machine->note("two transfers at a time");
                               of(self).transfers = true;
                             },
                             [](void *self, void *to, uint32_t from, uint32_t bytes) {
                               if (uint32_t *words = of(self).at(from, bytes))
                                 std::memcpy(to, words, bytes);
                             },
                             [](void *self, uint32_t from) {
                               uint32_t *word = of(self).at(from, 4);
                               return word ? *word : 0u;
                             },
                             [](void *self, uint32_t to, uint32_t value) {
                               if (uint32_t *word = of(self).at(to, 4))
                                 *word = value;
                             }};

void Core::start() {
  core = {};
  core.hardware = &hooks;
  core.machine = this;
  transfers = false;
  sdram = placed->data;
  sdram.resize(placed->bytes / 4);
  // Exactly what the compiler says that it needs.
  memory.assign(placed->memoryBytes / 8, 0);
  if (int why = program->init(&core, memory.data(), placed->memoryBytes, placed->address))
    machine->note("core '" + placed->name + "' does not start: " + std::to_string(why));
}

// Something that can happen next happens, in any order, until nothing can.
void SynchronousMachine::settle() {
  std::vector<Core *> busy;
  for (std::unique_ptr<Core> &core : cores)
    busy.push_back(core.get());
  while (!busy.empty() || !packets.empty()) {
    size_t pick = random() % (busy.size() + packets.size());
    if (pick >= busy.size()) {
      pick -= busy.size();
      std::swap(packets[pick], packets.back());
      Packet packet = packets.back();
      packets.pop_back();
      route(packet);
      busy.clear();
      for (std::unique_ptr<Core> &core : cores)
        busy.push_back(core.get());
      continue;
    }
    Core &core = *busy[pick];
    if (core.transfers && random() % 2) {
      core.transfers = false;
      core.program->dmaDone(&core.core);
    }
    if (!core.program->background(&core.core) && !core.transfers) {
      std::swap(busy[pick], busy.back());
      busy.pop_back();
    }
  }
}

void SynchronousMachine::route(const Packet &packet) {
  struct Step {
    int x, y, arrival;
  };
  std::vector<Step> steps{{packet.x, packet.y, -1}};
  for (int64_t hops = 0; !steps.empty(); ++hops) {
    Step step = steps.back();
    steps.pop_back();
    if (hops > 100000)
      return note("a packet goes round");
    auto chip = chipAt.find({step.x, step.y});
    const RouteEntry *entry = nullptr;
    if (chip != chipAt.end())
      for (const RouteEntry &e : chip->second->table)
        if ((packet.key & e.mask) == e.key) {
          entry = &e;
          break;
        }
    if (!entry && (step.arrival < 0 || !package.defaultRoutes))
      return note("a packet matches no entry");
    for (int link = 0; link < 6; ++link)
      if (entry ? entry->hasLink(link) : link == (step.arrival + 3) % 6) {
        auto next = neighbour(step.x, step.y, link);
        if (!next)
          return note("a packet leaves the machine");
        ++traffic.hops;
        steps.push_back({next->first, next->second, (link + 3) % 6});
      }
    for (int p = 0; entry && p < package.machine.coresPerChip; ++p)
      if (entry->hasCore(p)) {
        auto core = coreAt.find({step.x, step.y, p});
        if (core == coreAt.end())
          return note("a packet comes to a core without program");
        core->second->program->packet(&core->second->core, packet.key, packet.payload);
      }
  }
}

} // namespace

static void addProbes(neuro::NetworkOp network, SynchronousMachine &machine) {
  for (auto op : network.getOps<neuro::ProbeOp>()) {
    SynchronousMachine::Probe probe;
    for (auto [k, source] : llvm::enumerate(machine.package.sources))
      if (source.name == op.getTarget())
        probe.source = static_cast<int>(k);
    for (auto [k, population] : llvm::enumerate(machine.package.populations))
      if (population.name == op.getTarget()) {
        probe.population = static_cast<int>(k);
        for (auto [s, state] : llvm::enumerate(population.states))
          if (state.name == op.getVariable())
            probe.state = static_cast<int>(s);
      }
    probe.isSpikes = op.getVariable() == "spikes";
    if (op.getNeurons())
      probe.neurons.assign(op.getNeurons()->begin(), op.getNeurons()->end());
    machine.probes.push_back(std::move(probe));
  }
}

FailureOr<std::unique_ptr<Machine>>
engram::spinnaker::runSynchronously(neuro::NetworkOp network, uint64_t seed,
                                    const PackageOptions &options) {
  FailureOr<Package> package = compilePackage(network, options);
  if (failed(package))
    return failure();
  auto machine = std::make_unique<SynchronousMachine>();
  machine->package = std::move(*package);
  machine->random.seed(seed);
  machine->networkInfo = neuro::describeNetwork(network);
  for (const PackageKind &kind : machine->package.kinds) {
    machine->programs.push_back(std::make_unique<Program>(kind.object));
    if (!machine->programs.back()->library)
      return network.emitOpError() << "cannot load a program: " << dlerror();
  }
  for (const PackageChip &chip : machine->package.chips)
    machine->chipAt[{chip.x, chip.y}] = &chip;
  for (MachineShape::Link link : machine->package.machine.deadLinks)
    machine->deadLinks.insert({link.x, link.y, link.link});
  for (const PackageCore &placed : machine->package.cores) {
    auto core = std::make_unique<Core>();
    core->machine = machine.get();
    core->placed = &placed;
    core->program = machine->programs[placed.kind].get();
    machine->coreAt[{placed.x, placed.y, placed.p}] = core.get();
    machine->cores.push_back(std::move(core));
  }
  int inputs = 0;
  for (auto source : network.getOps<neuro::SourceOp>()) {
    bool isExternal = isa<neuro::ExternalAttr>(source.getKind());
    machine->sources.emplace_back(source, neuro::numElements(*source.getShape()),
                                  isExternal ? inputs++ : -1);
  }
  addProbes(network, *machine);
  machine->reset();
  return std::unique_ptr<Machine>(std::move(machine));
}
