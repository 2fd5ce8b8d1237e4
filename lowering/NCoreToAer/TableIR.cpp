// Keys of senders, limits of the target.
#include "lowering/NCoreToAer/TableIR.h"

using namespace mlir;
using namespace engram;
using namespace engram::aer;

std::vector<KeyBlock> engram::aer::blocksOf(KeysOp keys, const MappedNetwork &network) {
  llvm::DenseMap<std::pair<StringAttr, StringAttr>, KeyBlockOp> found;
  for (auto block : keys.getOps<KeyBlockOp>())
    found[{block.getPopulationAttr().getAttr(),
           block.getCore() ? block.getCoreAttr().getAttr() : StringAttr()}] = block;
  std::vector<KeyBlock> blocks;
  for (const Sender &sender : network.senders) {
    ncore::CoreOp core = sender.core;
    KeyBlockOp block =
        found.lookup({sender.population, core ? core.getSymNameAttr() : StringAttr()});
    blocks.push_back({uint64_t(block.getKey()), uint64_t(block.getMask())});
  }
  return blocks;
}

LogicalResult engram::aer::checkTables(RoutesOp routes, const ncore::Target &target) {
  std::vector<std::string> texts;
  for (auto table : routes.getOps<TableOp>()) {
    int64_t need = llvm::range_size(table.getEntries());
    ncore::Router router = table.router();
    if (target.tableEntries != 0 && need > target.tableEntries)
      texts.push_back("router (" + std::to_string(router.x) + ", " + std::to_string(router.y) +
                      ") needs " + std::to_string(need) + " table entries, limit is " +
                      std::to_string(target.tableEntries));
  }
  if (texts.empty())
    return success();
  InFlightDiagnostic error = routes.emitOpError() << texts.front();
  for (const std::string &text : llvm::drop_begin(texts))
    error.attachNote(routes.getLoc()) << text;
  return error;
}
