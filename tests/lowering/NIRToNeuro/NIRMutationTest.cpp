// Damaged files, thousands of them, the same in every run: each gives a graph or an error value.
#include "lowering/NIRToNeuro/NIRChecks.h"
#include "lowering/NIRToNeuro/NIRFileImpl.h"
#include "tests/lowering/NIRToNeuro/NIRTestSupport.h"

#include <chrono>
#include <cstdio>
#include <cstring>
#include <random>
#include <thread>

namespace engram::nir::test {
namespace {

using Bytes = std::vector<char>;
using Clock = std::chrono::steady_clock;

class Mutator {
public:
  explicit Mutator(std::vector<Bytes> seeds) : seeds(std::move(seeds)) {}

  Bytes next() {
    Bytes bytes = seeds[below(seeds.size())];
    switch (below(8)) {
    case 0:
      bytes.resize(below(bytes.size()));
      break;
    case 1: { // A part of one file in the place of a part of another.
      const Bytes &other = seeds[below(seeds.size())];
      std::size_t from = below(other.size()), to = below(bytes.size());
      std::size_t length = std::min({below(512) + 1, other.size() - from, bytes.size() - to});
      std::copy_n(other.begin() + from, length, bytes.begin() + to);
      break;
    }
    case 2: { // A number becomes an extreme one.
      constexpr std::uint64_t extremes[] = {
          0, 1, 0x7f, 0xff, 0xffff, 0x7fffffff, 0xffffffff, ~0ull, 0x7fffffffffffffff};
      std::size_t width = std::size_t(1) << below(4);
      std::uint64_t value = extremes[below(std::size(extremes))];
      std::size_t at = below(bytes.size() - width);
      std::memcpy(bytes.data() + at, &value, width);
      break;
    }
    default:
      for (std::size_t i = below(8) + 1; i > 0; --i)
        bytes[below(bytes.size())] ^= static_cast<char>(1 + below(255));
    }
    return bytes;
  }

private:
  // Not a distribution of the standard library, whose results differ between libraries.
  std::size_t below(std::size_t limit) { return random() % limit; }

  std::vector<Bytes> seeds;
  std::mt19937_64 random{20240229};
};

std::vector<Bytes> seeds() {
  std::vector<Bytes> all;
  for (const auto &folder : {here / "fixtures", sharedData})
    for (const std::string &path : networksIn(folder))
      if (fs::file_size(path) > 16)
        all.push_back(bytesOf(path));
  return all;
}

TEST(NIRMutation, DamagedFilesGiveAGraphOrAnError) {
  constexpr int most = 3000;
  constexpr auto longest = std::chrono::seconds(18);
  Mutator mutator(seeds());
  TemporaryFolder folder;
  int count = 0, read = 0, sound = 0, survived = 0;
  for (auto start = Clock::now(); count < most && Clock::now() - start < longest; ++count) {
    Bytes bytes = mutator.next();
    auto graph = readImage(bytes.data(), bytes.size(), "x.nir");
    if (!graph) {
      EXPECT_EQ(graph.error().message.rfind("'x.nir': ", 0), 0u) << graph.error().message;
      survived += graph.error().message.find("the HDF5 library") != std::string::npos &&
                  graph.error().message.find("too new") == std::string::npos;
      continue;
    }
    ++read;
    sound += requireValid(*graph, "x.nir").has_value();
    if (read % 16 == 0) {
      auto written = writeFile(*graph, folder / "x.nir");
      ASSERT_TRUE(written) << written.error().message;
      auto again = readFile(folder / "x.nir");
      ASSERT_TRUE(again) << again.error().message;
      EXPECT_TRUE(*again == *graph);
    }
  }
  std::printf("%d damaged files: %d were read, %d of them sound; HDF5 itself failed on %d\n", count,
              read, sound, survived);
  EXPECT_GT(count, 20) << "on a busy machine";
  EXPECT_GT(read, 0);
}

TEST(NIRMutation, ADamagedAnswerOfTheChildIsRefused) {
  auto graph = readFile(fixture("chunked"));
  ASSERT_TRUE(graph);
  int ends[2];
  auto receive = [&](const Bytes &bytes) {
    EXPECT_EQ(::pipe(ends), 0);
    std::thread sender([&] {
      EXPECT_EQ(::write(ends[1], bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
      ::close(ends[1]);
    });
    auto answer = receiveAnswer(ends[0], Limits{40'000});
    sender.join();
    ::close(ends[0]);
    return answer;
  };
  ASSERT_EQ(::pipe(ends), 0);
  ASSERT_TRUE(sendAnswer(ends[1], graph));
  Bytes whole(1 << 16);
  whole.resize(static_cast<std::size_t>(::read(ends[0], whole.data(), whole.size())));
  ::close(ends[0]);
  ::close(ends[1]);
  auto intact = receive(whole);
  ASSERT_TRUE(intact);
  EXPECT_TRUE(*intact == *graph);
  for (std::size_t length = 0; length < whole.size(); length += 7)
    EXPECT_FALSE(receive(Bytes(whole.begin(), whole.begin() + length))) << length;
  Mutator mutator({whole});
  for (int i = 0; i < 1000; ++i)
    (void)receive(mutator.next());
}

} // namespace
} // namespace engram::nir::test
