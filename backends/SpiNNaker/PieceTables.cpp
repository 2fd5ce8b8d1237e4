// Chains are found from their last choice, and grouped by the number that they compare.
#include "backends/SpiNNaker/PieceTables.h"
#include "dialects/Fx/IR/FxOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "llvm/ADT/MapVector.h"
#include <map>
#include <numeric>

using namespace mlir;
using namespace engram;

static constexpr size_t fewestStarts = 4;

namespace {

/// A choice of a constant where a number is at least another.
struct Choice {
  Value x;
  int64_t start = 0, value = 0;
};

struct Chain {
  arith::SelectOp last;
  int64_t first = 0;                ///< below all starts
  std::map<int64_t, int64_t> steps; ///< start to the value from there on

  int64_t at(int64_t x) const {
    auto next = steps.upper_bound(x);
    return next == steps.begin() ? first : std::prev(next)->second;
  }
};

} // namespace

static std::optional<int64_t> rawOf(Value value) {
  auto constant = value.getDefiningOp<fx::ConstantOp>();
  if (!constant)
    return std::nullopt;
  return constant.getValue().getRaw();
}

static std::optional<Choice> choiceOf(Operation *op) {
  auto select = dyn_cast_or_null<arith::SelectOp>(op);
  auto compare = select ? select.getCondition().getDefiningOp<fx::CmpOp>() : fx::CmpOp();
  if (!compare || compare.getPredicate() != fx::Predicate::Ge)
    return std::nullopt;
  std::optional<int64_t> start = rawOf(compare.getRhs()), value = rawOf(select.getTrueValue());
  auto type = cast<fx::FixedType>(compare.getLhs().getType());
  // Starts are words with a sign.
  if (!start || !value || type.getWidth() > (type.getIsSigned() ? 32 : 31))
    return std::nullopt;
  return Choice{compare.getLhs(), *start, *value};
}

/// The chain that ends in a choice; none if its starts do not ascend.
static std::optional<Chain> chainOf(arith::SelectOp last, Value x) {
  Chain chain;
  chain.last = last;
  for (Operation *op = last;;) {
    std::optional<Choice> choice = choiceOf(op);
    if (!choice || choice->x != x ||
        (!chain.steps.empty() && choice->start >= chain.steps.begin()->first))
      return std::nullopt;
    chain.steps[choice->start] = choice->value;
    Value below = cast<arith::SelectOp>(op).getFalseValue();
    if (std::optional<int64_t> first = rawOf(below)) {
      chain.first = *first;
      return chain;
    }
    op = below.getDefiningOp();
  }
}

static bool isPartOfLongerChain(arith::SelectOp select, Value x) {
  return !select->use_empty() && llvm::all_of(select->getUses(), [&](OpOperand &use) {
    std::optional<Choice> choice = choiceOf(use.getOwner());
    return choice && choice->x == x && use.getOperandNumber() == 2;
  });
}

namespace {

class TableBuilder {
public:
  TableBuilder(ModuleOp module) : module(module), b(module.getLoc(), module.getContext()) {}
  void build(Value x, std::vector<Chain> &chains);

private:
  ModuleOp module;
  ImplicitLocOpBuilder b;
  func::FuncOp search;
  std::map<std::pair<unsigned, std::vector<int64_t>>, LLVM::GlobalOp> arrays; ///< equal ones once

  Value pointerTo(ArrayRef<int64_t> values, unsigned bits);
  Value piece(Value x, ArrayRef<int64_t> starts);
  Value read(Chain &chain, ArrayRef<int64_t> starts, Value at);
};

} // namespace

Value TableBuilder::pointerTo(ArrayRef<int64_t> values, unsigned bits) {
  LLVM::GlobalOp &global = arrays[{bits, values.vec()}];
  if (!global) {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(module.getBody());
    Type element = b.getIntegerType(bits);
    auto size = static_cast<int64_t>(values.size());
    SmallVector<APInt> elements;
    for (int64_t value : values)
      elements.push_back(APInt(64, static_cast<uint64_t>(value)).trunc(bits));
    global = LLVM::GlobalOp::create(
        b, LLVM::LLVMArrayType::get(element, static_cast<unsigned>(size)), /*isConstant=*/true,
        LLVM::Linkage::Internal, "table_" + std::to_string(arrays.size() - 1),
        DenseElementsAttr::get(RankedTensorType::get({size}, element), elements));
  }
  return LLVM::AddressOfOp::create(b, global);
}

Value TableBuilder::piece(Value x, ArrayRef<int64_t> starts) {
  Type i32 = b.getI32Type();
  auto type = cast<fx::FixedType>(x.getType());
  IntegerType container = type.getContainer();
  Value raw = UnrealizedConversionCastOp::create(b, container, x).getResult(0);
  if (container.getWidth() < 32)
    raw = type.getIsSigned() ? Value(arith::ExtSIOp::create(b, i32, raw))
                             : Value(arith::ExtUIOp::create(b, i32, raw));
  if (!search) {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(module.getBody());
    Type pointer = LLVM::LLVMPointerType::get(b.getContext());
    search = func::FuncOp::create(b, "core_piece", b.getFunctionType({pointer, i32, i32}, {i32}));
    search.setPrivate();
  }
  Value table = pointerTo(starts, 32);
  Value count =
      arith::ConstantOp::create(b, b.getI32IntegerAttr(static_cast<int32_t>(starts.size())));
  return func::CallOp::create(b, search, ValueRange{table, count, raw}).getResult(0);
}

Value TableBuilder::read(Chain &chain, ArrayRef<int64_t> starts, Value at) {
  std::vector<int64_t> values = {chain.first};
  for (int64_t start : starts)
    values.push_back(chain.at(start));
  auto type = cast<fx::FixedType>(chain.last.getType());
  unsigned width = type.getContainer().getWidth(), bits = std::min(width, 8u);
  auto holds = [&](int64_t value) {
    return bits == width ||
           (type.getIsSigned() ? llvm::isIntN(bits, value)
                               : llvm::isUIntN(bits, static_cast<uint64_t>(value)));
  };
  while (!llvm::all_of(values, holds))
    bits *= 2;
  Type element = b.getIntegerType(bits);
  Value place = LLVM::GEPOp::create(b, LLVM::LLVMPointerType::get(b.getContext()), element,
                                    pointerTo(values, bits), ValueRange{at});
  Value raw = LLVM::LoadOp::create(b, element, place, bits / 8);
  if (bits < width)
    raw = type.getIsSigned() ? Value(arith::ExtSIOp::create(b, type.getContainer(), raw))
                             : Value(arith::ExtUIOp::create(b, type.getContainer(), raw));
  return UnrealizedConversionCastOp::create(b, type, raw).getResult(0);
}

// Chains whose starts are among those of a longer one share its search; functions of the same
// number have starts of their own, and tables of all together would be larger than both.
void TableBuilder::build(Value x, std::vector<Chain> &chains) {
  auto isAmong = [](const Chain &chain, const Chain &longer) {
    return llvm::all_of(chain.steps, [&](auto &step) { return longer.steps.count(step.first); });
  };
  std::vector<size_t> order(chains.size());
  std::iota(order.begin(), order.end(), size_t(0));
  llvm::sort(order, [&](size_t a, size_t b) {
    size_t of = chains[a].steps.size(), other = chains[b].steps.size();
    return of != other ? of > other : a < b;
  });
  std::vector<bool> isDone(chains.size(), false);
  for (size_t k : order) {
    if (isDone[k] || chains[k].steps.size() < fewestStarts)
      continue;
    std::vector<int64_t> starts;
    for (auto [start, value] : chains[k].steps)
      starts.push_back(start);
    b.setInsertionPointAfterValue(x);
    Value at = piece(x, starts);
    for (size_t other = 0; other < chains.size(); ++other)
      if (!isDone[other] && isAmong(chains[other], chains[k])) {
        isDone[other] = true;
        b.setInsertionPoint(chains[other].last);
        chains[other].last.replaceAllUsesWith(read(chains[other], starts, at));
      }
  }
}

void engram::spinnaker::tabulatePieces(ModuleOp module, func::FuncOp function) {
  llvm::MapVector<Value, std::vector<Chain>> chains;
  function.walk([&](arith::SelectOp select) {
    std::optional<Choice> choice = choiceOf(select);
    if (!choice || isPartOfLongerChain(select, choice->x))
      return;
    if (std::optional<Chain> chain = chainOf(select, choice->x))
      chains[choice->x].push_back(std::move(*chain));
  });
  TableBuilder builder(module);
  for (auto &[x, list] : chains)
    builder.build(x, list);
}
