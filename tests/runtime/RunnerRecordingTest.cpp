// Records as files.
#include "runtime/Npy.h"
#include "runtime/Recording.h"
#include "runtime/SonataSpikes.h"
#include "tests/runtime/TestFiles.h"

using namespace engram;
using namespace engram::test;

namespace {

Recording spikesOf(std::vector<int64_t> records, std::vector<uint8_t> spikes) {
  return {{"out", "cell", "spikes", {}, {2}, 2, 1}, std::move(records), std::move(spikes), {}};
}

TEST(RunnerRecording, OneSampleIsAMatrixAndSeveralHaveAnAxisMore) {
  Scratch scratch;
  std::string path = scratch / "a.npy";
  ASSERT_TRUE(writeRecording(path, spikesOf({2}, {0, 1, 1, 0}), 1e-3).has_value());
  EXPECT_EQ(readNpy(path)->shape, (std::vector<int64_t>{2, 2}));
  EXPECT_EQ(readNpy(path)->dtype, DType::U8);
  EXPECT_EQ(readNpy(path)->toDoubles(), (std::vector<double>{0, 1, 1, 0}));
  ASSERT_TRUE(writeRecording(path, spikesOf({1, 1}, {0, 1, 1, 0}), 1e-3).has_value());
  EXPECT_EQ(readNpy(path)->shape, (std::vector<int64_t>{2, 1, 2}));
}

TEST(RunnerRecording, StatesAreDoubles) {
  Scratch scratch;
  Recording states{{"v", "cell", "v", {4}, {9}, 1, 2}, {2}, {}, {0.5, -1}};
  ASSERT_TRUE(writeRecording(scratch / "v.npy", states, 1e-3).has_value());
  EXPECT_EQ(readNpy(scratch / "v.npy")->dtype, DType::F64);
  EXPECT_EQ(readNpy(scratch / "v.npy")->toDoubles(), states.values);
  ASSERT_TRUE(writeRecording(scratch / "v.csv", states, 1e-4).has_value());
  EXPECT_EQ(contentOf(scratch / "v.csv"), "step,time_ms,v[4]\n0,0,0.5\n2,0.2,-1\n");
}

TEST(RunnerRecording, SpikeFilesNameTheNeuronsOfThePopulation) {
  Scratch scratch;
  Recording some{{"out", "cell", "spikes", {3, 1}, {5}, 2, 1}, {3}, {0, 0, 1, 1, 0, 1}, {}};
  ASSERT_TRUE(writeRecording(scratch / "s.csv", some, 1e-3).has_value());
  EXPECT_EQ(contentOf(scratch / "s.csv"),
            "step,time_ms,population,neuron\n1,1,cell,3\n1,1,cell,1\n2,2,cell,1\n");
  ASSERT_TRUE(writeRecording(scratch / "s.h5", some, 1e-3).has_value());
  auto read = readSonataSpikes(scratch / "s.h5");
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ((*read)[0].name, "cell");
  EXPECT_EQ((*read)[0].nodeIds, (std::vector<uint64_t>{1, 3, 1}));
  EXPECT_EQ((*read)[0].timesMs, (std::vector<double>{1, 1, 2}));
}

TEST(RunnerRecording, RefusesSamplesOfDifferentLengthInAnArray) {
  Scratch scratch;
  std::string path = scratch / "a.npy";
  EXPECT_EQ(messageOf(writeRecording(path, spikesOf({1, 2}, {0, 1, 1, 0, 0, 0}), 1e-3)),
            "'" + path +
                "': an array needs samples of one length, one has 1 records and another "
                "2; '--steps' gives all the same");
  EXPECT_EQ(scratch.fileCount(), 0u);
}

TEST(RunnerRecording, RefusesSeveralSamplesInASpikeFile) {
  Scratch scratch;
  std::string path = scratch / "a.h5";
  EXPECT_EQ(messageOf(writeRecording(path, spikesOf({1, 1}, {0, 1, 1, 0}), 1e-3)),
            "'" + path +
                "': a .h5 file holds one sample, the run had 2; write .npy, or pick one "
                "sample with '--samples'");
  EXPECT_EQ(scratch.fileCount(), 0u);
}

TEST(RunnerRecording, RefusesStatesInASpikeFileAndOtherExtensions) {
  ProbeInfo state{"v", "cell", "v", {}, {2}, 2, 1};
  EXPECT_EQ(messageOf(checkRecordingPath("a.h5", state)),
            "'a.h5': a SONATA file holds spikes, probe 'v' records 'v'; write .npy or .csv");
  EXPECT_EQ(messageOf(checkRecordingPath("a.dat", state)),
            "'a.dat': expected an output that ends in .npy, .csv or .h5");
}

} // namespace
