// Mappings: assembly, verification, indices of slices.
#include "dialects/NCore/IR/NCoreOps.h"
#include "dialects/Neuro/IR/OpAssembly.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace engram::ncore;
using namespace engram::neuro::assembly;
namespace neuro = engram::neuro;

#define GET_OP_CLASSES
#include "dialects/NCore/IR/NCoreOps.cpp.inc"

//===-- places
//-----------------------------------------------------------------------------------===//

// ncore_c8: a place has as many numbers as it needs, none negative or beyond a machine's size.
static LogicalResult verifyPlace(Operation *op, std::optional<ArrayRef<int64_t>> place,
                                 size_t width, StringRef form) {
  if (!place)
    return success();
  if (place->size() != width)
    return op->emitOpError() << "expected a place of the form " << form << ", got " << place->size()
                             << " numbers";
  for (int64_t number : *place)
    if (number < 0 || number >= (1 << 22))
      return op->emitOpError() << "expected a place of numbers from 0 to 4194303, got " << number;
  return success();
}

LogicalResult HostOp::verify() { return verifyPlace(*this, getPlace(), 2, "[x, y]"); }
LogicalResult CoreOp::verify() { return verifyPlace(*this, getPlace(), 3, "[x, y, p]"); }

std::optional<Router> HostOp::router() {
  std::optional<ArrayRef<int64_t>> place = getPlace();
  if (!place)
    return std::nullopt;
  return Router{static_cast<int>((*place)[0]), static_cast<int>((*place)[1])};
}

std::optional<CorePlace> CoreOp::corePlace() {
  std::optional<ArrayRef<int64_t>> place = getPlace();
  if (!place)
    return std::nullopt;
  return CorePlace{static_cast<int>((*place)[0]), static_cast<int>((*place)[1]),
                   static_cast<int>((*place)[2])};
}

//===-- slices
//-----------------------------------------------------------------------------------===//

// ncore_c4: ranges are pairs, none is empty, and they ascend with gaps between them.
LogicalResult SliceOp::verify() {
  ArrayRef<int64_t> ranges = getRanges();
  if (ranges.empty() || ranges.size() % 2 != 0)
    return emitOpError() << "expected ranges [first, end, ...], got " << ranges.size()
                         << " numbers";
  if (ranges.front() < 0)
    return emitOpError() << "expected neurons of 0 or more, got " << ranges.front();
  for (size_t i = 1; i < ranges.size(); ++i)
    if (ranges[i] <= ranges[i - 1])
      return emitOpError() << "expected ranges that ascend with gaps between them, got "
                           << ranges[i] << " behind " << ranges[i - 1];
  return success();
}

int64_t SliceOp::size() {
  int64_t count = 0;
  ArrayRef<int64_t> ranges = getRanges();
  for (size_t i = 0; i < ranges.size(); i += 2)
    count += ranges[i + 1] - ranges[i];
  return count;
}

std::optional<int64_t> SliceOp::localOf(int64_t neuron) {
  int64_t before = 0;
  ArrayRef<int64_t> ranges = getRanges();
  for (size_t i = 0; i < ranges.size() && neuron >= ranges[i]; i += 2) {
    if (neuron < ranges[i + 1])
      return before + neuron - ranges[i];
    before += ranges[i + 1] - ranges[i];
  }
  return std::nullopt;
}

int64_t SliceOp::neuronOf(int64_t local) {
  ArrayRef<int64_t> ranges = getRanges();
  size_t i = 0;
  for (; i + 2 < ranges.size() && local >= ranges[i + 1] - ranges[i]; i += 2)
    local -= ranges[i + 1] - ranges[i];
  return ranges[i] + local;
}

//===-- cores and mappings
//-----------------------------------------------------------------------===//

// ncore_c2: a core holds slices, and nothing else.
// ncore_c5: it has one slice of a population at most.
LogicalResult CoreOp::verifyRegions() {
  llvm::SmallDenseSet<StringAttr> seen;
  for (Operation &op : getBody().front()) {
    auto slice = dyn_cast<SliceOp>(op);
    if (!slice)
      return op.emitOpError() << "is not a part of a core";
    if (!seen.insert(slice.getPopulationAttr().getAttr()).second)
      return slice.emitOpError() << "is the second one of population '" << slice.getPopulation()
                                 << "' on core '" << getSymName() << "'";
  }
  return success();
}

// ncore_c2: a mapping holds hosts and cores, and nothing else.
// ncore_c9: no two cores are at the same place.
LogicalResult MappingOp::verifyRegions() {
  std::map<CorePlace, CoreOp> places;
  for (Operation &op : getBody().front()) {
    if (!isa<HostOp, CoreOp>(op))
      return op.emitOpError() << "is not a part of a mapping";
    auto core = dyn_cast<CoreOp>(op);
    if (!core || !core.corePlace())
      continue;
    auto [found, added] = places.insert({*core.corePlace(), core});
    if (!added) {
      InFlightDiagnostic error = core.emitOpError() << "is at the place of core '"
                                                    << found->second.getSymName() << "'";
      error.attachNote(found->second.getLoc()) << "which is here";
      return error;
    }
  }
  return success();
}

neuro::NetworkOp MappingOp::networkOp() {
  Operation *parent = (*this)->getParentOp();
  Operation *table = parent ? mlir::SymbolTable::getNearestSymbolTable(parent) : nullptr;
  return table ? dyn_cast_or_null<neuro::NetworkOp>(
                     mlir::SymbolTable::lookupSymbolIn(table, getNetworkAttr().getAttr()))
               : neuro::NetworkOp();
}

// ncore_c8: places are on the target of the module: a router that is there, a core that works.
static LogicalResult verifyOnTarget(MappingOp mapping, const Target &target) {
  for (HostOp host : mapping.getHosts())
    if (std::optional<Router> router = host.router(); router && !target.isPresent(*router))
      return host.emitOpError() << "expected a router of target '" << target.name << "', got ("
                                << router->x << ", " << router->y << ")";
  for (CoreOp core : mapping.getCores())
    if (std::optional<CorePlace> place = core.corePlace(); place && !target.isCore(*place))
      return core.emitOpError() << "expected a core of target '" << target.name
                                << "' that works, got (" << place->x << ", " << place->y << ", "
                                << place->p << ")";
  return success();
}

// ncore_c7: each source of the network is in exactly one host.
static LogicalResult verifySources(MappingOp mapping, neuro::NetworkOp network) {
  llvm::SmallDenseSet<StringAttr> missing, sources;
  for (auto source : network.getOps<neuro::SourceOp>()) {
    sources.insert(source.getSymNameAttr());
    missing.insert(source.getSymNameAttr());
  }
  for (HostOp host : mapping.getHosts())
    for (auto name : host.getSources().getAsRange<FlatSymbolRefAttr>()) {
      if (!sources.contains(name.getAttr()))
        return host.emitOpError() << "expected a source of network '" << network.getSymName()
                                  << "', got '" << name.getValue() << "'";
      if (!missing.erase(name.getAttr()))
        return host.emitOpError() << "source '" << name.getValue() << "' has a host already";
    }
  for (auto source : network.getOps<neuro::SourceOp>())
    if (missing.contains(source.getSymNameAttr()))
      return mapping.emitOpError() << "source '" << source.getSymName() << "' has no host";
  return success();
}

namespace {
struct Range {
  int64_t first, end;
  SliceOp slice;
};
} // namespace

// ncore_c6: each neuron is in exactly one slice.
static LogicalResult verifyRanges(MappingOp mapping, StringRef name, int64_t count,
                                  MutableArrayRef<Range> ranges) {
  llvm::sort(ranges, [](const Range &a, const Range &b) { return a.first < b.first; });
  auto missing = [&](int64_t neuron) {
    return mapping.emitOpError() << "neuron " << neuron << " of population '" << name
                                 << "' is in no slice";
  };
  int64_t covered = 0;
  for (size_t i = 0; i < ranges.size(); ++i) {
    SliceOp slice = ranges[i].slice;
    if (ranges[i].end > count)
      return slice.emitOpError() << "expected neurons less than " << count << ", got "
                                 << ranges[i].end - 1;
    if (ranges[i].first > covered)
      return missing(covered);
    if (ranges[i].first < covered) {
      InFlightDiagnostic error = slice.emitOpError()
                                 << "neuron " << ranges[i].first << " of population '" << name
                                 << "' is in another slice already";
      error.attachNote(ranges[i - 1].slice.getLoc()) << "which is here";
      return error;
    }
    covered = ranges[i].end;
  }
  return covered < count ? LogicalResult(missing(covered)) : success();
}

static LogicalResult verifySlices(MappingOp mapping, neuro::NetworkOp network) {
  llvm::MapVector<StringAttr, std::vector<Range>> slices;
  for (auto population : network.getOps<neuro::PopulationOp>()) {
    // ncore_c3: shapes are known.
    if (!population.getShape())
      return mapping.emitOpError()
             << "expected the shape of population '" << population.getSymName() << "' to be known";
    slices.insert({population.getSymNameAttr(), {}});
  }
  for (CoreOp core : mapping.getCores())
    for (SliceOp slice : core.getSlices()) {
      auto found = slices.find(slice.getPopulationAttr().getAttr());
      // ncore_c4: a slice is one of a population of the network.
      if (found == slices.end())
        return slice.emitOpError() << "expected a population of network '" << network.getSymName()
                                   << "', got '" << slice.getPopulation() << "'";
      ArrayRef<int64_t> ranges = slice.getRanges();
      for (size_t i = 0; i < ranges.size(); i += 2)
        found->second.push_back({ranges[i], ranges[i + 1], slice});
    }
  for (auto population : network.getOps<neuro::PopulationOp>())
    if (failed(verifyRanges(mapping, population.getSymName(),
                            neuro::numElements(*population.getShape()),
                            slices[population.getSymNameAttr()])))
      return failure();
  return success();
}

// ncore_c3: a mapping is one of a network of its module.
LogicalResult MappingOp::verifySymbolUses(SymbolTableCollection &) {
  neuro::NetworkOp network = networkOp();
  if (!network)
    return emitOpError() << "expected a network of this module, got '" << getNetwork() << "'";
  if (failed(verifySources(*this, network)) || failed(verifySlices(*this, network)))
    return failure();
  auto module = (*this)->getParentOfType<ModuleOp>();
  TargetAttr target = module ? targetAttrOf(module) : TargetAttr();
  return target ? verifyOnTarget(*this, targetOf(target)) : success();
}
