// The progress bar: its text, and where it is drawn.
#include "runtime/Progress.h"

#include <gtest/gtest.h>
#include <pty.h>
#include <unistd.h>

using namespace engram;

static std::string readNow(int fd) {
  char text[4096];
  ssize_t count = ::read(fd, text, sizeof text);
  return count > 0 ? std::string(text, static_cast<size_t>(count)) : "";
}

static double now = 0;

// Three updates too early, then 50 within a twentieth of a second.
static void work(int fd) {
  now = 0;
  Progress progress("running", 100, "steps", fd, [] { return now; });
  for (now = 0.05; now < 0.19; now += 0.05)
    progress.update(1);
  now = 0.25;
  for (int i = 2; i <= 51; ++i, now += 0.001)
    progress.update(i);
}

TEST(Progress, ShowsShareRateAndTimeToGo) {
  // 420 of 1,000 in 2 s: 210 a second, 580 to go in 2.76 s.
  EXPECT_EQ(progressLine("running", "steps", 420, 1000, 2, 120),
            "running  42% [" + std::string(16, '=') + ">" + std::string(23, ' ') +
                "] 420/1,000 steps  210 steps/s  eta 0:03");
  EXPECT_EQ(progressLine("x", "steps", 1, 100000, 10, 63),
            "x   0% [>         ] 1/100,000 steps  0.1 steps/s  eta 277:46:30");
  EXPECT_EQ(progressLine("x", "samples", 5, 5, 1, 30), "x 100% 5/5 samples  5 samples/");
}

TEST(Progress, CopesWithUnknownAndStrangeTotals) {
  EXPECT_EQ(progressLine("x", "steps", 5000, 0, 1, 80), "x 5,000 steps  5,000 steps/s");
  EXPECT_EQ(progressLine("x", "steps", 0, 10, 0, 20), "x   0% 0/10 steps");
  EXPECT_NE(progressLine("x", "steps", 20, 10, 1, 80).find("100%"), std::string::npos);
  EXPECT_EQ(progressLine("x", "steps", INT64_MIN, INT64_MAX, 1e-300, 0), "");
}

TEST(Progress, IsSilentInAPipe) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  work(ends[1]);
  ::close(ends[1]);
  EXPECT_EQ(readNow(ends[0]), "");
  ::close(ends[0]);
}

TEST(Progress, DrawsRarelyOnATerminalAndErasesItself) {
  ::setenv("TERM", "xterm", 1);
  int master = -1, slave = -1;
  if (::openpty(&master, &slave, nullptr, nullptr, nullptr) != 0)
    GTEST_SKIP() << "this system has no pseudo-terminals";
  work(slave);
  std::string text = readNow(master);
  // One bar for all updates, then the erasure.
  EXPECT_EQ(text.substr(0, 4), "\r\x1b[K");
  EXPECT_NE(text.find("running   2%"), std::string::npos) << text;
  EXPECT_EQ(text.find("%", text.find("%") + 1), std::string::npos) << text;
  EXPECT_EQ(text.substr(text.size() - 4), "\r\x1b[K");
  ::close(slave);
  ::close(master);
}
