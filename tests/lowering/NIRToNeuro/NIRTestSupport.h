// What the tests of NIR files share: where files are, small networks, one-line fields.
#pragma once

#include "lowering/NIRToNeuro/NIRFile.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <string>
#include <unistd.h>
#include <vector>

namespace engram::nir::test {

namespace fs = std::filesystem;

inline const fs::path here = fs::path(ENGRAM_SOURCE_DIR) / "tests/lowering/NIRToNeuro";
inline const fs::path sharedData = fs::path(ENGRAM_SOURCE_DIR) / "../shared/data/NIR";

inline std::string fixture(const std::string &name) {
  return (here / "fixtures" / (name + ".nir")).string();
}

/// Files of a folder and those below it, sorted; empty if it is absent.
inline std::vector<std::string> networksIn(const fs::path &folder) {
  std::vector<std::string> paths;
  if (fs::exists(folder))
    for (const auto &entry : fs::recursive_directory_iterator(folder))
      if (entry.path().extension() == ".nir" &&
          entry.path().filename().string().rfind("bad_", 0) != 0)
        paths.push_back(entry.path().string());
  std::sort(paths.begin(), paths.end());
  return paths;
}

inline std::vector<char> bytesOf(const std::string &path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// A folder that goes away with the test.
class TemporaryFolder {
public:
  TemporaryFolder() {
    std::string name = (fs::temp_directory_path() / "engram-nir-XXXXXX").string();
    path = ::mkdtemp(name.data());
  }
  ~TemporaryFolder() { fs::remove_all(path); }
  std::string operator/(const std::string &name) const { return (path / name).string(); }
  fs::path path;
};

inline Field numbers(std::vector<double> values) {
  Array array;
  array.shape = {static_cast<std::int64_t>(values.size())};
  array.data = std::move(values);
  return array;
}

inline Field numbers(std::vector<std::int64_t> shape, double value) {
  Array array;
  std::size_t size = 1;
  for (std::int64_t dim : shape)
    size *= static_cast<std::size_t>(dim);
  array.shape = std::move(shape);
  array.data = std::vector<double>(size, value);
  return array;
}

inline Field integers(std::vector<std::int64_t> values) {
  Array array;
  array.shape = {static_cast<std::int64_t>(values.size())};
  array.data = std::move(values);
  return array;
}

inline Field integer(std::int64_t value) {
  Array array;
  array.data = std::vector<std::int64_t>{value};
  return array;
}

inline Node makeNode(std::string type, std::map<std::string, Field> fields) {
  Node node;
  node.type = std::move(type);
  node.fields = std::move(fields);
  return node;
}

/// in -> the node -> out.
inline Graph around(Node node, const std::string &name = "x") {
  Graph graph;
  graph.nodes.emplace_back("in", makeNode("Input", {{"shape", integers({2})}}));
  graph.nodes.emplace_back(name, std::move(node));
  graph.nodes.emplace_back("out", makeNode("Output", {{"shape", integers({2})}}));
  graph.edges = {{"in", name}, {name, "out"}};
  return graph;
}

/// The command of a Python that has h5py, or empty. ENGRAM_PYTHON names one to try first.
inline std::string pythonWith(const std::string &module) {
  for (const char *candidate : {std::getenv("ENGRAM_PYTHON"), const_cast<char *>("python3")}) {
    if (!candidate)
      continue;
    std::string command = std::string(candidate) + " -c 'import " + module + "' 2>/dev/null";
    if (std::system(command.c_str()) == 0)
      return candidate;
  }
  return "";
}

} // namespace engram::nir::test
