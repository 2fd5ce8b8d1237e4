// Cubes side by side, for loops over thousands of them.
#pragma once

#include "lowering/NCoreToAer/Rules.h"

namespace engram::aer {

struct CubeList {
  std::vector<uint64_t> keys, masks;

  void push_back(Cube cube) {
    keys.push_back(cube.key);
    masks.push_back(cube.mask);
  }
  size_t size() const { return keys.size(); }
  Cube operator[](size_t k) const { return {keys[k], masks[k]}; }

  /// The first one from `from` to before `end` that meets the cube, or `end`.
  size_t firstMeeting(Cube cube, size_t from, size_t end) const;
};

} // namespace engram::aer
