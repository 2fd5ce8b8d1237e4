// Numbers of synapses from the connectors' own parameters.
#include "tools/engram/DescribeNetwork.h"

#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Xbar/IR/XbarDialect.h"
#include "runtime/NumberText.h"
#include "llvm/ADT/TypeSwitch.h"

#include <algorithm>
#include <fmt/format.h>

using namespace mlir;
using namespace engram::neuro;

namespace engram::tool {

/// Pairs of an output and a place in the window that fall on the input and not on its padding, of a
/// sliding window along one dimension.
static double pairsAlong(int64_t input, int64_t output, int64_t window, int64_t stride,
                         int64_t padding, int64_t dilation) {
  double pairs = 0;
  for (int64_t k = 0; k < window; ++k) {
    // Outputs e with 0 <= e * stride + offset < input.
    int64_t offset = k * dilation - padding;
    int64_t first = offset >= 0 ? 0 : (-offset + stride - 1) / stride;
    int64_t end = input - offset <= 0 ? 0 : (input - offset - 1) / stride + 1;
    pairs += static_cast<double>(std::max<int64_t>(std::min(end, output) - first, 0));
  }
  return pairs;
}

static double countConv(ConvAttr conv, ArrayRef<int64_t> source, ArrayRef<int64_t> target) {
  ArrayRef<int64_t> kernel = cast<ElementsAttr>(conv.getWeights()).getShapedType().getShape();
  double count = static_cast<double>(kernel[0]) * static_cast<double>(kernel[1]);
  for (int64_t d = 0; d < conv.rank(); ++d)
    count *= pairsAlong(source[d + 1], target[d + 1], kernel[d + 2], conv.getStride()[d],
                        conv.getPadding()[d], conv.getDilation()[d]);
  return count;
}

static double countPool(PoolAttr pool, ArrayRef<int64_t> source, ArrayRef<int64_t> target) {
  auto count = static_cast<double>(source[0]);
  for (size_t d = 0; d < pool.getKernel().size(); ++d)
    count *= pairsAlong(source[d + 1], target[d + 1], pool.getKernel()[d], pool.getStride()[d],
                        pool.getPadding()[d], 1);
  return count;
}

/// All pairs, without those of a neuron with itself where they are not allowed.
static double countPairs(ArrayRef<int64_t> source, ArrayRef<int64_t> target, bool allowSelf) {
  auto sources = static_cast<double>(numElements(source));
  auto targets = static_cast<double>(numElements(target));
  return sources * targets - (allowSelf ? 0 : std::min(sources, targets));
}

static std::optional<double> countCompose(ComposeAttr compose, ArrayRef<int64_t> source,
                                          ArrayRef<int64_t> target) {
  double count = 0;
  SmallVector<int64_t> shape(source);
  for (Attribute map : compose.getMaps()) {
    auto connector = cast<ConnectorInterface>(map);
    SmallVector<int64_t> next(target);
    if (map != compose.getMaps().getValue().back()) {
      auto inferred = connector.inferTargetShape(
          shape, [&] { return mlir::emitError(UnknownLoc::get(compose.getContext())); });
      if (failed(inferred) || !*inferred)
        return std::nullopt;
      next = **inferred;
    }
    std::optional<double> part = countSynapses(connector, shape, next);
    if (!part)
      return std::nullopt;
    count += *part;
    shape = next;
  }
  return count;
}

std::optional<double> countSynapses(ConnectorInterface connector, ArrayRef<int64_t> source,
                                    ArrayRef<int64_t> target) {
  auto targets = static_cast<double>(numElements(target));
  return llvm::TypeSwitch<Attribute, std::optional<double>>(connector)
      .Case([&](AllToAllAttr all) { return countPairs(source, target, all.getAllowSelf()); })
      .Case([&](OneToOneAttr) { return targets; })
      .Case([&](DenseAttr) { return countPairs(source, target, true); })
      .Case([&](xbar::CrossbarAttr) { return countPairs(source, target, true); })
      .Case([&](CSRAttr csr) { return static_cast<double>(numNumbers(csr.getTargets())); })
      .Case([&](FixedProbabilityAttr random) {
        return random.getProbability().convertToDouble() *
               countPairs(source, target, random.getAllowSelf());
      })
      .Case([&](FixedIndegreeAttr random) {
        return static_cast<double>(random.getIndegree()) * targets;
      })
      .Case([&](ConvAttr conv) { return countConv(conv, source, target); })
      .Case([&](PoolAttr pool) { return countPool(pool, source, target); })
      .Case([&](ComposeAttr compose) { return countCompose(compose, source, target); })
      .Default([](Attribute) { return std::nullopt; });
}

LogicalResult checkSynapseCounts(NetworkOp network) {
  // Their other arrays are in the file, so that its size bounds them; convolutions, pools and
  // all-to-all are not expanded.
  constexpr double limit = 2147483647;
  for (auto projection : network.getOps<ProjectionOp>()) {
    ConnectorInterface connector = projection.getConnector();
    if (!isa<FixedProbabilityAttr, FixedIndegreeAttr>(connector))
      continue;
    auto source = shapeOf(network, projection.getSource());
    auto target = shapeOf(network, projection.getTarget());
    if (!source || !target)
      continue;
    std::optional<double> count = countSynapses(connector, *source, *target);
    if (count && *count > limit)
      return projection.emitOpError() << fmt::format("needs about {:.3g} synapses, limit is {}",
                                                     *count, grouped(int64_t(limit)));
  }
  return success();
}

} // namespace engram::tool
