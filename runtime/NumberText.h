// Numbers and untrusted text as people read them, independent of the locale.
#pragma once

#include "runtime/Error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace engram {

/// The shortest decimal that reads back as the same value; "nan", "inf", "-inf".
std::string shortestNumber(double value);
std::string shortestNumber(float value);

/// "1,234,567".
std::string grouped(int64_t value);

/// The time of 'step' in the unit of 'dt', rounded to 15 significant digits, so that step 3 of 0.1
/// is 0.3 and not 0.30000000000000004.
double stepTime(int64_t step, double dt);

/// A whole text that is a decimal number, "nan", "inf" or "infinity"; an optional sign; no blanks.
/// Numbers beyond the range of float64 are not numbers here.
std::optional<double> parseNumber(std::string_view text);
/// A whole number, also written "7.0" or "7e0", within int64.
std::optional<int64_t> parseInteger(std::string_view text);

/// 'text' in single quotes for a diagnostic: at most 40 characters, unprintable bytes as \xNN.
std::string quote(std::string_view text);

} // namespace engram
