// Images of the chip (.egi): sections of memory words with checksums, and text for tools.
#pragma once

#include "runtime/Error.h"
#include "runtime/accelerator/Chip.h"
#include <vector>

namespace engram::a1 {

/// Words of one memory of one core, or text for tools.
struct Section {
  uint32_t type = 0; ///< a Memory, or `textType`
  uint32_t core = 0; ///< y * columns + x
  uint32_t base = 0; ///< first 32-bit part
  std::vector<uint32_t> words;
};

struct Image {
  /// Sections of this type and above are not for the chip.
  static constexpr uint32_t textType = 0x100;
  static constexpr uint32_t magic = 0x31494745, version = 1; ///< "EGI1"
  /// What the table of the chip's loader holds.
  static constexpr uint32_t maxSections = 1024;

  uint32_t featureHash = 0;
  std::vector<Section> sections;
  std::string text; ///< JSON for tools: names, probes, latency

  std::vector<uint32_t> serialize() const;
};

/// What the loader of the chip finds in words: None if all is right. Nothing is changed.
Cause checkImage(const std::vector<uint32_t> &words, const ChipParameters &parameters);

/// The image of words that `checkImage` accepts for the chip with these sizes; else its reason.
Expected<Image> parseImage(const std::vector<uint32_t> &words, const ChipParameters &parameters);

/// Files; little-endian. The messages name the file. What is read is whole; whether it is for a
/// chip that there is, `parseImage` says.
Expected<Image> readImage(const std::string &path);
Expected<void> writeImage(const std::string &path, const Image &image);

} // namespace engram::a1
