// Lists of classes: the right answers that a run is scored against.
#include "runtime/Labels.h"

#include "runtime/Csv.h"
#include "runtime/Npy.h"
#include "runtime/NumberText.h"
#include "runtime/ReadFile.h"

#include <algorithm>
#include <fmt/format.h>
#include <unordered_map>

namespace engram {

std::optional<int64_t> LabelList::classOf(std::string_view sample) const {
  auto found = std::find(samples.begin(), samples.end(), sample);
  if (found == samples.end())
    return std::nullopt;
  return classes[static_cast<size_t>(found - samples.begin())];
}

Expected<LabelList> parseLabels(std::string_view text, const std::string &name) {
  CsvScanner scanner(text);
  std::vector<std::string_view> fields;
  LabelList list;
  std::unordered_map<std::string_view, int64_t> seen;
  size_t columns = 0;
  for (bool first = true; scanner.next(fields); first = false) {
    std::optional<int64_t> label = parseInteger(fields.back());
    if (first) {
      columns = fields.size();
      if (!parseNumber(fields.back()))
        continue;
    }
    auto failHere = [&](std::string_view problem) {
      return fail(fmt::format("'{}': line {}: {}", name, scanner.line(), problem));
    };
    if (fields.size() != columns)
      return failHere(fmt::format("expected {} columns, got {}", columns, fields.size()));
    if (!label || *label < 0)
      return failHere(fmt::format("expected a class, a whole number of 0 or more, got {}",
                                  quote(fields.back())));
    if (columns > 1) {
      auto [entry, added] = seen.emplace(fields.front(), *label);
      if (!added && entry->second != *label)
        return failHere(fmt::format("sample {} has class {} here and {} before",
                                    quote(fields.front()), *label, entry->second));
      list.samples.emplace_back(fields.front());
    }
    list.classes.push_back(*label);
  }
  if (list.classes.empty())
    return fail(fmt::format("'{}': expected at least one label", name));
  return list;
}

static Expected<LabelList> readNpyLabels(const std::string &path) {
  Expected<Tensor> tensor = readNpy(path);
  if (!tensor)
    return fail(tensor.error().message);
  bool column = tensor->rank() == 2 && tensor->shape[1] == 1;
  if ((tensor->rank() != 1 && !column) || tensor->size() == 0)
    return fail(fmt::format("'{}': expected a list of at least one class, got shape {}", path,
                            shapeString(tensor->shape)));
  Expected<std::vector<int64_t>> classes = tensor->toInts();
  if (!classes)
    return fail(fmt::format("'{}': {}", path, classes.error().message));
  for (size_t i = 0; i < classes->size(); ++i)
    if ((*classes)[i] < 0)
      return fail(
          fmt::format("'{}': expected class {} to be 0 or more, got {}", path, i, (*classes)[i]));
  LabelList list;
  list.classes = std::move(*classes);
  return list;
}

Expected<LabelList> readLabels(const std::string &path) {
  if (extensionOf(path) == "npy")
    return readNpyLabels(path);
  Expected<std::vector<std::byte>> bytes = readFile(path);
  if (!bytes)
    return fail(bytes.error().message);
  return parseLabels(textOf(*bytes), path);
}

} // namespace engram
