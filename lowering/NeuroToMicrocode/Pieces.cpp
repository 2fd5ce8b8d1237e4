// Chains of selections, from the last one to the first.
#include "lowering/NeuroToMicrocode/Pieces.h"
#include "runtime/accelerator/Instruction.h"

using namespace mlir;
using namespace engram;
using namespace engram::a1;

static std::optional<int64_t> constantOf(Value value) {
  if (auto constant = value.getDefiningOp<fx::ConstantOp>())
    return constant.getValue().getRaw();
  if (auto constant = value.getDefiningOp<arith::ConstantOp>())
    if (auto number = dyn_cast<IntegerAttr>(constant.getValue()))
      return number.getValue().getSExtValue();
  return std::nullopt;
}

namespace {
struct Link {
  Value x;
  int64_t start, choice;
};
} // namespace

static std::optional<Link> linkOf(arith::SelectOp select) {
  auto compare = select.getCondition().getDefiningOp<fx::CmpOp>();
  if (!compare || compare.getPredicate() != fx::Predicate::Ge)
    return std::nullopt;
  std::optional<int64_t> start = constantOf(compare.getRhs()),
                         choice = constantOf(select.getTrueValue());
  if (!start || !choice)
    return std::nullopt;
  return Link{compare.getLhs(), *start, *choice};
}

/// The selection that goes on where this one ends.
static arith::SelectOp nextOf(arith::SelectOp select) {
  if (!select->hasOneUse())
    return {};
  auto next = dyn_cast<arith::SelectOp>(*select->user_begin());
  std::optional<Link> here = linkOf(select), there = next ? linkOf(next) : std::nullopt;
  return here && there && next.getFalseValue() == select.getResult() && there->x == here->x &&
                 there->start > here->start
             ? next
             : arith::SelectOp();
}

std::optional<Pieces> engram::a1::piecesOf(arith::SelectOp last) {
  // FND counts to 63.
  constexpr size_t most = 63;
  if (!linkOf(last) || nextOf(last))
    return std::nullopt;
  Pieces pieces;
  Value rest = last.getResult();
  while (auto select = rest.getDefiningOp<arith::SelectOp>()) {
    std::optional<Link> link = linkOf(select);
    if (!link || (pieces.x && (link->x != pieces.x || link->start >= pieces.starts.back())))
      return std::nullopt;
    pieces.x = link->x;
    pieces.starts.push_back(link->start);
    pieces.choices.push_back(link->choice);
    rest = select.getFalseValue();
  }
  std::optional<int64_t> first = constantOf(rest);
  if (!first || pieces.starts.size() < 2 || pieces.starts.size() > most)
    return std::nullopt;
  pieces.choices.push_back(*first);
  std::reverse(pieces.starts.begin(), pieces.starts.end());
  std::reverse(pieces.choices.begin(), pieces.choices.end());
  return pieces;
}
