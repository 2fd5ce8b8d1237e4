// The networks of Vogels and Abbott: activity as Brian2 has it
// (examples/vogels_abbott/check_with_brian2.py), and native code equal to the interpreter for small
// ones.
#include "tests/conformance/Conformance.h"
#include <cmath>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

using namespace engram;

static std::string textOf(const std::string &name) {
  std::ifstream file(ENGRAM_SOURCE_DIR "/examples/vogels_abbott/" + name + ".mlir");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

static void replaceAll(std::string &text, const std::string &from, const std::string &to) {
  for (size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

/// Mean rate, and mean coefficient of variation of the intervals of neurons that have at least
/// five.
struct Activity {
  double rate = 0, cv = 0;
};

static Activity activityOf(Machine &machine, double skipSeconds, double seconds) {
  const NetworkInfo &info = machine.info();
  std::vector<std::vector<int64_t>> times;
  std::vector<size_t> first;
  for (const PopulationInfo &population : info.populations) {
    first.push_back(times.size());
    times.resize(times.size() + population.size);
  }
  std::vector<double> row;
  auto steps = static_cast<int64_t>(std::lround(seconds / info.dtSeconds));
  auto skip = static_cast<int64_t>(std::lround(skipSeconds / info.dtSeconds));
  for (int64_t step = 0; step < steps; ++step) {
    machine.step({});
    for (size_t p = 0; step >= skip && p < info.populations.size(); ++p) {
      row.resize(info.populations[p].size);
      machine.readSpikes(p, row.data());
      for (size_t i = 0; i < row.size(); ++i)
        if (row[i] != 0)
          times[first[p] + i].push_back(step);
    }
  }
  Activity activity;
  int64_t spikes = 0, counted = 0;
  for (const auto &list : times) {
    spikes += static_cast<int64_t>(list.size());
    if (list.size() < 6)
      continue;
    double sum = 0, squares = 0, n = static_cast<double>(list.size() - 1);
    for (size_t k = 1; k < list.size(); ++k) {
      auto interval = static_cast<double>(list[k] - list[k - 1]);
      sum += interval;
      squares += interval * interval;
    }
    double mean = sum / n;
    activity.cv += std::sqrt(std::max(0.0, squares / n - mean * mean)) / mean;
    ++counted;
  }
  activity.rate =
      static_cast<double>(spikes) / static_cast<double>(times.size()) / (seconds - skipSeconds);
  activity.cv /= static_cast<double>(std::max<int64_t>(counted, 1));
  return activity;
}

class VogelsAbbottTest : public testing::Test {
protected:
  std::unique_ptr<mlir::MLIRContext> context = conformance::createContext();

  /// Mean over three seeds of the activity between 0.2 and 2.2 s.
  Activity meanActivity(const std::string &name) {
    Activity mean;
    for (std::string seed : {"1", "2", "3"}) {
      std::string text = textOf(name);
      replaceAll(text, "seed = 1 {", "seed = " + seed + " {");
      auto module = conformance::parseComplete(text, context.get());
      auto discrete = conformance::discretized(*module);
      auto machine = conformance::compileForCpu(*discrete);
      Activity one = activityOf(*machine, 0.2, 2.2);
      mean.rate += one.rate / 3;
      mean.cv += one.cv / 3;
      RecordProperty(name + "_seed_" + seed,
                     std::to_string(one.rate) + " Hz, CV " + std::to_string(one.cv));
      printf("%s: seed %s: %.3f Hz, CV %.3f\n", name.c_str(), seed.c_str(), one.rate, one.cv);
    }
    return mean;
  }

  // 400 neurons, ten times as often connected.
  void expectNativeEqualsInterpreter(const std::string &name) {
    std::string text = textOf(name);
    replaceAll(text, "[3200]", "[320]");
    replaceAll(text, "[800]", "[80]");
    replaceAll(text, "probability = 0.02", "probability = 0.2");
    auto module = conformance::parseComplete(text, context.get());
    ASSERT_TRUE(module);
    auto discrete = conformance::discretized(*module);
    auto interpreter = conformance::interpret(*discrete),
         native = conformance::compileForCpu(*discrete);
    ASSERT_TRUE(interpreter && native);
    auto trace = conformance::run(*interpreter, 2000);
    EXPECT_EQ(conformance::firstDifference(trace, conformance::run(*native, 2000), 0), "");
    double spikes = 0;
    for (auto &row : trace.values)
      for (double value : row)
        spikes += value;
    EXPECT_GT(spikes, 400) << "a network in which nothing happens shows nothing";
  }
};

TEST_F(VogelsAbbottTest, SmallCubaIsTheSameNativeAndInterpreted) {
  expectNativeEqualsInterpreter("cuba");
}
TEST_F(VogelsAbbottTest, SmallCobaIsTheSameNativeAndInterpreted) {
  expectNativeEqualsInterpreter("coba");
}

// Brian2 2.9.0, ten seeds, 0.2 to 2.2 s: 5.41 to 6.13 Hz, CV 0.60 to 0.63.
TEST_F(VogelsAbbottTest, CubaIsAsActiveAsInBrian2) {
  Activity activity = meanActivity("cuba");
  EXPECT_NEAR(activity.rate, 5.6, 0.5);
  EXPECT_NEAR(activity.cv, 0.62, 0.04);
}

// Brian2 2.9.0, ten seeds, 0.2 to 2.2 s: 16.2 to 19.8 Hz, CV 1.63 to 1.78, with a refractory time
// that is a step shorter.
TEST_F(VogelsAbbottTest, CobaIsAsActiveAsInBrian2) {
  Activity activity = meanActivity("coba");
  EXPECT_NEAR(activity.rate, 17.9, 2.2);
  EXPECT_NEAR(activity.cv, 1.68, 0.15);
}
