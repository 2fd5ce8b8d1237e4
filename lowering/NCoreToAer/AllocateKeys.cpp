// aer-allocate-keys: see KeyAllocation.h for the layout.
#include "dialects/Aer/IR/AerOps.h"
#include "lowering/NCoreToAer/KeyAllocation.h"
#include "lowering/NCoreToAer/MappedNetwork.h"
#include "lowering/NCoreToAer/Passes.h"

namespace engram::aer {
#define GEN_PASS_DEF_ALLOCATEKEYSPASS
#include "lowering/NCoreToAer/Passes.h.inc"
} // namespace engram::aer

using namespace mlir;
using namespace engram;
using namespace engram::aer;

/// The number of a core along a Z curve over the routers: cores with near numbers are near.
static uint64_t placeNumber(const Sender &sender) {
  if (!sender.router)
    return sender.coreNumber;
  uint64_t number = 0;
  for (int bit = 22; bit >= 0; --bit)
    number = number << 2 | uint64_t(sender.router->y >> bit & 1) << 1 |
             uint64_t(sender.router->x >> bit & 1);
  ncore::CoreOp core = sender.core;
  return number << 13 | (core ? core.corePlace()->p : 0);
}

static LogicalResult allocate(ncore::MappingOp mapping, const KeySpace &space,
                              SymbolTable &symbols) {
  FailureOr<MappedNetwork> network = MappedNetwork::create(mapping);
  if (failed(network))
    return failure();
  llvm::MapVector<StringAttr, size_t> populations;
  std::vector<KeyRequest> requests;
  for (const Sender &sender : network->senders) {
    size_t population = populations.insert({sender.population, populations.size()}).first->second;
    requests.push_back({population, sender.neurons, placeNumber(sender)});
  }
  Expected<std::vector<KeyBlock>> blocks = allocateKeys(requests, space);
  if (!blocks)
    return mapping.emitOpError() << blocks.error().message;
  OpBuilder builder(mapping->getContext());
  builder.setInsertionPointAfter(mapping);
  auto keys = KeysOp::create(builder, mapping.getLoc(), "keys", mapping.getSymName());
  builder.createBlock(&keys.getBody());
  for (size_t k = 0; k < requests.size(); ++k) {
    const Sender &sender = network->senders[k];
    ncore::CoreOp core = sender.core;
    KeyBlockOp::create(builder, mapping.getLoc(), sender.population.getValue(),
                       core ? FlatSymbolRefAttr::get(core.getSymNameAttr()) : FlatSymbolRefAttr(),
                       (*blocks)[k].key, (*blocks)[k].mask);
  }
  keys->remove();
  symbols.insert(keys, ++Block::iterator(mapping));
  return success();
}

namespace {

struct AllocateKeys : aer::impl::AllocateKeysPassBase<AllocateKeys> {
  using AllocateKeysPassBase::AllocateKeysPassBase;

  void runOnOperation() override {
    ModuleOp module = getOperation();
    KeySpace space;
    if (ncore::TargetAttr target = ncore::targetAttrOf(module))
      space.bits = static_cast<int>(std::min<int64_t>(ncore::targetOf(target).keyBits, maxKeyBits));
    space.applicationBits = static_cast<int>(std::min<unsigned>(applicationBits, 64));
    space.application = application;
    SymbolTable symbols(module);
    for (Operation &op : llvm::make_early_inc_range(module.getOps()))
      if (isa<KeysOp, RoutesOp>(op))
        symbols.erase(&op);
    for (auto mapping : llvm::to_vector(module.getOps<ncore::MappingOp>()))
      if (failed(allocate(mapping, space, symbols)))
        return signalPassFailure();
  }
};

} // namespace
