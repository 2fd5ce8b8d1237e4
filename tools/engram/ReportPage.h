// A report as one HTML file that needs nothing else.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace engram::tool {

// The files of tools/engram/Report.
extern const std::string_view pageTemplate, pageStyle, pageScript;

/// The page with the report in it, which its script draws. Text of the report can neither end the
/// element that holds it nor become markup.
std::string reportPage(const nlohmann::ordered_json &report);

} // namespace engram::tool
