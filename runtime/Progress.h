// A progress bar on the terminal of a person who waits; nothing at all in a pipe or a log.
#pragma once

#include <cstdint>
#include <string>

namespace engram {

/// One line such as "running  42% [=======>          ] 420/1,000 steps  1,234 steps/s  eta 0:12",
/// cut to 'columns' characters. A total of 0 or less means that it is unknown: then neither
/// percentage, bar nor time to go. The text is ASCII but for what 'label' and 'unit' contain.
std::string progressLine(const std::string &label, const std::string &unit, int64_t done,
                         int64_t total, double elapsedSeconds, int columns);

/// Draws on 'fd' (standard error) when that is a terminal that can redraw a line, at most ten times
/// a second; the line is erased at the end, so that what follows starts on a clean one.
/// Not to be shared between threads.
class Progress {
public:
  /// A clock gives seconds from any origin; the default is the monotonic clock of the machine.
  using Clock = double (*)();

  Progress(std::string label, int64_t total, std::string unit = "steps", int fd = 2,
           Clock clock = nullptr);
  ~Progress() { finish(); }
  Progress(const Progress &) = delete;
  Progress &operator=(const Progress &) = delete;

  /// 'done' of the total; cheap enough for every step.
  void update(int64_t done);
  /// Erases the bar; later updates do nothing.
  void finish();

private:
  void draw(const std::string &line);

  std::string label, unit;
  int64_t total;
  int fd;
  bool active, drawn = false;
  Clock clock;
  double start, nextDraw;
};

} // namespace engram
