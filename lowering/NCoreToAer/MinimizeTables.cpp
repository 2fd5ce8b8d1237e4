// aer-minimize-tables: fewer entries that do the same with every packet that comes to a router
// (aer_p7).
#include "dialects/Aer/IR/AerOps.h"
#include "lowering/NCoreToAer/FollowRoutes.h"
#include "lowering/NCoreToAer/MinimizeRules.h"
#include "lowering/NCoreToAer/Passes.h"
#include "lowering/NCoreToAer/TableIR.h"
#include "mlir/IR/Threading.h"

namespace engram::aer {
#define GEN_PASS_DEF_MINIMIZETABLESPASS
#include "lowering/NCoreToAer/Passes.h.inc"
} // namespace engram::aer

using namespace mlir;
using namespace engram;
using namespace engram::aer;

static std::vector<TableEntry> entriesOf(TableOp table) {
  std::vector<TableEntry> result;
  auto narrow = [](ArrayRef<int64_t> list) { return std::vector<int>(list.begin(), list.end()); };
  for (EntryOp entry : table.getEntries())
    result.push_back({static_cast<uint64_t>(entry.getKey()), static_cast<uint64_t>(entry.getMask()),
                      narrow(entry.getLinks()), narrow(entry.getCores())});
  return result;
}

static void replaceEntries(TableOp table, const Rules &rules, const RouteNumbers &routes) {
  auto before = static_cast<int64_t>(llvm::range_size(table.getEntries()));
  if (rules.empty()) {
    table.erase();
    return;
  }
  Block &block = table.getBody().front();
  block.clear();
  OpBuilder builder = OpBuilder::atBlockEnd(&block);
  auto wide = [](const std::vector<int> &list) {
    return SmallVector<int64_t>(list.begin(), list.end());
  };
  for (const Rule &rule : rules) {
    const RouteNumbers::Route &route = routes[rule.route];
    EntryOp::create(builder, table.getLoc(), rule.cube.key, rule.cube.mask, wide(route.first),
                    wide(route.second));
  }
  table->setAttr("aer.entries_before", builder.getI64IntegerAttr(before));
}

/// What comes to each router, by the tables as they are.
static FailureOr<std::map<ncore::Router, Demands>>
demandsOf(RoutesOp routes, KeysOp keys, const ncore::Target &target, RouteNumbers &numbers) {
  FailureOr<MappedNetwork> network = MappedNetwork::create(routes.mappingOp());
  if (failed(network))
    return failure();
  std::vector<KeyBlock> blocks = blocksOf(keys, *network);
  std::vector<Sending> sendings;
  for (auto [sender, block] : llvm::zip_equal(network->senders, blocks))
    if (sender.router)
      sendings.push_back({block, *sender.router});
  TableMap tables;
  for (auto table : routes.getOps<TableOp>())
    tables[table.router()] = entriesOf(table);
  Expected<std::map<ncore::Router, Demands>> demands =
      followRoutes(target, tables, sendings, routes.getDefaultRoutes(), numbers);
  if (!demands)
    return routes.emitOpError() << demands.error().message;
  return std::move(*demands);
}

namespace {

struct MinimizeTables : aer::impl::MinimizeTablesPassBase<MinimizeTables> {
  using MinimizeTablesPassBase::MinimizeTablesPassBase;

  bool isWanted(TableOp table, const ncore::Target &target) {
    auto entries = static_cast<int64_t>(llvm::range_size(table.getEntries()));
    return all || (target.tableEntries != 0 && entries > target.tableEntries);
  }

  /// Side by side; each takes its own steps, so that the result is the same with any number of
  /// threads.
  LogicalResult minimizeTables(ArrayRef<TableOp> tables,
                               const std::map<ncore::Router, Demands> &demands,
                               const RouteNumbers &routes, const ncore::Target &target) {
    MinimizeOptions options;
    options.effort = effort;
    options.goal = all ? 0 : target.tableEntries;
    options.prove = prove;
    static const Demands none;
    std::vector<const Demands *> wanted;
    for (TableOp table : tables) {
      auto found = demands.find(table.router());
      wanted.push_back(found == demands.end() ? &none : &found->second);
    }
    std::vector<Expected<Minimized>> results(tables.size());
    parallelFor(&getContext(), 0, tables.size(),
                [&](size_t k) { results[k] = minimize(*wanted[k], routes.size(), options); });
    for (auto [table, minimized] : llvm::zip_equal(tables, results)) {
      if (!minimized)
        return TableOp(table).emitOpError() << minimized.error().message;
      auto before = static_cast<size_t>(llvm::range_size(TableOp(table).getEntries()));
      if (minimized->rules.size() < before)
        replaceEntries(table, minimized->rules, routes);
    }
    return success();
  }

  LogicalResult minimizeAll(RoutesOp routes, const ncore::Target &target) {
    auto tables = llvm::filter_to_vector(routes.getOps<TableOp>(),
                                         [&](TableOp table) { return isWanted(table, target); });
    if (!tables.empty()) {
      auto keys = getOperation().getOps<KeysOp>();
      auto found = llvm::find_if(
          keys, [&](KeysOp op) { return op.getMappingAttr() == routes.getMappingAttr(); });
      if (found == keys.end())
        return routes.emitOpError()
               << "expected keys of mapping '" << routes.getMapping() << "'; run aer-allocate-keys";
      RouteNumbers numbers;
      FailureOr<std::map<ncore::Router, Demands>> demands =
          demandsOf(routes, *found, target, numbers);
      if (failed(demands))
        return failure();
      if (failed(minimizeTables(tables, *demands, numbers, target)))
        return failure();
    }
    return overfull ? success() : checkTables(routes, target);
  }

  void runOnOperation() override {
    ModuleOp module = getOperation();
    auto all = llvm::to_vector(module.getOps<RoutesOp>());
    if (all.empty())
      return;
    ncore::TargetAttr attr = ncore::targetAttrOf(module);
    if (!attr) {
      module.emitError() << "expected the module to have a target, the attribute '"
                         << ncore::targetAttrName << "'";
      return signalPassFailure();
    }
    ncore::Target target = ncore::targetOf(attr);
    for (RoutesOp routes : all)
      if (failed(minimizeAll(routes, target)))
        return signalPassFailure();
  }
};

} // namespace
