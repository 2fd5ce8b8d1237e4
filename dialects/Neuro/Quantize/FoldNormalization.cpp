// Affine functions in front of a comparison become part of its threshold. The number at which a
// chain of monotonic operations turns the comparison is found by bisection, so not one spike
// changes.
#include "dialects/Neuro/Evaluate/ScalarProgram.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/Quantize/Passes.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include <cmath>
#include <limits>

namespace engram::neuro {
#define GEN_PASS_DEF_FOLDNORMALIZATIONPASS
#include "dialects/Neuro/Quantize/Passes.h.inc"
} // namespace engram::neuro

using namespace mlir;
using namespace engram::neuro;

namespace {

/// cmpf(chain(leaf), other), or with its sides exchanged.
struct Comparison {
  arith::CmpFOp op;
  Value leaf;  ///< a state or an input
  Value chain; ///< the side that depends on it
  Value other;
  /// Operands of the chain's operations that do not depend on the leaf.
  SmallVector<Value> factors, divisors, addends;
  bool isStrict = false, isOrdered = true;
};

/// Where a comparison of one neuron turns: true for u > threshold (or >=), u the leaf times `sign`.
struct Turn {
  double threshold = 0;
  int sign = 0; ///< 0: the comparison is the same for all finite values
};

} // namespace

// True if a value is the same in every step: nothing but parameters and constants.
static bool isFixed(Value value) {
  SmallVector<Value> open{value};
  llvm::SmallDenseSet<Value> seen;
  while (!open.empty()) {
    Value next = open.pop_back_val();
    if (!seen.insert(next).second)
      continue;
    Operation *op = next.getDefiningOp();
    if (isa<ParameterOp, TimeStepOp, arith::ConstantOp>(op))
      continue;
    if (op->getDialect() == op->getContext()->getLoadedDialect<NeuroDialect>())
      return false;
    llvm::append_range(open, op->getOperands());
  }
  return true;
}

// Follows the operations from a side of a comparison to the state or input that it depends on.
// False if it depends on something else too, or by another kind of operation.
static bool followChain(Value value, Comparison &comparison) {
  while (true) {
    Operation *op = value.getDefiningOp();
    if (isa<StateOp, InputOp>(op)) {
      comparison.leaf = value;
      return value != comparison.chain;
    }
    auto varying = [&](unsigned k) { return !isFixed(op->getOperand(k)); };
    unsigned next = 0;
    if (isa<arith::AddFOp, arith::SubFOp, arith::MulFOp>(op)) {
      next = varying(0) ? 0 : 1;
      if (varying(0) && varying(1))
        return false;
      (isa<arith::MulFOp>(op) ? comparison.factors : comparison.addends)
          .push_back(op->getOperand(1 - next));
    } else if (isa<arith::DivFOp>(op)) {
      if (varying(1))
        return false;
      comparison.divisors.push_back(op->getOperand(1));
    } else if (isa<math::FmaOp>(op)) {
      if (varying(0) + varying(1) + varying(2) != 1)
        return false;
      next = varying(0) ? 0 : varying(1) ? 1 : 2;
      for (unsigned k = 0; k < 3; ++k)
        if (k != next)
          (k == 2 ? comparison.addends : comparison.factors).push_back(op->getOperand(k));
    } else if (!isa<arith::NegFOp>(op)) {
      return false;
    }
    value = op->getOperand(next);
  }
}

static std::optional<Comparison> matchComparison(arith::CmpFOp op) {
  Comparison comparison;
  comparison.op = op;
  using P = arith::CmpFPredicate;
  switch (op.getPredicate()) {
  case P::OGT:
  case P::OLT:
  case P::UGT:
  case P::ULT:
    comparison.isStrict = true;
    break;
  case P::OGE:
  case P::OLE:
  case P::UGE:
  case P::ULE:
    break;
  default:
    return std::nullopt;
  }
  comparison.isOrdered = llvm::is_contained({P::OGT, P::OLT, P::OGE, P::OLE}, op.getPredicate());
  bool left = !isFixed(op.getLhs());
  comparison.chain = left ? op.getLhs() : op.getRhs();
  comparison.other = left ? op.getRhs() : op.getLhs();
  if (!isFixed(comparison.other) || isFixed(comparison.chain) ||
      !followChain(comparison.chain, comparison))
    return std::nullopt;
  return comparison;
}

//===-- the number at which a comparison turns ------------------------------------------------===//

// Floats as whole numbers in the same order, so that bisection ends at neighbours.
template <typename Float, typename Int> static int64_t orderOf(double value) {
  auto number = static_cast<Float>(value);
  Int bits;
  static_assert(sizeof(bits) == sizeof(number));
  memcpy(&bits, &number, sizeof(bits));
  return bits < 0 ? -int64_t(bits & std::numeric_limits<Int>::max()) : int64_t(bits);
}
template <typename Float, typename Int> static double numberAt(int64_t order) {
  Int bits = static_cast<Int>(order < 0 ? -order : order);
  Float number;
  memcpy(&number, &bits, sizeof(number));
  return order < 0 ? -double(number) : double(number);
}

namespace {

/// The comparison of one neuron as a function of the leaf.
class Evaluation {
public:
  Evaluation(const Comparison &comparison, const ModelProgram &program, double timeStep)
      : comparison(comparison), program(program), slots(program.initialSlots()),
        leaf(program.slotOf(comparison.leaf)),
        result(program.slotOf(Value(arith::CmpFOp(comparison.op)))) {
    context.timeStep = timeStep;
  }
  void setParameter(ParameterOp parameter, double value) {
    slots[program.slotOf(parameter)] = value;
  }
  bool at(double value) {
    slots[leaf] = value;
    program.fire->run(slots, context);
    return slots[result] != 0;
  }
  double valueOf(Value value) const { return slots[program.slotOf(value)]; }

  // Not a number, or a division by zero, would make the chain something else than monotonic.
  bool isMonotonic(double greatest) {
    for (double end : {-greatest, greatest, 0.0}) {
      at(end);
      if (std::isnan(valueOf(comparison.chain)))
        return false;
    }
    auto finite = [&](Value value) { return std::isfinite(valueOf(value)); };
    return llvm::all_of(comparison.addends, finite) && llvm::all_of(comparison.factors, finite) &&
           llvm::all_of(comparison.divisors,
                        [&](Value value) { return finite(value) && valueOf(value) != 0; }) &&
           !std::isnan(valueOf(comparison.other));
  }

  template <typename Float, typename Int> Turn turn() {
    double greatest = std::numeric_limits<Float>::max();
    bool below = at(-greatest), above = at(greatest);
    if (below == above) {
      // As good as never, or as always.
      return {above ? -greatest : greatest, 0};
    }
    Turn result;
    result.sign = above ? 1 : -1;
    int64_t no = orderOf<Float, Int>(-greatest), yes = orderOf<Float, Int>(greatest);
    while (yes - 1 > no) {
      // The difference of two orders may take all 64 bits.
      int64_t middle = no + static_cast<int64_t>((uint64_t(yes) - uint64_t(no)) / 2);
      (at(result.sign * numberAt<Float, Int>(middle)) ? yes : no) = middle;
    }
    result.threshold = numberAt<Float, Int>(comparison.isStrict ? no : yes);
    return result;
  }

private:
  const Comparison &comparison;
  const ModelProgram &program;
  Slots slots;
  unsigned leaf, result;
  NeuronContext context;
};

} // namespace

// The turns of the neurons of a population: one if they are all the same. Nothing if the comparison
// of a neuron is not monotonic.
static FailureOr<std::optional<std::vector<Turn>>> turnsOf(PopulationOp population, ModelOp model,
                                                           const Comparison &comparison,
                                                           const ModelProgram &program) {
  bool single = comparison.chain.getType().isF32();
  std::vector<std::pair<ParameterOp, std::vector<double>>> values;
  size_t count = 1;
  for (ParameterOp parameter : model.getParameters()) {
    auto own = parameterValues(population, parameter);
    if (failed(own))
      return failure();
    // Of parameters that fire does not use, those that differ do not matter.
    bool used = llvm::any_of(parameter->getUsers(),
                             [](Operation *user) { return isa<FireOp>(user->getParentOp()); });
    if (used)
      count = std::max(count, own->size());
    values.emplace_back(parameter, std::move(*own));
  }
  double timeStep = timeStepOf(population->getParentOfType<NetworkOp>(), model);
  std::vector<Turn> turns;
  for (size_t i = 0; i < count; ++i) {
    Evaluation evaluation(comparison, program, timeStep);
    for (auto &[parameter, own] : values)
      evaluation.setParameter(parameter, own[own.size() == 1 ? 0 : std::min(i, own.size() - 1)]);
    double greatest =
        single ? std::numeric_limits<float>::max() : std::numeric_limits<double>::max();
    if (!evaluation.isMonotonic(greatest)) {
      population.emitWarning() << "normalization in model '" << model.getSymName()
                               << "' is not folded: neuron " << i << " of '"
                               << population.getSymName()
                               << "' divides by zero or has a number that is not finite";
      return std::optional<std::vector<Turn>>();
    }
    turns.push_back(single ? evaluation.turn<float, int32_t>()
                           : evaluation.turn<double, int64_t>());
  }
  return std::optional(std::move(turns));
}

//===-- rewriting
//------------------------------------------------------------------------------===//

static std::string freshName(ModelOp model, StringRef base) {
  std::string name = base.str();
  for (int k = 2; model.findParameter(name) || model.findState(name) || model.findInput(name); ++k)
    name = (base + "_" + Twine(k)).str();
  return name;
}

static void setParameter(PopulationOp population, StringRef name, ArrayRef<double> values) {
  Builder builder(population.getContext());
  NamedAttrList parameters(population.getParameters().value_or(builder.getDictionaryAttr({})));
  Attribute value = builder.getF64FloatAttr(values[0]);
  if (!llvm::all_equal(values))
    value = makeElements(
        RankedTensorType::get({static_cast<int64_t>(values.size())}, builder.getF64Type()), values,
        (population.getSymName() + "." + name).str());
  parameters.set(name, value);
  population.setParametersAttr(parameters.getDictionary(population.getContext()));
}

static StringAttr unitOf(Value leaf) {
  if (auto state = leaf.getDefiningOp<StateOp>())
    return state.getUnitAttr();
  return leaf.getDefiningOp<InputOp>().getUnitAttr();
}

namespace {
struct FoldNormalization : engram::neuro::impl::FoldNormalizationPassBase<FoldNormalization> {
  void runOnOperation() override {
    for (ModelOp model : getOperation().getOps<ModelOp>()) {
      auto fire = model.find<FireOp>();
      SmallVector<Comparison> comparisons;
      if (fire)
        for (auto op : fire.getBody().front().getOps<arith::CmpFOp>())
          if (std::optional<Comparison> comparison = matchComparison(op))
            comparisons.push_back(std::move(*comparison));
      if (!comparisons.empty() && failed(foldModel(model, comparisons)))
        return signalPassFailure();
    }
  }

  LogicalResult foldModel(ModelOp model, ArrayRef<Comparison> comparisons) {
    SmallVector<PopulationOp> populations;
    for (NetworkOp network : getOperation().getOps<NetworkOp>())
      for (PopulationOp population : network.getBody().getOps<PopulationOp>())
        if (population.getModel() == model.getSymName())
          populations.push_back(population);
    for (PopulationOp population : populations)
      if (failed(requireModel(population)))
        return failure();
    if (populations.empty())
      return success();
    FailureOr<ModelProgram> program = ModelProgram::compile(model);
    if (failed(program))
      return failure();
    // All turns first: rewriting takes away what the program refers to.
    SmallVector<std::pair<Comparison, std::vector<std::vector<Turn>>>> found;
    for (const Comparison &comparison : comparisons) {
      std::vector<std::vector<Turn>> turns;
      for (PopulationOp population : populations) {
        auto own = turnsOf(population, model, comparison, *program);
        if (failed(own))
          return failure();
        if (!*own)
          break;
        turns.push_back(std::move(**own));
      }
      if (turns.size() == populations.size())
        found.push_back({comparison, std::move(turns)});
    }
    llvm::SmallSetVector<Operation *, 8> candidates; // parameters that may be left without a use
    for (ParameterOp parameter : model.getParameters())
      if (llvm::any_of(parameter->getUsers(),
                       [](Operation *user) { return isa<FireOp>(user->getParentOp()); }))
        candidates.insert(parameter);
    for (auto &[comparison, turns] : found)
      rewrite(model, comparison, populations, turns);
    if (!found.empty())
      removeUnused(model, populations, candidates.getArrayRef());
    return success();
  }

  static void rewrite(ModelOp model, const Comparison &comparison,
                      ArrayRef<PopulationOp> populations,
                      const std::vector<std::vector<Turn>> &turns) {
    bool anyUp = false, anyDown = false;
    for (const auto &own : turns)
      for (const Turn &turn : own) {
        anyUp |= turn.sign > 0;
        anyDown |= turn.sign < 0;
      }
    bool isMixed = anyUp && anyDown, isDown = anyDown && !anyUp;
    OpBuilder builder(comparison.leaf.getDefiningOp());
    arith::CmpFOp old = comparison.op;
    Location loc = old.getLoc();
    auto declare = [&](StringRef base, StringAttr unit, std::string &name) -> Value {
      name = freshName(model, base);
      return ParameterOp::create(builder, loc, comparison.leaf.getType(),
                                 builder.getStringAttr(name), Attribute(), unit, UnitAttr(),
                                 StringAttr());
    };
    std::string thresholdName, signName;
    Value threshold = declare("folded_threshold", unitOf(comparison.leaf), thresholdName), sign;
    if (isMixed)
      sign = declare("folded_sign", StringAttr(), signName);
    for (auto [population, own] : llvm::zip_equal(populations, turns)) {
      std::vector<double> thresholds, signs;
      for (const Turn &turn : own) {
        thresholds.push_back(isDown ? -turn.threshold : turn.threshold);
        signs.push_back(turn.sign < 0 ? -1 : 1);
      }
      setParameter(population, thresholdName, thresholds);
      if (isMixed)
        setParameter(population, signName, signs);
    }
    builder.setInsertionPoint(old);
    Value value = comparison.leaf;
    if (isMixed)
      value = arith::MulFOp::create(builder, loc, sign, value);
    using P = arith::CmpFPredicate;
    P predicate = comparison.isStrict ? (isDown ? P::OLT : P::OGT) : (isDown ? P::OLE : P::OGE);
    if (!comparison.isOrdered)
      predicate = comparison.isStrict ? (isDown ? P::ULT : P::UGT) : (isDown ? P::ULE : P::UGE);
    Value folded = arith::CmpFOp::create(builder, loc, predicate, value, threshold);
    old.replaceAllUsesWith(folded);
    old.erase();
  }

  static void removeUnused(ModelOp model, ArrayRef<PopulationOp> populations,
                           ArrayRef<Operation *> candidates) {
    auto fire = model.find<FireOp>();
    for (Operation &op : llvm::make_early_inc_range(llvm::reverse(fire.getBody().front())))
      if (isOpTriviallyDead(&op))
        op.erase();
    for (Operation *op : candidates) {
      auto parameter = cast<ParameterOp>(op);
      if (!parameter->use_empty())
        continue;
      for (PopulationOp population : populations)
        if (std::optional<DictionaryAttr> given = population.getParameters()) {
          NamedAttrList parameters(*given);
          parameters.erase(parameter.getName());
          population.setParametersAttr(parameters.getDictionary(population.getContext()));
        }
      parameter.erase();
    }
  }
};
} // namespace
