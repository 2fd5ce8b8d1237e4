// Each model of the library by each method, alone on one core: it gives the interpreter's bits on
// the golden model and in Verilator, or says what it needs. What is refused is listed, so that a
// model that no longer fits, or now does, is noticed.
#include "backends/Accelerator/AcceleratorMachine.h"
#include "dialects/NCore/IR/NCoreDialect.h"
#include "dialects/Neuro/IR/Instance.h"
#include "runtime/accelerator/RtlDevice.h"
#include "tests/conformance/FixedPoint.h"
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <regex>

using namespace engram;
using namespace mlir;

namespace {

/// A population of one of the files 'models-*' of the conformance tests.
struct Case {
  std::string file, population;
};

std::vector<Case> cases() {
  std::vector<Case> found;
  const std::regex line("  population @(\\w+) .*");
  for (const std::string &name : conformance::networks()) {
    if (name.rfind("models-", 0) != 0)
      continue;
    std::ifstream file(ENGRAM_SOURCE_DIR "/tests/conformance/" + name + ".mlir");
    std::smatch match;
    for (std::string text; std::getline(file, text);)
      if (std::regex_match(text, match, line))
        found.push_back({name, match[1]});
  }
  return found;
}

/// The network with one of its populations and what belongs to it.
OwningOpRef<ModuleOp> alone(const Case &which, MLIRContext *context) {
  auto module = conformance::loadComplete(
      ENGRAM_SOURCE_DIR "/tests/conformance/" + which.file + ".mlir", context);
  if (!module)
    return {};
  for (auto network : module->getOps<neuro::NetworkOp>())
    for (Operation &op : llvm::make_early_inc_range(network.getBody().front())) {
      auto population = dyn_cast<neuro::PopulationOp>(op);
      auto projection = dyn_cast<neuro::ProjectionOp>(op);
      auto probe = dyn_cast<neuro::ProbeOp>(op);
      if ((population && population.getSymName() != which.population) ||
          (projection && projection.getTarget() != which.population) ||
          (probe && probe.getTarget() != which.population))
        op.erase();
    }
  module = conformance::discretized(*module);
  return module ? conformance::quantized(*module, 8, 50) : std::move(module);
}

Expected<std::unique_ptr<a1::Device>> makeRtl(const a1::ChipParameters &parameters) {
  return a1::loadRtlDevice(parameters, {});
}

conformance::Outcome compare(ModuleOp fixed, const std::string &target, int64_t steps,
                             const a1::MakeDevice &make) {
  return conformance::compare(fixed, target, "engram", steps, 1, [&](neuro::NetworkOp network) {
    return a1::createMachine(network, make);
  });
}

/// A chip with programs of 256 instructions.
std::string longPrograms() {
  std::ifstream file(ENGRAM_SOURCE_DIR "/dialects/NCore/Targets/engram-a1.mlir");
  std::string text((std::istreambuf_iterator<char>(file)), {});
  for (auto [from, to] : {std::pair("grid = [4, 4]", "grid = [1, 1]"),
                          std::pair("program_length = 64", "program_length = 256")}) {
    size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    text.replace(at, std::string(from).size(), to);
  }
  std::string path = testing::TempDir() + "long-programs.mlir";
  std::ofstream(path) << text;
  return path;
}

/// Why models are refused by the chip of the target, and by one with longer programs; empty if that
/// takes them.
struct Need {
  int count;
  const char *what;
  int limit;
  bool alsoLong; ///< longer programs do not help

  std::string message(const std::string &population) const {
    return "'" + population + "' needs " + std::to_string(count) + " " + what + ", limit is " +
           std::to_string(limit);
  }
};
Need instructions(int count) { return {count, "operations of update programs", 64, false}; }
Need words(int count) { return {count, "state words a neuron", 8, true}; }

const std::map<std::string, Need> &needs() {
  static const std::map<std::string, Need> all = {
      {"AdEx_exp_cond_euler", instructions(72)},
      {"AdEx_exp_cond_rk4", words(11)},
      {"AdEx_exp_cond_sequential_euler", instructions(74)},
      {"AdEx_rk4", instructions(146)},
      {"HodgkinHuxley_euler", instructions(115)},
      {"HodgkinHuxley_exponential_euler", instructions(158)},
      {"HodgkinHuxley_rk4", words(14)},
      {"HodgkinHuxley_sequential_euler", instructions(121)},
      {"Izhikevich_rk4", instructions(85)},
      {"LIF_alpha_cond_exponential_euler", instructions(78)},
      {"LIF_alpha_cond_rk4", words(11)},
      {"LIF_exp_cond_exponential_euler", instructions(68)},
      {"LIF_exp_cond_rk4", instructions(109)}};
  return all;
}

void PrintTo(const Case &which, std::ostream *out) { *out << which.population; }

class LibraryModels : public testing::TestWithParam<Case> {};

TEST_P(LibraryModels, GiveTheInterpretersBitsOrSayWhatTheyNeed) {
  auto context = conformance::createContext();
  auto module = alone(GetParam(), context.get());
  ASSERT_TRUE(module);
  auto known = needs().find(GetParam().population);
  std::string refusal = known == needs().end() ? "" : known->second.message(known->first);
  conformance::Outcome golden = compare(*module, "engram-a1-1x1", 150, a1::makeGoldenDevice);
  EXPECT_EQ(golden.refusal, refusal);
  EXPECT_EQ(golden.difference, "");
  EXPECT_EQ(golden.fault, "");
  if (known != needs().end()) {
    golden = compare(*module, longPrograms(), 150, a1::makeGoldenDevice);
    EXPECT_EQ(golden.refusal, known->second.alsoLong ? refusal : "");
    EXPECT_EQ(golden.difference, "");
    EXPECT_EQ(golden.fault, "");
    return;
  }
  a1::ChipParameters one;
  one.columns = one.rows = 1;
  if (!makeRtl(one))
    return;
  conformance::Outcome rtl = compare(*module, "engram-a1-1x1", 25, makeRtl);
  EXPECT_EQ(rtl.refusal, "");
  EXPECT_EQ(rtl.difference, "");
  EXPECT_EQ(rtl.fault, "");
}

INSTANTIATE_TEST_SUITE_P(Networks, LibraryModels, testing::ValuesIn(cases()),
                         [](auto &info) { return conformance::testName(info.param.population); });

} // namespace
