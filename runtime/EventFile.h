// Event-camera recordings in the format of N-MNIST (.bs2, .bin), and frames of them.
#pragma once

#include "runtime/Tensor.h"

#include <string>
#include <vector>

namespace engram {

struct Event {
  int64_t timeUs;
  uint8_t x, y;
  /// 0: darker, 1: brighter.
  uint8_t polarity;
};

/// Reads 5 bytes an event: x, y, then big endian one bit polarity and 23 bits of time in µs. An
/// event with y == 240 is no event: it advances the clock of all later ones by 2^13 µs, which is
/// how recordings longer than 2^23 µs are stored. Errors: the length is not a multiple of 5; no
/// event at all.
/// Source: Orchard et al., "Converting static image datasets to spiking neuromorphic datasets using
/// saccades", 2015, and their reader event-Python, whose convention for y == 240 this is.
Expected<std::vector<Event>> readEvents(const std::string &path);
/// The same for bytes in memory; 'name' is the file named in errors.
Expected<std::vector<Event>> parseEvents(const std::vector<std::byte> &bytes,
                                         const std::string &name);

struct FrameOptions {
  int64_t windowUs = 1000;
  /// The sensor: pixels in x and in y.
  int64_t width = 34, height = 34;
  /// Also the last window, which the recording does not fill.
  bool keepIncomplete = false;
  /// Frames need this many bytes at most.
  int64_t maxBytes = int64_t(1) << 30;
};

/// Counts events per window, polarity and pixel: shape (windows, 2, height, width), U16. Window k
/// is [t0 + k w, t0 + (k + 1) w) of the first event's time t0. By default only windows that end no
/// later than the last event count, but at least one: the frames of tonic.transforms.ToFrame with
/// time_window. Errors: an event outside the sensor or earlier than the one before it, a window
/// that is not positive, frames over the limit, more than 65535 events in one cell.
Expected<Tensor> framesOfEvents(const std::vector<Event> &events, const FrameOptions &options = {});

} // namespace engram
