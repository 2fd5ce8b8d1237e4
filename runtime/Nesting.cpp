// How deep the brackets of a text are nested, for parsers that call themselves.
#include "runtime/Nesting.h"

#include <algorithm>

namespace engram {

/// The place behind the string that begins at 'start'; a string ends with its line at the latest.
static size_t endOfString(std::string_view text, size_t start) {
  size_t k = start + 1;
  while (k < text.size() && text[k] != '"' && text[k] != '\n')
    k += text[k] == '\\' ? 2 : 1;
  return k;
}

std::optional<size_t> nestedTooDeep(std::string_view text, size_t limit) {
  size_t depth = 0, signs = 0;
  for (size_t k = 0; k < text.size(); ++k) {
    char before = k ? text[k - 1] : ' ', after = k + 1 < text.size() ? text[k + 1] : ' ';
    if (text[k] == '-' && after != '>') {
      if (++signs > limit)
        return k;
      continue;
    }
    signs = text[k] == ' ' || text[k] == '\n' || text[k] == '\t' || text[k] == '\r' ? signs : 0;
    switch (text[k]) {
    case '"':
      k = endOfString(text, k);
      break;
    case '/':
      if (after == '/')
        k = std::min(text.find('\n', k), text.size());
      break;
    case '(':
    case '[':
    case '{':
    case '<':
      if (++depth > limit)
        return k;
      break;
    case '>':
      if (before == '-' || after == '=')
        break;
      [[fallthrough]];
    case ')':
    case ']':
    case '}':
      depth -= depth > 0;
      break;
    default:
      break;
    }
  }
  return std::nullopt;
}

} // namespace engram
