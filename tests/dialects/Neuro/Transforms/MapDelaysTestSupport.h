// Networks before and after their delays were mapped, side by side.
#pragma once

#include "dialects/Neuro/IR/Start.h"
#include "tests/dialects/Neuro/Transforms/TransformsTestSupport.h"
#include <functional>

namespace engram::tests {

using namespace mlir;

// Whatever depends on a step's number shows: a state that is not at rest, noise in each step, a
// counter of refractory steps. Sums of weights that are multiples of 1/8 are exact in any order.
inline const char *const models = R"(
neuro.model @Cell {
  %v = state "v" = 0.5
  %left = state "left" = 0.0
  %I = input "I"
  update {
    %leak = arith.constant 0.75 : f64
    %zero = arith.constant 0.0 : f64
    %one = arith.constant 1.0 : f64
    %0 = arith.mulf %v, %leak : f64
    %u = uniform 3 : f64
    %1 = arith.addf %0, %u : f64
    %2 = arith.addf %1, %I : f64
    assign %v, %2 : f64
    %3 = arith.subf %left, %one : f64
    %4 = arith.maximumf %3, %zero : f64
    assign %left, %4 : f64
  }
  fire {
    %theta = arith.constant 2.5 : f64
    %none = arith.constant 0.0 : f64
    %high = arith.cmpf ogt, %v, %theta : f64
    %free = arith.cmpf oeq, %left, %none : f64
    %fires = arith.andi %high, %free : i1
    yield %fires : i1
  }
  reset {
    %rest = arith.constant 0.25 : f64
    %pause = arith.constant 2.0 : f64
    assign %v, %rest : f64
    assign %left, %pause : f64
  }
}
neuro.model @Graded {
  %v = state "v" = 1.0
  %I = input "I"
  update {
    %half = arith.constant 0.5 : f64
    %0 = arith.mulf %v, %half : f64
    %1 = arith.addf %0, %I : f64
    assign %v, %1 : f64
  }
  emit {
    %four = arith.constant 4.0 : f64
    %0 = arith.mulf %v, %four : f64
    %1 = math.floor %0 : f64
    %2 = arith.divf %1, %four : f64
    %low = arith.constant -4.0 : f64
    %high = arith.constant 4.0 : f64
    %3 = arith.maximumf %2, %low : f64
    %4 = arith.minimumf %3, %high : f64
    yield %4 : f64
  }
}
)";

// The same of fixed-point numbers: random rounding shows the step's number.
inline const char *const fixedModels = R"(
neuro.model @Cell {
  %v = state "v" = 0.5 : !fx.q<6,10>
  %left = state "left" : i32
  %I = input "I" : !fx.q<8,6>
  update {
    %leak = fx.constant 0.75 : !fx.q<6,10>
    %r = random 3 : i32
    %0 = fx.mul %v, %leak stochastic(%r) : !fx.q<6,10>, !fx.q<6,10> -> !fx.q<6,10>
    %i = fx.convert %I nearest_even : !fx.q<8,6> -> !fx.q<6,10>
    %1 = fx.add %0, %i : !fx.q<6,10>
    assign %v, %1 : !fx.q<6,10>
    %one = arith.constant 1 : i32
    %zero = arith.constant 0 : i32
    %2 = arith.subi %left, %one : i32
    %3 = arith.maxsi %2, %zero : i32
    assign %left, %3 : i32
  }
  fire {
    %theta = fx.constant 2.5 : !fx.q<6,10>
    %zero = arith.constant 0 : i32
    %high = fx.cmp gt, %v, %theta : !fx.q<6,10>
    %free = arith.cmpi eq, %left, %zero : i32
    %fires = arith.andi %high, %free : i1
    yield %fires : i1
  }
  reset {
    %rest = fx.constant 0.25 : !fx.q<6,10>
    %pause = arith.constant 2 : i32
    assign %v, %rest : !fx.q<6,10>
    assign %left, %pause : i32
  }
}
neuro.model @Graded {
  %v = state "v" = 1.0 : !fx.q<6,10>
  %I = input "I" : !fx.q<8,6>
  update {
    %half = fx.constant 0.5 : !fx.q<6,10>
    %0 = fx.mul %v, %half floor : !fx.q<6,10>, !fx.q<6,10> -> !fx.q<6,10>
    %i = fx.convert %I nearest_even : !fx.q<8,6> -> !fx.q<6,10>
    %1 = fx.add %0, %i : !fx.q<6,10>
    assign %v, %1 : !fx.q<6,10>
  }
  emit {
    %y = fx.convert %v toward_zero : !fx.q<6,10> -> !fx.q<4,2>
    yield %y : !fx.q<4,2>
  }
}
)";

struct Range {
  int64_t least = 1, most = 15;
};

/// The network of a text before and after the pass.
struct Mapped {
  OwningOpRef<ModuleOp> before, after;
  neuro::NetworkOp given() { return *neuro::findNetwork(*before); }
  neuro::NetworkOp network() { return *neuro::findNetwork(*after); }
  IntegerAttr recorded(StringRef name) {
    return network()->getAttrOfType<DictionaryAttr>("neuro.delay_map").getAs<IntegerAttr>(name);
  }
  std::map<std::string, int64_t> latencies() {
    std::map<std::string, int64_t> result;
    auto map = network()->getAttrOfType<DictionaryAttr>("neuro.delay_map");
    for (NamedAttribute entry : map.getAs<DictionaryAttr>("latency"))
      result[entry.getName().str()] = cast<IntegerAttr>(entry.getValue()).getInt();
    return result;
  }
  /// "source", "extension" or "target" for a projection with long delays.
  std::string wayOf(StringRef projection) {
    auto map = network()->getAttrOfType<DictionaryAttr>("neuro.delay_map");
    auto entry = map.getAs<DictionaryAttr>("long_delays").getAs<DictionaryAttr>(projection);
    return entry ? entry.getAs<StringAttr>("by").str() : "";
  }
  size_t reorderedPorts() {
    auto map = network()->getAttrOfType<DictionaryAttr>("neuro.delay_map");
    return map.getAs<ArrayAttr>("reordered_ports").size();
  }
};

/// The network of a text, and what the passes make of it.
inline Mapped mapText(const std::string &text, MLIRContext &context,
                      const std::function<void(PassManager &)> &addPasses) {
  return {transformed(text, &context, [](PassManager &) {}),
          transformed(text, &context, addPasses)};
}

inline Mapped mapDelays(const std::string &body, MLIRContext &context, Range range = {},
                        neuro::MapDelaysPassOptions options = {}, const char *ofModels = models) {
  std::string text = ofModels + ("neuro.network @n dt = 1.0 ms seed = 5 {\n" + body + "}\n");
  options.minDelay = range.least;
  options.maxDelay = range.most;
  return mapText(text, context,
                 [=](PassManager &pm) { pm.addPass(neuro::createMapDelaysPass(options)); });
}

using MakeMachine = std::function<std::unique_ptr<Machine>(neuro::NetworkOp)>;

inline std::unique_ptr<Machine> interpret(neuro::NetworkOp network) {
  auto machine = reference::Interpreter::create(network);
  return succeeded(machine) ? std::move(*machine) : nullptr;
}

/// What is seen of a run, by name: "@population" its spikes, "probe" what it reads.
using Rows = std::map<std::string, std::vector<std::vector<double>>>;

inline Rows runAll(neuro::NetworkOp network, int64_t steps, const MakeMachine &make) {
  Rows rows;
  std::unique_ptr<Machine> machine = make(network);
  if (!machine) {
    ADD_FAILURE();
    return rows;
  }
  const NetworkInfo &info = machine->info();
  for (int64_t step = 0; step < steps; ++step) {
    stepWithInputs(*machine, step);
    for (size_t k = 0; k < info.populations.size(); ++k) {
      if (!info.populations[k].spiking)
        continue;
      std::vector<double> values(info.populations[k].size);
      machine->readSpikes(k, values.data());
      rows["@" + info.populations[k].name].push_back(values);
    }
    for (size_t k = 0; k < info.probes.size(); ++k) {
      std::vector<double> values(info.probes[k].size);
      machine->readProbe(k, values.data());
      rows[info.probes[k].name].push_back(values);
    }
  }
  return rows;
}

/// Spikes of all populations and values of all probes, each later by its latency and bit for bit;
/// all hops in the range. Returns the number of spikes that were compared.
inline double expectSameLater(Mapped &mapped, Range range, int64_t steps,
                              const MakeMachine &make = interpret) {
  if (!mapped.before || !mapped.after) {
    ADD_FAILURE() << "not mapped";
    return 0;
  }
  for (auto projection : mapped.network().getBody().getOps<neuro::ProjectionOp>())
    for (int64_t delay : neuro::delayStepsOf(projection)) {
      EXPECT_GE(delay, range.least) << projection.getSymName().str();
      EXPECT_LE(delay, range.most) << projection.getSymName().str();
    }
  std::map<std::string, int64_t> latencies = mapped.latencies();
  int64_t longest = 0;
  for (auto population : mapped.given().getBody().getOps<neuro::PopulationOp>()) {
    auto now = cast<neuro::PopulationOp>(mapped.network().lookupSymbol(population.getSymName()));
    latencies["@" + population.getSymName().str()] =
        neuro::startOf(now) - neuro::startOf(population);
  }
  for (auto &[name, latency] : latencies)
    longest = std::max(longest, latency);
  Rows before = runAll(mapped.given(), steps, interpret),
       after = runAll(mapped.network(), steps + longest, make);
  if (after.empty())
    return 0;
  double spikes = 0;
  for (auto &[name, rows] : before) {
    EXPECT_TRUE(latencies.count(name)) << name;
    for (int64_t step = 0; step < steps; ++step) {
      if (rows[step] != after[name][step + latencies[name]]) {
        ADD_FAILURE() << name << " differs in step " << step;
        return 0;
      }
      for (double value : name[0] == '@' ? rows[step] : std::vector<double>())
        spikes += value;
    }
    for (int64_t step = 0; name[0] == '@' && step < latencies[name]; ++step)
      for (double value : after[name][step])
        EXPECT_EQ(value, 0) << name << " spikes before it starts";
  }
  return spikes;
}

inline std::string delaysText(const std::vector<int64_t> &delays, const std::string &shape) {
  std::string text;
  for (int64_t delay : delays)
    text += (text.empty() ? "" : ", ") + std::to_string(delay);
  return " delay steps dense<[" + text + "]> : tensor<" + shape + "xi64>";
}

} // namespace engram::tests
