// Lists of classes: the right answers that a run is scored against.
#pragma once

#include "runtime/Error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace engram {

struct LabelList {
  /// classes[i] is that of sample i: 0 or more.
  std::vector<int64_t> classes;
  /// Names of the samples where the list has them (then as many as classes), else empty.
  std::vector<std::string> samples;

  /// The class of a sample by its name, such as "60001" of "60001.bs2".
  std::optional<int64_t> classOf(std::string_view sample) const;
};

/// Reads a list of classes. From .npy: whole numbers of shape (n) or (n, 1). From any other name a
/// text (as runtime/Csv.h cuts it): the class is the last column, the sample's name the first one
/// where there are several; a first line whose last column is no number is a header. This covers
/// one number a line and N-MNIST's "60001<tab>7".
/// Errors name file and line: no label at all, not a whole number, negative, a sample listed twice
/// with different classes.
Expected<LabelList> readLabels(const std::string &path);
/// The text format for text in memory; 'name' is the file named in errors.
Expected<LabelList> parseLabels(std::string_view text, const std::string &name);

} // namespace engram
