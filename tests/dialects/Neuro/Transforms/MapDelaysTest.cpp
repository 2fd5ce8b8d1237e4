// neuro-map-delays by running: a mapped network shows what the one that was given does, later by
// the latency that is recorded. Least lags and shortest chains against all that there are.
#include "dialects/Neuro/Transforms/Retiming.h"
#include "tests/dialects/Neuro/Transforms/MapDelaysTestSupport.h"
#include <random>

using namespace mlir;
using namespace engram;
using namespace engram::tests;

namespace {

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
  /// Of floats, or of fixed-point numbers.
  explicit RandomNetwork(unsigned seed, bool fixed = false) : fixed(fixed), engine(seed) {
    range.least = 1 + below(3);
    range.most = 2 * range.least - 1 + below(8);
    int64_t sources = 1 + below(2), populations = 2 + below(4);
    for (int64_t k = 0; k < sources + populations; ++k) {
      sizes.push_back(1 + below(4));
      std::string head = "n" + std::to_string(k) + " [" + std::to_string(sizes.back()) + "] ";
      text += k < sources ? "source @" + head + "is " + kinds[below(4)] +
                                (fixed ? " as !fx.uq<3,2>\n" : "\n")
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
  bool fixed;
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
            " to @n" + std::to_string(to) + " via " + connector + (fixed ? " as !fx.q<3,3>" : "") +
            bias + delays + "\n";
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

// Costs by the seed, so that each way comes up; sums at fixed-point ports may be delayed wherever
// they come from.
TEST(MapDelays, RandomFixedPointNetworksAreTheSameLaterWhicheverWayTheirDelaysGo) {
  double spikes = 0;
  std::map<std::string, int> ways;
  for (unsigned seed = 0; seed < 60; ++seed) {
    MLIRContext context(MLIRContext::Threading::DISABLED);
    RandomNetwork random(seed, /*fixed=*/true);
    neuro::MapDelaysPassOptions options;
    options.extensionCoreCost = seed % 3 == 0 ? 3.5 : 0;
    options.extensionNeurons = 3;
    options.extensionStages = 2;
    Mapped mapped = mapDelays(random.text, context, random.range, options, fixedModels);
    spikes += expectSameLater(mapped, random.range, 150);
    ASSERT_FALSE(HasFailure()) << "seed " << seed << "\n" << random.text;
    EXPECT_EQ(mapped.reorderedPorts(), 0u);
    for (auto projection : mapped.given().getBody().getOps<neuro::ProjectionOp>())
      ++ways[mapped.wayOf(projection.getSymName())];
  }
  EXPECT_GT(spikes, 1000);
  for (const char *way : {"source", "extension", "target"})
    EXPECT_GT(ways[way], 10) << way;
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
