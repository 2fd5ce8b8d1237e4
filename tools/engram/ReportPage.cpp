// Puts a report into the template of its page.
#include "tools/engram/ReportPage.h"

#include <fmt/format.h>
#include <map>

namespace engram::tool {

using Json = nlohmann::ordered_json;

static std::string escapeHtml(std::string_view text) {
  std::string result;
  for (char c : text)
    switch (c) {
    case '&':
      result += "&amp;";
      break;
    case '<':
      result += "&lt;";
      break;
    case '>':
      result += "&gt;";
      break;
    case '"':
      result += "&quot;";
      break;
    default:
      result += c;
    }
  return result;
}

/// JSON inside <script>: a '<' could end the element or begin a comment, so it is written as an
/// escape of JSON, which stands in strings alone.
static std::string escapeScript(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (char c : text) {
    if (c == '<')
      result += "\\u003c";
    else
      result += c;
  }
  return result;
}

static std::string subtitleOf(const Json &report) {
  static const std::map<std::string, std::string> texts = {
      {"network", "a network, not discretized yet"},
      {"discrete", "a network in steps"},
      {"mapped", "cut into cores"},
      {"placed", "placed on cores"},
      {"keys", "placed on cores, with keys"},
      {"routed", "placed on cores and routed"}};
  auto found = texts.find(report["stage"].get<std::string>());
  std::string text = found == texts.end() ? "a network" : found->second;
  if (report["fixed_point"].get<bool>())
    text += ", in fixed point";
  if (report.contains("target"))
    text += ", for " + report["target"]["name"].get<std::string>();
  return text;
}

std::string reportPage(const Json &report) {
  std::string network = report["network"]["name"];
  // Bytes that are no UTF-8, which names may hold, become U+FFFD.
  constexpr auto replace = Json::error_handler_t::replace;
  std::string name = Json::parse(Json(network).dump(-1, ' ', false, replace)).get<std::string>();
  const std::map<std::string_view, std::string> parts = {
      {"TITLE", escapeHtml(name + " - engram report")},
      {"NETWORK", escapeHtml(name)},
      {"SUBTITLE", escapeHtml(subtitleOf(report))},
      {"STYLE", std::string(pageStyle)},
      {"DATA", escapeScript(report.dump(-1, ' ', false, replace))},
      {"SCRIPT", std::string(pageScript)}};
  std::string page;
  // Marks are looked for in the template alone, never in what has been put in.
  std::string_view rest = pageTemplate;
  while (true) {
    size_t begin = rest.find('@');
    size_t end = begin == rest.npos ? rest.npos : rest.find('@', begin + 1);
    if (end == rest.npos)
      break;
    page += rest.substr(0, begin);
    page += parts.at(rest.substr(begin + 1, end - begin - 1));
    rest.remove_prefix(end + 1);
  }
  page += rest;
  return page;
}

} // namespace engram::tool
