// The table of a verification.
#include "tools/engram/VerifyReport.h"

#include "runtime/NumberText.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace engram::tool {

namespace {

using Json = nlohmann::ordered_json;

std::string line(std::string_view key, std::string_view text) {
  return fmt::format("{:<9}{}\n", key, text);
}

std::string counted(int64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", grouped(count), noun, count == 1 ? "" : "s");
}

// Beyond rounding, units in the last place say nothing.
std::string ulpsText(double ulps) {
  return ulps > 1e6 ? "" : fmt::format(" ({:.4g} ulp{})", ulps, ulps == 1 ? "" : "s");
}

std::string firstText(const Difference &first, const VerifyReport &report) {
  std::string sample =
      report.samples > 1 ? fmt::format("sample {}, ", first.sample) : std::string();
  return fmt::format("{}step {}, '{}', neuron {}, {}: {} and {}{}", sample, first.step,
                     first.target, first.neuron, first.variable, shortestNumber(first.a),
                     shortestNumber(first.b), ulpsText(first.ulps));
}

/// The spikes of the two machines, and in how many places they differ. What a probe shows of them
/// again does not count again.
struct SpikeCounts {
  int64_t a = 0, b = 0, differing = 0;
};

SpikeCounts spikesOf(const Comparison &comparison) {
  SpikeCounts counts;
  for (const VariableDistance &variable : comparison.variables)
    if (variable.probe.empty()) {
      counts.a += variable.spikesA;
      counts.b += variable.spikesB;
      counts.differing += variable.differing;
    }
  return counts;
}

std::string comparisonText(const VerifyReport &report, const Comparison &comparison) {
  const VerifiedMachine &a = report.machines->machines[comparison.a];
  const VerifiedMachine &b = report.machines->machines[comparison.b];
  std::string head =
      fmt::format("{:<10} {} {:<10} ", b.name, b.mayDiffer.empty() ? '=' : '~', a.name);
  if (!comparison.first)
    return line("", fmt::format("{}equal in {}", head, counted(comparison.numbers, "number")));
  SpikeCounts spikes = spikesOf(comparison);
  std::string text =
      line("", fmt::format("{}{} in {} of {}, {} of {} and {}{}", head,
                           b.mayDiffer.empty() ? "DIFFERENT" : "apart",
                           grouped(comparison.differing), counted(comparison.numbers, "number"),
                           grouped(spikes.differing), grouped(spikes.a), counted(spikes.b, "spike"),
                           b.mayDiffer.empty() ? "" : fmt::format(" ({})", b.mayDiffer)));
  return text +
         line("", fmt::format("{:<25}first in {}", "", firstText(*comparison.first, report)));
}

std::string distanceText(const VerifyReport &report, const Comparison &comparison) {
  const std::vector<VerifiedMachine> &machines = report.machines->machines;
  size_t width = 10;
  for (const VariableDistance &variable : comparison.variables)
    width = std::max(width, variable.target.size());
  std::string text = line("distance", fmt::format("of '{}' from '{}'", machines[comparison.b].name,
                                                  machines[comparison.a].name));
  text += line("", fmt::format("{:<{}} {:<10} {:>11} {:>11} {:>11} {:>16}", "population", width,
                               "variable", "range", "most", "rms", "differing"));
  for (const VariableDistance &variable : comparison.variables) {
    if (variable.differing == 0 || (variable.variable == "spikes" && !variable.probe.empty()))
      continue;
    text += line("", fmt::format("{:<{}} {:<10} {:>11.4g} {:>11.4g} {:>11.4g} {:>16}",
                                 variable.target, width, variable.variable, variable.largest,
                                 variable.most, variable.rms,
                                 fmt::format("{} of {}", grouped(variable.differing),
                                             grouped(variable.numbers))));
  }
  return text;
}

std::string weightsText(const std::vector<WeightDistance> &weights) {
  size_t width = 10;
  for (const WeightDistance &weight : weights)
    width = std::max(width, weight.projection.size());
  std::string text =
      line("weights", fmt::format("{:<{}} {:>11} {:>11} {:>11} {:>16} {:>12}", "projection", width,
                                  "range", "most", "rms", "differing", "became zero"));
  for (const WeightDistance &weight : weights)
    text += line(
        "", fmt::format("{:<{}} {:>11.4g} {:>11.4g} {:>11.4g} {:>16} {:>12}", weight.projection,
                        width, weight.largest, weight.most, weight.rms,
                        fmt::format("{} of {}", grouped(weight.differing), grouped(weight.numbers)),
                        grouped(weight.becameZero)));
  return text;
}

/// What JSON has no number for is a text.
Json number(double value) {
  return std::isfinite(value) ? Json(value) : Json(shortestNumber(value));
}

Json comparisonJson(const VerifyReport &report, const Comparison &comparison) {
  const VerifiedMachine &a = report.machines->machines[comparison.a];
  const VerifiedMachine &b = report.machines->machines[comparison.b];
  SpikeCounts spikes = spikesOf(comparison);
  Json json = {{"machine", b.name},
               {"like", a.name},
               {"must_be_equal", b.mayDiffer.empty()},
               {"equal", !comparison.first},
               {"numbers", comparison.numbers},
               {"differing", comparison.differing},
               {"spikes", {spikes.a, spikes.b}},
               {"spikes_differing", spikes.differing}};
  if (!b.mayDiffer.empty())
    json["may_differ"] = b.mayDiffer;
  if (comparison.first) {
    const Difference &first = *comparison.first;
    json["first"] = {{"sample", first.sample},     {"step", first.step},
                     {"population", first.target}, {"variable", first.variable},
                     {"neuron", first.neuron},     {"values", {number(first.a), number(first.b)}},
                     {"ulps", number(first.ulps)}};
  }
  json["variables"] = Json::array();
  for (const VariableDistance &variable : comparison.variables) {
    Json entry = {{"population", variable.target},     {"variable", variable.variable},
                  {"numbers", variable.numbers},       {"differing", variable.differing},
                  {"range", number(variable.largest)}, {"max_error", number(variable.most)},
                  {"rms_error", number(variable.rms)}};
    if (!variable.probe.empty())
      entry["probe"] = variable.probe;
    json["variables"].push_back(std::move(entry));
  }
  json["only"] = {{a.name, comparison.onlyA}, {b.name, comparison.onlyB}};
  return json;
}

} // namespace

bool isEqual(const VerifyReport &report) {
  return report.faults.empty() &&
         std::none_of(report.comparisons.begin(), report.comparisons.end(),
                      [&](const Comparison &comparison) {
                        return comparison.first &&
                               report.machines->machines[comparison.b].mayDiffer.empty();
                      });
}

std::string verifyText(const VerifyReport &report) {
  std::string text =
      line("network",
           fmt::format(
               "'{}', dt {} ms, {}{}", report.network,
               shortestNumber(stepTime(1, report.dtSeconds * 1000)), counted(report.steps, "step"),
               report.samples > 1 ? fmt::format(" of each of {}", counted(report.samples, "sample"))
                                  : ""));
  for (const auto &[source, how] : report.inputs)
    text += line("input", fmt::format("'{}': {}", source, how));
  std::string_view key = "machines";
  for (const VerifiedMachine &machine : report.machines->machines) {
    int64_t latency = machine.machine->latency();
    text += line(key, fmt::format("{:<10} {}{}", machine.name, machine.description,
                                  latency ? ", " + counted(latency, "step") + " later" : ""));
    key = "";
  }
  text += line("compared", "= has to be equal, ~ may differ");
  for (const Comparison &comparison : report.comparisons)
    text += comparisonText(report, comparison);
  for (const Comparison &comparison : report.comparisons)
    if (comparison.first)
      text += distanceText(report, comparison);
  if (!report.machines->weights.empty())
    text += weightsText(report.machines->weights);
  for (const std::string &fault : report.faults)
    text += line("fault", fault);
  return text + line("result", isEqual(report) ? "equal" : "different");
}

std::string verifyJson(const VerifyReport &report) {
  Json json;
  json["network"] = report.network;
  json["dt_seconds"] = report.dtSeconds;
  json["samples"] = report.samples;
  json["steps"] = report.steps;
  json["equal"] = isEqual(report);
  json["inputs"] = Json::array();
  for (const auto &[source, how] : report.inputs)
    json["inputs"].push_back({{"source", source}, {"read_as", how}});
  json["machines"] = Json::array();
  for (const VerifiedMachine &machine : report.machines->machines)
    json["machines"].push_back({{"name", machine.name},
                                {"description", machine.description},
                                {"latency_steps", machine.machine->latency()}});
  json["comparisons"] = Json::array();
  for (const Comparison &comparison : report.comparisons)
    json["comparisons"].push_back(comparisonJson(report, comparison));
  json["weights"] = Json::array();
  for (const WeightDistance &weight : report.machines->weights)
    json["weights"].push_back({{"projection", weight.projection},
                               {"numbers", weight.numbers},
                               {"differing", weight.differing},
                               {"became_zero", weight.becameZero},
                               {"range", weight.largest},
                               {"max_error", weight.most},
                               {"rms_error", weight.rms}});
  json["faults"] = report.faults;
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

} // namespace engram::tool
