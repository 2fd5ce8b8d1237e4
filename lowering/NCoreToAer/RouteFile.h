// Files of routing tables as PACMAN writes them: JSON, or CSV for one table, also compressed.
#pragma once

#include "lowering/NCoreToAer/Rules.h"
#include "runtime/Error.h"
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace engram::aer {

struct RouteFileEntry {
  uint32_t key = 0, mask = 0;
  uint32_t route = 0;       ///< bits 0 to 5 links, the others cores
  bool defaultable = false; ///< packets would take this route without an entry
};

struct RouteFileTable {
  std::optional<std::pair<int, int>> place; ///< of the chip; none in CSV
  std::vector<RouteFileEntry> entries;

  /// "table (24, 20)", or "the table".
  std::string name() const;
};

/// By the ending of the name: `.csv` has lines `key,mask,route`, `.json` a list of
/// `{"x", "y", "entries": [{"key", "mask", "defaultable", "spinnaker_route"}]}`; either with `.gz`
/// behind it. Errors name file, line or entry, and what is wrong there.
Expected<std::vector<RouteFileTable>> readRouteFile(const std::string &path);

/// The same formats. CSV takes one table. Written whole or not at all.
Expected<void> writeRouteFile(const std::string &path, const std::vector<RouteFileTable> &tables);

/// What `path` would be written as; an error if its ending says nothing.
Expected<void> checkRouteFileName(const std::string &path);

} // namespace engram::aer
