// A target as tables for people.
#include "dialects/NCore/IR/TargetFields.h"
#include "dialects/NCore/Targets/Targets.h"
#include "runtime/NumberText.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace engram::ncore;

std::string engram::ncore::shapeOf(const Target &target) {
  return std::to_string(target.gridX) + " x " + std::to_string(target.gridY) + " " +
         llvm::join(llvm::split(nameOf(target.topology), '_'), " ");
}

// "12.7 p" for 1.27e-11.
static std::string withPrefix(double value) {
  static const std::pair<double, const char *> prefixes[] = {{1e9, "G"},  {1e6, "M"},  {1e3, "k"},
                                                             {1, ""},     {1e-3, "m"}, {1e-6, "u"},
                                                             {1e-9, "n"}, {1e-12, "p"}};
  for (auto [factor, prefix] : prefixes)
    if (value >= factor * 0.9999999) {
      char text[32];
      snprintf(text, sizeof text, "%.6g", value / factor);
      return std::string(text) + " " + prefix;
    }
  return engram::shortestNumber(value) + " ";
}

static bool hasPrefix(llvm::StringRef unit) {
  return unit == "s" || unit == "Hz" || unit == "J" || unit == "W" || unit == "packets/s";
}

// Long lists are counted instead.
template <class T> static std::string listText(const std::vector<T> &list, llvm::StringRef what) {
  if constexpr (std::is_same_v<T, int64_t>)
    return llvm::join(llvm::map_range(list, [](int64_t v) { return std::to_string(v); }), ", ");
  else
    return engram::grouped(static_cast<int64_t>(list.size())) + " " + what.str();
}

// "1 step", "2 steps".
static std::string counted(int64_t value, llvm::StringRef unit) {
  if (value == 1)
    unit.consume_back("s");
  return engram::grouped(value) + " " + unit.str();
}

static std::string valueText(const Target &target, const TargetField &field) {
  if (llvm::StringRef(field.name) == "max_delay" && target.longestDelay == 0 && target.maxDelay())
    return counted(*target.maxDelay(), field.unit);
  llvm::StringRef unit = field.unit;
  return std::visit(
      [&](auto member) -> std::string {
        if constexpr (std::is_same_v<decltype(member), GridMember>) {
          return std::to_string(target.gridX) + " x " + std::to_string(target.gridY) + " " +
                 unit.str();
        } else {
          const auto &value = target.*member;
          using T = std::decay_t<decltype(value)>;
          if constexpr (std::is_same_v<T, std::string>)
            return value;
          else if constexpr (std::is_same_v<T, Topology>)
            return nameOf(value);
          else if constexpr (std::is_same_v<T, bool>)
            return value ? "yes" : "no";
          else if constexpr (std::is_same_v<T, double>) {
            if (value == 0 && *field.zero)
              return field.zero;
            return hasPrefix(unit) ? withPrefix(value) + unit.str()
                                   : engram::shortestNumber(value) + " " + unit.str();
          } else if constexpr (std::is_integral_v<T>) {
            if (value == 0 && *field.zero)
              return field.zero;
            return counted(value, unit);
          } else {
            if (value.empty())
              return *field.zero ? field.zero : "none";
            std::string what = std::is_same_v<T, std::vector<Router>>      ? "places"
                               : std::is_same_v<T, std::vector<CorePlace>> ? "cores"
                                                                           : "links";
            return listText(value, what) + (unit.empty() ? "" : " " + unit.str());
          }
        }
      },
      field.member);
}

std::string engram::ncore::describeTarget(const Target &target) {
  std::string text = target.name + ": " +
                     (target.description.empty() ? shapeOf(target) : target.description) + "\n" +
                     engram::grouped(target.numCores()) + " cores that work on " +
                     counted(target.numRouters(), "routers") + "\n";
  std::optional<FieldGroup> group;
  for (const TargetField &field : targetFields()) {
    llvm::StringRef name = field.name;
    if (name == "name" || name == "description")
      continue;
    if (field.group != group)
      text += "\n" + std::string(titleOf(field.group)) + "\n";
    group = field.group;
    std::string value = valueText(target, field);
    text += "  " + name.str() + std::string(26 - name.size(), ' ') + value;
    text += std::string(value.size() < 24 ? 24 - value.size() : 1, ' ') + field.meaning + "\n";
  }
  return text;
}
