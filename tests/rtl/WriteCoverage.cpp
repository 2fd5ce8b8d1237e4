// Part of tests that are built with ENGRAM_RTL_COVERAGE: writes the counts of all models at the
// end.
#include <filesystem>
#include <verilated.h>
#include <verilated_cov.h>

namespace {

struct WriteCoverage {
  /// The models' context is to live longer than this.
  WriteCoverage() { Verilated::defaultContextp(); }
  ~WriteCoverage() {
    std::filesystem::create_directories(std::filesystem::path(ENGRAM_COVERAGE_FILE).parent_path());
    Verilated::threadContextp()->coveragep()->write(ENGRAM_COVERAGE_FILE);
  }
};

WriteCoverage atTheEnd;

} // namespace
