// How deep the brackets of a text are nested, for parsers that call themselves.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace engram {

/// Where a text of MLIR opens more than 'limit' of the brackets ( [ { < within each other, or has
/// more minus signs in a row, counted in bytes; nothing if it never does. Strings and comments do
/// not count, nor do the arrow and the comparisons of its grammar.
std::optional<size_t> nestedTooDeep(std::string_view text, size_t limit);

/// MLIR's parser needs some hundred bytes of stack a level; networks nest about ten levels.
constexpr size_t mostNesting = 1000;

} // namespace engram
