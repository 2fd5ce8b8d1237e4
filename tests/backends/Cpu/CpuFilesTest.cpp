// What 'engram compile' gives to a C programmer: the files are run, linked and looked into.
#include "backends/Cpu/CApi.h"
#include "dialects/Neuro/IR/Instance.h"
#include "lowering/NIRToNeuro/ImportNIR.h"
#include "lowering/Pipelines/Pipelines.h"
#include "runtime/Npy.h"
#include "tests/backends/Cpu/EmittedNetwork.h"
#include "tests/conformance/Conformance.h"
#include <cmath>
#include <dlfcn.h>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <thread>

using namespace engram;
using namespace engram::cputest;
using cpu::FileKind;

static const std::string strictC = ENGRAM_CC " -std=c99 -Wall -Wextra -Werror -pedantic ";

namespace {

class CpuFilesTest : public testing::Test {
protected:
  std::unique_ptr<mlir::MLIRContext> context = conformance::createContext();
  TemporaryFolder folder;

  mlir::OwningOpRef<mlir::ModuleOp> discreteOf(const std::string &text) {
    auto module = conformance::parseComplete(text, context.get());
    return module ? conformance::discretized(*module) : nullptr;
  }
  Lowered lowerText(const std::string &text) { return lower(*discreteOf(text)); }

  void write(const std::string &name, const std::string &text) {
    std::ofstream(folder / name) << text;
  }
};

/// A shared object that has been loaded, with one instance of its network.
class Loaded {
public:
  Loaded(const std::string &path, const std::string &prefix)
      : handle(dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL)), prefix(prefix) {
    if (handle)
      instance = call<void *()>("create")();
  }
  ~Loaded() {
    call<void(void *)>("destroy")(instance);
    dlclose(handle);
  }
  template <typename F> F *call(const std::string &name) const {
    return reinterpret_cast<F *>(dlsym(handle, (prefix + "_" + name).c_str()));
  }
  /// An array of the instance; null if it has no accessor.
  template <typename T> T *array(const std::string &name) const {
    auto *accessor = call<T *(void *)>(cpu::cName(name));
    return accessor ? accessor(instance) : nullptr;
  }
  void step() { call<void(void *)>("step")(instance); }
  void reset() { call<void(void *)>("reset")(instance); }

  void *handle;
  std::string prefix;
  void *instance = nullptr;
};

// A machine over a loaded object, so that the harness of the conformance tests can run it.
class LoadedMachine : public Machine {
public:
  LoadedMachine(Loaded &loaded, const NetworkInfo &info) : loaded(loaded), networkInfo(info) {}
  const NetworkInfo &info() const override { return networkInfo; }
  void reset() override { loaded.reset(); }
  int64_t stepsDone() const override {
    return loaded.call<int64_t(const void *)>("steps")(loaded.instance);
  }
  void step(const std::vector<const double *> &values) override {
    for (size_t k = 0; k < values.size(); ++k)
      std::copy_n(values[k], networkInfo.inputs[k].size,
                  loaded.array<double>(networkInfo.inputs[k].name + ".input"));
    loaded.step();
  }
  void readSpikes(size_t p, double *out) const override {
    const PopulationInfo &population = networkInfo.populations[p];
    std::copy_n(loaded.array<uint8_t>(population.name + ".spikes"), population.size, out);
  }
  void readProbe(size_t p, double *out) const override {
    const ProbeInfo &probe = networkInfo.probes[p];
    const double *values = loaded.array<double>(probe.target + "." + probe.variable);
    for (int64_t k = 0; k < probe.size; ++k)
      out[k] = values ? values[probe.neurons.empty() ? k : probe.neurons[k]] : 0;
  }

private:
  Loaded &loaded;
  NetworkInfo networkInfo;
};

} // namespace

static const char *noisyNetwork = R"(
neuro.model @Noisy {
  %v = state "v" = 0.0
  %I = input "I"
  update {
    %u = uniform 0 : f64
    %a = arith.addf %v, %u : f64
    %b = arith.addf %a, %I : f64
    assign %v, %b : f64
  }
  fire {
    %c = arith.constant 2.0 : f64
    %f = arith.cmpf ogt, %v, %c : f64
    yield %f : i1
  }
  reset {
    %z = arith.constant 0.0 : f64
    assign %v, %z : f64
  }
}
)";

static std::string noisy(const std::string &name, const std::string &population = "cells") {
  return noisyNetwork + fmt::format(R"(neuro.network @{} dt = 1.0 ms seed = 3 {{
  source @in [5] is #neuro.external
  population @{} [5] of @Noisy
  projection @p from @in to @{} via #neuro.one_to_one<weight = 0.5>
}})",
                                    name, population, population);
}

TEST_F(CpuFilesTest, SharedObjectEqualsInterpreterBitForBit) {
  auto module = conformance::loadComplete(ENGRAM_SOURCE_DIR "/tests/conformance/connectors.mlir",
                                          context.get());
  auto discrete = conformance::discretized(*module);
  ASSERT_EQ(lower(*discrete).emit(FileKind::Shared, folder / "connectors.so"), "");
  Loaded loaded(folder / "connectors.so", "connectors");
  ASSERT_NE(loaded.instance, nullptr) << dlerror();
  auto interpreter = conformance::interpret(*discrete);
  LoadedMachine machine(loaded, interpreter->info());
  auto expected = conformance::run(*interpreter, 60);
  EXPECT_EQ(conformance::firstDifference(expected, conformance::run(machine, 60), 0), "");
  EXPECT_EQ(machine.stepsDone(), 60);
  // Again: a reset forgets everything.
  EXPECT_EQ(conformance::firstDifference(expected, conformance::run(machine, 60), 0), "");
}

// Rows of several events are added at once, which must not change the order of a target's sum.
TEST_F(CpuFilesTest, DenseSumsKeepTheirOrderFromSpikesAndFromGradedInputs) {
  std::string numbers;
  for (int k = 0; k < 5 * 40; ++k)
    numbers += fmt::format("{}{:.17e}", k % 40 == 0 ? (k ? "], [" : "[") : ", ",
                           std::sin(k * 1.7) * std::pow(10.0, k % 5 - 3));
  auto weights = "dense<[" + numbers + "]]> : tensor<5x40xf64>";
  auto module = conformance::parseComplete(fmt::format(R"(neuro.network @order dt = 1.0 ms {{
  source @in [40] is #neuro.external
  population @relay [40] of @LIF parameters {{tau = 2.0, v_threshold = 0.05}}
  population @graded [5] of @LIF parameters {{tau = 5.0, v_threshold = 1000.0}}
  population @spiked [5] of @LIF parameters {{tau = 5.0, v_threshold = 1000.0}}
  projection @a from @in to @relay via #neuro.one_to_one<weight = 1.0>
  projection @b from @in to @graded via #neuro.dense<weights = {0}>
  projection @c from @relay to @spiked via #neuro.dense<weights = {0}>
  probe @vg of @graded "v"
  probe @vs of @spiked "v"
}})",
                                                       weights),
                                           context.get());
  ASSERT_TRUE(module);
  auto discrete = conformance::discretized(*module);
  auto interpreter = conformance::interpret(*discrete),
       native = conformance::compileForCpu(*discrete);
  ASSERT_TRUE(interpreter && native);
  EXPECT_EQ(conformance::firstDifference(conformance::run(*interpreter, 50),
                                         conformance::run(*native, 50), 0),
            "");
}

TEST_F(CpuFilesTest, ObjectNeedsOnlyTheCLibraryAndShowsOnlyItsNetwork) {
  ASSERT_EQ(lowerText(noisy("net")).emit(FileKind::Shared, folder / "net.so"), "");
  std::istringstream symbols(runCommand("nm -D " + folder / "net.so").text);
  int shown = 0;
  for (std::string line; std::getline(symbols, line);) {
    std::istringstream words(line.size() > 17 ? line.substr(17) : "");
    std::string kind, name;
    words >> kind >> name;
    if (kind == "U") {
      std::string plain = name.substr(0, name.find('@'));
      EXPECT_TRUE(plain == "aligned_alloc" || plain == "free" || plain == "memset" ||
                  plain == "memcpy")
          << line;
    } else if (kind != "w") {
      EXPECT_EQ(name.rfind("net_", 0), 0u) << line;
      ++shown;
    }
  }
  EXPECT_GE(shown, 9) << "create, destroy, reset, step, steps, layout, input, spikes, v";
  std::string needed = runCommand("readelf -d " + folder / "net.so | grep NEEDED").text;
  for (std::istringstream lines(needed); std::getline(lines, needed);)
    EXPECT_TRUE(needed.find("[libc.so") != std::string::npos ||
                needed.find("[libm.so") != std::string::npos)
        << needed;
}

// What instances share cannot change, so threads need no locks.
TEST_F(CpuFilesTest, CodeHasNoWritableData) {
  ASSERT_EQ(lowerText(noisy("net")).emit(FileKind::Object, folder / "net.o"), "");
  Output sections = runCommand("size -A " + folder / "net.o");
  ASSERT_EQ(sections.status, 0);
  std::istringstream lines(sections.text);
  bool sawCode = false;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string name;
    int64_t size = 0;
    words >> name >> size;
    sawCode |= name == ".text" && size > 0;
    bool writable = name == ".data" || name == ".bss" || name == ".tdata" || name == ".tbss";
    EXPECT_FALSE(writable && size > 0) << line;
  }
  EXPECT_TRUE(sawCode);
}

TEST_F(CpuFilesTest, InstancesInThreadsDoNotDisturbEachOther) {
  ASSERT_EQ(lowerText(noisy("net")).emit(FileKind::Shared, folder / "net.so"), "");
  Loaded first(folder / "net.so", "net");
  constexpr int steps = 20000, threads = 8;
  auto lastState = [&](int drive) {
    void *network = first.call<void *()>("create")();
    double *input = first.call<double *(void *)>("in_input")(network);
    const double *v = first.call<const double *(void *)>("cells_v")(network);
    std::fill_n(input, 5, drive);
    double sum = 0;
    for (int step = 0; step < steps; ++step) {
      first.call<void(void *)>("step")(network);
      sum += v[step % 5];
    }
    first.call<void(void *)>("destroy")(network);
    return sum;
  };
  std::vector<double> alone, together(threads);
  for (int k = 0; k < threads; ++k)
    alone.push_back(lastState(k % 3));
  EXPECT_NE(alone[0], alone[1]);
  std::vector<std::thread> running;
  for (int k = 0; k < threads; ++k)
    running.emplace_back([&, k] { together[k] = lastState(k % 3); });
  for (std::thread &thread : running)
    thread.join();
  EXPECT_EQ(together, alone);
}

TEST_F(CpuFilesTest, TwoNetworksLinkIntoOneProgram) {
  for (std::string name : {"left", "right"}) {
    Lowered lowered = lowerText(noisy(name));
    ASSERT_EQ(lowered.emit(FileKind::Object, folder / (name + ".o")), "");
    lowered.writeHeader(folder / (name + ".h"));
  }
  write("both.c", R"(#include "left.h"
#include "right.h"
#include <stdio.h>
int main(void) {
  left *a = left_create();
  right *b = right_create();
  double sum = 0;
  for (int k = 0; k < 100; ++k) {
    left_step(a);
    right_step(b);
    sum += left_cells_v(a)[0];
  }
  /* The same network and seed under two names; streams are named by population. */
  printf("%d %d\n", left_cells_v(a)[0] == right_cells_v(b)[0], sum > 0);
  left_destroy(a);
  right_destroy(b);
  left_destroy(0);
  return 0;
}
)");
  std::string at = folder.path.string();
  Output built = runCommand(strictC + fmt::format("-I{0} {0}/both.c {0}/left.o {0}/right.o -lm -o "
                                                  "{0}/both",
                                                  at));
  ASSERT_EQ(built.status, 0) << built.text;
  EXPECT_EQ(runCommand(at + "/both").text, "1 1\n");
}

// Names that are no names in C, end a comment, are keywords, or differ in what C cannot show.
TEST_F(CpuFilesTest, OddNamesGiveAHeaderForCAndForCxx) {
  int number = 0;
  for (std::string name : {"\"a.b-c */ int x; /*\"", "int", "\"9 lives\"", "\"trigraph ?\?/\"",
                           "\"\xC3\xA4\"", "main"}) {
    Lowered lowered = lowerText(noisy(name, "\"in put/*\""));
    ASSERT_TRUE(lowered.module) << name;
    std::string base = "odd" + std::to_string(number++), at = folder.path.string();
    ASSERT_EQ(lowered.emit(FileKind::Object, folder / (base + ".o")), "") << name;
    lowered.writeHeader(folder / (base + ".h"));
    std::string prefix = cpu::cName(lowered.abi.network);
    std::string text =
        fmt::format("#include \"{0}.h\"\nint main(void) {{\n  {1} *n = {1}_create();\n"
                    "  {1}_step(n);\n  {1}_in_input(n)[0] = 1;\n  {1}_step(n);\n"
                    "  int64_t steps = {1}_steps(n);\n  {1}_destroy(n);\n"
                    "  return steps == 2 && {1}_layout() == {2}_LAYOUT ? 0 : 1;\n}}\n",
                    base, prefix, llvm::StringRef(prefix).upper());
    write(base + ".c", text);
    write(base + ".cc", text);
    for (std::string compiler :
         {strictC, std::string(ENGRAM_CXX " -std=c++17 -Wall -Wextra -Werror -pedantic ")}) {
      std::string source = compiler == strictC ? base + ".c" : base + ".cc";
      Output built = runCommand(
          compiler + fmt::format("-I{0} {0}/{1} {0}/{2}.o -lm -o {0}/{2}", at, source, base));
      ASSERT_EQ(built.status, 0) << name << "\n" << built.text;
      EXPECT_EQ(runCommand(at + "/" + base).status, 0) << name;
    }
  }
}

TEST_F(CpuFilesTest, NamesThatBecomeOneInCStayApart) {
  auto lowered = lowerText(noisyNetwork + std::string(R"(neuro.network @net dt = 1.0 ms {
  population @"a.b" [2] of @Noisy
  population @a_b [3] of @Noisy
  population @A_B [4] of @Noisy
})"));
  ASSERT_EQ(lowered.emit(FileKind::Object, folder / "net.o"), "");
  lowered.writeHeader(folder / "net.h");
  write("use.c", "#include \"net.h\"\nint sizes[] = {NET_A_B_V_SIZE, NET_A_B_V__SIZE, "
                 "NET_A_B_V___SIZE};\n");
  Output built =
      runCommand(strictC + fmt::format("-I{0} -c {0}/use.c -o {0}/use.o", folder.path.string()));
  EXPECT_EQ(built.status, 0) << built.text;
}

TEST_F(CpuFilesTest, SameNetworkGivesSameBytes) {
  std::string first, second;
  for (std::string *bytes : {&first, &second}) {
    ASSERT_EQ(lowerText(noisy("net")).emit(FileKind::Object, folder / "net.o"), "");
    std::ifstream file(folder / "net.o", std::ios::binary);
    bytes->assign(std::istreambuf_iterator<char>(file), {});
  }
  EXPECT_FALSE(first.empty());
  EXPECT_EQ(first, second);
}

TEST_F(CpuFilesTest, LayoutNumberChangesWithTheLayout) {
  int64_t layout = cpu::layoutOf(lowerText(noisy("net")).abi);
  EXPECT_GT(layout, 0);
  EXPECT_EQ(layout, cpu::layoutOf(lowerText(noisy("net")).abi));
  EXPECT_NE(layout, cpu::layoutOf(lowerText(noisy("net", "sells")).abi));
}

TEST_F(CpuFilesTest, UnknownCpuIsAnError) {
  std::string said;
  mlir::ScopedDiagnosticHandler handler(
      context.get(), [&](mlir::Diagnostic &diagnostic) { said += diagnostic.str(); });
  Lowered lowered = lowerText(noisy("net"));
  EXPECT_EQ(lowered.emit(FileKind::Object, folder / "net.o", {"z80", 3}),
            "no code can be made for cpu 'z80'");
  EXPECT_EQ(said, "unknown cpu 'z80'; try 'native' or 'x86-64-v3'");
  EXPECT_TRUE(folder.files().empty());
}

TEST_F(CpuFilesTest, NothingIsLeftWhereNothingCanBeWritten) {
  Lowered lowered = lowerText(noisy("net"));
  std::filesystem::create_directory(folder.path / "taken");
  for (FileKind kind : {FileKind::Object, FileKind::Shared, FileKind::Assembly, FileKind::LLVMIR}) {
    for (std::string path : {folder / "none/net.so", folder / "taken"}) {
      std::string message = lowered.emit(kind, path);
      EXPECT_NE(message.find(path), std::string::npos) << message;
      EXPECT_EQ(folder.files(), std::vector<std::string>{"taken"});
    }
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path / "taken"));
}

// The trained digits from plain C, with the shared object and with the object; snnTorch counted the
// expected spikes.
TEST_F(CpuFilesTest, DigitsExampleInCCountsTheSpikesThatSnnTorchCounts) {
  const std::string digits = ENGRAM_SOURCE_DIR "/examples/digits/";
  auto imported = nir::importNIR(digits + "digits.nir", context.get(), {});
  ASSERT_TRUE(mlir::succeeded(imported));
  mlir::PassManager manager(context.get());
  PipelineOptions options;
  buildNeuroPipeline(manager, options);
  ASSERT_TRUE(mlir::succeeded(manager.run(**imported)));
  auto discrete = conformance::discretized(**imported);
  Lowered lowered = lower(*discrete);
  lowered.writeHeader(folder / "digits.h");
  auto counts = readNpy(digits + "expected_counts.npy");
  ASSERT_TRUE(counts) << counts.error().message;
  std::string expected;
  for (int64_t k = 0; k < counts->size(); ++k)
    expected += fmt::format("{}{}", counts->as<int64_t>()[k], k % 10 == 9 ? '\n' : ' ');
  for (auto [kind, file] :
       {std::pair(FileKind::Shared, "digits.so"), {FileKind::Object, "digits.o"}}) {
    ASSERT_EQ(lowered.emit(kind, folder / file), "");
    std::string at = folder.path.string();
    Output built = runCommand(
        strictC + fmt::format("-I{0} {1}run_digits.c {0}/{2} -lm -o {0}/run", at, digits, file));
    ASSERT_EQ(built.status, 0) << built.text;
    Output output = runCommand(at + "/run " + digits + "digits_test_images.npy");
    EXPECT_EQ(output.status, 0);
    EXPECT_EQ(output.text, expected) << file;
  }
}
