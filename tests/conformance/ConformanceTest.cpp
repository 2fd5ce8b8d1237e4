// Each network of this folder, on every machine. 'options' in the first line of a file: '//
// steps=200 ulps=4', the tolerance between the equations as the interpreter integrates them and
// their discrete form.
#include "tests/conformance/Conformance.h"
#include <fstream>
#include <gtest/gtest.h>

using namespace engram;
using namespace engram::conformance;

static const std::string folder = ENGRAM_SOURCE_DIR "/tests/conformance/";

static int64_t option(const std::string &file, const std::string &name, int64_t fallback) {
  std::ifstream stream(file);
  std::string line;
  std::getline(stream, line);
  size_t at = line.find(name + "=");
  return at == std::string::npos ? fallback : std::stoll(line.substr(at + name.size() + 1));
}

class ConformanceTest : public testing::TestWithParam<std::string> {
protected:
  std::string file() const { return folder + GetParam() + ".mlir"; }
  std::unique_ptr<mlir::MLIRContext> context = createContext();
};

// The discrete network is the same on the interpreter and as native code, bit for bit, in double
// and single precision.
static void expectEqualBits(const std::string &file, mlir::MLIRContext *context,
                            const std::string &precision) {
  auto module = loadComplete(file, context);
  ASSERT_TRUE(module);
  auto discrete = discretized(*module, precision);
  ASSERT_TRUE(discrete);
  probeAll(*discrete);
  auto interpreter = interpret(*discrete), native = compileForCpu(*discrete);
  ASSERT_TRUE(interpreter && native);
  int64_t steps = option(file, "steps", 100);
  EXPECT_EQ(firstDifference(run(*interpreter, steps), run(*native, steps), 0), "");
}

TEST_P(ConformanceTest, NativeCodeEqualsInterpreterInDoublePrecision) {
  expectEqualBits(file(), context.get(), "f64");
}
TEST_P(ConformanceTest, NativeCodeEqualsInterpreterInSinglePrecision) {
  expectEqualBits(file(), context.get(), "f32");
}

TEST_P(ConformanceTest, DiscreteFormEqualsEquations) {
  auto module = loadComplete(file(), context.get());
  ASSERT_TRUE(module);
  auto discrete = discretized(*module);
  ASSERT_TRUE(discrete);
  auto equations = interpret(*module), steps = interpret(*discrete);
  ASSERT_TRUE(equations && steps);
  int64_t count = option(file(), "steps", 100);
  Trace trace = run(*equations, count);
  Trace other = run(*steps, count);
  int64_t ulps = option(file(), "ulps", 0);
  EXPECT_EQ(firstDifference(trace, other, ulps), "");
  // A tolerance that nobody needs hides something; other libraries of functions may differ by a few
  // units.
  double needed = largestDifference(trace, other);
  EXPECT_LE(static_cast<double>(ulps), 4 * needed) << "needed: " << needed;
}

// A network in which nothing happens would show nothing.
TEST_P(ConformanceTest, SomethingHappens) {
  auto module = loadComplete(file(), context.get());
  ASSERT_TRUE(module);
  auto machine = interpret(*module);
  ASSERT_TRUE(machine);
  Trace trace = run(*machine, option(file(), "steps", 100));
  bool moves = false;
  for (auto &row : trace.values)
    moves |= row != trace.values.front();
  EXPECT_TRUE(moves);
}

static std::string nameOf(const testing::TestParamInfo<std::string> &info) {
  return testName(info.param);
}

INSTANTIATE_TEST_SUITE_P(Networks, ConformanceTest, testing::ValuesIn(networks()), nameOf);

/// What once was wrong, or was made wrong to see that it shows: small networks that engram-reduce
/// left.
class RegressionTest : public ConformanceTest {};

TEST_P(RegressionTest, NativeCodeEqualsInterpreterInDoublePrecision) {
  expectEqualBits(file(), context.get(), "f64");
}
TEST_P(RegressionTest, NativeCodeEqualsInterpreterInSinglePrecision) {
  expectEqualBits(file(), context.get(), "f32");
}

INSTANTIATE_TEST_SUITE_P(Networks, RegressionTest, testing::ValuesIn(networks("regressions/")),
                         nameOf);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(RegressionTest);
