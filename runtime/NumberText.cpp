// Numbers and untrusted text as people read them, independent of the locale.
#include "runtime/NumberText.h"

#include <charconv>
#include <cmath>
#include <fmt/format.h>

namespace engram {

template <typename T> static std::string shortest(T value) {
  // A NaN's sign means nothing to the reader.
  if (std::isnan(value))
    return "nan";
  char text[64];
  return std::string(text, std::to_chars(text, text + sizeof text, value).ptr);
}

std::string shortestNumber(double value) { return shortest(value); }
std::string shortestNumber(float value) { return shortest(value); }

std::string grouped(int64_t value) {
  std::string text = std::to_string(value);
  size_t first = value < 0 ? 1 : 0;
  for (size_t i = text.size(); i > first + 3; i -= 3)
    text.insert(i - 3, ",");
  return text;
}

double stepTime(int64_t step, double dt) {
  double product = static_cast<double>(step) * dt;
  char text[64];
  char *end = std::to_chars(text, text + sizeof text, product, std::chars_format::general, 15).ptr;
  double rounded = product;
  std::from_chars(text, end, rounded);
  return rounded;
}

static std::string_view withoutPlus(std::string_view text) {
  if (text.size() > 1 && text[0] == '+' && text[1] != '-')
    text.remove_prefix(1);
  return text;
}

std::optional<double> parseNumber(std::string_view text) {
  text = withoutPlus(text);
  // from_chars also takes nan(chars), which no tool writes for a number.
  if (text.empty() || text.back() == ')')
    return std::nullopt;
  double value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size())
    return std::nullopt;
  return value;
}

std::optional<int64_t> parseInteger(std::string_view text) {
  text = withoutPlus(text);
  int64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc() && end == text.data() + text.size())
    return value;
  std::optional<double> number = parseNumber(text);
  // Beyond 2^53 a decimal point would hide a rounding.
  if (!number || !(std::fabs(*number) <= 9007199254740992.0) || std::trunc(*number) != *number)
    return std::nullopt;
  return static_cast<int64_t>(*number);
}

std::string quote(std::string_view text) {
  constexpr size_t limit = 40;
  std::string result = "'";
  for (char c : text.substr(0, limit)) {
    auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f)
      result += fmt::format("\\x{:02x}", byte);
    else
      result += c;
  }
  return result + (text.size() > limit ? "…'" : "'");
}

} // namespace engram
