// Runs one network on the CPU and prints, in one line, what each part took: the program behind
// networks.sh.
//   engram-bench-network FILE STEPS [f32|f64]
#include "backends/Cpu/CpuMachine.h"
#include "dialects/Neuro/IR/Instance.h"
#include "lowering/Pipelines/Pipelines.h"
#include "mlir/Parser/Parser.h"
#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <sys/resource.h>
#include <time.h>

using namespace mlir;
using namespace engram;

static double seconds() {
  using namespace std::chrono;
  return duration<double>(steady_clock::now().time_since_epoch()).count();
}

// Of this thread: other work on the machine does not count.
static double cpuSeconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

static double peakMegabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

// The external sources spike at random, a quarter of the neurons a step, from a fixed sequence.
static std::vector<std::vector<std::vector<double>>> inputsOf(const NetworkInfo &info) {
  constexpr int differentSteps = 16;
  std::vector<std::vector<std::vector<double>>> steps(differentSteps);
  uint32_t state = 1;
  for (auto &step : steps)
    for (const SourceInfo &source : info.inputs) {
      auto &values = step.emplace_back(source.size);
      for (double &value : values)
        value = (state = state * 1664525u + 1013904223u) >> 30 == 0;
    }
  return steps;
}

int main(int argc, char **argv) {
  if (argc < 3) {
    fmt::print(stderr, "usage: engram-bench-network FILE STEPS [f32|f64]\n");
    return 2;
  }
  int64_t steps = std::atoll(argv[2]);
  DialectRegistry registry;
  registry.insert<neuro::NeuroDialect, arith::ArithDialect, math::MathDialect>();
  cpu::registerTranslations(registry);
  MLIRContext context(registry);
  context.loadAllAvailableDialects();

  double start = seconds();
  OwningOpRef<ModuleOp> module = parseSourceFile<ModuleOp>(argv[1], &context);
  double parsed = seconds();
  PassManager manager(&context);
  PipelineOptions options;
  if (argc > 3)
    options.precision = std::string(argv[3]);
  buildNeuroPipeline(manager, options);
  buildDiscretePipeline(manager, options);
  if (!module || failed(manager.run(*module)))
    return 1;
  auto network = neuro::findNetwork(*module);
  auto created = failed(network) ? FailureOr<std::unique_ptr<Machine>>(failure())
                                 : cpu::createMachine(*network);
  if (failed(created))
    return 1;
  Machine &machine = **created;
  double compiled = seconds();

  const NetworkInfo &info = machine.info();
  auto inputs = inputsOf(info);
  std::vector<std::vector<const double *>> pointers;
  for (auto &step : inputs) {
    pointers.emplace_back();
    for (auto &values : step)
      pointers.back().push_back(values.data());
  }
  double running = cpuSeconds();
  for (int64_t step = 0; step < steps; ++step)
    machine.step(pointers[step % pointers.size()]);
  double done = cpuSeconds();

  // Spikes are counted in a second run, since looking at them takes time.
  int64_t neurons = 0, spikes = 0, countedSteps = std::min<int64_t>(steps, 10000);
  std::vector<double> row;
  machine.reset();
  for (int64_t step = 0; step < countedSteps; ++step) {
    machine.step(pointers[step % pointers.size()]);
    for (size_t p = 0; p < info.populations.size(); ++p) {
      row.resize(info.populations[p].size);
      machine.readSpikes(p, row.data());
      spikes += std::count(row.begin(), row.end(), 1.0);
    }
  }
  for (const PopulationInfo &population : info.populations)
    neurons += population.size;
  double biological = static_cast<double>(countedSteps) * info.dtSeconds;
  fmt::print("parse={:.4f} compile={:.4f} sim={:.5f} rate={:.3f} rss_mb={:.1f}\n", parsed - start,
             compiled - parsed, done - running,
             static_cast<double>(spikes) / static_cast<double>(neurons) / biological,
             peakMegabytes());
}
