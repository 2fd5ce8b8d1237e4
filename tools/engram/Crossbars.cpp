// xbar-map and xbar-calibrate as options, and outputs with and without crossbars.
#include "tools/engram/Crossbars.h"

#include "backends/Reference/Passes.h"
#include "backends/Reference/WatchedRun.h"
#include "dialects/NCore/IR/NCoreDialect.h"
#include "dialects/NCore/Targets/Targets.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Xbar/Transforms/MapProjection.h"
#include "dialects/Xbar/Transforms/Passes.h"
#include "mlir/Pass/PassManager.h"
#include "runtime/NumberText.h"
#include "runtime/Runner.h"
#include "tools/engram/Machines.h"

#include <algorithm>
#include <fmt/format.h>

using namespace mlir;

namespace engram::tool {

using Json = nlohmann::ordered_json;

/// The attribute of a network with `trials`: what crossbars change of its output.
static constexpr llvm::StringLiteral outputsAttrName = "xbar.outputs";

void addCrossbarOptions(CLI::App &command, CrossbarArguments &arguments) {
  auto *crossbar = command.add_option(
      "--crossbar", arguments.projections,
      "projections onto crossbars: auto, all, none, or names with commas between them");
  auto add = [&](const char *name, auto &value, const char *text) {
    return command.add_option(name, value, text)->needs(crossbar);
  };
  add("--cell-bits", arguments.cellBits,
      "bits of a cell, 1 to 8; default: 2, or as few as four slices need")
      ->check(CLI::Range(1, 8));
  add("--adc-bits", arguments.adcBits, "bits of a converter")
      ->check(CLI::Range(1, 16))
      ->capture_default_str();
  add("--adc-range", arguments.adcRange,
      "max (all that inputs can make), cell-step (a code for each step of a cell) or percentile "
      "(by data)")
      ->check(CLI::IsMember({"max", "cell-step", "percentile"}))
      ->capture_default_str();
  add("--adc-percentile", arguments.percentile,
      "part of the currents, in percent, with '--adc-range=percentile'")
      ->check(CLI::Range(1.0, 100.0))
      ->capture_default_str();
  add("--device", arguments.device, "model of the cells: ideal, pcm, rram-wan or rram-milo")
      ->check(CLI::IsMember({"ideal", "pcm", "rram-wan", "rram-milo"}))
      ->capture_default_str();
  add("--on-off-ratio", arguments.onOffRatio,
      "g_max / g_min, 0 for a g_min of 0; default: the "
      "device's")
      ->check(CLI::Range(0.0, 1e12));
  add("--device-time", arguments.seconds, "seconds since the cells were programmed")
      ->check(CLI::Range(0.0, 1e12))
      ->capture_default_str();
  add("--stuck", arguments.stuck, "part of the cells that are stuck")->check(CLI::Range(0.0, 1.0));
  add("--line", arguments.line,
      "what is left of a cell's current, for segments of a column: 1,0.99,0.98")
      ->delimiter(',')
      ->allow_extra_args(false);
  add("--read-noise", arguments.readNoise,
      "off, on (the device's), or its size as a part of the conductance")
      ->capture_default_str();
  command
      .add_flag("!--no-compensation", arguments.compensate,
                "scales of converters do not make good for drift")
      ->needs(crossbar);
  add("--crossbar-seed", arguments.seed, "seed of cells and noise")->capture_default_str();
  add("--crossbar-trials", arguments.trials,
      "so many seeds are tried and compared with the network without crossbars")
      ->check(CLI::Range(0, 1000));
}

static LogicalResult mapOnce(ModuleOp module, const CrossbarArguments &arguments,
                             const CrossbarData &data, double readNoise, bool calibrates) {
  xbar::MapPassOptions map;
  map.projections = arguments.projections;
  map.cellBits = arguments.cellBits;
  map.adcBits = arguments.adcBits;
  map.adcRange = arguments.adcRange == "percentile" ? "max" : arguments.adcRange;
  map.device = arguments.device;
  map.onOffRatio = arguments.onOffRatio;
  map.seconds = arguments.seconds;
  map.stuck = arguments.stuck;
  map.line.assign(arguments.line.begin(), arguments.line.end());
  map.readNoise = readNoise;
  map.compensate = arguments.compensate;
  map.seed = arguments.seed;
  PassManager manager(module.getContext());
  manager.addPass(xbar::createMapPass(map));
  if (calibrates) {
    reference::CalibrateCrossbarsPassOptions calibrate;
    calibrate.inputs.assign(data.files.begin(), data.files.end());
    calibrate.samples = data.samples;
    calibrate.steps = data.steps;
    calibrate.frameUs = data.frameUs;
    calibrate.percentile = arguments.adcRange == "percentile" ? arguments.percentile : 0;
    manager.addPass(reference::createCalibrateCrossbarsPass(calibrate));
  }
  return manager.run(module);
}

//===-- outputs with and without --===//

namespace {

/// The spikes of a run: all of them, and the class of each sample.
struct Trace {
  std::vector<uint8_t> spikes;
  std::vector<int64_t> classes;
};

} // namespace

/// The class of a sample is the neuron with the most spikes of the last population that nothing
/// leaves.
static FailureOr<Trace> traceOf(ModuleOp module, const CrossbarData &data) {
  FailureOr<neuro::NetworkOp> network = neuro::findNetwork(module);
  if (failed(network))
    return failure();
  FailureOr<std::unique_ptr<reference::Interpreter>> machine =
      reference::Interpreter::create(*network);
  if (failed(machine))
    return failure();
  const std::vector<PopulationInfo> &populations = (*machine)->info().populations;
  size_t output = populations.size();
  for (auto [k, population] : llvm::enumerate(populations))
    if (population.spiking && neuro::projectionsFrom(*network, population.name).empty())
      output = k;
  Trace trace;
  std::vector<double> counts, values;
  auto close = [&] {
    if (!counts.empty())
      trace.classes.push_back(classOf(counts).value_or(-1));
    counts.clear();
  };
  auto afterStep = [&] {
    for (auto [k, population] : llvm::enumerate(populations)) {
      if (!population.spiking)
        continue;
      values.assign(population.size, 0);
      (*machine)->readSpikes(k, values.data());
      if (k == output)
        counts.resize(values.size());
      for (size_t i = 0; i < values.size(); ++i) {
        trace.spikes.push_back(values[i] != 0);
        if (k == output)
          counts[i] += values[i];
      }
    }
  };
  if (failed(reference::runWatched(**machine, {data.files, data.steps, data.samples, data.frameUs},
                                   module, afterStep, close)))
    return failure();
  close();
  return trace;
}

static LogicalResult tryOutputs(ModuleOp module, ModuleOp plain, CrossbarArguments arguments,
                                const CrossbarData &data, double readNoise) {
  FailureOr<Trace> exact = traceOf(plain, data);
  if (failed(exact))
    return failure();
  MLIRContext *context = module.getContext();
  Builder b(context);
  std::vector<double> spikes, classes;
  int64_t fired = llvm::count(exact->spikes, 1);
  for (int trial = 0; trial < arguments.trials; ++trial, ++arguments.seed) {
    OwningOpRef<ModuleOp> tried = cast<ModuleOp>(plain->clone());
    FailureOr<neuro::NetworkOp> network = neuro::findNetwork(*tried);
    if (failed(mapOnce(*tried, arguments, data, readNoise, arguments.adcRange == "percentile")))
      return failure();
    // Noise is drawn by the network's seed, so each trial has another one.
    network->setSeed(network->getSeed() + static_cast<uint64_t>(trial));
    FailureOr<Trace> trace = traceOf(*tried, data);
    if (failed(trace))
      return failure();
    int64_t differ = 0, otherClass = 0;
    for (size_t k = 0; k < exact->spikes.size(); ++k)
      differ += trace->spikes[k] != exact->spikes[k];
    for (size_t k = 0; k < exact->classes.size(); ++k)
      otherClass += trace->classes[k] != exact->classes[k];
    spikes.push_back(static_cast<double>(differ));
    classes.push_back(static_cast<double>(otherClass));
  }
  NamedAttrList record;
  record.set("samples", b.getI64IntegerAttr(static_cast<int64_t>(exact->classes.size())));
  record.set("spikes", b.getI64IntegerAttr(fired));
  record.set("other_spikes", b.getDenseF64ArrayAttr(spikes));
  record.set("other_classes", b.getDenseF64ArrayAttr(classes));
  FailureOr<neuro::NetworkOp> network = neuro::findNetwork(module);
  (*network)->setAttr(outputsAttrName, record.getDictionary(context));
  return success();
}

bool waitsForInput(ModuleOp module) {
  return module
      .walk([](neuro::SourceOp op) {
        return isa<neuro::ExternalAttr>(op.getKind()) ? WalkResult::interrupt()
                                                      : WalkResult::advance();
      })
      .wasInterrupted();
}

int makeCrossbars(ModuleOp module, const CrossbarArguments &arguments, const CrossbarData &data) {
  if (arguments.projections.empty())
    return done;
  std::optional<double> readNoise = arguments.readNoise == "off" ? 0
                                    : arguments.readNoise == "on"
                                        ? -1
                                        : parseNumber(arguments.readNoise);
  if (!readNoise || (*readNoise < 0 && arguments.readNoise != "on"))
    return failCall(fmt::format("'--read-noise {}': expected off, on or a number from 0 to 1",
                                arguments.readNoise));
  bool hasData = !waitsForInput(module) || !data.files.empty();
  if (!hasData && (arguments.adcRange == "percentile" || arguments.trials > 0))
    return failCall("'--adc-range=percentile' and '--crossbar-trials' need data: give '--input' or "
                    "'--calibrate'");
  // The target counts for the choice alone; mapping sets it again.
  bool described = !arguments.target.empty() && !module->hasAttr(ncore::targetAttrName) &&
                   !llvm::is_contained(hostTargets(), arguments.target);
  if (described) {
    FailureOr<ncore::TargetAttr> target = ncore::loadTarget(arguments.target, module.getContext());
    if (failed(target))
      return inputFault;
    module->setAttr(ncore::targetAttrName, *target);
  }
  OwningOpRef<ModuleOp> plain;
  if (arguments.trials > 0)
    plain = cast<ModuleOp>(module->clone());
  LogicalResult mapped = mapOnce(module, arguments, data, *readNoise, hasData);
  if (succeeded(mapped) && plain)
    mapped = tryOutputs(module, *plain, arguments, data, *readNoise);
  if (described)
    module->removeAttr(ncore::targetAttrName);
  return succeeded(mapped) ? done : inputFault;
}

//===-- report --===//

static Json jsonOf(Attribute attr) {
  if (auto flag = dyn_cast<BoolAttr>(attr))
    return flag.getValue();
  if (auto number = dyn_cast<IntegerAttr>(attr))
    return number.getInt();
  if (auto number = dyn_cast<FloatAttr>(attr))
    return number.getValueAsDouble();
  if (auto text = dyn_cast<StringAttr>(attr))
    return text.str();
  if (auto list = dyn_cast<DenseF64ArrayAttr>(attr))
    return std::vector<double>(list.asArrayRef().begin(), list.asArrayRef().end());
  return nullptr;
}

static void addFields(Json &json, Operation *op, StringRef name) {
  if (auto record = op->getAttrOfType<DictionaryAttr>(name))
    for (NamedAttribute entry : record)
      json[entry.getName().str()] = jsonOf(entry.getValue());
}

/// Which places of a projection's tiles are in use, and how many of the pairs of cells there hold a
/// digit of a weight.
static void addTiles(Json &json, neuro::ProjectionOp projection, xbar::CrossbarAttr crossbar) {
  auto record = projection->getAttrOfType<DictionaryAttr>(xbar::mappingAttrName);
  auto bits = record ? record.getAs<IntegerAttr>("cell_bits") : IntegerAttr();
  xbar::CellOptions cells;
  cells.cellBits = bits ? static_cast<int>(std::clamp<int64_t>(bits.getInt(), 0, 8)) : 0;
  cells.rows = static_cast<int>(crossbar.getRows());
  cells.columns = static_cast<int>(crossbar.getColumns());
  Expected<xbar::Slicing> slicing =
      xbar::slicingOf(projection, projection.getConnector().weightsAttr(), cells);
  // The attribute is text that anybody may have written.
  if (!slicing)
    return;
  std::vector<int64_t> digits(static_cast<size_t>(slicing->tiles()), 0);
  int64_t all = 0;
  for (int64_t source = 0; source < slicing->sources; ++source)
    for (int64_t target = 0; target < slicing->targets; ++target)
      for (int s = 0; s < slicing->slices; ++s)
        digits[slicing->tileOf(source, target)] += slicing->wanted(source, s, target) != 0;
  Json tiles = Json::array();
  for (int64_t column = 0; column < slicing->columnBlocks(); ++column)
    for (int64_t row = 0; row < slicing->rowBlocks(); ++row) {
      int64_t rows = std::min<int64_t>(slicing->rows, slicing->sources - row * slicing->rows);
      int64_t columns =
          std::min<int64_t>(slicing->columns, slicing->targets - column * slicing->columns);
      int64_t held = digits[row + slicing->rowBlocks() * column];
      all += held;
      tiles.push_back(
          {row, column, rows, columns, double(held) / double(rows * columns * slicing->slices)});
    }
  double places = double(slicing->sources) * double(slicing->targets);
  json["tile_size"] = {slicing->rows, slicing->columns};
  json["places_used"] =
      places / (double(slicing->tiles()) * double(slicing->rows) * double(slicing->columns));
  json["cells_used"] = double(all) / std::max(1.0, places * slicing->slices);
  json["tile_use"] = std::move(tiles);
}

Json reportCrossbars(neuro::NetworkOp network) {
  Json projections = Json::array();
  for (auto projection : network.getBody().getOps<neuro::ProjectionOp>()) {
    auto crossbar = dyn_cast<xbar::CrossbarAttr>(Attribute(projection.getConnector()));
    if (!crossbar)
      continue;
    Json json = {{"name", projection.getSymName().str()},
                 {"sources", crossbar.numSources()},
                 {"targets", crossbar.numTargets()},
                 {"tiles", crossbar.numTiles()},
                 {"slices", crossbar.numSlices()},
                 {"adc_bits", crossbar.getBits()},
                 {"read_noise", static_cast<bool>(crossbar.getNoise())}};
    addFields(json, projection, xbar::mappingAttrName);
    addTiles(json, projection, crossbar);
    Json error;
    addFields(error, projection, xbar::errorAttrName);
    if (!error.is_null())
      json["error"] = std::move(error);
    projections.push_back(std::move(json));
  }
  if (projections.empty())
    return nullptr;
  Json report = {{"projections", std::move(projections)}};
  Json outputs;
  addFields(outputs, network, outputsAttrName);
  if (!outputs.is_null())
    report["outputs"] = std::move(outputs);
  return report;
}

} // namespace engram::tool
