// Event-camera recordings in the format of N-MNIST (.bs2, .bin), and frames of them.
#include "runtime/EventFile.h"

#include "runtime/ReadFile.h"

#include <algorithm>
#include <fmt/format.h>
#include <limits>

namespace engram {

Expected<std::vector<Event>> parseEvents(const std::vector<std::byte> &bytes,
                                         const std::string &name) {
  constexpr size_t eventBytes = 5;
  constexpr uint8_t overflowRow = 240;
  constexpr int64_t overflowUs = int64_t(1) << 13;
  if (bytes.size() % eventBytes != 0)
    return fail(fmt::format("'{}': expected a multiple of {} bytes of events, got {}", name,
                            eventBytes, bytes.size()));
  std::vector<Event> events;
  events.reserve(bytes.size() / eventBytes);
  int64_t clockUs = 0;
  for (size_t i = 0; i < bytes.size(); i += eventBytes) {
    auto byte = [&](size_t k) { return static_cast<uint8_t>(bytes[i + k]); };
    if (byte(1) == overflowRow) {
      clockUs += overflowUs;
      continue;
    }
    int64_t timeUs = (byte(2) & 127) << 16 | byte(3) << 8 | byte(4);
    events.push_back({clockUs + timeUs, byte(0), byte(1), static_cast<uint8_t>(byte(2) >> 7)});
  }
  if (events.empty())
    return fail(fmt::format("'{}': expected at least one event", name));
  return events;
}

Expected<std::vector<Event>> readEvents(const std::string &path) {
  Expected<std::vector<std::byte>> bytes = readFile(path);
  if (!bytes)
    return fail(bytes.error().message);
  return parseEvents(*bytes, path);
}

Expected<Tensor> framesOfEvents(const std::vector<Event> &events, const FrameOptions &options) {
  if (options.windowUs < 1 || options.width < 1 || options.height < 1)
    return fail(fmt::format("expected a window and a sensor above 0, got {} µs and {} x {}",
                            options.windowUs, options.width, options.height));
  if (events.empty())
    return fail("expected at least one event");
  int64_t start = events.front().timeUs, duration = events.back().timeUs - start;
  if (duration < 0)
    return fail("expected events in the order of time, but the last is before the first");
  int64_t windows = std::max<int64_t>(duration / options.windowUs, 1);
  if (options.keepIncomplete)
    windows = duration / options.windowUs + 1;
  // Bounded before anything is multiplied.
  constexpr int64_t maxExtent = int64_t(1) << 16;
  if (options.width > maxExtent || options.height > maxExtent)
    return fail(fmt::format("expected a sensor of at most {0} x {0}, got {1} x {2}", maxExtent,
                            options.width, options.height));
  int64_t pixels = options.width * options.height;
  constexpr int64_t cellBytes = sizeof(uint16_t);
  if (windows > options.maxBytes / (2 * pixels * cellBytes))
    return fail(fmt::format("frames of {} windows of 2 x {} x {} need more than {} bytes", windows,
                            options.height, options.width, options.maxBytes));
  Tensor frames = Tensor::zeros({windows, 2, options.height, options.width}, DType::U16);
  uint16_t *counts = frames.as<uint16_t>();
  for (size_t i = 0; i < events.size(); ++i) {
    const Event &event = events[i];
    if (i > 0 && event.timeUs < events[i - 1].timeUs)
      return fail(fmt::format("expected events in the order of time, got {} µs after {} µs at "
                              "event {}",
                              event.timeUs, events[i - 1].timeUs, i));
    if (event.x >= options.width || event.y >= options.height)
      return fail(fmt::format("event {} at ({}, {}) is outside the sensor of {} x {}", i, event.x,
                              event.y, options.width, options.height));
    int64_t window = (event.timeUs - start) / options.windowUs;
    if (window >= windows)
      continue;
    uint16_t &count =
        counts[((window * 2 + (event.polarity & 1)) * options.height + event.y) * options.width +
               event.x];
    if (count == std::numeric_limits<uint16_t>::max())
      return fail(fmt::format("more than {} events at ({}, {}) in window {}", count, event.x,
                              event.y, window));
    ++count;
  }
  return frames;
}

} // namespace engram
