// Units as a power of ten and exponents of base symbols.
#include "dialects/Neuro/IR/Units.h"
#include "llvm/ADT/SmallVector.h"
#include <array>
#include <cmath>
#include <string>
#include <vector>

using namespace engram::neuro;

namespace {

// Exponents over: metre, second, ampere, volt, mole. Volt is kept beside ampere so that no kilogram
// is needed.
struct Dimension {
  double power = 0;
  std::array<int, 5> exponents{};
};

struct Symbol {
  llvm::StringRef name;
  double power;
  std::array<int, 5> exponents;
};

const Symbol symbols[] = {
    {"m", 0, {1, 0, 0, 0, 0}},  {"s", 0, {0, 1, 0, 0, 0}},    {"A", 0, {0, 0, 1, 0, 0}},
    {"V", 0, {0, 0, 0, 1, 0}},  {"mol", 0, {0, 0, 0, 0, 1}},  {"Hz", 0, {0, -1, 0, 0, 0}},
    {"S", 0, {0, 0, 1, -1, 0}}, {"Ohm", 0, {0, 0, -1, 1, 0}}, {"F", 0, {0, 1, 1, -1, 0}},
    {"C", 0, {0, 1, 1, 0, 0}},  {"M", 3, {-3, 0, 0, 0, 1}},   {"1", 0, {0, 0, 0, 0, 0}},
};

const std::pair<char, int> prefixes[] = {{'f', -15}, {'p', -12}, {'n', -9}, {'u', -6}, {'m', -3},
                                         {'c', -2},  {'k', 3},   {'M', 6},  {'G', 9}};

std::optional<Dimension> parseFactor(llvm::StringRef text) {
  int exponent = 1;
  auto [name, power] = text.split('^');
  if (text.contains('^') && (power.getAsInteger(10, exponent) || std::abs(exponent) > 9))
    return std::nullopt;
  auto make = [&](const Symbol &symbol, int prefix) {
    Dimension result;
    result.power = (symbol.power + prefix) * exponent;
    for (size_t i = 0; i < symbol.exponents.size(); ++i)
      result.exponents[i] = symbol.exponents[i] * exponent;
    return result;
  };
  for (const Symbol &symbol : symbols)
    if (name == symbol.name)
      return make(symbol, 0);
  for (const Symbol &symbol : symbols)
    for (auto [letter, prefix] : prefixes)
      if (symbol.name != "1" && name.size() > 1 && name.front() == letter &&
          name.drop_front() == symbol.name)
        return make(symbol, prefix);
  return std::nullopt;
}

std::optional<Dimension> parseUnit(llvm::StringRef text) {
  Dimension result;
  int sign = 1;
  while (true) {
    size_t end = text.find_first_of("*/");
    std::optional<Dimension> factor = parseFactor(text.take_front(end));
    if (!factor)
      return std::nullopt;
    result.power += sign * factor->power;
    for (size_t i = 0; i < result.exponents.size(); ++i)
      result.exponents[i] += sign * factor->exponents[i];
    if (end == llvm::StringRef::npos)
      break;
    sign = text[end] == '/' ? -1 : 1;
    text = text.drop_front(end + 1);
  }
  return result;
}

} // namespace

std::optional<double> engram::neuro::unitFactor(llvm::StringRef from, llvm::StringRef to) {
  if (from == to)
    return 1.0;
  std::optional<Dimension> a = parseUnit(from), b = parseUnit(to);
  if (!a || !b || a->exponents != b->exponents)
    return std::nullopt;
  return std::pow(10.0, a->power - b->power);
}

bool engram::neuro::isKnownUnit(llvm::StringRef unit) { return parseUnit(unit).has_value(); }

llvm::ArrayRef<llvm::StringRef> engram::neuro::unitKeywords() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> result;
    for (const Symbol &symbol : symbols) {
      if (symbol.name == "1")
        continue;
      result.push_back(symbol.name.str());
      for (auto [letter, prefix] : prefixes)
        result.push_back(letter + symbol.name.str());
    }
    return result;
  }();
  static const std::vector<llvm::StringRef> keywords(names.begin(), names.end());
  return keywords;
}
