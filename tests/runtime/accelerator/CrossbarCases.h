// The lines of crossbar_cases.py: a command and its words.
#pragma once

#include <cstdint>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace engram::a1::test {

struct CrossbarLine {
  std::string command;
  std::vector<uint32_t> words;
};

inline std::vector<CrossbarLine> readCrossbarCases(const std::string &path) {
  std::vector<CrossbarLine> lines;
  std::ifstream file(path);
  for (std::string text; std::getline(file, text);) {
    std::istringstream stream(text);
    CrossbarLine line;
    stream >> line.command >> std::hex;
    for (uint32_t word; stream >> word;)
      line.words.push_back(word);
    lines.push_back(std::move(line));
  }
  return lines;
}

inline int32_t payloadOf(uint32_t word) { return static_cast<int32_t>(word << 8) >> 8; }

} // namespace engram::a1::test
