// xbar-map: chooses projections, and gives them cells and converters.
#include "dialects/NCore/IR/NCoreDialect.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Xbar/Transforms/MapProjection.h"
#include "dialects/Xbar/Transforms/Passes.h"
#include "runtime/NumberText.h"
#include "runtime/accelerator/Crossbar.h"

namespace engram::xbar {
#define GEN_PASS_DEF_MAPPASS
#include "dialects/Xbar/Transforms/Passes.h.inc"
} // namespace engram::xbar

using namespace mlir;
using namespace engram;
using namespace engram::neuro;
using namespace engram::xbar;

namespace {

struct MapProjections : engram::xbar::impl::MapPassBase<MapProjections> {
  using MapPassBase::MapPassBase;

  void runOnOperation() override {
    if (failed(run()))
      signalPassFailure();
  }

private:
  CellOptions cells;
  ConverterOptions converters;

  InFlightDiagnostic fault() { return getOperation().emitError(); }

  LogicalResult run() {
    FailureOr<NetworkOp> network = findNetwork(getOperation());
    if (failed(network) || failed(readOptions()))
      return failure();
    for (PopulationOp population : network->getBody().getOps<PopulationOp>())
      if (failed(requireModel(population)))
        return failure();
    FailureOr<std::vector<ProjectionOp>> chosen = choose(*network);
    if (failed(chosen))
      return failure();
    for (ProjectionOp projection : *chosen)
      if (failed(mapProjection(projection, cells, converters)))
        return failure();
    return success();
  }

  LogicalResult readOptions() {
    std::optional<Device> parsed = deviceOf(device);
    if (!parsed)
      return fault() << "expected 'device' to be ideal, pcm, rram-wan or rram-milo, got '" << device
                     << "'";
    if (adcRange != "max" && adcRange != "cell-step")
      return fault() << "expected 'adc-range' to be max or cell-step, got '" << adcRange << "'";
    for (auto [name, value, least, most] : {std::tuple{"cell-bits", double(cellBits), 0.0, 8.0},
                                            {"adc-bits", double(adcBits), 1.0, 16.0},
                                            {"seconds", double(seconds), 0.0, 1e12},
                                            {"stuck", double(stuck), 0.0, 1.0},
                                            {"read-noise", double(readNoise), -1.0, 1.0},
                                            {"rate", double(rate), 0.0, 1e12},
                                            {"on-off-ratio", double(onOffRatio), -1.0, 1e12}})
      if (!(value >= least && value <= most))
        return fault() << "expected '" << name << "' to be " << shortestNumber(least) << " to "
                       << shortestNumber(most) << ", got " << shortestNumber(value);
    for (double scale : line)
      if (!(scale >= 0 && scale <= 1))
        return fault() << "expected 'line' to be numbers from 0 to 1, got "
                       << shortestNumber(scale);
    if (line.size() > 128)
      return fault() << "expected 'line' to have at most 128 segments, got " << line.size();
    if (onOffRatio > 0 && onOffRatio < 1)
      return fault() << "expected 'on-off-ratio' to be 0 or at least 1, got "
                     << shortestNumber(onOffRatio);
    if (readNoise < 0 && *parsed != Device::PCM)
      return fault() << "device '" << device
                     << "' has no model of read noise; give its size as 'read-noise'";
    cells.device = *parsed;
    cells.cellBits = cellBits;
    cells.onOffRatio = onOffRatio;
    cells.seconds = seconds;
    cells.stuck = stuck;
    cells.lineScales.assign(line.begin(), line.end());
    cells.seed = seed;
    if (ncore::TargetAttr attr = ncore::targetAttrOf(getOperation())) {
      ncore::Target target = ncore::targetOf(attr);
      auto sizeOf = [](int64_t given, int most) {
        return given > 0 ? static_cast<int>(std::min<int64_t>(given, most)) : most;
      };
      cells.rows = sizeOf(target.crossbarRows, a1::CrossbarSizes::rows);
      cells.columns = sizeOf(target.crossbarColumns, a1::CrossbarSizes::columns);
    }
    converters.bits = adcBits;
    converters.byStep = adcRange == "cell-step";
    converters.compensate = compensate;
    converters.readNoise = readNoise;
    return success();
  }

  /// A source's spikes find either rows or crossbars in a core, so all that joins the same two has
  /// to be able to.
  std::vector<ProjectionOp> able(NetworkOp network) {
    std::set<std::pair<StringRef, StringRef>> unable;
    std::vector<ProjectionOp> result;
    for (ProjectionOp projection : network.getBody().getOps<ProjectionOp>())
      if (isa<CrossbarAttr>(Attribute(projection.getConnector())))
        continue;
      else if (whyNot(projection, cells).empty())
        result.push_back(projection);
      else
        unable.insert({projection.getSource(), projection.getTarget()});
    llvm::erase_if(result, [&](ProjectionOp projection) {
      return unable.count({projection.getSource(), projection.getTarget()});
    });
    return result;
  }

  FailureOr<std::vector<ProjectionOp>> choose(NetworkOp network) {
    if (projections == "none")
      return std::vector<ProjectionOp>();
    if (projections == "all")
      return able(network);
    if (projections == "auto")
      return withPartners(network, chooseByCost(able(network), cells, readNoise != 0, rate));
    std::vector<ProjectionOp> chosen;
    SmallVector<StringRef> names;
    StringRef(projections).split(names, ',');
    for (StringRef name : names) {
      auto projection = dyn_cast_or_null<ProjectionOp>(network.lookupSymbol(name));
      if (!projection)
        return fault() << "expected 'projections' to be auto, all, none or names of projections, "
                          "got '"
                       << name << "'";
      if (std::string why = whyNot(projection, cells); !why.empty())
        return projection.emitOpError() << "cannot lie on crossbars: " << why;
      if (!llvm::is_contained(chosen, projection))
        chosen.push_back(projection);
    }
    return chosen;
  }

  /// With a projection all that joins its source and target goes onto crossbars.
  std::vector<ProjectionOp> withPartners(NetworkOp network, std::vector<ProjectionOp> chosen) {
    for (ProjectionOp other : able(network))
      if (!llvm::is_contained(chosen, other) && llvm::any_of(chosen, [&](ProjectionOp projection) {
            return projection.getSource() == other.getSource() &&
                   projection.getTarget() == other.getTarget();
          }))
        chosen.push_back(other);
    return chosen;
  }
};

} // namespace
