// What a projection does, as nodes of NIR.
#pragma once

#include "dialects/Neuro/IR/NeuroOps.h"
#include "lowering/NIRToNeuro/FlatGraph.h"

namespace engram::nir {

/// Appends the nodes that say what a connector with a bias does between arrays of the shapes 'from'
/// and 'to', first one first; none for a plain edge. Reports at 'op' what NIR cannot say.
mlir::LogicalResult linearNodes(neuro::ProjectionOp op, neuro::ConnectorInterface connector,
                                mlir::ElementsAttr bias, const Shape &from, const Shape &to,
                                std::vector<Node> &nodes);

} // namespace engram::nir
