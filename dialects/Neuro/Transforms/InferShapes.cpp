// Shapes flow along projections: forwards by what a connector produces, backwards by what it takes.
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/Transforms/Passes.h"

namespace engram::neuro {
#define GEN_PASS_DEF_INFERSHAPESPASS
#include "dialects/Neuro/Transforms/Passes.h.inc"
} // namespace engram::neuro

using namespace mlir;
using namespace engram::neuro;

using Shape = SmallVector<int64_t>;

// The shape that a connector demands of its source, if it does.
static std::optional<Shape> sourceShapeOf(Attribute connector) {
  if (auto compose = dyn_cast<ComposeAttr>(connector))
    return sourceShapeOf(compose.getMaps()[0]);
  if (auto dense = dyn_cast<DenseAttr>(connector))
    return Shape{cast<ElementsAttr>(dense.getWeights()).getShapedType().getDimSize(1)};
  if (auto csr = dyn_cast<CSRAttr>(connector))
    return Shape{numNumbers(csr.getRowStarts()) - 1};
  if (auto oneToOne = dyn_cast<OneToOneAttr>(connector))
    if (auto weights = dyn_cast<ElementsAttr>(oneToOne.getWeight()))
      return Shape(weights.getShapedType().getShape());
  return std::nullopt;
}

// The shape of the population's own arrays, if it has one.
static std::optional<Shape> shapeOfValues(PopulationOp population) {
  for (std::optional<DictionaryAttr> values : {population.getParameters(), population.getInitial()})
    for (NamedAttribute entry : values.value_or(DictionaryAttr::get(population.getContext())))
      if (auto elements = dyn_cast<ElementsAttr>(entry.getValue()))
        return Shape(elements.getShapedType().getShape());
  return std::nullopt;
}

static bool setShape(Operation *op, const std::optional<Shape> &shape) {
  if (!shape || op->hasAttr("shape"))
    return false;
  op->setAttr("shape", DenseI64ArrayAttr::get(op->getContext(), *shape));
  return true;
}

// One round over all projections; failure if a connector rejects the shape of its source.
static FailureOr<bool> inferOnce(NetworkOp network) {
  bool changed = false;
  for (ProjectionOp projection : network.getBody().getOps<ProjectionOp>()) {
    Operation *source = network.lookupSymbol(projection.getSource()),
              *target = network.lookupSymbol(projection.getTarget());
    changed |= setShape(source, sourceShapeOf(projection.getConnector()));
    std::optional<ArrayRef<int64_t>> known = shapeOf(network, projection.getSource());
    if (!known || target->hasAttr("shape"))
      continue;
    auto inferred = projection.getConnector().inferTargetShape(
        *known, [&] { return projection.emitOpError(); });
    if (failed(inferred))
      return failure();
    changed |= setShape(target, *inferred);
  }
  return changed;
}

namespace {
struct InferShapes : engram::neuro::impl::InferShapesPassBase<InferShapes> {
  void runOnOperation() override {
    for (NetworkOp network : getOperation().getOps<NetworkOp>())
      if (failed(run(network)))
        return signalPassFailure();
  }

  LogicalResult run(NetworkOp network) {
    bool changed = true;
    while (changed) {
      FailureOr<bool> round = inferOnce(network);
      if (failed(round))
        return failure();
      changed = *round;
      // Only where projections say nothing: parameters may be flat where the shape is not.
      if (!changed)
        for (PopulationOp population : network.getBody().getOps<PopulationOp>())
          changed |= setShape(population, shapeOfValues(population));
    }
    for (Operation &op : network.getBody().front())
      if (isa<SourceOp, PopulationOp>(op) && !op.hasAttr("shape"))
        return op.emitOpError() << "cannot infer the shape of '"
                                << SymbolTable::getSymbolName(&op).getValue()
                                << "': give it one, such as '[10]'";
    return success(); // the verifier checks the shapes on both sides of each projection
  }
};
} // namespace
