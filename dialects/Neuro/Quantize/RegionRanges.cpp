// Interval arithmetic forwards, demand backwards.
#include "dialects/Neuro/Quantize/RegionRanges.h"
#include <algorithm>

using namespace mlir;
using namespace engram::neuro;

std::function<double(double)> engram::neuro::limited(std::function<double(double)> f, Range range) {
  return [f = std::move(f), range](double x) {
    double y = f(x);
    return std::isnan(y) ? 0.5 * range.low + 0.5 * range.high
                         : std::clamp(y, range.low, range.high);
  };
}

//===-- forwards --------------------------------------------------------------------------===//

// A curve is known by samples: exact for monotone ones, and near enough for others.
static Range rangeOfFunction(const std::function<double(double)> &f, Range domain) {
  constexpr int samples = 4096;
  if (!domain.isFinite() || domain.empty())
    return Range::everything();
  Range result;
  for (int k = 0; k <= samples; ++k) {
    double y = f(domain.low + (domain.high - domain.low) * k / samples);
    if (!std::isnan(y))
      result.include(y);
  }
  return result.empty() ? Range::everything() : result;
}

static Range rangeOfInteger(Type type, bool isUnsigned) {
  unsigned width = type.getIntOrFloatBitWidth();
  double count = std::ldexp(1.0, width);
  return isUnsigned ? Range{0, count - 1} : Range{-count / 2, width == 1 ? 0 : count / 2 - 1};
}

static Range forward(const RegionGraph &graph, const Node &node, const RangeOfValue &declared) {
  auto of = [&](unsigned k) { return graph.nodes[node.operands[k]].range; };
  switch (node.kind) {
  case Node::Constants:
    return Range::of(node.numbers);
  case Node::Leaf:
    return declared(node.value);
  case Node::Random:
    return {0, 1};
  case Node::Affine: {
    Range sum = Range::of(node.numbers);
    for (size_t k = 0; k < node.operands.size(); ++k)
      sum = sum + Range::of(node.factors[k]) * of(k);
    return std::isnan(sum.low) || std::isnan(sum.high) ? Range::everything() : sum;
  }
  case Node::Product: {
    Range product = of(0) * of(1);
    if (node.operands[0] == node.operands[1])
      product.low = of(0).contains(0) ? 0 : std::max(product.low, 0.0);
    return product;
  }
  case Node::Function:
    return rangeOfFunction(node.function, of(0));
  case Node::Select: {
    Range both = of(1);
    both.include(of(2));
    return both;
  }
  case Node::Minimum:
    return {std::min(of(0).low, of(1).low), std::min(of(0).high, of(1).high)};
  case Node::Maximum:
    return {std::max(of(0).low, of(1).low), std::max(of(0).high, of(1).high)};
  case Node::Absolute:
    return {of(0).contains(0) ? 0 : std::min(std::abs(of(0).low), std::abs(of(0).high)),
            of(0).magnitude()};
  case Node::CopySign:
    return {-of(0).magnitude(), of(0).magnitude()};
  case Node::Rounded:
    return {std::floor(of(0).low), std::ceil(of(0).high)};
  case Node::FromInteger:
    return rangeOfInteger(node.value.getDefiningOp()->getOperand(0).getType(),
                          isa<arith::UIToFPOp>(node.value.getDefiningOp()));
  default:
    return {0, 1};
  }
}

void engram::neuro::propagateRanges(RegionGraph &graph, const RangeOfValue &declared,
                                    const RangeOfValue &seen) {
  for (Node &node : graph.nodes) {
    if (!node.isReal())
      continue;
    node.range = forward(graph, node, declared);
    // A number that is known, or declared, is what it is.
    if (node.kind == Node::Constants || node.kind == Node::Leaf)
      continue;
    auto limit = [&](Range other) {
      Range both = node.range.intersect(other);
      if (!both.empty())
        node.range = both;
    };
    if (node.value)
      limit(seen(node.value));
    if (!node.useful.empty())
      limit(node.useful);
  }
}

//===-- backwards -------------------------------------------------------------------------===//

namespace {

class DemandPropagation {
public:
  DemandPropagation(RegionGraph &graph, int comparedBits)
      : graph(graph), comparedBits(comparedBits) {}

  void visit(const Node &node) {
    auto passOn = [&](unsigned k) { demand(node.operands[k], node.useful, node.tolerance); };
    switch (node.kind) {
    case Node::Affine:
      return visitSum(node);
    case Node::Product:
      for (unsigned k : {0, 1})
        demandAll(node.operands[k],
                  node.tolerance / graph.nodes[node.operands[1 - k]].range.magnitude() / 2);
      return;
    case Node::Function:
      return visitFunction(node);
    case Node::Select:
      passOn(1);
      return passOn(2);
    case Node::Minimum:
    case Node::Maximum:
      // Beyond the other number it does not matter by how much.
      for (unsigned k : {0, 1}) {
        Range other = graph.nodes[node.operands[1 - k]].range, useful = node.useful;
        if (node.kind == Node::Minimum)
          useful.high = std::min(useful.high, other.high);
        else
          useful.low = std::max(useful.low, other.low);
        demand(node.operands[k], useful.empty() ? node.useful : useful, node.tolerance);
      }
      return;
    case Node::Absolute: {
      double most = node.useful.magnitude();
      return demand(node.operands[0], {-most, most}, node.tolerance);
    }
    case Node::CopySign:
      demandAll(node.operands[0], node.tolerance);
      return demandAll(node.operands[1], node.tolerance);
    case Node::Rounded:
    case Node::ToInteger:
      return demandAll(node.operands[0], std::ldexp(1.0, -comparedBits / 2));
    case Node::Compare: {
      Range both = graph.nodes[node.operands[0]].range;
      both.include(graph.nodes[node.operands[1]].range);
      double width = both.isFinite() ? std::max(both.high - both.low, both.magnitude()) : HUGE_VAL;
      for (unsigned operand : node.operands)
        demandAll(operand, std::ldexp(width, -comparedBits));
      return;
    }
    default:
      return;
    }
  }

  void demand(unsigned index, Range useful, double tolerance) {
    Node &node = graph.nodes[index];
    node.useful.include(useful);
    if (tolerance > 0)
      node.tolerance = std::min(node.tolerance, tolerance);
  }

private:
  RegionGraph &graph;
  int comparedBits;

  void demandAll(unsigned index, double tolerance) {
    demand(index, Range::everything(), tolerance);
  }

  // A term is useful as far as it moves the sum within its range. Of other terms no more is taken
  // into account than could still be compensated.
  void visitSum(const Node &node) {
    Range whole = node.useful.intersect(node.range);
    double reach = 2 * (whole.high - whole.low);
    std::vector<Range> terms{Range::of(node.numbers)};
    for (size_t k = 0; k < node.operands.size(); ++k) {
      Range term = Range::of(node.factors[k]) * graph.nodes[node.operands[k]].range;
      Range near = term.intersect({-reach, reach});
      terms.push_back(near.empty() ? term : near);
    }
    for (size_t k = 0; k < node.operands.size(); ++k) {
      Range factor = Range::of(node.factors[k]), rest{0, 0};
      for (size_t j = 0; j < terms.size(); ++j)
        if (j != k + 1)
          rest = rest + terms[j];
      Range useful = Range::everything();
      if (whole.isFinite() && rest.isFinite() && (factor.low > 0 || factor.high < 0))
        useful = Range{whole.low - rest.high, whole.high - rest.low} *
                 Range{1 / factor.high, 1 / factor.low};
      demand(node.operands[k], useful, node.tolerance / factor.magnitude());
    }
  }

  // Where the function no longer changes, its argument may saturate.
  void visitFunction(const Node &node) {
    Range domain = graph.nodes[node.operands[0]].range;
    if (!domain.isFinite() || !node.range.isFinite())
      return demandAll(node.operands[0], HUGE_VAL);
    auto f = limited(node.function, node.range);
    Range active = {flatEnd(f, domain.high, domain.low), flatEnd(f, domain.low, domain.high)};
    if (active.empty())
      active = domain;
    double steepest = 0;
    constexpr int samples = 1024;
    double width = (active.high - active.low) / samples, before = f(active.low);
    for (int k = 1; k <= samples && width > 0; ++k) {
      double y = f(active.low + k * width);
      steepest = std::max(steepest, std::abs(y - before) / width);
      before = y;
    }
    demand(node.operands[0], active, node.tolerance / steepest);
  }

  // The number nearest to `from` such that f is constant from `to` on; `to` itself where samples
  // speak against it.
  static double flatEnd(const std::function<double(double)> &f, double from, double to) {
    double constant = f(to), outside = from, inside = to;
    for (int k = 0; k < 200 && outside != inside; ++k) {
      double middle = outside + (inside - outside) / 2;
      if (middle == outside || middle == inside)
        break;
      (f(middle) == constant ? inside : outside) = middle;
    }
    constexpr int samples = 512;
    for (int k = 0; k <= samples; ++k)
      if (f(inside + (to - inside) * k / samples) != constant)
        return to;
    for (double x = 0x1p-20; x < 0x1p60; x *= 1.5)
      for (double probe : {x, -x})
        if ((probe - inside) * (probe - to) < 0 && f(probe) != constant)
          return to;
    return inside;
  }
};

} // namespace

void engram::neuro::propagateDemand(RegionGraph &graph, ArrayRef<Demand> results,
                                    int comparedBits) {
  for (Node &node : graph.nodes) {
    node.useful = {};
    node.tolerance = HUGE_VAL;
  }
  DemandPropagation propagation(graph, comparedBits);
  for (const Demand &result : results)
    propagation.demand(result.node, result.useful, result.tolerance);
  for (unsigned k = graph.nodes.size(); k-- > 0;)
    propagation.visit(graph.nodes[k]);
}
