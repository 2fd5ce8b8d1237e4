// Lockstep of several machines, and what it finds.
#include "runtime/Compare.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <fmt/format.h>
#include <limits>

namespace engram {

bool sameBits(double a, double b) {
  if (std::isnan(a) || std::isnan(b))
    return std::isnan(a) && std::isnan(b);
  return a == b && std::signbit(a) == std::signbit(b);
}

double ulpDistance(double a, double b, bool single) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  if (sameBits(a, b))
    return 0;
  if (a == b) // zeros of both signs
    return 1;
  if (!std::isfinite(a) || !std::isfinite(b))
    return infinity;
  double scale = std::max(std::abs(a), std::abs(b));
  auto narrow = static_cast<float>(scale);
  double unit = single ? double(std::nextafter(narrow, float(infinity))) - double(narrow)
                       : std::nextafter(scale, infinity) - scale;
  return std::abs(a - b) / unit;
}

namespace {

/// A variable of a machine, and where its numbers lie in a record.
struct Variable {
  std::string key, probe, target, variable;
  size_t index = 0, offset = 0;
  std::vector<int64_t> neurons;
  int64_t size = 0, every = 1, lag = 0;
  bool spikes() const { return variable == "spikes"; }
};

/// A machine with the records of its last steps.
struct Contender {
  const ComparedMachine &compared;
  std::vector<Variable> variables;
  std::vector<int> inputs; ///< which of the inputs feeds a source; -1 for zeros
  int64_t longestLag = 0;
  size_t recordSize = 0;
  std::deque<std::vector<double>> records; ///< the last is that of the last step

  Contender(const ComparedMachine &compared, const std::vector<std::string> &sources);
  void step(const std::vector<const double *> &frames, size_t kept);
  const double *at(const Variable &variable, int64_t stepsBack) const {
    return records[records.size() - 1 - stepsBack].data() + variable.offset;
  }

private:
  void add(Variable variable);
};

Contender::Contender(const ComparedMachine &compared, const std::vector<std::string> &sources)
    : compared(compared) {
  const NetworkInfo &info = compared.machine->info();
  for (size_t k = 0; k < info.populations.size(); ++k) {
    const PopulationInfo &population = info.populations[k];
    if (population.spiking)
      add({"spikes of '" + population.name + "'",
           "",
           population.name,
           "spikes",
           k,
           0,
           {},
           population.size});
  }
  for (size_t k = 0; k < info.probes.size(); ++k) {
    const ProbeInfo &probe = info.probes[k];
    add({"probe '" + probe.name + "'", probe.name, probe.target, probe.variable, k, 0,
         probe.neurons, probe.size, probe.every});
  }
  for (const SourceInfo &source : info.inputs) {
    auto found = std::find(sources.begin(), sources.end(), source.name);
    inputs.push_back(found == sources.end() ? -1 : static_cast<int>(found - sources.begin()));
  }
}

void Contender::add(Variable variable) {
  auto lag = compared.lags.find(variable.target);
  if (lag != compared.lags.end())
    variable.lag = lag->second;
  variable.lag += compared.machine->latency();
  longestLag = std::max(longestLag, variable.lag);
  variable.offset = recordSize;
  recordSize += variable.size;
  variables.push_back(std::move(variable));
}

void Contender::step(const std::vector<const double *> &frames, size_t kept) {
  std::vector<const double *> values;
  for (int input : inputs)
    values.push_back(input < 0 ? nullptr : frames[input]);
  compared.machine->step(values);
  std::vector<double> record;
  if (records.size() == kept) {
    record = std::move(records.front());
    records.pop_front();
  }
  record.resize(recordSize);
  for (const Variable &variable : variables) {
    double *out = record.data() + variable.offset;
    if (variable.probe.empty())
      compared.machine->readSpikes(variable.index, out);
    else
      compared.machine->readProbe(variable.index, out);
  }
  records.push_back(std::move(record));
}

/// Two machines, and the variables that both have.
struct Pair {
  Comparison result;
  const Contender &a, &b;
  std::vector<std::pair<const Variable *, const Variable *>> variables;
  std::vector<bool> single; ///< all numbers so far are of single precision

  Pair(size_t indexA, const Contender &a, size_t indexB, const Contender &b);
  void compare(int64_t sample, int64_t now, int64_t steps);
  void finish();

private:
  void compareVariable(size_t k, const double *x, const double *y, int64_t sample, int64_t step);
};

Pair::Pair(size_t indexA, const Contender &a, size_t indexB, const Contender &b) : a(a), b(b) {
  result.a = indexA;
  result.b = indexB;
  auto find = [](const Contender &in, const Variable &wanted) {
    return std::find_if(in.variables.begin(), in.variables.end(), [&](const Variable &variable) {
      return variable.key == wanted.key && variable.size == wanted.size;
    });
  };
  for (const Variable &variable : a.variables) {
    auto other = find(b, variable);
    if (other == b.variables.end()) {
      result.onlyA.push_back(variable.key);
      continue;
    }
    variables.emplace_back(&variable, &*other);
    VariableDistance &distance = result.variables.emplace_back();
    distance.probe = variable.probe;
    distance.target = variable.target;
    distance.variable = variable.variable;
  }
  for (const Variable &variable : b.variables)
    if (find(a, variable) == a.variables.end())
      result.onlyB.push_back(variable.key);
  single.assign(variables.size(), true);
}

// In the step 'now' of both machines, what the one that lags shows is that of a step before.
void Pair::compare(int64_t sample, int64_t now, int64_t steps) {
  for (size_t k = 0; k < variables.size(); ++k) {
    auto [x, y] = variables[k];
    int64_t later = std::max(x->lag, y->lag), step = now - later;
    if (step < 0 || step >= steps || step % x->every != 0)
      continue;
    compareVariable(k, a.at(*x, later - x->lag), b.at(*y, later - y->lag), sample, step);
  }
}

void Pair::compareVariable(size_t k, const double *x, const double *y, int64_t sample,
                           int64_t step) {
  const Variable &variable = *variables[k].first;
  VariableDistance &distance = result.variables[k];
  for (int64_t i = 0; i < variable.size; ++i) {
    if (variable.spikes()) {
      distance.spikesA += x[i] != 0;
      distance.spikesB += y[i] != 0;
    }
    distance.largest = std::max(distance.largest, std::abs(x[i]));
    if (single[k] && (static_cast<float>(x[i]) != x[i] || static_cast<float>(y[i]) != y[i]))
      single[k] = false;
    if (sameBits(x[i], y[i]))
      continue;
    ++distance.differing;
    double apart = std::abs(x[i] - y[i]);
    distance.most = std::isnan(apart) ? std::numeric_limits<double>::infinity()
                                      : std::max(distance.most, apart);
    distance.rms += apart * apart; // the sum of squares until the end
    if (!result.first)
      result.first = {sample,
                      step,
                      variable.target,
                      variable.variable,
                      variable.neurons.empty() ? i : variable.neurons[i],
                      x[i],
                      y[i],
                      ulpDistance(x[i], y[i], single[k])};
  }
  distance.numbers += variable.size;
}

void Pair::finish() {
  for (VariableDistance &distance : result.variables) {
    distance.rms =
        distance.numbers == 0 ? 0 : std::sqrt(distance.rms / static_cast<double>(distance.numbers));
    result.numbers += distance.numbers;
    result.differing += distance.differing;
  }
}

} // namespace

Expected<std::vector<Comparison>> compareMachines(
    const std::vector<ComparedMachine> &machines,
    const std::vector<std::pair<size_t, size_t>> &pairs, const std::vector<std::string> &sources,
    const std::vector<std::unique_ptr<SampleInput>> &inputs, const CompareOptions &options) {
  std::deque<Contender> contenders; // pairs point at what lies in it
  int64_t longestLag = 0;
  double bytesPerStep = 0;
  for (const ComparedMachine &machine : machines) {
    const Contender &contender = contenders.emplace_back(machine, sources);
    longestLag = std::max(longestLag, contender.longestLag);
    bytesPerStep += static_cast<double>(contender.recordSize * sizeof(double));
  }
  double needed = bytesPerStep * static_cast<double>(longestLag + 1);
  if (needed > static_cast<double>(options.maxBytes))
    return fail(fmt::format("comparing machines of which one lags by {} steps needs {:.3g} MB, "
                            "limit is {:.3g} MB",
                            longestLag, needed * 1e-6, double(options.maxBytes) * 1e-6));
  std::deque<Pair> compared;
  for (auto [a, b] : pairs)
    compared.emplace_back(a, contenders[a], b, contenders[b]);

  int64_t perSample = options.steps + longestLag;
  std::vector<const double *> frames(inputs.size());
  for (int64_t sample = options.firstSample; sample < options.endSample; ++sample) {
    for (const std::unique_ptr<SampleInput> &input : inputs)
      if (input)
        if (Expected<void> loaded = input->load(sample); !loaded)
          return fail(loaded.error().message);
    for (Contender &contender : contenders) {
      contender.compared.machine->reset();
      contender.records.clear();
    }
    for (int64_t now = 0; now < perSample; ++now) {
      if (options.progress)
        options.progress((sample - options.firstSample) * perSample + now,
                         (options.endSample - options.firstSample) * perSample);
      for (size_t k = 0; k < frames.size(); ++k)
        frames[k] = inputs[k] ? inputs[k]->frame(now) : nullptr;
      for (Contender &contender : contenders)
        contender.step(frames, static_cast<size_t>(longestLag) + 1);
      for (Pair &pair : compared)
        pair.compare(sample, now, options.steps);
    }
  }
  std::vector<Comparison> results;
  for (Pair &pair : compared) {
    pair.finish();
    results.push_back(std::move(pair.result));
  }
  return results;
}

} // namespace engram
