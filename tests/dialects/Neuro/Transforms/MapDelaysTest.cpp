// neuro-map-delays by running: a mapped network shows what the one that was given does, later by
// the latency that is recorded. Least lags and shortest chains against all that there are.
#include "dialects/Neuro/IR/Start.h"
#include "dialects/Neuro/Transforms/Retiming.h"
#include "tests/dialects/Neuro/Transforms/TransformsTestSupport.h"
#include <functional>
#include <random>

using namespace mlir;
using namespace engram;
using namespace engram::tests;

namespace {

// Whatever depends on a step's number shows: a state that is not at rest, noise in each step, a
// counter of refractory steps. Sums of weights that are multiples of 1/8 are exact in any order.
const char *const models = R"(
neuro.model @Cell {
  %v = state "v" = 0.5
  %left = state "left" = 0.0
  %I = input "I"
  update {
    %leak = arith.constant 0.75 : f64
    %zero = arith.constant 0.0 : f64
    %one = arith.constant 1.0 : f64
    %0 = arith.mulf %v, %leak : f64
    %u = uniform 3 : f64
    %1 = arith.addf %0, %u : f64
    %2 = arith.addf %1, %I : f64
    assign %v, %2 : f64
    %3 = arith.subf %left, %one : f64
    %4 = arith.maximumf %3, %zero : f64
    assign %left, %4 : f64
  }
  fire {
    %theta = arith.constant 2.5 : f64
    %none = arith.constant 0.0 : f64
    %high = arith.cmpf ogt, %v, %theta : f64
    %free = arith.cmpf oeq, %left, %none : f64
    %fires = arith.andi %high, %free : i1
    yield %fires : i1
  }
  reset {
    %rest = arith.constant 0.25 : f64
    %pause = arith.constant 2.0 : f64
    assign %v, %rest : f64
    assign %left, %pause : f64
  }
}
neuro.model @Graded {
  %v = state "v" = 1.0
  %I = input "I"
  update {
    %half = arith.constant 0.5 : f64
    %0 = arith.mulf %v, %half : f64
    %1 = arith.addf %0, %I : f64
    assign %v, %1 : f64
  }
  emit {
    %four = arith.constant 4.0 : f64
    %0 = arith.mulf %v, %four : f64
    %1 = math.floor %0 : f64
    %2 = arith.divf %1, %four : f64
    %low = arith.constant -4.0 : f64
    %high = arith.constant 4.0 : f64
    %3 = arith.maximumf %2, %low : f64
    %4 = arith.minimumf %3, %high : f64
    yield %4 : f64
  }
}
)";

struct Range {
  int64_t least = 1, most = 15;
};

/// The network of a text before and after the pass.
struct Mapped {
  OwningOpRef<ModuleOp> before, after;
  neuro::NetworkOp given() { return *neuro::findNetwork(*before); }
  neuro::NetworkOp network() { return *neuro::findNetwork(*after); }
  IntegerAttr recorded(StringRef name) {
    return network()->getAttrOfType<DictionaryAttr>("neuro.delay_map").getAs<IntegerAttr>(name);
  }
  std::map<std::string, int64_t> latencies() {
    std::map<std::string, int64_t> result;
    auto map = network()->getAttrOfType<DictionaryAttr>("neuro.delay_map");
    for (NamedAttribute entry : map.getAs<DictionaryAttr>("latency"))
      result[entry.getName().str()] = cast<IntegerAttr>(entry.getValue()).getInt();
    return result;
  }
  size_t reorderedPorts() {
    auto map = network()->getAttrOfType<DictionaryAttr>("neuro.delay_map");
    return map.getAs<ArrayAttr>("reordered_ports").size();
  }
};

Mapped mapDelays(const std::string &body, MLIRContext &context, Range range = {}) {
  std::string text = models + ("neuro.network @n dt = 1.0 ms seed = 5 {\n" + body + "}\n");
  auto add = [&](bool map) {
    return [=](PassManager &pm) {
      neuro::MapDelaysPassOptions options;
      options.minDelay = range.least;
      options.maxDelay = range.most;
      if (map)
        pm.addPass(neuro::createMapDelaysPass(options));
    };
  };
  return {transformed(text, &context, add(false)), transformed(text, &context, add(true))};
}

/// What is seen of a run, by name: "@population" its spikes, "probe" what it reads.
using Rows = std::map<std::string, std::vector<std::vector<double>>>;

Rows runAll(neuro::NetworkOp network, int64_t steps) {
  Rows rows;
  auto machine = reference::Interpreter::create(network);
  if (failed(machine)) {
    ADD_FAILURE();
    return rows;
  }
  const NetworkInfo &info = (*machine)->info();
  for (int64_t step = 0; step < steps; ++step) {
    stepWithInputs(**machine, step);
    for (size_t k = 0; k < info.populations.size(); ++k) {
      std::vector<double> values(info.populations[k].size);
      (*machine)->readSpikes(k, values.data());
      rows["@" + info.populations[k].name].push_back(values);
    }
    for (size_t k = 0; k < info.probes.size(); ++k) {
      std::vector<double> values(info.probes[k].size);
      (*machine)->readProbe(k, values.data());
      rows[info.probes[k].name].push_back(values);
    }
  }
  return rows;
}

/// Spikes of all populations and values of all probes, each later by its latency and bit for bit;
/// all hops in the range. Returns the number of spikes that were compared.
double expectSameLater(Mapped &mapped, Range range, int64_t steps) {
  if (!mapped.before || !mapped.after) {
    ADD_FAILURE() << "not mapped";
    return 0;
  }
  for (auto projection : mapped.network().getBody().getOps<neuro::ProjectionOp>())
    for (int64_t delay : neuro::delayStepsOf(projection)) {
      EXPECT_GE(delay, range.least) << projection.getSymName().str();
      EXPECT_LE(delay, range.most) << projection.getSymName().str();
    }
  std::map<std::string, int64_t> latencies = mapped.latencies();
  int64_t longest = 0;
  for (auto population : mapped.given().getBody().getOps<neuro::PopulationOp>()) {
    auto now = cast<neuro::PopulationOp>(mapped.network().lookupSymbol(population.getSymName()));
    latencies["@" + population.getSymName().str()] =
        neuro::startOf(now) - neuro::startOf(population);
  }
  for (auto &[name, latency] : latencies)
    longest = std::max(longest, latency);
  Rows before = runAll(mapped.given(), steps), after = runAll(mapped.network(), steps + longest);
  double spikes = 0;
  for (auto &[name, rows] : before) {
    EXPECT_TRUE(latencies.count(name)) << name;
    for (int64_t step = 0; step < steps; ++step) {
      if (rows[step] != after[name][step + latencies[name]]) {
        ADD_FAILURE() << name << " differs in step " << step;
        return 0;
      }
      for (double value : name[0] == '@' ? rows[step] : std::vector<double>())
        spikes += value;
    }
    for (int64_t step = 0; name[0] == '@' && step < latencies[name]; ++step)
      for (double value : after[name][step])
        EXPECT_EQ(value, 0) << name << " spikes before it starts";
  }
  return spikes;
}

std::string delaysText(const std::vector<int64_t> &delays, const std::string &shape) {
  std::string text;
  for (int64_t delay : delays)
    text += (text.empty() ? "" : ", ") + std::to_string(delay);
  return " delay steps dense<[" + text + "]> : tensor<" + shape + "xi64>";
}

TEST(MapDelays, AChainOfImmediateHopsIsTheSameLaterByAStepAHop) {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  auto mapped = mapDelays(R"(
    source @s [3] is #neuro.external
    population @a [3] of @Cell
    population @b [3] of @Graded
    population @c [3] of @Cell
    projection @sa from @s to @a via #neuro.one_to_one<weight = 1.1>
    projection @ab from @a to @b via #neuro.all_to_all<weight = 0.3> bias dense<[0.1, 0.2, 0.7]> : tensor<3xf64>
    projection @bc from @b to @c via #neuro.one_to_one<weight = 0.7>
    probe @pa of @a "v"
    probe @pc of @c "v"
  )",
                          context);
  // One projection a port: the order of sums is kept whatever the weights.
  EXPECT_GT(expectSameLater(mapped, {}, 100), 20);
  EXPECT_EQ(mapped.reorderedPorts(), 0u);
  EXPECT_EQ(mapped.latencies(), (std::map<std::string, int64_t>{{"pa", 1}, {"pc", 3}}));
  EXPECT_EQ(mapped.recorded("relays").getInt(), 0);
}

TEST(MapDelays, PathsOfDifferentLengthMeetInTheSameStepAsBefore) {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  auto mapped = mapDelays(R"(
    source @s [2] is #neuro.poisson<rate = 300.0>
    population @a [2] of @Cell
    population @b [2] of @Cell
    population @c [2] of @Cell
    projection @sa from @s to @a via #neuro.one_to_one<weight = 1.5>
    projection @ab from @a to @b via #neuro.one_to_one<weight = 1.5>
    projection @bc from @b to @c via #neuro.one_to_one<weight = 1.25>
    projection @sc from @s to @c via #neuro.one_to_one<weight = 0.5> bias dense<[0.25, 0.5]> : tensor<2xf64> delay 2
    projection @ac from @a to @c via #neuro.fixed_probability<probability = 0.5, weight = 0.75>
    probe @p of @c "v"
    probe @q of @b "spikes"
  )",
                          context, {2, 5});
  EXPECT_GT(expectSameLater(mapped, {2, 5}, 200), 50);
  EXPECT_EQ(mapped.latencies()["p"], 6);
  EXPECT_EQ(mapped.latencies()["q"], 4);
}

TEST(MapDelays, RecurrenceWithEnoughDelayKeepsItsPeriod) {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  auto mapped = mapDelays(R"(
    source @s [4] is #neuro.current<starts = [0, 30], values = dense<[0.5, 0.25]> : tensor<2xf64>>
    population @e [4] of @Cell
    population @i [4] of @Cell
    projection @in from @s to @e via #neuro.one_to_one<weight = 1.0>
    projection @ei from @e to @i via #neuro.all_to_all<weight = 0.75>
    projection @ie from @i to @e via #neuro.all_to_all<weight = -0.5> delay 2
    projection @ee from @e to @e via #neuro.all_to_all<weight = 0.125, allow_self = false> delay 1
  )",
                          context);
  EXPECT_GT(expectSameLater(mapped, {}, 200), 100);
}

TEST(MapDelays, LongDelaysUseOneLineOfRelaysForAllProjectionsOfASource) {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  auto mapped = mapDelays(R"(
    source @s [3] is #neuro.external
    population @a [3] of @Cell
    population @b [3] of @Cell
    projection @sa from @s to @a via #neuro.one_to_one<weight = 1.5> delay 40
    projection @ab from @a to @b via #neuro.all_to_all<weight = 0.5> bias dense<[0.5, 0.25, 0.0]> : tensor<3xf64> delay 40
    projection @aa from @a to @a via #neuro.all_to_all<weight = 0.25> delay 31
  )",
                          context);
  EXPECT_GT(expectSameLater(mapped, {}, 200), 20);
  // 40 = 15 + 15 + 10: two relays behind each of the two.
  EXPECT_EQ(mapped.recorded("relays").getInt(), 4);
  EXPECT_EQ(mapped.recorded("relay_neurons").getInt(), 12);
}

TEST(MapDelays, ADelayASynapseFrom0To100IsKept) {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  std::vector<int64_t> delays(101), starts{0}, targets;
  for (int64_t k = 0; k <= 100; ++k)
    delays[k] = k * 37 % 101; // each once
  std::string rows, columns;
  for (int64_t k = 0; k <= 101; ++k) {
    if (k % 20 == 0 || k == 101)
      rows += (k ? ", " : "") + std::to_string(k);
    if (k < 101)
      columns += (k ? ", " : "") + std::to_string(k % 7);
  }
  auto mapped =
      mapDelays(R"(
    source @s [6] is #neuro.external
    population @a [7] of @Cell
    projection @sa from @s to @a via #neuro.csr<row_starts = dense<[)" +
                    rows + "]> : tensor<7xi64>, targets = dense<[" + columns +
                    R"(]> : tensor<101xi64>, weights = 0.25> bias dense<0.125> : tensor<7xf64>)" +
                    delaysText(delays, "101") + "\n probe @p of @a \"v\"\n",
                context);
  EXPECT_GT(expectSameLater(mapped, {}, 300), 100);
  EXPECT_EQ(mapped.latencies()["p"], 1);
}

TEST(MapDelays, ARelayHasOnlyTheNeuronsThatNeedIt) {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  auto mapped = mapDelays(R"(
    source @s [4] is #neuro.spike_trains<steps = dense<[0, 2, 3, 9]> : tensor<4xi64>, neurons = dense<[3, 2, 2, 1]> : tensor<4xi64>>
    population @a [4] of @Cell
    population @b [2] of @Cell
    projection @sa from @s to @a via #neuro.one_to_one<weight = dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf64>>)" +
                              delaysText({1, 2, 12, 7}, "4") + R"(
    projection @sb from @s to @b via #neuro.dense<weights = dense<[[1.0, 0.0, 1.5, 2.0], [2.0, 1.0, 0.5, 1.0]]> : tensor<2x4xf64>> delay steps dense<[[1, 2, 3, 9], [3, 2, 5, 1]]> : tensor<2x4xi64>
  )",
                          context, {1, 5});
  EXPECT_GT(expectSameLater(mapped, {1, 5}, 60), 5);
  // Behind 5 steps neurons 2 and 3 have synapses (12, 7, 9), behind 10 neuron 2 alone.
  EXPECT_EQ(mapped.recorded("relays").getInt(), 2);
  EXPECT_EQ(mapped.recorded("relay_neurons").getInt(), 3);
}

TEST(MapDelays, ProbesOfEveryFewStepsReadTheSameStepsOfALife) {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  auto mapped = mapDelays(R"(
    source @s [2] is #neuro.external
    population @a [2] of @Cell
    population @b [2] of @Cell
    projection @sa from @s to @a via #neuro.one_to_one<weight = 1.0>
    projection @ab from @a to @b via #neuro.one_to_one<weight = 1.0>
    probe @p of @a "v" every 4
    probe @q of @b "v"
  )",
                          context);
  expectSameLater(mapped, {}, 50);
  EXPECT_EQ(mapped.latencies(), (std::map<std::string, int64_t>{{"p", 4}, {"q", 5}}));
}

TEST(MapDelays, ASecondTimeNothingChanges) {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  auto mapped = mapDelays(R"(
    source @s [2] is #neuro.external
    population @a [2] of @Cell
    projection @sa from @s to @a via #neuro.one_to_one<weight = 1.0>
    projection @aa from @a to @a via #neuro.one_to_one<weight = 1.0> delay 33
    probe @p of @a "v"
  )",
                          context);
  std::string once, twice;
  llvm::raw_string_ostream(once) << *mapped.after;
  PassManager pm(&context);
  pm.addPass(neuro::createMapDelaysPass());
  ASSERT_TRUE(succeeded(pm.run(*mapped.after)));
  llvm::raw_string_ostream(twice) << *mapped.after;
  EXPECT_EQ(once, twice);
}

//===-- random networks
//----------------------------------------------------------------------------===//

class RandomNetwork {
public:
  explicit RandomNetwork(unsigned seed) : engine(seed) {
    range.least = 1 + below(3);
    range.most = 2 * range.least - 1 + below(8);
    int64_t sources = 1 + below(2), populations = 2 + below(4);
    for (int64_t k = 0; k < sources + populations; ++k) {
      sizes.push_back(1 + below(4));
      std::string head = "n" + std::to_string(k) + " [" + std::to_string(sizes.back()) + "] ";
      text += k < sources ? "source @" + head + "is " + kinds[below(4)] + "\n"
                          : "population @" + head + "of @" + (below(4) ? "Cell" : "Graded") + "\n";
    }
    int64_t nodes = sources + populations, longest = range.least * (nodes + 1);
    for (int64_t to = sources; to < nodes; ++to)
      for (int64_t from = 0; from < nodes; ++from)
        if (from < to ? below(3) : !below(3))
          addProjection(from, to, from < to ? 0 : longest);
  }
  Range range;
  std::string text;

private:
  std::mt19937 engine;
  std::vector<int64_t> sizes;
  int projections = 0;
  const char *kinds[4] = {
      "#neuro.external", "#neuro.poisson<rate = 300.0>",
      "#neuro.current<starts = [3, 20], values = dense<[1.0, 0.5]> : tensor<2xf64>>",
      "#neuro.spike_trains<steps = dense<[0, 1, 5, 9]> : tensor<4xi64>, neurons = dense<0> : "
      "tensor<4xi64>>"};

  int64_t below(int64_t limit) { return static_cast<int64_t>(engine() % limit); }
  std::string weight() {
    int64_t eighths = 1 + below(16);
    return (below(4) ? "" : "-") + std::to_string(static_cast<double>(eighths) / 8);
  }

  void addProjection(int64_t from, int64_t to, int64_t least) {
    auto delay = [&] { return least + (below(3) ? below(5) : below(40)); };
    int64_t n = sizes[from], m = sizes[to];
    std::string connector, delays = " delay " + std::to_string(delay());
    std::vector<int64_t> each;
    switch (below(4)) {
    case 0: {
      std::string matrix;
      for (int64_t i = 0; i < m; ++i) {
        matrix += i ? ", [" : "[";
        for (int64_t j = 0; j < n; ++j) {
          matrix += (j ? ", " : "") + weight();
          each.push_back(delay());
        }
        matrix += "]";
      }
      std::string shape = std::to_string(m) + "x" + std::to_string(n);
      connector = "#neuro.dense<weights = dense<[" + matrix + "]> : tensor<" + shape + "xf64>>";
      if (below(2)) {
        std::string rows;
        for (int64_t i = 0; i < m; ++i) {
          rows += i ? ", [" : "[";
          for (int64_t j = 0; j < n; ++j)
            rows += (j ? ", " : "") + std::to_string(each[i * n + j]);
          rows += "]";
        }
        delays = " delay steps dense<[" + rows + "]> : tensor<" + shape + "xi64>";
      }
      break;
    }
    case 1: {
      std::string starts = "0", targets;
      int64_t count = 0;
      for (int64_t j = 0; j < n; ++j) {
        for (int64_t k = 1 + below(3); k > 0; --k, ++count) {
          targets += (count ? ", " : "") + std::to_string(below(m));
          each.push_back(delay());
        }
        starts += ", " + std::to_string(count);
      }
      connector = "#neuro.csr<row_starts = dense<[" + starts + "]> : tensor<" +
                  std::to_string(n + 1) + "xi64>, targets = dense<[" + targets + "]> : tensor<" +
                  std::to_string(count) + "xi64>, weights = " + weight() + ">";
      delays = delaysText(each, std::to_string(count));
      break;
    }
    case 2:
      connector = "#neuro.fixed_probability<probability = 0.6, weight = " + weight() + ">";
      break;
    default:
      if (n != m) {
        connector = "#neuro.all_to_all<weight = " + weight() + ">";
        break;
      }
      connector = "#neuro.one_to_one<weight = " + weight() + ">";
      for (int64_t j = 0; j < n; ++j)
        each.push_back(delay());
      delays = delaysText(each, std::to_string(n));
    }
    std::string bias = below(4) ? "" : " bias dense<0.25> : tensor<" + std::to_string(m) + "xf64>";
    text += "projection @p" + std::to_string(projections++) + " from @n" + std::to_string(from) +
            " to @n" + std::to_string(to) + " via " + connector + bias + delays + "\n";
    text += "probe @o" + std::to_string(projections) + " of @n" + std::to_string(to) + " \"v\"\n";
  }
};

TEST(MapDelays, RandomNetworksAreTheSameLater) {
  double spikes = 0;
  int64_t relays = 0;
  for (unsigned seed = 0; seed < 60; ++seed) {
    MLIRContext context(MLIRContext::Threading::DISABLED);
    RandomNetwork random(seed);
    Mapped mapped = mapDelays(random.text, context, random.range);
    spikes += expectSameLater(mapped, random.range, 150);
    ASSERT_FALSE(HasFailure()) << "seed " << seed << "\n" << random.text;
    relays += mapped.recorded("relays").getInt();
  }
  EXPECT_GT(spikes, 1000);
  EXPECT_GT(relays, 60);
}

//===-- against all that there are
//-----------------------------------------------------------------===//

// Counts through all vectors of `size` digits below `base`.
bool nextVector(std::vector<int64_t> &digits, int64_t base) {
  for (int64_t &digit : digits) {
    if (++digit < base)
      return true;
    digit = 0;
  }
  return false;
}

TEST(Retiming, LagsAreTheLeastOfEachNode) {
  std::mt19937 engine(3);
  auto below = [&](int64_t limit) { return static_cast<int64_t>(engine() % limit); };
  int feasible = 0, refused = 0;
  for (int trial = 0; trial < 300; ++trial) {
    size_t nodes = 2 + below(3);
    std::vector<int64_t> periods(nodes, 1);
    if (trial % 3 == 0)
      periods[below(static_cast<int64_t>(nodes))] = 2 + below(2);
    std::vector<neuro::Hop> hops;
    for (size_t from = 0; from < nodes; ++from)
      for (size_t to = 0; to < nodes; ++to)
        if (below(3) == 0)
          hops.push_back({from, to, below(from < to ? 2 : 6)});
    int64_t minDelay = 1 + below(2), bound = 12;
    std::vector<int64_t> lags(nodes, 0), least(nodes, bound);
    bool any = false;
    do {
      bool fits = true;
      for (size_t v = 0; v < nodes; ++v)
        fits = fits && lags[v] % periods[v] == 0;
      for (auto [from, to, delay] : hops)
        fits = fits && delay + lags[to] - lags[from] >= minDelay;
      any = any || fits;
      for (size_t v = 0; fits && v < nodes; ++v)
        least[v] = std::min(least[v], lags[v]);
    } while (nextVector(lags, bound));
    neuro::Retiming retiming = neuro::retime(hops, periods, minDelay);
    ASSERT_EQ(retiming.cycle.empty() && retiming.settled, any) << trial;
    ++(any ? feasible : refused);
    if (any) {
      EXPECT_EQ(retiming.lags, least) << trial;
      continue;
    }
    // The cycle is one, and has too little.
    int64_t total = 0;
    ASSERT_FALSE(retiming.cycle.empty());
    ASSERT_EQ(retiming.cycle.front(), retiming.cycle.back());
    for (size_t k = 0; k + 1 < retiming.cycle.size(); ++k) {
      auto hop = llvm::find_if(hops, [&](const neuro::Hop &candidate) {
        return candidate.from == retiming.cycle[k] && candidate.to == retiming.cycle[k + 1];
      });
      ASSERT_NE(hop, hops.end());
      total += hop->delay;
    }
    EXPECT_EQ(total, retiming.cycleDelay);
    EXPECT_LT(total, minDelay * static_cast<int64_t>(retiming.cycle.size() - 1));
  }
  EXPECT_GT(feasible, 50);
  EXPECT_GT(refused, 50);
}

TEST(Retiming, NoShorterChainOfRelaysReachesAllDelays) {
  std::mt19937 engine(4);
  auto below = [&](int64_t limit) { return static_cast<int64_t>(engine() % limit); };
  for (int trial = 0; trial < 200; ++trial) {
    int64_t low = 1 + below(2), high = 2 * low - 1 + below(3);
    std::vector<int64_t> delays;
    for (int64_t k = 1 + below(4); k > 0; --k)
      delays.push_back(low + below(12 - low));
    auto reaches = [&](const std::vector<int64_t> &positions) {
      auto fits = [&](int64_t hop) { return low <= hop && hop <= high; };
      for (size_t k = 0; k < positions.size(); ++k)
        if (!fits(positions[k] - (k ? positions[k - 1] : 0)))
          return false;
      return llvm::all_of(delays, [&](int64_t delay) {
        return fits(delay) ||
               llvm::any_of(positions, [&](int64_t position) { return fits(delay - position); });
      });
    };
    size_t fewest = 99;
    for (unsigned set = 0; set < 1u << 11; ++set) {
      std::vector<int64_t> positions;
      for (int64_t position = 1; position <= 11; ++position)
        if (set >> (position - 1) & 1)
          positions.push_back(position);
      if (reaches(positions))
        fewest = std::min(fewest, positions.size());
    }
    std::vector<int64_t> found = neuro::relayPositions(delays, low, high, 100);
    EXPECT_TRUE(reaches(found)) << trial;
    EXPECT_EQ(found.size(), fewest) << trial;
  }
}

} // namespace
