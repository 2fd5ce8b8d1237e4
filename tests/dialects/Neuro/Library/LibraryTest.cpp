// The library as a set of files: complete, documented, loadable, and users' files beside it.
#include "dialects/Neuro/Library/Library.h"
#include "dialects/Neuro/IR/Units.h"
#include "mlir/IR/Diagnostics.h"
#include "gtest/gtest.h"
#include <filesystem>
#include <fstream>

using namespace engram::neuro;
using mlir::MLIRContext;

namespace {

TEST(Library, HoldsTheModelsThatIssueTwoNames) {
  for (const char *name : {"I",
                           "LI",
                           "IF",
                           "LIF",
                           "CubaLI",
                           "CubaLIF",
                           "ALIF",
                           "Izhikevich",
                           "AdEx",
                           "LIF_exp_curr",
                           "LIF_alpha_curr",
                           "LIF_exp_cond",
                           "LIF_alpha_cond",
                           "LIF_delta",
                           "HodgkinHuxley",
                           "Poisson",
                           "StochasticLIF",
                           "Threshold",
                           "Relay",
                           "Rulkov"})
    EXPECT_TRUE(libraryText(name)) << name;
  EXPECT_FALSE(libraryText("LFI"));
}

TEST(Library, EachFileDefinesTheOneModelThatItIsNamedAfter) {
  MLIRContext context;
  for (const LibraryModel &file : libraryModels()) {
    auto module = loadLibraryModel(file.name, &context);
    ASSERT_TRUE(module) << file.name.str();
    EXPECT_EQ(module->getBody()->getOperations().size(), 1u) << file.name.str();
    EXPECT_TRUE(module->lookupSymbol<ModelOp>(file.name)) << file.name.str();
  }
  EXPECT_FALSE(loadLibraryModel("NoSuchModel", &context));
  auto all = loadLibrary(&context);
  ASSERT_TRUE(all);
  EXPECT_EQ(all->getBody()->getOperations().size(), libraryModels().size());
}

TEST(Library, EmbeddedTextsAreTheFiles) {
  size_t files = 0;
  for (auto &entry :
       std::filesystem::directory_iterator(ENGRAM_SOURCE_DIR "/dialects/Neuro/Library/Models")) {
    std::ifstream in(entry.path());
    std::string text((std::istreambuf_iterator<char>(in)), {});
    EXPECT_EQ(libraryText(entry.path().stem().string()).value_or("").str(), text);
    ++files;
  }
  EXPECT_EQ(libraryModels().size(), files);
}

TEST(Library, EveryPartIsDocumentedAndEveryParameterHasADefault) {
  MLIRContext context;
  auto all = loadLibrary(&context);
  ASSERT_TRUE(all);
  for (ModelOp model : all->getOps<ModelOp>()) {
    std::string name = model.getSymName().str();
    llvm::StringRef doc = model.getDoc().value_or("");
    EXPECT_TRUE(doc.contains("\n\n  ")) << name << ": no equation";
    EXPECT_TRUE(doc.contains("\n\nSource: ")) << name << ": no source";
    std::string described = describeModel(model);
    EXPECT_EQ(described.rfind(name + ": ", 0), 0u);
    auto check = [&](auto op) {
      std::string part = name + "." + op.getName().str();
      EXPECT_FALSE(op.getDoc().value_or("").empty()) << part << ": no doc";
      if (op.getUnit())
        EXPECT_TRUE(isKnownUnit(*op.getUnit())) << part << ": unit " << op.getUnit()->str();
      EXPECT_NE(described.find("\n  " + op.getName().str() + " "), std::string::npos) << part;
    };
    for (ParameterOp parameter : model.getParameters()) {
      check(parameter);
      EXPECT_TRUE(parameter.getValue()) << name << "." << parameter.getName().str();
      // What the equations divide by.
      if (llvm::StringRef(parameter.getName()).starts_with("tau") || parameter.getName() == "c_m")
        EXPECT_TRUE(parameter.getPositive()) << name << "." << parameter.getName().str();
    }
    for (StateOp state : model.getStates())
      check(state);
    for (InputOp input : model.getInputs())
      check(input);
  }
}

TEST(Library, ModelsOfNIRHaveItsFieldsAndNoUnits) {
  const std::map<std::string, std::vector<std::string>> fields = {
      {"I", {"r"}},
      {"LI", {"tau", "r", "v_leak"}},
      {"IF", {"r", "v_threshold", "v_reset"}},
      {"LIF", {"tau", "r", "v_leak", "v_threshold", "v_reset"}},
      {"CubaLI", {"tau_syn", "tau_mem", "r", "v_leak", "w_in"}},
      {"CubaLIF", {"tau_syn", "tau_mem", "r", "v_leak", "w_in", "v_threshold", "v_reset"}},
      {"Threshold", {"threshold"}}};
  MLIRContext context;
  auto all = loadLibrary(&context);
  ASSERT_TRUE(all);
  for (auto &[name, expected] : fields) {
    auto model = all->lookupSymbol<ModelOp>(name);
    std::vector<std::string> names;
    for (ParameterOp parameter : model.getParameters()) {
      names.push_back(parameter.getName().str());
      EXPECT_FALSE(parameter.getUnit());
    }
    EXPECT_EQ(names, expected) << name;
    EXPECT_FALSE(model.getTimeUnit());
    EXPECT_EQ(std::distance(model.getInputs().begin(), model.getInputs().end()), 1);
    if (model.find<DynamicsOp>())
      EXPECT_EQ(model.getMethod(), Method::SequentialEuler);
  }
}

TEST(DescribeModel, ShowsEquationsAndTables) {
  MLIRContext context;
  auto module = loadLibraryModel("StochasticLIF", &context);
  ASSERT_TRUE(module);
  std::string text = describeModel(module->lookupSymbol<ModelOp>("StochasticLIF"));
  EXPECT_NE(text.find("  tau dv/dt = (v_leak - v) + r I\n"), std::string::npos) << text;
  EXPECT_NE(text.find("  tau          20       ms    time constant of the membrane (positive)\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("\nOutput: spikes\nTime: ms\nMethod: exact\n"), std::string::npos) << text;
  module = loadLibraryModel("AdEx", &context);
  ASSERT_TRUE(module);
  text = describeModel(module->lookupSymbol<ModelOp>("AdEx"));
  EXPECT_NE(text.find("  v      v_leak   mV    membrane potential\n"), std::string::npos) << text;
  EXPECT_NE(text.find("  I      pA    current\n"), std::string::npos) << text;
}

TEST(NearNames, PutsTheLikeliestFirst) {
  std::vector<std::string> names;
  for (const LibraryModel &model : libraryModels())
    names.push_back(model.name.str());
  EXPECT_EQ(nearNames("LFI", names).front(), "LIF");
  EXPECT_EQ(nearNames("lif", names), std::vector<std::string>{"LIF"});
  EXPECT_EQ(nearNames("Izhikevitch", names), std::vector<std::string>{"Izhikevich"});
  EXPECT_EQ(nearNames("HodgkinHuxly", names), std::vector<std::string>{"HodgkinHuxley"});
  EXPECT_TRUE(nearNames("Grossberg", names).empty());
  EXPECT_TRUE(nearNames("", {}).empty());
  EXPECT_TRUE(nearNames(std::string(1 << 20, 'x'), names).empty());
}

class UserModels : public ::testing::Test {
protected:
  MLIRContext context;
  std::string message;
  mlir::ScopedDiagnosticHandler handler{&context, [this](mlir::Diagnostic &diagnostic) {
                                          message = diagnostic.str();
                                          return mlir::success();
                                        }};
  std::string path = ::testing::TempDir() + "engram-user-models.mlir";

  mlir::OwningOpRef<mlir::ModuleOp> load(const std::string &text) {
    std::ofstream(path) << text;
    auto result = loadModels(path, &context);
    std::filesystem::remove(path);
    return result;
  }
};

TEST_F(UserModels, AreTheModelsOfTheFileAndNothingElse) {
  auto module = load("neuro.model @Mine { %x = input \"x\" emit { yield %x : f64 } }\n"
                     "neuro.network @n dt = 1.0 ms { population @p [1] of @Mine }\n");
  ASSERT_TRUE(module) << message;
  EXPECT_TRUE(module->lookupSymbol<ModelOp>("Mine"));
  EXPECT_EQ(module->getBody()->getOperations().size(), 1u);
}

TEST_F(UserModels, ThatCannotBeReadAreRefused) {
  EXPECT_FALSE(loadModels("/no/such/file.mlir", &context));
  EXPECT_NE(message.find("/no/such/file.mlir"), std::string::npos) << message;
  message.clear();
  EXPECT_FALSE(loadModels(::testing::TempDir(), &context));
  EXPECT_NE(message.find("directory"), std::string::npos) << message;
}

TEST_F(UserModels, ThatDoNotParseOrVerifyAreRefused) {
  EXPECT_FALSE(load("neuro.model @Mine {"));
  EXPECT_FALSE(message.empty());
  EXPECT_FALSE(load("neuro.model @Mine { %t = parameter \"tau\" = 0.0 positive }"));
  EXPECT_NE(message.find("expected 'tau' to be positive, got 0"), std::string::npos) << message;
}

TEST_F(UserModels, ThatAreNotThereAreAnError) {
  EXPECT_FALSE(load("neuro.network @n dt = 1.0 ms {}\n"));
  EXPECT_EQ(message, "expected at least one 'neuro.model' in '" + path + "'");
}

} // namespace
