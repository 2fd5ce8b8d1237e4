// N-MNIST events and their frames, against tonic.
#include "runtime/EventFile.h"
#include "TestFiles.h"

#include <algorithm>
#include <sstream>

using namespace engram;
using namespace engram::test;

static int64_t countAt(const Tensor &frames, int64_t window, int64_t p, int64_t y, int64_t x) {
  return frames.as<uint16_t>()[((window * 2 + p) * frames.shape[2] + y) * frames.shape[3] + x];
}

TEST(EventFile, ReadsEventsAndAdvancesTheClockAtRow240) {
  Expected<std::vector<Event>> events = readEvents(fixture("events.bs2"));
  ASSERT_TRUE(events.has_value());
  ASSERT_EQ(events->size(), 6u);
  const Event &second = (*events)[1], &last = (*events)[5];
  EXPECT_EQ(second.timeUs, 1499);
  EXPECT_EQ(second.x, 33);
  EXPECT_EQ(second.y, 33);
  EXPECT_EQ(second.polarity, 1);
  EXPECT_EQ((*events)[4].timeUs, 100 + 8192);
  EXPECT_EQ(last.timeUs, 0x7fffff + 8192);
  EXPECT_EQ(last.polarity, 1);
}

TEST(EventFile, FramesCountPerWindowFromTheFirstEvent) {
  std::vector<Event> events = {
      {500, 1, 2, 0}, {1499, 33, 32, 1}, {1500, 1, 2, 0}, {1501, 1, 2, 0}, {2600, 0, 0, 0}};
  Expected<Tensor> frames = framesOfEvents(events);
  ASSERT_TRUE(frames.has_value());
  EXPECT_EQ(frames->shape, (std::vector<int64_t>{2, 2, 34, 34}));
  EXPECT_EQ(countAt(*frames, 0, 0, 2, 1), 1);
  EXPECT_EQ(countAt(*frames, 0, 1, 32, 33), 1);
  EXPECT_EQ(countAt(*frames, 1, 0, 2, 1), 2);
  FrameOptions whole;
  whole.keepIncomplete = true;
  EXPECT_EQ(framesOfEvents(events, whole)->shape[0], 3);
  // Shorter than a window: still one frame, as tonic has it.
  EXPECT_EQ(framesOfEvents({{5, 0, 0, 0}})->shape[0], 1);
}

TEST(EventFile, FramesEqualTonicOnTheSharedRecordings) {
  if (!std::filesystem::is_directory(sharedData("NMNIST")))
    GTEST_SKIP() << "the N-MNIST recordings are not at " << sharedData("NMNIST");
  std::istringstream expectations(contentOf(fixture("nmnist_frames.tsv")));
  std::string line, name;
  std::getline(expectations, line);
  int recordings = 0;
  for (; std::getline(expectations, line); ++recordings) {
    std::istringstream fields(line);
    size_t eventCount;
    int64_t windows, largest;
    uint64_t checksum, sum = 0;
    fields >> name >> eventCount >> windows >> largest >> checksum;
    Expected<std::vector<Event>> events = readEvents(sharedData("NMNIST/" + name));
    ASSERT_TRUE(events.has_value()) << events.error().message;
    EXPECT_EQ(events->size(), eventCount) << name;
    Expected<Tensor> frames = framesOfEvents(*events);
    ASSERT_TRUE(frames.has_value()) << frames.error().message;
    EXPECT_EQ(frames->shape, (std::vector<int64_t>{windows, 2, 34, 34})) << name;
    const uint16_t *counts = frames->as<uint16_t>();
    for (int64_t i = 0; i < frames->size(); ++i)
      sum += uint64_t(counts[i]) * static_cast<uint64_t>(i + 1);
    EXPECT_EQ(sum, checksum) << name;
    EXPECT_EQ(*std::max_element(counts, counts + frames->size()), largest) << name;
  }
  EXPECT_EQ(recordings, 50);
}

TEST(EventFile, RefusesLengthsThatAreNoEvents) {
  std::string whole = contentOf(fixture("events.bs2"));
  for (size_t length = 0; length < whole.size(); ++length) {
    bool valid = parseEvents(bytesOf(whole.substr(0, length)), "x").has_value();
    EXPECT_EQ(valid, length > 0 && length % 5 == 0) << length;
  }
  EXPECT_EQ(messageOf(parseEvents(bytesOf("abc"), "x.bs2")),
            "'x.bs2': expected a multiple of 5 bytes of events, got 3");
  EXPECT_EQ(messageOf(parseEvents({}, "x.bs2")), "'x.bs2': expected at least one event");
}

TEST(EventFile, RefusesEventsThatFitNoFrame) {
  EXPECT_EQ(messageOf(framesOfEvents({{0, 34, 0, 0}})),
            "event 0 at (34, 0) is outside the sensor of 34 x 34");
  EXPECT_EQ(messageOf(framesOfEvents({{5, 0, 0, 0}, {4, 0, 0, 0}, {9, 0, 0, 0}})),
            "expected events in the order of time, got 4 µs after 5 µs at event 1");
  EXPECT_EQ(messageOf(framesOfEvents({{5, 0, 0, 0}, {4, 0, 0, 0}})),
            "expected events in the order of time, but the last is before the first");
  EXPECT_EQ(messageOf(framesOfEvents({{0, 0, 0, 0}, {int64_t(1) << 40, 0, 0, 0}})),
            "frames of 1099511627 windows of 2 x 34 x 34 need more than 1073741824 bytes");
  EXPECT_EQ(messageOf(framesOfEvents(std::vector<Event>(65536, Event{0, 3, 4, 0}))),
            "more than 65535 events at (3, 4) in window 0");
  FrameOptions zero;
  zero.windowUs = 0;
  EXPECT_FALSE(framesOfEvents({{0, 0, 0, 0}}, zero).has_value());
  FrameOptions huge;
  huge.width = huge.height = INT64_MAX;
  EXPECT_FALSE(framesOfEvents({{0, 0, 0, 0}}, huge).has_value());
}
