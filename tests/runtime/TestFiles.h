// Fixtures, a scratch folder that removes itself, and the malformed-input loops of the file tests.
#pragma once

#include "runtime/ReadFile.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <string>
#include <unistd.h>
#include <vector>

namespace engram::test {

inline std::string fixture(const std::string &name) {
  return std::string(ENGRAM_SOURCE_DIR) + "/tests/runtime/fixtures/" + name;
}

/// Data of others, which the project does not ship.
inline std::string sharedData(const std::string &name) {
  return std::string(ENGRAM_SOURCE_DIR) + "/../shared/data/" + name;
}

class Scratch {
public:
  Scratch() {
    std::string pattern = (std::filesystem::temp_directory_path() / "engram-test-XXXXXX").string();
    path = ::mkdtemp(pattern.data());
  }
  ~Scratch() { std::filesystem::remove_all(path); }
  std::string operator/(const std::string &name) const { return (path / name).string(); }
  size_t fileCount() const {
    return static_cast<size_t>(std::distance(std::filesystem::directory_iterator(path), {}));
  }

private:
  std::filesystem::path path;
};

inline std::string contentOf(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void put(const std::string &path, const std::string &content) {
  std::ofstream(path, std::ios::binary) << content;
}

inline std::vector<std::byte> bytesOf(const std::string &text) {
  auto *first = reinterpret_cast<const std::byte *>(text.data());
  return {first, first + text.size()};
}

/// The message of an error; fails the test where there is none.
template <typename T> std::string messageOf(const T &result) {
  EXPECT_FALSE(result.has_value());
  return result ? "" : result.error().message;
}

} // namespace engram::test
