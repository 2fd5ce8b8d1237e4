// Numeric tables as text: comma, semicolon, tab or blanks between the columns.
#pragma once

#include "runtime/Tensor.h"

#include <string>
#include <vector>

namespace engram {

/// Cuts a text into lines and fields. '#' starts a comment anywhere; lines without fields are
/// skipped; the separator is the first of ; , tab that the first line with fields contains, else
/// blanks. Fields lose surrounding blanks and double quotes. CR LF and a byte order mark are fine.
class CsvScanner {
public:
  /// 'text' must outlive the scanner and the fields.
  explicit CsvScanner(std::string_view text);
  /// The next line with fields; false at the end.
  bool next(std::vector<std::string_view> &fields);
  /// The number of the line that next() returned, from 1.
  int64_t line() const { return lineNumber; }

private:
  void split(std::string_view text, std::vector<std::string_view> &fields) const;

  std::string_view rest;
  int64_t lineNumber = 0;
  char separator = 0;
};

struct CsvTable {
  /// Names of the columns; empty where the file has no header line.
  std::vector<std::string> header;
  /// Shape (rows, columns), F64.
  Tensor values;
};

/// Reads a matrix of numbers; a first line without any number is the header. "nan" and "inf" are
/// numbers. Errors name line and column: not a number, a row of another length; no row at all is an
/// error too.
Expected<CsvTable> readCsv(const std::string &path);
/// The same for text in memory; 'name' is the file named in errors.
Expected<CsvTable> parseCsv(std::string_view text, const std::string &name);

/// Writes a matrix (or a vector, as one column) with commas and the shortest decimals that read
/// back as the same values. 'header' is empty or has one name a column; names with commas, quotes
/// or '#' are not representable and refused. Atomic.
Expected<void> writeCsv(const std::string &path, const std::vector<std::string> &header,
                        const Tensor &values);

} // namespace engram
