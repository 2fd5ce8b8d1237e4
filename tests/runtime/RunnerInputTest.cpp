// How files become the samples of a source.
#include "tests/runtime/RunnerMachine.h"

#include "runtime/Npy.h"
#include "runtime/SonataSpikes.h"
#include "tests/runtime/TestFiles.h"

#include <cmath>

using namespace engram;
using namespace engram::test;

namespace {

const SourceInfo image{"input", {2, 3, 4}, 24};
const SourceInfo single{"drive", {1}, 1};

Expected<Layout> layoutOf(const std::vector<int64_t> &array, const SourceInfo &source,
                          std::optional<int64_t> steps = {}, Layout layout = Layout::Automatic) {
  InputOptions options;
  options.layout = layout;
  options.steps = steps;
  return resolveLayout("x.npy", array, source, options);
}

TEST(RunnerInput, AxesInFrontOfTheSourcesShapeDecide) {
  EXPECT_EQ(layoutOf({2, 3, 4}, image), Layout::Frame);
  EXPECT_EQ(layoutOf({10, 2, 3, 4}, image), Layout::Steps);
  EXPECT_EQ(layoutOf({5, 10, 2, 3, 4}, image), Layout::SamplesSteps);
  EXPECT_EQ(layoutOf({5, 10, 2, 3, 4}, image, 10), Layout::SamplesSteps);
}

TEST(RunnerInput, NeuronsMayBeOneAxis) {
  EXPECT_EQ(layoutOf({24}, image), Layout::Frame);
  EXPECT_EQ(layoutOf({10, 24}, image), Layout::Steps);
  EXPECT_EQ(layoutOf({5, 10, 24}, image), Layout::SamplesSteps);
}

TEST(RunnerInput, ASingleNeuronNeedsNoAxis) {
  EXPECT_EQ(layoutOf({7}, single), Layout::Steps);
  EXPECT_EQ(layoutOf({7, 1}, single), Layout::Steps);
  EXPECT_EQ(layoutOf({5, 7}, single), Layout::SamplesSteps);
  EXPECT_EQ(layoutOf({}, single), Layout::Frame);
}

TEST(RunnerInput, StepsASampleMakeOneAxisTheSamples) {
  EXPECT_EQ(layoutOf({540, 24}, image, 25), Layout::Samples);
  EXPECT_EQ(layoutOf({540, 24}, image, 25, Layout::Steps), Layout::Steps);
  EXPECT_EQ(layoutOf({540, 24}, image, {}, Layout::Samples), Layout::Samples);
}

TEST(RunnerInput, RefusesToGuessWhereSamplesAndStepsAreEqual) {
  EXPECT_EQ(messageOf(layoutOf({25, 24}, image, 25)),
            "'x.npy': the first axis of shape (25, 24) may be samples or, as there are just as "
            "many steps, steps; '--layout samples' or '--layout steps' decides");
  EXPECT_EQ(layoutOf({25, 24}, image, 25, Layout::Samples), Layout::Samples);
}

TEST(RunnerInput, RefusesShapesThatDoNotFitTheSource) {
  EXPECT_EQ(messageOf(layoutOf({10, 23}, image)),
            "'x.npy': expected nothing, (steps), (samples) or (samples, steps) in front of the "
            "shape (2, 3, 4) of source 'input', got an array of shape (10, 23)");
  EXPECT_EQ(messageOf(layoutOf({10, 24}, image, {}, Layout::SamplesSteps)),
            "'x.npy': expected (samples, steps) in front of the shape (2, 3, 4) of source "
            "'input', got an array of shape (10, 24)");
  EXPECT_FALSE(layoutOf({1, 5, 10, 24}, image).has_value());
}

TEST(RunnerInput, FramesComeInTheOrderOfTheArray) {
  auto input = std::move(feed({2, 2, 2}, {0, 1, 2, 3, 4, 5, 6, 7})[0]);
  ASSERT_TRUE(input->load(1).has_value());
  EXPECT_EQ(input->steps(), 2);
  EXPECT_EQ(input->frame(1)[0], 6);
  EXPECT_EQ(input->frame(0)[1], 5);
  EXPECT_EQ(input->frame(2), nullptr);
  ASSERT_TRUE(input->load(0).has_value());
  EXPECT_EQ(input->frame(0)[1], 1);
}

TEST(RunnerInput, RefusesNumbersThatAreNotFinite) {
  EXPECT_EQ(messageOf(arrayInput("x.npy", Tensor::from<double>({2}, {0, NAN}), pairSource, {})),
            "'x.npy': expected numbers that are finite, got nan at element 1");
}

TEST(RunnerInput, ReadsTablesOfText) {
  Scratch scratch;
  put(scratch / "x.csv", "a,b\n1,2\n3,4\n");
  auto input = openInput(pairSource, {scratch / "x.csv"}, {});
  ASSERT_TRUE(input.has_value()) << input.error().message;
  EXPECT_EQ((*input)->steps(), 2);
  EXPECT_EQ((*input)->frame(1)[0], 3);
}

// Bytes of an event as Orchard et al. 2015 give them: x, y, polarity and 23 bits of time.
std::string event(int x, int y, int polarity, int timeUs) {
  return {static_cast<char>(x), static_cast<char>(y),
          static_cast<char>(polarity << 7 | timeUs >> 16), static_cast<char>(timeUs >> 8),
          static_cast<char>(timeUs)};
}

TEST(RunnerInput, AFolderOfEventFilesIsSamplesByName) {
  Scratch scratch;
  put(scratch / "b.bs2", event(3, 2, 1, 100) + event(0, 0, 0, 2100) + event(0, 0, 0, 2100));
  put(scratch / "a.bs2", event(1, 0, 0, 0) + event(1, 1, 0, 1000));
  put(scratch / "notes.txt", "not events");
  auto input = openInput(image, {scratch / ""}, {});
  ASSERT_TRUE(input.has_value()) << input.error().message;
  EXPECT_EQ((*input)->sampleCount(), 2);
  EXPECT_EQ((*input)->sampleName(0), "a");
  EXPECT_EQ((*input)->sampleName(1), "b");
  ASSERT_TRUE((*input)->load(1).has_value());
  EXPECT_EQ((*input)->steps(), 2);
  const double *frame = (*input)->frame(0);
  // Polarity 1, row 2, column 3 of (2, 3, 4).
  EXPECT_EQ(frame[12 + 2 * 4 + 3], 1);
  EXPECT_EQ(std::count(frame, frame + 24, 0.0), 23);
}

TEST(RunnerInput, RefusesEventsForASourceThatIsNoSensor) {
  Scratch scratch;
  put(scratch / "a.bs2", event(1, 0, 0, 0));
  EXPECT_EQ(messageOf(openInput(pairSource, {scratch / "a.bs2"}, {})),
            "'" + scratch / "a.bs2" +
                "': events need a source of shape (2, height, width), 'in' has (2,)");
  std::filesystem::create_directory(scratch / "empty");
  EXPECT_EQ(messageOf(openInput(image, {scratch / "empty"}, {})),
            "'" + scratch / "empty" + "': expected event files (.bs2, .bin) in the folder");
}

TEST(RunnerInput, SpikesOfSonataFallIntoTheNearestStepAndAddUp) {
  Scratch scratch;
  std::string path = scratch / "spikes.h5";
  ASSERT_TRUE(writeSonataSpikes(path, {{"in", {1, 0, 0}, {0.3, 0.31, 0.74}, SpikeSorting::ByTime}})
                  .has_value());
  InputOptions options;
  options.dtSeconds = 1e-4;
  auto input = openInput(pairSource, {path}, options);
  ASSERT_TRUE(input.has_value()) << input.error().message;
  EXPECT_EQ((*input)->steps(), 8);
  EXPECT_EQ((*input)->frame(0), nullptr);
  EXPECT_EQ((*input)->frame(3)[0], 1);
  EXPECT_EQ((*input)->frame(3)[1], 1);
  EXPECT_EQ((*input)->frame(7)[0], 1);
  options.dtSeconds = 1e-3;
  EXPECT_EQ((*openInput(pairSource, {path}, options))->frame(0)[0], 1);
}

TEST(RunnerInput, PicksTheSonataPopulationByNameOrBySource) {
  Scratch scratch;
  std::string path = scratch / "spikes.h5";
  ASSERT_TRUE(writeSonataSpikes(path, {{"a", {0}, {1.0}}, {"b", {1, 1}, {1.0, 2.0}}}).has_value());
  InputOptions options;
  options.dtSeconds = 1e-3;
  EXPECT_EQ((*openInput(pairSource, {path + ":b"}, options))->steps(), 3);
  EXPECT_EQ((*openInput({"a", {2}, 2}, {path}, options))->steps(), 2);
  EXPECT_EQ(messageOf(openInput(pairSource, {path}, options)),
            "'" + path + "': which of its populations feeds 'in'; write 'in=" + path +
                ":POPULATION' with one of 'a', 'b'");
  EXPECT_EQ(messageOf(openInput(pairSource, {path + ":c"}, options)),
            "'" + path + "': no population 'c'; it has 'a', 'b'");
}

TEST(RunnerInput, RefusesSpikesOutsideOfTheSourceOrOfAnyRun) {
  Scratch scratch;
  InputOptions options;
  options.dtSeconds = 1e-3;
  std::string node = scratch / "node.h5", late = scratch / "late.h5";
  ASSERT_TRUE(writeSonataSpikes(node, {{"a", {2}, {1.0}}}).has_value());
  EXPECT_EQ(messageOf(openInput(pairSource, {node}, options)),
            "'" + node +
                "': spike 0 of population 'a': expected a node below 2, the size of "
                "source 'in', got 2");
  ASSERT_TRUE(writeSonataSpikes(late, {{"a", {0}, {1e30}}}).has_value());
  EXPECT_EQ(messageOf(openInput(pairSource, {late}, options)),
            "'" + late +
                "': spike 0 of population 'a': expected a time from 0 to 1,000,000,000 "
                "steps, got 1e+30 ms");
}

TEST(RunnerInput, RefusesFilesOfAnotherKind) {
  EXPECT_EQ(messageOf(openInput(pairSource, {"x.png"}, {})),
            "'x.png': expected an input that ends in .npy, .csv, .bs2, .bin or .h5, or a folder of "
            "event files");
  EXPECT_EQ(messageOf(openInput(pairSource, {"a.npy", "b.npy"}, {})),
            "'a.npy': expected an event file (.bs2, .bin), as several files are samples of events");
}

} // namespace
