// SONATA spike files: against files that h5py wrote, and refusal of malformed ones.
#include "runtime/SonataSpikes.h"
#include "TestFiles.h"

#include <hdf5.h>

using namespace engram;
using namespace engram::test;

TEST(SonataSpikes, ReadsPopulationsOrderUnitsAndTypes) {
  auto populations = readSonataSpikes(fixture("two_populations.h5"));
  ASSERT_TRUE(populations.has_value()) << populations.error().message;
  ASSERT_EQ(populations->size(), 2u);
  const SpikePopulation &first = (*populations)[0], &second = (*populations)[1];
  EXPECT_EQ(first.name, "excitatory");
  EXPECT_EQ(first.nodeIds, (std::vector<uint64_t>{3, 0, 3}));
  EXPECT_EQ(first.timesMs, (std::vector<double>{0.1, 0.25, 7.5}));
  EXPECT_EQ(first.sorting, SpikeSorting::ByTime);
  EXPECT_EQ(second.name, "inhibitory");
  EXPECT_EQ(second.nodeIds, (std::vector<uint64_t>{0, 1}));
  EXPECT_EQ(second.timesMs, (std::vector<double>{500, 250}));
  EXPECT_EQ(second.sorting, SpikeSorting::ById);
}

TEST(SonataSpikes, ReadsTheOldLayout) {
  auto populations = readSonataSpikes(fixture("old_layout.h5"));
  ASSERT_TRUE(populations.has_value()) << populations.error().message;
  ASSERT_EQ(populations->size(), 1u);
  EXPECT_EQ(populations->front().name, "");
  EXPECT_EQ(populations->front().nodeIds, (std::vector<uint64_t>{7, 9}));
  EXPECT_EQ(populations->front().timesMs, (std::vector<double>{1.5, 2.5}));
  EXPECT_EQ(populations->front().sorting, SpikeSorting::ById);
}

TEST(SonataSpikes, ReadsBackWhatItWrote) {
  Scratch scratch;
  std::string path = scratch / "out.h5";
  std::vector<SpikePopulation> written = {
      {"a", {1, uint64_t(1) << 40}, {0.1, 0.2}, SpikeSorting::ByTime},
      {"b with blank", {}, {}, SpikeSorting::None}};
  Expected<void> done = writeSonataSpikes(path, written);
  ASSERT_TRUE(done.has_value()) << done.error().message;
  auto read = readSonataSpikes(path);
  ASSERT_TRUE(read.has_value()) << read.error().message;
  ASSERT_EQ(read->size(), 2u);
  for (size_t i = 0; i < 2; ++i) {
    EXPECT_EQ((*read)[i].name, written[i].name);
    EXPECT_EQ((*read)[i].nodeIds, written[i].nodeIds);
    EXPECT_EQ((*read)[i].timesMs, written[i].timesMs);
    EXPECT_EQ((*read)[i].sorting, written[i].sorting);
  }
  EXPECT_EQ(scratch.fileCount(), 1u);
}

TEST(SonataSpikes, ReadsTheSharedFilesOfOthers) {
  struct {
    const char *path, *population;
    size_t spikes;
  } files[] = {{"SONATA/bmtk/point_120cells/inputs/thalamus_spikes.h5", "thalamus", 3024},
               {"SONATA/300_pointneurons/inputs/external_spike_trains.h5", "", 4334}};
  for (const auto &[name, population, spikes] : files) {
    if (!std::filesystem::exists(sharedData(name)))
      GTEST_SKIP() << "no file " << sharedData(name);
    auto read = readSonataSpikes(sharedData(name));
    ASSERT_TRUE(read.has_value()) << read.error().message;
    ASSERT_EQ(read->size(), 1u);
    EXPECT_EQ(read->front().name, population);
    EXPECT_EQ(read->front().nodeIds.size(), spikes);
  }
}

static std::string errorOf(const std::string &name) {
  std::string message = messageOf(readSonataSpikes(fixture(name)));
  std::string prefix = "'" + fixture(name) + "': ";
  EXPECT_EQ(message.substr(0, prefix.size()), prefix);
  return message.substr(std::min(prefix.size(), message.size()));
}

TEST(SonataSpikes, SaysWhereAFileIsWrong) {
  EXPECT_EQ(errorOf("no_spikes.h5"), "'/spikes': expected a group");
  EXPECT_EQ(errorOf("wrong_ids.h5"), "'/spikes/cells/node_ids': expected integers");
  EXPECT_EQ(errorOf("negative_ids.h5"),
            "'/spikes/cells/node_ids': expected element 1 to be 0 or more, got -2");
  EXPECT_EQ(errorOf("two_dimensions.h5"), "'/spikes/cells/node_ids': expected one dimension");
  EXPECT_EQ(errorOf("lengths_differ.h5"),
            "'/spikes/cells': expected as many 'timestamps' as 'node_ids', got 2 and 3");
  EXPECT_EQ(errorOf("nan_time.h5"),
            "'/spikes/cells/timestamps': expected element 1 to be finite, got nan");
  EXPECT_EQ(errorOf("text_times.h5"), "'/spikes/cells/timestamps': expected numbers");
  EXPECT_EQ(errorOf("bad_units.h5"),
            "'/spikes/cells/timestamps@units': expected 'ms', 's' or 'us', got 'fortnights'");
  EXPECT_EQ(errorOf("absurd_length.h5"), "'/spikes/cells/node_ids': has 1125899906842624 elements, "
                                         "more than the file can hold");
  EXPECT_EQ(errorOf("grid_f8.npy").substr(0, 27), "not a readable HDF5 file: f");
}

TEST(SonataSpikes, RefusesTruncationWithoutPrinting) {
  Scratch scratch;
  std::string whole = contentOf(fixture("minimal.h5")), path = scratch / "cut.h5";
  put(path, whole);
  ASSERT_TRUE(readSonataSpikes(path).has_value());
  testing::internal::CaptureStderr();
  for (size_t length = whole.size(); length-- > 0;) {
    // A reading starts a process; under a sanitizer every length would take minutes.
    if (length % 41 != 0 && length < whole.size() - 16)
      continue;
    std::filesystem::resize_file(path, length);
    EXPECT_FALSE(readSonataSpikes(path).has_value()) << length;
  }
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(SonataSpikes, SurvivesDamageThatCrashesHdf5) {
  // Found by changing every byte of the file: in the reference to a variable-length string, in the
  // heap that holds it, and in the length of a data set.
  struct {
    size_t byte;
    int change;
  } damages[] = {{1870, 0xff}, {1925, 0x80}, {2074, 0x01}, {6240, 0x01}};
  Scratch scratch;
  std::string whole = contentOf(fixture("old_layout.h5")), path = scratch / "damaged.h5";
  for (auto [byte, change] : damages) {
    std::string damaged = whole;
    damaged[byte] = static_cast<char>(damaged[byte] ^ change);
    put(path, damaged);
    EXPECT_FALSE(readSonataSpikes(path).has_value()) << byte;
  }
}

TEST(SonataSpikes, LeavesTheErrorPrintingOfOthersAlone) {
  H5E_auto2_t before, after;
  void *data;
  H5Eget_auto2(H5E_DEFAULT, &before, &data);
  EXPECT_FALSE(readSonataSpikes(fixture("grid_f8.npy")).has_value());
  H5Eget_auto2(H5E_DEFAULT, &after, &data);
  EXPECT_EQ(before, after);
}

TEST(SonataSpikes, RefusesWhatIsNoFile) {
  EXPECT_EQ(messageOf(readSonataSpikes("/")), "'/': expected a file");
  EXPECT_EQ(messageOf(readSonataSpikes("/dev/zero")), "'/dev/zero': expected a file");
  EXPECT_EQ(messageOf(readSonataSpikes("/nowhere.h5")),
            "'/nowhere.h5': cannot be opened: No such file or directory");
}

TEST(SonataSpikes, WritesNothingOfInvalidPopulations) {
  Scratch scratch;
  std::string path = scratch / "out.h5";
  EXPECT_FALSE(writeSonataSpikes(path, {{"a/b", {}, {}}}).has_value());
  EXPECT_FALSE(writeSonataSpikes(path, {{"", {}, {}}}).has_value());
  EXPECT_FALSE(writeSonataSpikes(path, {{"a", {}, {}}, {"a", {}, {}}}).has_value());
  EXPECT_FALSE(writeSonataSpikes(path, {{"a", {1}, {}}}).has_value());
  EXPECT_FALSE(writeSonataSpikes(scratch / "missing/out.h5", {}).has_value());
  EXPECT_EQ(scratch.fileCount(), 0u);
}
