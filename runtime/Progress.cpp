// A progress bar on the terminal of a person who waits; nothing at all in a pipe or a log.
#include "runtime/Progress.h"

#include "runtime/NumberText.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <fmt/format.h>
#include <string_view>
#include <sys/ioctl.h>
#include <unistd.h>

namespace engram {

static std::string rateText(double rate) {
  return rate >= 10 ? grouped(std::llround(std::min(rate, 1e15))) : fmt::format("{:.2g}", rate);
}

static std::string durationText(double seconds) {
  auto whole = static_cast<int64_t>(std::llround(std::clamp(seconds, 0.0, 1e9)));
  if (whole < 3600)
    return fmt::format("{}:{:02}", whole / 60, whole % 60);
  return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
}

std::string progressLine(const std::string &label, const std::string &unit, int64_t done,
                         int64_t total, double elapsedSeconds, int columns) {
  size_t width = static_cast<size_t>(std::max(columns, 0));
  double rate = elapsedSeconds > 0 ? static_cast<double>(done) / elapsedSeconds : 0;
  std::string tail = " " + grouped(done);
  if (total > 0)
    tail += "/" + grouped(total);
  tail += " " + unit;
  if (rate > 0)
    tail += fmt::format("  {} {}/s", rateText(rate), unit);
  if (total <= 0)
    return (label + tail).substr(0, width);
  double fraction = std::clamp(static_cast<double>(done) / static_cast<double>(total), 0.0, 1.0);
  if (rate > 0)
    tail += fmt::format("  eta {}", durationText(static_cast<double>(total - done) / rate));
  std::string head = fmt::format("{} {:3}%", label, static_cast<int>(fraction * 100));
  constexpr size_t widest = 40, narrowest = 8, frame = 3;
  size_t used = head.size() + tail.size() + frame;
  if (used + narrowest <= width) {
    size_t cells = std::min(width - used, widest);
    auto full = static_cast<size_t>(fraction * static_cast<double>(cells));
    std::string bar(full, '=');
    if (full < cells)
      bar += '>' + std::string(cells - full - 1, ' ');
    head += " [" + bar + "]";
  }
  return (head + tail).substr(0, width);
}

static bool canRedraw(int fd) {
  const char *terminal = std::getenv("TERM");
  return ::isatty(fd) == 1 && !(terminal && std::string_view(terminal) == "dumb");
}

static int columnsOf(int fd) {
  winsize size{};
  return ::ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

static double monotonicSeconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// The first bar comes late enough that short runs show none.
Progress::Progress(std::string label, int64_t total, std::string unit, int fd, Clock clock)
    : label(std::move(label)), unit(std::move(unit)), total(total), fd(fd), active(canRedraw(fd)),
      clock(clock ? clock : monotonicSeconds), start(this->clock()), nextDraw(start + 0.2) {}

void Progress::draw(const std::string &line) {
  // Return to the first column, then erase the line. What cannot be drawn does not matter.
  std::string text = "\r\x1b[K" + line;
  if (::write(fd, text.data(), text.size()) < 0)
    active = false;
}

void Progress::update(int64_t done) {
  if (!active)
    return;
  double now = clock();
  if (now < nextDraw)
    return;
  nextDraw = now + 0.1;
  // One column less: a full line would wrap on some terminals.
  draw(progressLine(label, unit, done, total, now - start, columnsOf(fd) - 1));
  drawn = true;
}

void Progress::finish() {
  if (active && drawn)
    draw("");
  active = false;
}

} // namespace engram
