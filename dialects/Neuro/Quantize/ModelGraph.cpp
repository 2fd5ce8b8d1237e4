// Constants, functions of one number and linear forms of a model's regions.
#include "dialects/Neuro/Quantize/ModelGraph.h"
#include "dialects/Neuro/Evaluate/ScalarFunctions.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace engram::neuro;

//===-- constants -------------------------------------------------------------------------===//

static double at(const Constant &constant, size_t k) {
  return constant.size() == 1 ? constant[0] : constant[k];
}

template <typename F> static Constant combine(const Constant &a, const Constant &b, F f) {
  Constant result(std::max(a.size(), b.size()));
  for (size_t k = 0; k < result.size(); ++k)
    result[k] = f(at(a, k), at(b, k));
  return result;
}

static Constant times(const Constant &a, const Constant &b) {
  return combine(a, b, [](double x, double y) { return x * y; });
}
static Constant plus(const Constant &a, const Constant &b) {
  return combine(a, b, [](double x, double y) { return x + y; });
}

const Constant *ModelConstants::find(Value value) const {
  auto found = constants.find(value);
  return found == constants.end() ? nullptr : &found->second;
}

// What only an approximation can compute, once its operands are not constant.
static bool isCurved(Operation *op) {
  StringRef name = op->getName().getStringRef();
  static const llvm::StringSet<> names = {"math.exp",  "math.expm1", "math.log", "math.log1p",
                                          "math.powf", "math.sin",   "math.cos", "math.tanh",
                                          "math.sqrt", "arith.remf"};
  return names.contains(name);
}

LogicalResult ModelConstants::addOperation(Operation *op) {
  if (op->getNumResults() != 1)
    return success();
  Value result = op->getResult(0);
  bases[result] = result;
  if (auto constant = dyn_cast<arith::ConstantOp>(op)) {
    constants[result] = {readNumbers(constant.getValue()).front()};
    return success();
  }
  if (isa<UniformOp>(op))
    return success();
  ScalarFunction function = scalarFunction(op);
  if (!function || op->getNumOperands() > 3)
    return op->emitOpError() << "unsupported: no meaning is defined for this operation on scalars";
  if (llvm::all_of(op->getOperands(), [&](Value operand) { return find(operand); })) {
    const Constant *operands[3] = {nullptr, nullptr, nullptr};
    size_t count = 1;
    for (auto [k, operand] : llvm::enumerate(op->getOperands())) {
      operands[k] = find(operand);
      count = std::max(count, operands[k]->size());
    }
    Constant values(count);
    for (size_t i = 0; i < count; ++i) {
      double x[3] = {0, 0, 0};
      for (int k = 0; k < 3; ++k)
        x[k] = operands[k] ? at(*operands[k], i) : 0;
      values[i] = function(x[0], x[1], x[2]);
    }
    constants[result] = std::move(values);
    return success();
  }
  Value base;
  bool isCone = true, isFunctionOp = isCurved(op);
  for (Value operand : op->getOperands()) {
    if (const Constant *constant = find(operand)) {
      isCone &= constant->size() == 1;
      continue;
    }
    Value other = bases.lookup(operand);
    isCone &= !base || base == other;
    base = other;
    isFunctionOp |= functions.contains(operand);
  }
  isFunctionOp |= isa<arith::DivFOp>(op) && !find(op->getOperand(1));
  if (!isCone || !isa<FloatType>(base.getType()))
    return success();
  bases[result] = base;
  if (isFunctionOp)
    functions.insert(result);
  return success();
}

FailureOr<ModelConstants> ModelConstants::create(PopulationOp population, ModelOp model) {
  ModelConstants result;
  // Graphs are walked by recursion; no program for a neuron is nearly as long.
  constexpr int64_t maxOperations = 10000;
  int64_t operations = 0;
  model.walk([&](Operation *) { ++operations; });
  if (operations > maxOperations)
    return model.emitOpError() << "unsupported: model '" << model.getSymName() << "' has "
                               << operations << " operations, limit is " << maxOperations;
  for (ParameterOp parameter : model.getParameters()) {
    FailureOr<std::vector<double>> values = parameterValues(population, parameter);
    if (failed(values))
      return failure();
    if (llvm::all_equal(*values) && !values->empty())
      values->resize(1);
    result.constants[parameter] = std::move(*values);
  }
  for (Operation &op : model.getBody().front()) {
    if (isa<StateOp, InputOp>(op)) {
      result.bases[op.getResult(0)] = op.getResult(0);
    } else if (!isa<ParameterOp>(op) && op.getNumRegions() == 0) {
      if (failed(result.addOperation(&op)))
        return failure();
    }
    for (Region &region : op.getRegions())
      for (Operation &inner : region.front())
        if (failed(result.addOperation(&inner)))
          return failure();
  }
  return result;
}

std::function<double(double)> ModelConstants::functionOf(Value value) const {
  struct Step {
    ScalarFunction function;
    unsigned operands[3] = {0, 0, 0};
    unsigned result = 0;
  };
  // Slot 0 is the base.
  auto steps = std::make_shared<std::vector<Step>>();
  auto slots = std::make_shared<std::vector<double>>(1);
  llvm::DenseMap<Value, unsigned> known{{baseOf(value), 0}};
  std::function<unsigned(Value)> add = [&](Value v) -> unsigned {
    auto found = known.find(v);
    if (found != known.end())
      return found->second;
    unsigned slot = 0;
    if (const Constant *constant = find(v)) {
      slot = slots->size();
      slots->push_back(constant->front());
    } else {
      Step step;
      step.function = scalarFunction(v.getDefiningOp());
      for (auto [k, operand] : llvm::enumerate(v.getDefiningOp()->getOperands()))
        step.operands[k] = add(operand);
      slot = step.result = slots->size();
      slots->push_back(0);
      steps->push_back(std::move(step));
    }
    known[v] = slot;
    return slot;
  };
  unsigned result = add(value);
  return [steps, slots, result](double x) {
    std::vector<double> &s = *slots;
    s[0] = x;
    for (const Step &step : *steps)
      s[step.result] = step.function(s[step.operands[0]], s[step.operands[1]], s[step.operands[2]]);
    return s[result];
  };
}

//===-- nodes -----------------------------------------------------------------------------===//

unsigned RegionGraph::append(Node node) {
  for (unsigned operand : node.operands)
    ++nodes[operand].uses;
  nodes.push_back(std::move(node));
  return nodes.size() - 1;
}

static bool isDeclared(Value value) {
  return isa_and_nonnull<StateOp, InputOp>(value.getDefiningOp());
}

static bool isSumOp(Operation *op) {
  return isa<arith::AddFOp, arith::SubFOp, arith::NegFOp, arith::ExtFOp, arith::TruncFOp>(op);
}

bool RegionGraph::isInlined(Value value) {
  if (constants.isFunction(value) && constants.baseOf(value) != value)
    return false;
  if (value.hasOneUse())
    return true;
  // What becomes a state is there anyway.
  if (llvm::any_of(value.getUsers(), [](Operation *user) { return isa<AssignOp>(user); }))
    return false;
  // What is used several times is computed once, unless that is hardly less work; sums of states
  // and inputs stay short, and what a step makes of them is a row of a matrix.
  const Form &form = formOf(value);
  return form.terms.size() <= 1 ||
         (form.terms.size() <= 8 &&
          llvm::all_of(form.terms, [](auto &term) { return isDeclared(term.first); }));
}

// Adds factor * value to the form.
void RegionGraph::accumulate(Form &form, Value value, const Constant &factor, bool isTop) {
  if (const Constant *constant = constants.find(value)) {
    form.offset = plus(form.offset, times(factor, *constant));
    return;
  }
  Operation *op = value.getDefiningOp();
  auto factorOf = [&](unsigned k) { return constants.find(op->getOperand(k)); };
  bool scales = (isa<arith::MulFOp>(op) && (factorOf(0) || factorOf(1))) ||
                (isa<arith::DivFOp>(op) && factorOf(1));
  if ((scales || isSumOp(op)) && (isTop || isInlined(value))) {
    if (isa<arith::MulFOp>(op)) {
      unsigned k = factorOf(0) ? 0 : 1;
      return accumulate(form, op->getOperand(1 - k), times(factor, *factorOf(k)), false);
    }
    if (isa<arith::DivFOp>(op))
      return accumulate(form, op->getOperand(0),
                        combine(factor, *factorOf(1), [](double a, double b) { return a / b; }),
                        false);
    Constant negative = times(factor, {-1.0});
    accumulate(form, op->getOperand(0), isa<arith::NegFOp>(op) ? negative : factor, false);
    if (op->getNumOperands() == 2)
      accumulate(form, op->getOperand(1), isa<arith::SubFOp>(op) ? negative : factor, false);
    return;
  }
  for (auto &[atom, sum] : form.terms)
    if (atom == value) {
      sum = plus(sum, factor);
      return;
    }
  form.terms.push_back({value, factor});
}

const RegionGraph::Form &RegionGraph::formOf(Value value) {
  auto found = forms.find(value.getAsOpaquePointer());
  if (found != forms.end())
    return found->second;
  Form form;
  accumulate(form, value, {1.0}, /*isTop=*/true);
  llvm::erase_if(form.terms, [](auto &term) {
    return llvm::all_of(term.second, [](double factor) { return factor == 0; });
  });
  return forms[value.getAsOpaquePointer()] = std::move(form);
}

FailureOr<unsigned> RegionGraph::addOperands(Node::Kind kind, Value value, ValueRange operands) {
  Node node;
  node.kind = kind;
  node.value = value;
  for (Value operand : operands) {
    FailureOr<unsigned> index = add(operand);
    if (failed(index))
      return failure();
    node.operands.push_back(*index);
  }
  return append(std::move(node));
}

FailureOr<unsigned> RegionGraph::addForm(Value value) {
  const Form &form = formOf(value);
  bool isZero = llvm::all_of(form.offset, [](double x) { return x == 0; });
  if (form.terms.size() == 1 && isZero && form.terms[0].second == Constant{1.0})
    return add(form.terms[0].first);
  Node node;
  node.kind = form.terms.empty() ? Node::Constants : Node::Affine;
  node.value = value;
  node.numbers = form.offset;
  for (auto &[atom, factor] : form.terms) {
    FailureOr<unsigned> operand = add(atom);
    if (failed(operand))
      return failure();
    node.operands.push_back(*operand);
    node.factors.push_back(factor);
  }
  return append(std::move(node));
}

// 1 / value, as a function of what the value depends on if that is one number.
FailureOr<unsigned> RegionGraph::addInverse(Value value) {
  auto found = inverses.find(value);
  if (found != inverses.end())
    return found->second;
  bool isFunction = constants.isFunction(value);
  FailureOr<unsigned> operand = add(isFunction ? constants.baseOf(value) : value);
  if (failed(operand))
    return failure();
  Node node;
  node.kind = Node::Function;
  node.operands = {*operand};
  node.function = [inner = isFunction ? constants.functionOf(value)
                                      : std::function<double(double)>()](double x) {
    return 1 / (inner ? inner(x) : x);
  };
  return inverses[value] = append(std::move(node));
}

FailureOr<unsigned> RegionGraph::addReal(Value value) {
  Operation *op = value.getDefiningOp();
  if (isa<UniformOp>(op))
    return addOperands(Node::Random, value, {});
  if (constants.isFunction(value)) {
    FailureOr<unsigned> index = addOperands(Node::Function, value, {constants.baseOf(value)});
    if (succeeded(index))
      nodes[*index].function = constants.functionOf(value);
    return index;
  }
  if (isSumOp(op) || (isa<arith::MulFOp, arith::DivFOp>(op) &&
                      llvm::any_of(op->getOperands(), [&](Value v) { return constants.find(v); }) &&
                      !(isa<arith::DivFOp>(op) && constants.find(op->getOperand(0)))))
    return addForm(value);
  if (isa<arith::MulFOp>(op))
    return addOperands(Node::Product, value, op->getOperands());
  if (isa<arith::DivFOp>(op) || op->getName().getStringRef() == "math.fma") {
    bool divides = isa<arith::DivFOp>(op);
    FailureOr<unsigned> a = add(op->getOperand(0));
    FailureOr<unsigned> b = divides ? addInverse(op->getOperand(1)) : add(op->getOperand(1));
    if (failed(a) || failed(b))
      return failure();
    Node product;
    product.kind = Node::Product;
    product.operands = {*a, *b};
    if (divides) {
      product.value = value;
      return append(std::move(product));
    }
    FailureOr<unsigned> c = add(op->getOperand(2));
    if (failed(c))
      return failure();
    Node sum;
    sum.kind = Node::Affine;
    sum.value = value;
    sum.numbers = {0};
    sum.operands = {append(std::move(product)), *c};
    sum.factors = {{1.0}, {1.0}};
    return append(std::move(sum));
  }
  if (isa<arith::SelectOp>(op))
    return addOperands(Node::Select, value, op->getOperands());
  if (isa<arith::MinimumFOp, arith::MinNumFOp>(op))
    return addOperands(Node::Minimum, value, op->getOperands());
  if (isa<arith::MaximumFOp, arith::MaxNumFOp>(op))
    return addOperands(Node::Maximum, value, op->getOperands());
  if (isa<arith::SIToFPOp, arith::UIToFPOp>(op))
    return addOperands(Node::FromInteger, value, op->getOperands());
  StringRef name = op->getName().getStringRef();
  if (name == "math.absf")
    return addOperands(Node::Absolute, value, op->getOperands());
  if (name == "math.copysign")
    return addOperands(Node::CopySign, value, op->getOperands());
  static const llvm::StringSet<> roundings = {"math.floor", "math.ceil", "math.round",
                                              "math.roundeven", "math.trunc"};
  if (roundings.contains(name))
    return addOperands(Node::Rounded, value, op->getOperands());
  return op->emitOpError() << "unsupported: model '" << op->getParentOfType<ModelOp>().getSymName()
                           << "' needs this operation on more than one number that is not constant";
}

FailureOr<unsigned> RegionGraph::add(Value value) {
  auto found = indices.find(value);
  if (found != indices.end())
    return found->second;
  Operation *op = value.getDefiningOp();
  FailureOr<unsigned> index = failure();
  if (const Constant *constant = constants.find(value)) {
    Node node;
    node.kind = Node::Constants;
    node.value = value;
    node.numbers = *constant;
    index = append(std::move(node));
  } else if (isDeclared(value)) {
    index = addOperands(Node::Leaf, value, {});
  } else if (isa<FloatType>(value.getType())) {
    index = addReal(value);
  } else if (isa<arith::CmpFOp>(op)) {
    index = addOperands(Node::Compare, value, op->getOperands());
  } else if (isa<arith::FPToSIOp>(op)) {
    index = addOperands(Node::ToInteger, value, op->getOperands());
  } else {
    index = addOperands(Node::Integer, value, op->getOperands());
  }
  if (succeeded(index))
    indices[value] = *index;
  return index;
}

std::vector<bool> RegionGraph::wholeNodes(const llvm::DenseSet<Value> &whole) const {
  auto areWhole = [](const Constant &numbers) {
    return llvm::all_of(numbers, [](double x) { return x == std::trunc(x); });
  };
  std::vector<bool> result;
  for (const Node &node : nodes) {
    auto operand = [&](unsigned k) { return bool(result[node.operands[k]]); };
    auto all = [&] {
      return llvm::all_of(node.operands, [&](unsigned index) { return bool(result[index]); });
    };
    bool isWhole = false;
    switch (node.kind) {
    case Node::Constants:
      isWhole = areWhole(node.numbers);
      break;
    case Node::Leaf:
      isWhole = whole.contains(node.value);
      break;
    case Node::Affine:
      isWhole = areWhole(node.numbers) && llvm::all_of(node.factors, areWhole) && all();
      break;
    case Node::Select:
      isWhole = operand(1) && operand(2);
      break;
    case Node::Product:
    case Node::Minimum:
    case Node::Maximum:
      isWhole = all();
      break;
    case Node::Absolute:
    case Node::CopySign:
      isWhole = operand(0);
      break;
    case Node::Rounded:
    case Node::FromInteger:
      isWhole = true;
      break;
    default:
      break;
    }
    result.push_back(isWhole);
  }
  return result;
}
