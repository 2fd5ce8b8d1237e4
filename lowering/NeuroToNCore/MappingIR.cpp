// Assignments to 'ncore.mapping' and back.
#include "lowering/NeuroToNCore/MappingIR.h"
#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace engram::ncore;

MappingOp engram::ncore::buildMapping(neuro::NetworkOp network, StringRef name,
                                      const SpikeNetwork &spikeNetwork,
                                      const Assignment &assignment) {
  OpBuilder builder(network.getContext());
  builder.setInsertionPointAfter(network);
  Location loc = network.getLoc();
  auto mapping = MappingOp::create(builder, loc, name, network.getSymName());
  builder.setInsertionPointToStart(&mapping.getBody().emplaceBlock());

  SmallVector<Attribute> sources;
  for (const Group &group : spikeNetwork.groups)
    if (group.isSource)
      sources.push_back(FlatSymbolRefAttr::get(builder.getContext(), group.name));
  if (!sources.empty())
    HostOp::create(builder, loc, builder.getArrayAttr(sources), DenseI64ArrayAttr());

  // [core][group]: ranges.
  std::vector<std::vector<std::pair<size_t, SmallVector<int64_t>>>> slices(assignment.cores);
  for (size_t g = 0; g < assignment.coreOf.size(); ++g)
    for (size_t i = 0; i < assignment.coreOf[g].size(); ++i) {
      auto &ofCore = slices[assignment.coreOf[g][i]];
      if (ofCore.empty() || ofCore.back().first != g)
        ofCore.push_back({g, {}});
      SmallVector<int64_t> &ranges = ofCore.back().second;
      auto neuron = static_cast<int64_t>(i);
      if (!ranges.empty() && ranges.back() == neuron)
        ++ranges.back();
      else
        ranges.append({neuron, neuron + 1});
    }
  for (int core = 0; core < assignment.cores; ++core) {
    auto op = CoreOp::create(builder, loc, "c" + std::to_string(core), DenseI64ArrayAttr());
    OpBuilder inside = OpBuilder::atBlockBegin(&op.getBody().emplaceBlock());
    for (const auto &[group, ranges] : slices[core])
      SliceOp::create(inside, loc, spikeNetwork.groups[group].name, ranges);
  }
  return mapping;
}

Assignment engram::ncore::assignmentOf(MappingOp mapping, const SpikeNetwork &spikeNetwork) {
  Assignment assignment;
  llvm::StringMap<size_t> groupOf;
  for (auto [g, group] : llvm::enumerate(spikeNetwork.groups)) {
    groupOf[group.name] = g;
    assignment.coreOf.emplace_back(group.isSource ? 0 : group.size, 0);
  }
  for (CoreOp core : mapping.getCores()) {
    for (SliceOp slice : core.getSlices()) {
      std::vector<int32_t> &coreOf = assignment.coreOf[groupOf.at(slice.getPopulation())];
      ArrayRef<int64_t> ranges = slice.getRanges();
      for (size_t k = 0; k + 1 < ranges.size(); k += 2)
        std::fill(coreOf.begin() + ranges[k], coreOf.begin() + ranges[k + 1], assignment.cores);
    }
    ++assignment.cores;
  }
  return assignment;
}

FailureOr<MappingOp> engram::ncore::findMapping(ModuleOp module, StringRef name) {
  MappingOp found;
  for (MappingOp mapping : module.getOps<MappingOp>()) {
    if (!name.empty() && mapping.getSymName() != name)
      continue;
    if (found)
      return module.emitError("expected one mapping, or the name of one; there are several");
    found = mapping;
  }
  if (found)
    return found;
  if (name.empty())
    return module.emitError("expected a mapping; run 'ncore-partition' first");
  return module.emitError() << "expected a mapping named '" << name << "'";
}
