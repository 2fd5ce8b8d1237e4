// Keys of senders, limits of the target.
#include "lowering/NCoreToAer/TableIR.h"
#include "dialects/Aer/IR/RoutedNetwork.h"

using namespace mlir;
using namespace engram;
using namespace engram::aer;

std::vector<KeyBlock> engram::aer::blocksOf(KeysOp keys, const MappedNetwork &network) {
  KeyBlocks found = keyBlocksOf(keys);
  std::vector<KeyBlock> blocks;
  for (const Sender &sender : network.senders) {
    KeyBlockOp block = found.lookup({sender.population, sender.coreName()});
    blocks.push_back({uint64_t(block.getKey()), uint64_t(block.getMask())});
  }
  return blocks;
}

int64_t engram::aer::drawsOf(RoutesOp routes) {
  auto draws = routes ? routes->getAttrOfType<IntegerAttr>(drawsAttrName) : nullptr;
  return draws ? draws.getInt() : defaultDraws;
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
