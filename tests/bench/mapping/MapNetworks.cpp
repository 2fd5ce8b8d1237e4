// Partition and placement side by side with METIS, a Hilbert curve with force-directed refinement,
// and first-fit packing; and how time and memory grow. Run by mapping.sh.
#include "dialects/Neuro/IR/Instance.h"
#include "lowering/NeuroToNCore/FromNeuro.h"
#include "lowering/NeuroToNCore/Partition.h"
#include "lowering/NeuroToNCore/Place.h"
#include "lowering/NeuroToNCore/Resources.h"
#include "lowering/Pipelines/Pipelines.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"

#include <CLI/CLI.hpp>
#include <cmath>
#include <ctime>
#include <fmt/format.h>
#include <random>
#include <sys/resource.h>

using namespace engram;
using namespace engram::ncore;

static double processorSeconds() { return double(std::clock()) / CLOCKS_PER_SEC; }

// All relations as lists of synapses: what METIS cuts, and what all are measured on.
static SpikeNetwork listed(const SpikeNetwork &network) {
  SpikeNetwork result = network;
  for (Relation &relation : result.relations) {
    if (relation.isRandom())
      relation.rows = std::make_shared<Rows>(relation.draw());
    if (relation.kind == Relation::Kind::AllToAll) {
      auto rows = std::make_shared<Rows>();
      rows->starts.push_back(0);
      for (int64_t j = 0; j < result.groups[relation.source].size; ++j) {
        for (int64_t i = 0; i < result.groups[relation.target].size; ++i)
          if (relation.allowSelf || i != j)
            rows->targets.push_back(static_cast<uint32_t>(i));
        rows->starts.push_back(static_cast<int64_t>(rows->targets.size()));
      }
      relation.rows = rows;
    }
    relation.kind = Relation::Kind::Explicit;
  }
  return result;
}

// Without what enters from outside: in Brunel's network that would hide all else.
static SpikeNetwork withoutSources(SpikeNetwork network) {
  auto fromSource = [&](const Relation &relation) {
    return network.groups[relation.source].isSource;
  };
  network.relations.erase(
      std::remove_if(network.relations.begin(), network.relations.end(), fromSource),
      network.relations.end());
  return network;
}

static void compare(const std::string &name, const SpikeNetwork &network, const Target &target) {
  SpikeNetwork synapses = listed(network);
  struct Way {
    const char *name;
    PartitionMethod partition;
    PlaceMethod place;
    const SpikeNetwork &network;
  };
  const Way ways[] = {
      {"engram", PartitionMethod::Engram, PlaceMethod::Engram, network},
      {"METIS", PartitionMethod::Metis, PlaceMethod::HilbertForce, synapses},
      {"Hilbert + force", PartitionMethod::FirstFit, PlaceMethod::HilbertForce, synapses},
      {"first-fit", PartitionMethod::FirstFit, PlaceMethod::Linear, synapses}};
  for (const Way &way : ways) {
    double start = processorSeconds();
    SpikeGraph graph(way.network);
    Assignment assignment = partition(graph, target, {way.partition, 1});
    // As the passes do it.
    Reach reach(way.network, assignment, 5e7);
    PlaceOptions options;
    options.method = way.place;
    if (reach.isExact())
      options.cost = [&](const Placement &placement) {
        return measure(reach, assignment, placement, target).hops;
      };
    std::optional<Placement> placement = place(reach.traffic(), target, options);
    double seconds = processorSeconds() - start;
    if (!placement) {
      fmt::print("{:<14} {:<16} needs {} cores, limit is {}\n", name, way.name, assignment.cores,
                 target.numCores());
      continue;
    }
    Quality quality = measure(Reach(synapses, assignment), assignment, *placement, target);
    fmt::print("{:<14} {:<16} {:>7} {:>13.0f} {:>11.0f} {:>13.0f} {:>12.0f} {:>9.2f}\n", name,
               way.name, quality.cores, quality.crossing, quality.fromHost, quality.hops,
               quality.worstLink, seconds);
    std::fflush(stdout);
  }
}

// A sheet of neurons on a torus, 50 synapses each onto neighbours at normal distances (sd 3).
static SpikeNetwork sheetOf(int side) {
  std::mt19937_64 random(1);
  auto uniform = [&] { return (double(random() >> 11) + 0.5) * 0x1p-53; };
  SpikeNetwork network;
  Group group;
  group.name = "sheet";
  group.size = int64_t(side) * side;
  group.rates = {10};
  group.program = 0;
  network.groups.push_back(group);
  auto rows = std::make_shared<Rows>();
  rows->starts.push_back(0);
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x) {
      for (int k = 0; k < 50; ++k) {
        double r = 3 * std::sqrt(-2 * std::log(uniform())), angle = 2 * M_PI * uniform();
        int column = (x + int(std::lround(r * std::cos(angle))) + 8 * side) % side;
        int row = (y + int(std::lround(r * std::sin(angle))) + 8 * side) % side;
        rows->targets.push_back(static_cast<uint32_t>(row * side + column));
      }
      rows->starts.push_back(static_cast<int64_t>(rows->targets.size()));
    }
  Relation relation;
  relation.rows = rows;
  network.relations.push_back(relation);
  return network;
}

static void grow(const SpikeNetwork &network, const Target &target, const std::string &name) {
  double start = processorSeconds();
  SpikeGraph graph(network);
  Assignment assignment = partition(graph, target);
  double cut = processorSeconds();
  std::optional<Placement> placement = place(Reach(network, assignment).traffic(), target);
  double end = processorSeconds();
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fmt::print("{:<14} {:>9} {:>13.0f} {:>7} {:>12.2f} {:>9.2f} {:>9}\n", name, network.numNeurons(),
             network.numSynapses(), assignment.cores, cut - start, end - cut,
             placement ? usage.ru_maxrss / 1024 : -1);
  std::fflush(stdout);
}

static std::optional<SpikeNetwork> load(mlir::MLIRContext &context, const std::string &file,
                                        const std::string &rates) {
  auto module = mlir::parseSourceFile<mlir::ModuleOp>(file, &context);
  if (!module)
    return std::nullopt;
  mlir::PassManager passes(&context);
  PipelineOptions options;
  buildNeuroPipeline(passes, options);
  buildDiscretePipeline(passes, options);
  if (failed(passes.run(*module)))
    return std::nullopt;
  auto network = neuro::findNetwork(*module);
  if (failed(network))
    return std::nullopt;
  auto spikes = spikeNetworkOf(*network, {10, rates});
  if (failed(spikes))
    return std::nullopt;
  // Draws look into the module: it stays for as long as the process.
  module.release();
  return std::move(*spikes);
}

int main(int argc, char **argv) {
  CLI::App app("mapping of networks to cores, measured");
  std::string file, name, rates;
  int64_t neurons = 128, words = 0;
  std::vector<int> grid = {8, 8};
  int side = 0, coresPerRouter = 1;
  bool growth = false, inner = false;
  app.add_option("file", file, "a network; without one, a sheet");
  app.add_option("--name", name);
  app.add_option("--rates", rates, "recorded spikes");
  app.add_option("--neurons", neurons, "of a core");
  app.add_option("--words", words, "of synapses of a core");
  app.add_option("--grid", grid)->expected(2);
  app.add_option("--cores-per-router", coresPerRouter);
  app.add_option("--sheet", side, "a sheet of so many by so many neurons");
  app.add_flag("--growth", growth, "time and memory, not the comparison");
  app.add_flag("--inner", inner, "leave out what comes from sources");
  CLI11_PARSE(app, argc, argv);

  mlir::DialectRegistry registry;
  registerDialects(registry);
  mlir::MLIRContext context(registry, mlir::MLIRContext::Threading::DISABLED);
  std::optional<SpikeNetwork> network =
      file.empty() ? std::optional(sheetOf(std::max(1, side))) : load(context, file, rates);
  if (!network)
    return 1;
  if (inner)
    network = withoutSources(std::move(*network));
  Target target;
  target.name = "bench";
  target.gridX = grid[0];
  target.gridY = grid[1];
  target.coresPerRouter = coresPerRouter;
  target.neurons = neurons;
  target.synapseWords = words;
  if (growth)
    grow(*network, target, name);
  else
    compare(name, *network, target);
  return 0;
}
