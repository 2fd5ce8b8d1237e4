// Imported networks on the interpreter against traces that other simulators recorded.
#include "tests/lowering/NIRToNeuro/ImportTestSupport.h"

#include "runtime/EventFile.h"
#include "runtime/Labels.h"

#include <cmath>
#include <sstream>

using namespace engram;
using namespace engram::nir;
using namespace engram::nir::test;

namespace {

using Rows = std::vector<std::vector<double>>;

/// An .npy array as rows of its last dimension.
Rows rowsOf(const fs::path &path) {
  Tensor tensor = *readNpy(path.string());
  std::vector<double> values = tensor.toDoubles();
  size_t width = tensor.shape.back();
  Rows rows;
  for (size_t i = 0; i < values.size(); i += width)
    rows.emplace_back(values.begin() + i, values.begin() + i + width);
  return rows;
}

Rows csvOf(const fs::path &path) {
  std::ifstream stream(path);
  Rows rows;
  for (std::string line; std::getline(stream, line);) {
    std::istringstream fields(line);
    auto &row = rows.emplace_back();
    for (std::string field; std::getline(fields, field, ',');)
      row.push_back(std::stod(field));
  }
  return rows;
}

const fs::path braille = sharedData / "03_rnn";

/// Entries that differ between our hidden spikes and a simulator's, which come `late` steps later.
long differences(const Rows &ours, const Rows &theirs, size_t late) {
  long count = 0;
  for (size_t t = 0; t + late < theirs.size(); ++t)
    for (size_t i = 0; i < ours[t].size(); ++i)
      count += ours[t][i] != theirs[t + late][i];
  return count;
}

/// The weights of a network as SpiNNaker2 holds them: eight bits, cut off and not rounded, with one
/// scale for the two populations that share a neuron's input.
void cutTo8Bits(Graph &graph) {
  float largest = 0;
  for (const char *name : {"fc1", "lif1.w_rec"})
    for (float weight : std::get<std::vector<float>>(graph.find(name)->array("weight")->data))
      largest = std::max(largest, std::abs(weight));
  for (auto &[name, node] : graph.nodes)
    if (name == "fc1" || name == "lif1.w_rec")
      for (float &weight :
           std::get<std::vector<float>>(std::get<Array>(node.fields.at("weight")).data))
        weight = static_cast<float>(std::trunc(weight * 127.0 / largest) * largest / 127.0);
}

struct BrailleCase {
  std::string convention, simulator;
  size_t late = 0; ///< steps by which the simulator's trace is later than ours
  bool single = false;
  std::optional<Reset> reset = {};
  bool eightBits = false;
};

long brailleDifferences(const BrailleCase &c) {
  Session session;
  ImportOptions options;
  options.convention = c.convention;
  options.reset = c.reset;
  options.singlePrecision = c.single;
  Graph graph = *readFile((braille / "braille_noDelay_noBias_subtract.nir").string());
  if (c.eightBits)
    cutTo8Bits(graph);
  auto module = session.import(std::move(graph), options);
  EXPECT_TRUE(module) << session.messages;
  mlir::OpBuilder builder(&session.context);
  neuro::NetworkOp network = networkIn(*module);
  builder.setInsertionPointToEnd(&network.getBody().front());
  neuro::ProbeOp::create(builder, network.getLoc(), "hidden", "lif1.lif", "output",
                         mlir::DenseI64ArrayAttr(), 1);
  Simulation simulation(std::move(module), c.single);
  EXPECT_TRUE(simulation) << session.messages;
  if (!simulation)
    return -1;
  Rows ours = simulation.probe(rowsOf(braille / "braille_sample0_input.npy"), 1);
  Rows theirs = rowsOf(braille / (c.simulator + "_activity_noDelay_noBias_subtract.npy"));
  EXPECT_EQ(theirs.size(), 256u);
  EXPECT_EQ(theirs[0].size(), 40u);
  return differences(ours, theirs, c.late);
}

TEST(ImportTrace, BrailleEqualsNorseBitForBit) {
  SKIP_WITHOUT_SHARED_DATA();
  for (bool single : {false, true}) {
    EXPECT_EQ(brailleDifferences({"nir", "norse", 0, single}), 0) << single;
    EXPECT_EQ(brailleDifferences({"norse", "norse", 0, single}), 0) << single;
  }
}

TEST(ImportTrace, BrailleEqualsSnnTorchBitForBitUnderItsConvention) {
  SKIP_WITHOUT_SHARED_DATA();
  for (bool single : {false, true})
    EXPECT_EQ(brailleDifferences({"snntorch", "snntorch", 0, single}), 0) << single;
  // Plain subtraction is another network: ../shared/data/REFERENCE.json counts the same 46.
  EXPECT_EQ(brailleDifferences({"nir", "snntorch", 0, true, Reset::Subtract}), 46);
}

TEST(ImportTrace, BrailleEqualsSpyxBitForBitOneStepLate) {
  SKIP_WITHOUT_SHARED_DATA();
  for (bool single : {false, true})
    EXPECT_EQ(brailleDifferences({"spyx", "spyx", 1, single}), 0) << single;
}

TEST(ImportTrace, BrailleEqualsSpiNNaker2BitForBitOnceItsWeightsHaveEightBits) {
  SKIP_WITHOUT_SHARED_DATA();
  for (bool single : {false, true})
    EXPECT_EQ(brailleDifferences({"spinnaker2", "s2", 0, single, {}, true}), 0) << single;
  EXPECT_EQ(brailleDifferences({"spinnaker2", "s2"}), 67);
}

// docs/nir.md says why these differ; the counts are those of an independent replay in numpy.
TEST(ImportTrace, BrailleDiffersFromOthersAsDocumented) {
  SKIP_WITHOUT_SHARED_DATA();
  EXPECT_EQ(brailleDifferences({"rockpool", "rockpool", 0, true}), 37);
  EXPECT_EQ(brailleDifferences({"nengo", "nengo"}), 152);
}

TEST(ImportTrace, NMnistDigitsAreToldApartUnderResetToZero) {
  SKIP_WITHOUT_SHARED_DATA();
  fs::path folder = sharedData / "../NMNIST";
  Session session;
  ImportOptions options;
  options.convention = "sinabs"; // whose file it is: IF counts steps
  options.reset = Reset::ToValue;
  Simulation simulation(session.import((sharedData / "02_cnn/cnn_sinabs.nir").string(), options));
  ASSERT_TRUE(simulation) << session.messages;
  LabelList labels = *readLabels((folder / "test100.txt").string());
  int right = 0;
  for (int k = 0; k < 50; ++k) {
    std::vector<Event> events = *readEvents((folder / (labels.samples[k] + ".bs2")).string());
    Tensor frames = *framesOfEvents(events);
    std::vector<double> values = frames.toDoubles(), counts(10);
    size_t width = 2 * 34 * 34;
    Rows rows;
    for (size_t i = 0; i < values.size(); i += width)
      rows.emplace_back(values.begin() + i, values.begin() + i + width);
    for (const auto &row : simulation.probe(rows))
      for (size_t i = 0; i < 10; ++i)
        counts[i] += row[i];
    right += std::max_element(counts.begin(), counts.end()) - counts.begin() == labels.classes[k];
  }
  EXPECT_GE(right, 49);
}

struct LifCase {
  const char *convention, *simulator;
  size_t late;
  double scale, tolerance;
};

class ImportTraceLif : public testing::TestWithParam<LifCase> {};

// Scale: the simulator's v in the file's unit. Tolerances are those of REFERENCE.json, rounded up.
TEST_P(ImportTraceLif, SpikesAndMembraneFollowTheSimulator) {
  SKIP_WITHOUT_SHARED_DATA();
  const LifCase &c = GetParam();
  fs::path folder = sharedData / "01_lif";
  Rows theirs = csvOf(folder / ("lif_" + std::string(c.simulator) + ".csv"));
  Rows input;
  for (const auto &row : theirs)
    input.push_back({row[0]});
  for (bool single : {false, true}) {
    // The interpreter's test that derivatives are linear is a test of doubles.
    if (single && findConvention(c.convention)->method == neuro::Method::Exact)
      continue;
    Session session;
    ImportOptions options;
    options.convention = c.convention;
    options.reset = Reset::ToValue; // what all of them were set to here
    options.singlePrecision = single;
    auto module = session.import((folder / "lif_norse.nir").string(), options);
    ASSERT_TRUE(module) << session.messages;
    mlir::OpBuilder builder(&session.context);
    neuro::NetworkOp network = networkIn(*module);
    builder.setInsertionPointToEnd(&network.getBody().front());
    neuro::ProbeOp::create(builder, network.getLoc(), "v", "1", "v", mlir::DenseI64ArrayAttr(), 1);
    Simulation simulation(std::move(module), single);
    ASSERT_TRUE(simulation) << session.messages;
    // Some conventions hold the delay in the network; then it is not in the comparison.
    size_t late = options.convention == "lava" ? 0 : c.late;
    Rows v = simulation.probe(input, 1), z = simulation.spikes(input, "1");
    std::vector<int> spikes;
    double worst = 0;
    for (size_t t = 0; t + late < theirs.size(); ++t) {
      if (z[t][0] > 0)
        spikes.push_back(static_cast<int>(t + late));
      worst = std::max(worst, std::abs(v[t][0] - theirs[t + late][1] / c.scale));
    }
    int shift = static_cast<int>(c.late);
    EXPECT_EQ(spikes, (std::vector<int>{460 + shift, 510 + shift, 710 + shift, 760 + shift}));
    EXPECT_LE(worst, c.tolerance);
  }
}

INSTANTIATE_TEST_SUITE_P(Simulators, ImportTraceLif,
                         testing::Values(LifCase{"nir", "norse", 0, 1, 1e-7},
                                         LifCase{"norse", "norse", 0, 1, 1e-7},
                                         LifCase{"snntorch", "snntorch", 0, 25, 1e-7},
                                         LifCase{"lava", "lava_cpu_float", 1, 1, 1e-7},
                                         LifCase{"nengo", "nengo", 0, 10, 1e-7}),
                         [](const auto &info) {
                           return std::string(info.param.convention) + "_" + info.param.simulator;
                         });

} // namespace
