// Recorded spikes written as .csv, .npy and SONATA .h5.
#include "runtime/SpikeTable.h"
#include "TestFiles.h"
#include "runtime/Npy.h"

using namespace engram;
using namespace engram::test;

static const SpikeSeries hidden{"hidden", 3, {7, 3, 3, 3}, {0, 2, 1, 2}};

TEST(SpikeTable, WritesCsvInTheGivenOrder) {
  Scratch scratch;
  std::string path = scratch / "spikes.csv";
  ASSERT_TRUE(writeSpikes(path, {hidden, {"a,\"b\"", 1, {0}, {0}}}, 0.1, 10).has_value());
  EXPECT_EQ(contentOf(path), "step,time_ms,population,neuron\n7,0.7,hidden,0\n3,0.3,hidden,2\n"
                             "3,0.3,hidden,1\n3,0.3,hidden,2\n0,0,\"a,\"\"b\"\"\",0\n");
}

TEST(SpikeTable, WritesNpyCountsOfStepsByNeurons) {
  Scratch scratch;
  std::string path = scratch / "spikes.npy";
  ASSERT_TRUE(writeSpikes(path, {hidden}, 0.1, 8).has_value());
  Expected<Tensor> tensor = readNpy(path);
  ASSERT_TRUE(tensor.has_value()) << tensor.error().message;
  EXPECT_EQ(tensor->shape, (std::vector<int64_t>{8, 3}));
  EXPECT_EQ(tensor->dtype, DType::U8);
  std::vector<double> expected(24, 0);
  expected[7 * 3 + 0] = 1;
  expected[3 * 3 + 1] = 1;
  expected[3 * 3 + 2] = 2;
  EXPECT_EQ(tensor->toDoubles(), expected);
}

TEST(SpikeTable, WritesSonataSortedByTime) {
  Scratch scratch;
  std::string path = scratch / "spikes.h5";
  ASSERT_TRUE(writeSpikes(path, {hidden, {"", 1, {}, {}}}, 0.1, 8).has_value());
  auto read = readSonataSpikes(path);
  ASSERT_TRUE(read.has_value()) << read.error().message;
  ASSERT_EQ(read->size(), 2u);
  EXPECT_EQ((*read)[0].name, "default");
  EXPECT_EQ((*read)[1].timesMs, (std::vector<double>{0.3, 0.3, 0.3, 0.7}));
  EXPECT_EQ((*read)[1].nodeIds, (std::vector<uint64_t>{1, 2, 2, 0}));
  EXPECT_EQ((*read)[1].sorting, SpikeSorting::ByTime);
}

TEST(SpikeTable, WritesNothingOfInvalidSpikes) {
  Scratch scratch;
  auto errorOf = [&](const std::string &name, std::vector<SpikeSeries> series, double dt,
                     int64_t steps) {
    std::string message = messageOf(writeSpikes(scratch / name, series, dt, steps));
    std::string prefix = "'" + (scratch / name) + "': ";
    EXPECT_EQ(message.substr(0, prefix.size()), prefix);
    return message.substr(std::min(prefix.size(), message.size()));
  };
  EXPECT_EQ(errorOf("s.npy", {hidden}, 1, 7), "population 'hidden': expected steps below 7, got 7");
  EXPECT_EQ(errorOf("s.npy", {hidden, hidden}, 1, 8),
            "an .npy file holds one population, got 2: choose one, or write .h5 or .csv");
  EXPECT_EQ(errorOf("s.npy", {{"big", 1 << 20, {}, {}}}, 1, 1 << 20),
            "1048576 steps of 1048576 neurons are too many for an .npy file, write .h5 or .csv");
  EXPECT_EQ(errorOf("s.npy", {{"p", 1, std::vector<int64_t>(256, 4), std::vector<int64_t>(256, 0)}},
                    1, 8),
            "population 'p': more than 255 spikes of neuron 0 in step 4");
  EXPECT_EQ(errorOf("s.csv", {{"p", 2, {0}, {2}}}, 1, 8),
            "population 'p': expected neurons below 2, got 2");
  EXPECT_EQ(errorOf("s.h5", {{"p", 2, {-1}, {0}}}, 1, 8),
            "population 'p': expected steps of 0 or more, got -1");
  EXPECT_EQ(errorOf("s.h5", {{"p", 2, {1, 2}, {0}}}, 1, 8),
            "population 'p': expected as many neurons as steps, got 1 and 2");
  EXPECT_EQ(errorOf("s.csv", {hidden}, 0, 8), "expected a positive time step, got 0 ms");
  EXPECT_EQ(errorOf("s.txt", {hidden}, 1, 8), "expected a name that ends with .csv, .npy or .h5");
  EXPECT_EQ(scratch.fileCount(), 0u);
}
