// Operations of a model's regions by what they take, and formats of outputs.
#include "dialects/NCore/IR/CountUpdate.h"
#include "dialects/Fx/IR/FxOps.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/PortBound.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/ADT/TypeSwitch.h"

#include <cmath>

using namespace mlir;
using namespace engram;
using namespace engram::neuro;

namespace {

/// Constants and what is made of them alone are loaded once, states and inputs too, and each state
/// is stored once.
class UpdateCounter {
public:
  UpdateCount run(ModelOp model) {
    for (Operation &part : model.getBody().front()) {
      if (part.getNumRegions() == 0 && !isa<StateOp, InputOp>(part))
        constants.insert(part.result_begin(), part.result_end());
      for (Region &region : part.getRegions())
        region.walk([&](Operation *op) { count(op); });
    }
    // The end of the program, too.
    update.operations += static_cast<int64_t>(loaded.size() + stored.size()) + 1;
    return update;
  }

private:
  UpdateCount update;
  llvm::DenseSet<Value> constants, loaded, stored;

  void count(Operation *op) {
    if (op->getNumResults() > 0 && !isa<neuro::RandomOp>(op) &&
        llvm::all_of(op->getOperands(), [&](Value v) { return constants.count(v); })) {
      constants.insert(op->result_begin(), op->result_end());
      return;
    }
    for (Value operand : op->getOperands())
      if (constants.count(operand) || isa_and_nonnull<StateOp, InputOp>(operand.getDefiningOp()))
        loaded.insert(operand);
    llvm::TypeSwitch<Operation *>(op)
        .Case<fx::MulOp, fx::MulAddOp, fx::ConvertOp, fx::ShlOp, fx::ShrOp, arith::MulIOp,
              arith::MulFOp, arith::DivFOp>([&](auto) { ++update.products; })
        .Case<neuro::RandomOp>([&](auto) { ++update.randoms; })
        .Case<fx::BitcastOp, arith::ExtUIOp, arith::ExtSIOp, arith::TruncIOp>([](auto) {})
        // Where a neuron fires, a new state is chosen.
        .Case<AssignOp>([&](AssignOp assign) {
          stored.insert(assign.getState());
          update.operations += isa<ResetOp>(op->getParentOp());
        })
        // A spike is sent; an output is, and kept for who reads it.
        .Case<YieldOp>([&](auto) { update.operations += isa<EmitOp>(op->getParentOp()) ? 2 : 1; })
        .Default([&](Operation *) { ++update.operations; });
  }
};

} // namespace

UpdateCount engram::ncore::countUpdate(ModelOp model) { return UpdateCounter().run(model); }

Outputs engram::ncore::outputsOf(NetworkOp network, StringRef name) {
  Outputs outputs;
  if (fx::FixedType type = outputFormatOf(network, name)) {
    fx::Format format = type.getFormat();
    double most = std::max(std::abs(double(format.minRaw())), double(format.maxRaw()));
    outputs.bits = static_cast<int64_t>(std::log2(std::max(most, 1.0))) + 1;
  }
  Operation *op = network.lookupSymbol(name);
  if (auto source = dyn_cast<SourceOp>(op)) {
    bool levels = isa<CurrentAttr>(source.getKind()) || outputs.bits > 1;
    outputs.kind = isa<PoissonAttr>(source.getKind()) ? Outputs::Counts
                   : levels                           ? Outputs::Levels
                                                      : Outputs::Spikes;
  } else if (ModelOp model = modelOf(cast<PopulationOp>(op)); model && model.find<EmitOp>()) {
    outputs.kind = Outputs::Levels;
  }
  return outputs;
}
