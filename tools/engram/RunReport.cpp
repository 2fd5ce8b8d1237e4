// The summary of a run.
#include "tools/engram/RunReport.h"

#include "runtime/NumberText.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace engram::tool {

namespace {

using Json = nlohmann::ordered_json;

/// Right answers, and how many there could be.
std::pair<int64_t, int64_t> score(const RunReport &report, const RunResult &result) {
  int64_t right = 0;
  for (size_t k = 0; k < report.labels.size(); ++k)
    right += result.samples[k].predicted && result.samples[k].predicted == report.labels[k];
  return {right, static_cast<int64_t>(report.labels.size())};
}

double rateHz(const PopulationInfo &population, int64_t spikes, int64_t steps, double dtSeconds) {
  double time = static_cast<double>(population.size) * static_cast<double>(steps) * dtSeconds;
  return time > 0 ? static_cast<double>(spikes) / time : 0;
}

std::string line(std::string_view key, std::string_view text) {
  return fmt::format("{:<9}{}\n", key, text);
}

std::string counted(int64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", grouped(count), noun, count == 1 ? "" : "s");
}

std::string nameOf(const SampleResult &sample) {
  return sample.name.empty() ? std::to_string(sample.index) : sample.name;
}

std::string className(const std::optional<int64_t> &predicted) {
  return predicted ? std::to_string(*predicted) : "none";
}

std::string spikeTable(const NetworkInfo &network, const RunResult &result) {
  std::string text;
  size_t width = 10;
  for (const PopulationInfo &population : network.populations)
    width = std::max(width, population.name.size());
  for (size_t k = 0; k < network.populations.size(); ++k) {
    const PopulationInfo &population = network.populations[k];
    if (!population.spiking)
      continue;
    if (text.empty())
      text = line("spikes", fmt::format("{:<{}} {:>11} {:>15} {:>13}", "population", width,
                                        "neurons", "spikes", "mean rate"));
    double rate = rateHz(population, result.spikes[k], result.steps, network.dtSeconds);
    text += line("", fmt::format("{:<{}} {:>11} {:>15} {:>10.4g} Hz", population.name, width,
                                 grouped(population.size), grouped(result.spikes[k]), rate));
  }
  bool silent =
      std::all_of(result.spikes.begin(), result.spikes.end(), [](auto n) { return n == 0; });
  if (!text.empty() && silent)
    text += line("note",
                 fmt::format("no neuron spiked; is {:g} ms the step that the network was made for? "
                             "(--dt, --convention)",
                             network.dtSeconds * 1e3));
  return text;
}

std::string classLines(const RunReport &report, const RunResult &result) {
  constexpr size_t shown = 20;
  std::string text;
  if (!report.readout.empty() && result.samples.size() <= shown) {
    std::string classes;
    for (const SampleResult &sample : result.samples)
      classes += (classes.empty() ? "" : " ") + className(sample.predicted);
    text += line("class", fmt::format("{}, by the sums of '{}'", classes, report.readout));
  }
  if (report.labels.empty())
    return text;
  auto [right, all] = score(report, result);
  std::string wrong;
  int64_t listed = 0;
  for (size_t k = 0; k < result.samples.size(); ++k) {
    const SampleResult &sample = result.samples[k];
    if (sample.predicted == report.labels[k] || listed == 10)
      continue;
    ++listed;
    wrong += fmt::format("{}{}: {} for {}", wrong.empty() ? "" : ", ", nameOf(sample),
                         className(sample.predicted), className(report.labels[k]));
  }
  if (right + listed < all)
    wrong += ", ...";
  text += line("right", fmt::format("{} of {} ({:.2f} %)", right, all,
                                    100.0 * static_cast<double>(right) / static_cast<double>(all)));
  return wrong.empty() ? text : text + line("wrong", wrong);
}

std::string counterLines(const RunResult &result) {
  std::string text;
  for (const auto &[name, count] : result.counters) {
    std::string spaced = name;
    std::replace(spaced.begin(), spaced.end(), '_', ' ');
    text += line(text.empty() ? "counted" : "",
                 fmt::format("{:<14} {:>15}", spaced, grouped(static_cast<int64_t>(count))));
  }
  return text;
}

/// Sums of spikes are whole numbers, and read better so.
Json number(double value) {
  constexpr double exact = 9007199254740992.0;
  if (std::abs(value) < exact && value == std::floor(value))
    return static_cast<int64_t>(value);
  return value;
}

} // namespace

std::string reportText(const RunReport &report, const NetworkInfo &network,
                       const RunResult &result) {
  std::string text =
      line("network", fmt::format("'{}' on {}, dt {} ms", network.name, report.target,
                                  shortestNumber(stepTime(1, network.dtSeconds * 1000))));
  for (const RunReport::Input &input : report.inputs)
    text += line("input",
                 fmt::format("'{}': {}, from {}", input.source, input.description, input.path));
  double perSecond = result.seconds > 0 ? static_cast<double>(result.steps) / result.seconds : 0;
  text += line("ran", fmt::format("{}, {} in {:.3g} s ({} steps/s)",
                                  counted(static_cast<int64_t>(result.samples.size()), "sample"),
                                  counted(result.steps, "step"), result.seconds,
                                  grouped(std::llround(perSecond))));
  text += spikeTable(network, result);
  text += classLines(report, result);
  text += counterLines(result);
  for (const std::string &file : report.written)
    text += line("wrote", file);
  return text;
}

std::string reportJson(const RunReport &report, const NetworkInfo &network,
                       const RunResult &result) {
  Json json;
  json["network"] = network.name;
  json["target"] = report.target;
  json["dt_seconds"] = network.dtSeconds;
  json["inputs"] = Json::array();
  for (const RunReport::Input &input : report.inputs)
    json["inputs"].push_back(
        {{"source", input.source}, {"path", input.path}, {"read_as", input.description}});
  json["samples"] = result.samples.size();
  json["steps"] = result.steps;
  json["build_seconds"] = report.buildSeconds;
  json["seconds"] = result.seconds;
  json["steps_per_second"] =
      result.seconds > 0 ? static_cast<double>(result.steps) / result.seconds : 0;
  json["populations"] = Json::array();
  for (size_t k = 0; k < network.populations.size(); ++k) {
    const PopulationInfo &population = network.populations[k];
    Json entry = {
        {"name", population.name}, {"neurons", population.size}, {"spiking", population.spiking}};
    if (population.spiking) {
      entry["spikes"] = result.spikes[k];
      entry["mean_rate_hz"] = rateHz(population, result.spikes[k], result.steps, network.dtSeconds);
    }
    json["populations"].push_back(std::move(entry));
  }
  if (!report.readout.empty())
    json["readout"] = report.readout;
  if (!report.labels.empty()) {
    auto [right, all] = score(report, result);
    json["right"] = right;
    json["labels"] = all;
    json["accuracy"] = static_cast<double>(right) / static_cast<double>(all);
  }
  json["results"] = Json::array();
  for (size_t k = 0; k < result.samples.size(); ++k) {
    const SampleResult &sample = result.samples[k];
    Json entry = {{"sample", sample.index}, {"steps", sample.steps}};
    if (!sample.name.empty())
      entry["name"] = sample.name;
    if (!report.readout.empty()) {
      entry["class"] = sample.predicted ? Json(*sample.predicted) : Json();
      entry["counts"] = Json::array();
      for (double count : sample.counts)
        entry["counts"].push_back(number(count));
    }
    if (!report.labels.empty())
      entry["label"] = report.labels[k] ? Json(*report.labels[k]) : Json();
    json["results"].push_back(std::move(entry));
  }
  for (const auto &[name, count] : result.counters)
    json["counters"][name] = count;
  json["written"] = report.written;
  // Names of files need not be UTF-8.
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

} // namespace engram::tool
