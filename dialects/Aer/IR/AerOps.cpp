// Keys and routes: assembly and verification. The numbers aer_c… are those of docs/spec-aer.md.
#include "dialects/Aer/IR/AerOps.h"
#include "dialects/Neuro/IR/OpAssembly.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/Support/Format.h"

using namespace mlir;
using namespace engram::aer;
using namespace engram;
using namespace engram::neuro::assembly;

//===-- assembly
//-----------------------------------------------------------------------------------===//

static ParseResult parseHex(OpAsmParser &parser, IntegerAttr &attr) {
  int64_t value = 0;
  if (parser.parseInteger(value))
    return failure();
  attr = parser.getBuilder().getI64IntegerAttr(value);
  return success();
}

static void printHex(OpAsmPrinter &printer, Operation *, IntegerAttr attr) {
  printer << llvm::format_hex(static_cast<uint64_t>(attr.getInt()), 10);
}

static ParseResult parseExits(OpAsmParser &parser, DenseI64ArrayAttr &links,
                              DenseI64ArrayAttr &cores) {
  links = cores = DenseI64ArrayAttr::get(parser.getContext(), {});
  if (succeeded(parser.parseOptionalKeyword("links")) && parseInts(parser, links))
    return failure();
  if (succeeded(parser.parseOptionalKeyword("cores")) && parseInts(parser, cores))
    return failure();
  return success();
}

static void printExits(OpAsmPrinter &printer, Operation *op, DenseI64ArrayAttr links,
                       DenseI64ArrayAttr cores) {
  if (!links.empty()) {
    printer << "links ";
    printInts(printer, op, links);
  }
  if (!cores.empty()) {
    printer << (links.empty() ? "cores " : " cores ");
    printInts(printer, op, cores);
  }
}

#define GET_OP_CLASSES
#include "dialects/Aer/IR/AerOps.cpp.inc"

//===-- numbers of one operation
//-------------------------------------------------------------------===//

static std::string hex(int64_t value) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format_hex(static_cast<uint64_t>(value), 10);
  return text;
}

// aer_c2: a key has no bit outside of its mask.
static LogicalResult verifyKey(Operation *op, int64_t key, int64_t mask) {
  for (auto [name, value] : {std::pair{"key", key}, std::pair{"mask", mask}})
    if (value < 0 || value >> maxKeyBits != 0)
      return op->emitOpError() << "expected a " << name << " of at most " << maxKeyBits << " bits";
  if ((key & ~mask) != 0)
    return op->emitOpError() << "expected the key to have no bit outside of the mask " << hex(mask)
                             << ", got " << hex(key);
  return success();
}

// aer_c3: a block is a power of two of keys: its mask is ones above zeros.
LogicalResult KeyBlockOp::verify() {
  if (failed(verifyKey(*this, getKey(), getMask())))
    return failure();
  uint64_t mask = getMask(), sum = mask + (mask & -mask);
  if ((sum & (sum - 1)) != 0)
    return emitOpError() << "expected a mask of ones above zeros, got " << hex(getMask());
  return success();
}

// aer_c8: links and cores ascend, and there is at least one.
LogicalResult EntryOp::verify() {
  if (failed(verifyKey(*this, getKey(), getMask())))
    return failure();
  if (getLinks().empty() && getCores().empty())
    return emitOpError() << "expected at least one link or core";
  for (auto [name, list] : {std::pair{"links", getLinks()}, std::pair{"cores", getCores()}})
    for (size_t k = 1; k < list.size(); ++k)
      if (list[k] <= list[k - 1])
        return emitOpError() << "expected the " << name << " to ascend, got " << list[k]
                             << " behind " << list[k - 1];
  return success();
}

LogicalResult TableOp::verify() {
  if (getPlace().size() != 2)
    return emitOpError() << "expected a place of the form [x, y], got " << getPlace().size()
                         << " numbers";
  for (int64_t number : getPlace())
    if (number < 0 || number >= (1 << 22))
      return emitOpError() << "expected a place of numbers from 0 to 4194303, got " << number;
  return success();
}

// aer_c1: keys hold blocks, routes tables, tables entries, and nothing else.
template <typename PartT> static LogicalResult verifyParts(Region &body, StringRef whole) {
  for (Operation &op : body.front())
    if (!isa<PartT>(op))
      return op.emitOpError() << "is not a part of " << whole;
  return success();
}
LogicalResult KeysOp::verifyRegions() { return verifyParts<KeyBlockOp>(getBody(), "'aer.keys'"); }
LogicalResult RoutesOp::verifyRegions() { return verifyParts<TableOp>(getBody(), "'aer.routes'"); }
LogicalResult TableOp::verifyRegions() { return verifyParts<EntryOp>(getBody(), "'aer.table'"); }

//===-- against mapping and target
//-----------------------------------------------------------------===//

static ncore::MappingOp lookUpMapping(Operation *op, FlatSymbolRefAttr name) {
  Operation *table = op->getParentWithTrait<OpTrait::SymbolTable>();
  return table ? dyn_cast_or_null<ncore::MappingOp>(SymbolTable::lookupSymbolIn(table, name))
               : ncore::MappingOp();
}
ncore::MappingOp KeysOp::mappingOp() { return lookUpMapping(*this, getMappingAttr()); }
ncore::MappingOp RoutesOp::mappingOp() { return lookUpMapping(*this, getMappingAttr()); }

static std::optional<ncore::Target> targetFor(Operation *op) {
  auto module = op->getParentOfType<ModuleOp>();
  ncore::TargetAttr attr = module ? ncore::targetAttrOf(module) : ncore::TargetAttr();
  return attr ? std::optional(ncore::targetOf(attr)) : std::nullopt;
}

namespace {

/// Who sends: a population on a core, or a source (no core).
using Sender = std::pair<StringAttr, StringAttr>;

} // namespace

static std::string nameOf(Sender sender) {
  return "'" + sender.first.str() + "'" +
         (sender.second ? " on core '" + sender.second.str() + "'" : std::string());
}

/// The slices and sources of a mapping and their numbers of neurons.
static llvm::MapVector<Sender, int64_t> sendersOf(ncore::MappingOp mapping,
                                                  neuro::NetworkOp network) {
  llvm::MapVector<Sender, int64_t> senders;
  for (auto source : network.getOps<neuro::SourceOp>())
    if (source.getShape())
      senders[{source.getSymNameAttr(), StringAttr()}] = neuro::numElements(*source.getShape());
  for (ncore::CoreOp core : mapping.getCores())
    for (ncore::SliceOp slice : core.getSlices())
      senders[{slice.getPopulationAttr().getAttr(), core.getSymNameAttr()}] = slice.size();
  return senders;
}

// aer_c7: keys have the bits that the target has, masks all of them but the lowest.
static LogicalResult verifyWidth(Operation *op, int64_t mask, const ncore::Target &target,
                                 bool complete) {
  int bits = static_cast<int>(std::min<int64_t>(target.keyBits, maxKeyBits));
  if (mask >> bits != 0)
    return op->emitOpError() << "mask " << hex(mask) << " needs "
                             << 64 - llvm::countl_zero(static_cast<uint64_t>(mask))
                             << " bits, limit is " << bits;
  if (complete && mask != 0 && mask >> (bits - 1) == 0)
    return op->emitOpError() << "expected a mask of all " << bits << " bits of a key, got "
                             << hex(mask);
  return success();
}

// aer_c6: no two blocks have a key in common.
static LogicalResult verifyDisjoint(std::vector<KeyBlockOp> blocks) {
  llvm::sort(blocks, [](KeyBlockOp a, KeyBlockOp b) { return a.getKey() < b.getKey(); });
  for (size_t k = 1; k < blocks.size(); ++k) {
    // Aligned powers of two overlap only if one holds the other.
    int64_t common = blocks[k - 1].getMask() & blocks[k].getMask();
    if ((blocks[k - 1].getKey() & common) != (blocks[k].getKey() & common))
      continue;
    InFlightDiagnostic error = blocks[k].emitOpError() << "has keys of another block";
    error.attachNote(blocks[k - 1].getLoc()) << "which is here";
    return error;
  }
  return success();
}

// aer_c4: keys and routes are those of a mapping of the module.
LogicalResult KeysOp::verifySymbolUses(SymbolTableCollection &) {
  ncore::MappingOp mapping = mappingOp();
  neuro::NetworkOp network = mapping ? mapping.networkOp() : neuro::NetworkOp();
  if (!network)
    return emitOpError() << "expected a mapping of this module, got '" << getMapping() << "'";
  std::optional<ncore::Target> target = targetFor(*this);
  llvm::MapVector<Sender, int64_t> senders = sendersOf(mapping, network);
  std::vector<KeyBlockOp> blocks;
  llvm::DenseSet<Sender> seen;
  for (auto block : getOps<KeyBlockOp>()) {
    Sender sender{block.getPopulationAttr().getAttr(),
                  block.getCore() ? block.getCoreAttr().getAttr() : StringAttr()};
    // aer_c4: each slice and each source has one block.
    auto found = senders.find(sender);
    if (found == senders.end())
      return block.emitOpError() << "mapping '" << getMapping() << "' has no "
                                 << (sender.second ? "slice of " : "source ") << nameOf(sender);
    if (!seen.insert(sender).second)
      return block.emitOpError() << "is the second one of " << nameOf(sender);
    // aer_c5: a block has a key for each neuron.
    uint64_t lowest = uint64_t(block.getMask()) & -uint64_t(block.getMask());
    if (block.getMask() != 0 && static_cast<uint64_t>(found->second) > lowest)
      return block.emitOpError() << nameOf(sender) << " needs " << found->second
                                 << " keys, the block has " << lowest;
    if (target && failed(verifyWidth(block, block.getMask(), *target, true)))
      return failure();
    blocks.push_back(block);
  }
  for (auto &[sender, neurons] : senders)
    if (!seen.contains(sender))
      return emitOpError() << "expected a block of keys for " << nameOf(sender);
  return verifyDisjoint(std::move(blocks));
}

// aer_c10: an entry leads to links and cores that are there.
static LogicalResult verifyEntry(EntryOp entry, ncore::Router router, const ncore::Target &target) {
  if (failed(verifyWidth(entry, entry.getMask(), target, false)))
    return failure();
  for (int64_t link : entry.getLinks())
    if (link < 0 || link >= target.numLinks() || !target.neighbour(router, static_cast<int>(link)))
      return entry.emitOpError() << "expected a link of router (" << router.x << ", " << router.y
                                 << ") of target '" << target.name << "', got " << link;
  for (int64_t core : entry.getCores())
    if (core < 0 || core >= target.coresPerRouter ||
        !target.isCore({router.x, router.y, static_cast<int>(core)}))
      return entry.emitOpError() << "expected a core that works of router (" << router.x << ", "
                                 << router.y << ") of target '" << target.name << "', got " << core;
  return success();
}

LogicalResult RoutesOp::verifySymbolUses(SymbolTableCollection &) {
  if (!mappingOp())
    return emitOpError() << "expected a mapping of this module, got '" << getMapping() << "'";
  std::optional<ncore::Target> target = targetFor(*this);
  std::map<ncore::Router, TableOp> seen;
  for (auto table : getOps<TableOp>()) {
    ncore::Router router = table.router();
    // aer_c9: a router has one table, and is there.
    auto [found, isNew] = seen.insert({router, table});
    if (!isNew) {
      InFlightDiagnostic error = table.emitOpError() << "is the second one of router (" << router.x
                                                     << ", " << router.y << ")";
      error.attachNote(found->second.getLoc()) << "which is here";
      return error;
    }
    if (!target)
      continue;
    if (!target->isPresent(router))
      return table.emitOpError() << "expected a router of target '" << target->name << "', got ("
                                 << router.x << ", " << router.y << ")";
    for (EntryOp entry : table.getEntries())
      if (failed(verifyEntry(entry, router, *target)))
        return failure();
  }
  return success();
}
