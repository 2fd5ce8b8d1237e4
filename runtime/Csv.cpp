// Numeric tables as text: comma, semicolon, tab or blanks between the columns.
#include "runtime/Csv.h"

#include "runtime/AtomicFile.h"
#include "runtime/NumberText.h"
#include "runtime/ReadFile.h"

#include <algorithm>
#include <fmt/format.h>

namespace engram {

static std::string_view trim(std::string_view text) {
  size_t start = text.find_first_not_of(" \t\r");
  if (start == std::string_view::npos)
    return {};
  return text.substr(start, text.find_last_not_of(" \t\r") - start + 1);
}

static std::string_view unquote(std::string_view field) {
  field = trim(field);
  if (field.size() >= 2 && field.front() == '"' && field.back() == '"')
    return trim(field.substr(1, field.size() - 2));
  return field;
}

CsvScanner::CsvScanner(std::string_view text) : rest(text) {
  if (rest.substr(0, 3) == "\xef\xbb\xbf")
    rest.remove_prefix(3);
}

void CsvScanner::split(std::string_view text, std::vector<std::string_view> &fields) const {
  fields.clear();
  if (separator == ' ') {
    for (text = trim(text); !text.empty(); text = trim(text)) {
      size_t end = std::min(text.find_first_of(" \t"), text.size());
      fields.push_back(unquote(text.substr(0, end)));
      text.remove_prefix(end);
    }
    return;
  }
  size_t start = 0;
  bool inQuotes = false;
  for (size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] == '"')
      inQuotes = !inQuotes;
    if (i == text.size() || (text[i] == separator && !inQuotes)) {
      fields.push_back(unquote(text.substr(start, i - start)));
      start = i + 1;
    }
  }
}

bool CsvScanner::next(std::vector<std::string_view> &fields) {
  while (!rest.empty()) {
    size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view text = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    ++lineNumber;
    text = text.substr(0, text.find('#'));
    if (trim(text).empty())
      continue;
    if (separator == 0) {
      separator = ' ';
      for (char candidate : {'\t', ',', ';'})
        if (trim(text).find(candidate) != std::string_view::npos)
          separator = candidate;
    }
    split(text, fields);
    return true;
  }
  return false;
}

static Expected<CsvTable> parse(std::string_view text) {
  CsvScanner scanner(text);
  std::vector<std::string_view> fields;
  CsvTable table;
  std::vector<double> values;
  size_t columns = 0;
  int64_t rows = 0;
  for (bool first = true; scanner.next(fields); first = false) {
    if (first) {
      columns = fields.size();
      if (std::none_of(fields.begin(), fields.end(),
                       [](std::string_view field) { return parseNumber(field).has_value(); })) {
        table.header.assign(fields.begin(), fields.end());
        continue;
      }
    }
    if (fields.size() != columns)
      return fail(fmt::format("line {}: expected {} columns, got {}", scanner.line(), columns,
                              fields.size()));
    for (size_t column = 0; column < columns; ++column) {
      std::optional<double> number = parseNumber(fields[column]);
      if (!number)
        return fail(fmt::format("line {}, column {}: expected a number, got {}", scanner.line(),
                                column + 1, quote(fields[column])));
      values.push_back(*number);
    }
    ++rows;
  }
  if (rows == 0)
    return fail("expected at least one row of numbers");
  table.values = Tensor::from<double>({rows, static_cast<int64_t>(columns)}, values);
  return table;
}

Expected<CsvTable> parseCsv(std::string_view text, const std::string &name) {
  return parse(text).map_error(
      [&](const Error &error) { return Error{fmt::format("'{}': {}", name, error.message)}; });
}

Expected<CsvTable> readCsv(const std::string &path) {
  Expected<std::vector<std::byte>> bytes = readFile(path);
  if (!bytes)
    return fail(bytes.error().message);
  return parseCsv(textOf(*bytes), path);
}

static std::string numberText(const Tensor &tensor, int64_t flat) {
  switch (tensor.dtype) {
  case DType::F32:
    return shortestNumber(tensor.as<float>()[flat]);
  case DType::F64:
    return shortestNumber(tensor.as<double>()[flat]);
  case DType::I64:
    return std::to_string(tensor.as<int64_t>()[flat]);
  case DType::U64:
    return std::to_string(tensor.as<uint64_t>()[flat]);
  default:
    return std::to_string(static_cast<int64_t>(tensor.at(flat)));
  }
}

Expected<void> writeCsv(const std::string &path, const std::vector<std::string> &header,
                        const Tensor &values) {
  if (values.rank() < 1 || values.rank() > 2)
    return fail(fmt::format("'{}': expected a vector or a matrix for a .csv file, got shape {}",
                            path, shapeString(values.shape)));
  int64_t rows = values.shape[0], columns = values.rank() == 2 ? values.shape[1] : 1;
  if (!header.empty() && static_cast<int64_t>(header.size()) != columns)
    return fail(
        fmt::format("'{}': expected {} names of columns, got {}", path, columns, header.size()));
  for (const std::string &name : header)
    if (name.empty() || name.find_first_of(",;\"#\t\r\n") != std::string::npos)
      return fail(fmt::format("'{}': {} cannot be the name of a column", path, quote(name)));
  Expected<AtomicFile> file = AtomicFile::create(path);
  if (!file)
    return fail(file.error().message);
  std::string line;
  for (int64_t row = header.empty() ? 0 : -1; row < rows; ++row) {
    line.clear();
    for (int64_t column = 0; column < columns; ++column) {
      if (column > 0)
        line += ',';
      line += row < 0 ? header[column] : numberText(values, row * columns + column);
    }
    line += '\n';
    if (Expected<void> done = file->write(line); !done)
      return done;
  }
  return file->commit();
}

} // namespace engram
