// Puts a report into the template of its page.
#include "tools/engram/ReportPage.h"

#include <algorithm>
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

/// More cores than this would make a page of many megabytes.
static constexpr size_t mostCores = 10000;

/// The cores of a router as one, with the largest of their needs and all that they hold.
static void addTo(Json &router, const Json &core) {
  router["count"] = router["count"].get<int64_t>() + 1;
  for (size_t k = 0; k < core["needs"].size(); ++k)
    if (core["needs"][k] > router["needs"][k])
      router["needs"][k] = core["needs"][k];
  if (core.contains("seconds") && core["seconds"] > router["seconds"])
    router["seconds"] = core["seconds"];
  for (const Json &part : core["holds"]) {
    auto same = [&](const Json &other) { return other[0] == part[0]; };
    auto found = std::find_if(router["holds"].begin(), router["holds"].end(), same);
    if (found == router["holds"].end())
      router["holds"].push_back(part);
    else
      (*found)[1] = (*found)[1].get<int64_t>() + part[1].get<int64_t>();
  }
}

/// The report with routers in the place of cores where these are too many for a page.
static Json condensed(const Json &report) {
  if (!report.contains("cores") || report["cores"].size() <= mostCores)
    return report;
  std::map<std::pair<int64_t, int64_t>, Json> routers;
  for (const Json &core : report["cores"]) {
    if (core["at"].is_null())
      continue;
    int64_t x = core["at"][0], y = core["at"][1];
    auto [found, isNew] = routers.try_emplace({y, x}, core);
    if (!isNew) {
      addTo(found->second, core);
      continue;
    }
    found->second["name"] = fmt::format("router [{}, {}]", x, y);
    found->second["count"] = 1;
  }
  Json result = report;
  result["cores"] = Json::array();
  for (auto &[place, router] : routers)
    result["cores"].push_back(std::move(router));
  result["mapping"]["by_router"] = true;
  return result;
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
      {"DATA", escapeScript(condensed(report).dump(-1, ' ', false, replace))},
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
