// Discrete networks to functions: the layout of the state, the functions, the order of a step.
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Start.h"
#include "dialects/Neuro/Transforms/VerifyDiscrete.h"
#include "lowering/NeuroToLinalg/Emitter.h"
#include "lowering/NeuroToLinalg/Passes.h"

namespace engram {
#define GEN_PASS_DEF_CONVERTNEUROTOLINALGPASS
#include "lowering/NeuroToLinalg/Passes.h.inc"
} // namespace engram

using namespace mlir;
using namespace engram;
using namespace engram::neuro;

namespace {

class NetworkLowering {
public:
  NetworkLowering(ModuleOp module, NetworkOp network) : e(module, network), network(network) {}

  LogicalResult run() {
    FailureOr<SmallVector<Operation *>> schedule = scheduleOf(network);
    if (failed(schedule))
      return failure();
    AbiArray step = e.allocate("step", {1}, e.b.getI64Type());
    allocateNodes();
    if (failed(buildStep(*schedule, step)) || failed(buildInit()))
      return failure();
    return success();
  }

  NamedAttribute abiAttr() {
    return e.b.getNamedAttr(network.getSymName(), e.abi.toAttr(e.b.getContext()));
  }

private:
  Emitter e;
  NetworkOp network;
  std::map<std::string, NodeArrays> nodes;

  void allocateNodes() {
    for (Operation &op : network.getBody().front()) {
      if (!isa<SourceOp, PopulationOp>(op))
        continue;
      std::string name = SymbolTable::getSymbolName(&op).str();
      NodeArrays &node = nodes[name];
      node.shape = SmallVector<int64_t>(*shapeOf(network, name));
      node.size = numElements(node.shape);
      auto source = dyn_cast<SourceOp>(op);
      bool external = source && isa<ExternalAttr>(source.getKind());
      if (source) {
        node.output = e.allocate(name + (external ? ".input" : ".output"), node.shape, e.sumType);
        continue;
      }
      ModelOp model = modelOf(cast<PopulationOp>(op));
      node.binary = !model.find<EmitOp>();
      if (!node.binary)
        node.output = e.allocate(name + ".output", node.shape, e.sumType);
      else if (llvm::any_of(projectionsFrom(network, name),
                            [](ProjectionOp projection) { return !isDrivenByEvents(projection); }))
        node.output = e.allocate(name + ".spike_values", node.shape, e.sumType);
      node.spikes = e.allocate(name + ".spikes", node.shape, e.b.getI8Type());
      for (StateOp state : model.getStates())
        node.states[state.getName().str()] =
            e.allocate(name + "." + state.getName().str(), node.shape, state.getType());
    }
    for (ProjectionOp projection : network.getBody().getOps<ProjectionOp>()) {
      NodeArrays &target = nodes[projection.getTarget().str()],
                 &source = nodes[projection.getSource().str()];
      auto population = cast<PopulationOp>(network.lookupSymbol(projection.getTarget()));
      PortArrays &port = target.ports[portOf(projection, modelOf(population)).getName().str()];
      port.slots = std::max(port.slots, projection.maxDelaySteps() + 1);
      if (isDrivenByEvents(projection) && !source.events) {
        std::string name = projection.getSource().str();
        // One more than neurons: the entry behind the last event is written too.
        source.events = e.allocate(name + ".events", {source.size + 1}, e.b.getI32Type());
        source.numEvents = e.allocate(name + ".num_events", {1}, e.b.getI64Type());
      }
    }
    for (auto &[name, node] : nodes)
      for (auto &[portName, port] : node.ports)
        port.sums = e.allocate(name + "." + portName + ".sums", {port.slots, node.size}, e.sumType);
  }

  /// Opens a function over the state; its argument's type is set once the size of the state is
  /// known.
  func::FuncOp open(StringRef suffix) {
    OpBuilder::InsertionGuard guard(e.b);
    e.b.setInsertionPoint(network);
    auto dynamic = MemRefType::get({ShapedType::kDynamic}, e.b.getI8Type());
    auto function = func::FuncOp::create(e.b, (network.getSymName() + suffix).str(),
                                         e.b.getFunctionType({dynamic}, {}));
    e.state = function.addEntryBlock()->getArgument(0);
    return function;
  }

  void close(func::FuncOp function) {
    func::ReturnOp::create(e.b);
    auto type = MemRefType::get({e.abi.bytes}, e.b.getI8Type());
    function.getArgument(0).setType(type);
    function.setFunctionType(e.b.getFunctionType({type}, {}));
  }

  LogicalResult buildStep(ArrayRef<Operation *> schedule, const AbiArray &step) {
    stepFunction = open("_step");
    e.b.setInsertionPointToStart(&stepFunction.getBody().front());
    Value counter = e.view(step);
    e.now = memref::LoadOp::create(e.b, counter, e.index(0));
    for (Operation *op : schedule) {
      e.b.setLoc(op->getLoc());
      std::string name = SymbolTable::getSymbolName(op).str();
      OpBuilder::InsertionGuard guard(e.b);
      if (auto population = dyn_cast<PopulationOp>(op))
        if (int64_t start = startOf(population)) {
          Value begun = arith::CmpIOp::create(e.b, arith::CmpIPredicate::sge, e.now,
                                              e.constant(start, e.b.getI64Type()));
          auto branch = scf::IfOp::create(e.b, begun, /*withElseRegion=*/true);
          e.b.setInsertionPointToStart(branch.elseBlock());
          discardArrivals(e, nodes[name]);
          e.b.setInsertionPointToStart(branch.thenBlock());
        }
      if (auto source = dyn_cast<SourceOp>(op))
        emitSource(e, source, nodes[name]);
      else if (failed(emitPopulation(e, cast<PopulationOp>(op), nodes[name])))
        return failure();
      for (ProjectionOp projection : projectionsFrom(network, name)) {
        e.b.setLoc(projection.getLoc());
        if (failed(emitProjection(e, projection, nodes[name], nodes[projection.getTarget().str()])))
          return failure();
      }
    }
    memref::StoreOp::create(e.b, e.add(e.now, e.constant(1, e.b.getI64Type())), counter,
                            e.index(0));
    func::ReturnOp::create(e.b);
    return success();
  }

  // All bytes zero, then the states that start elsewhere.
  LogicalResult buildInit() {
    func::FuncOp init = open("_init");
    e.b.setInsertionPointToStart(&init.getBody().front());
    e.fill(e.state, e.constant(0, e.b.getI8Type()));
    for (PopulationOp population : network.getBody().getOps<PopulationOp>()) {
      std::string name = population.getSymName().str();
      NodeArrays &node = nodes[name];
      for (StateOp state : modelOf(population).getStates()) {
        FailureOr<std::vector<double>> values = initialValues(population, state);
        if (failed(values))
          return failure();
        Value array = e.view(node.states[state.getName().str()], {node.size});
        if (values->size() == 1) {
          if (values->front() != 0)
            e.fill(array, e.constant(Emitter::storedNumber(values->front(), state.getType()),
                                     Emitter::storedType(state.getType())));
          continue;
        }
        for (double &value : *values)
          value = Emitter::storedNumber(value, state.getType());
        Value table = e.global(name + "." + state.getName().str() + ".initial", {node.size},
                               Emitter::storedType(state.getType()), *values);
        e.elementwise({table}, {array}, [](ValueRange v) { return SmallVector<Value>{v[0]}; });
      }
    }
    close(init);
    auto type = init.getArgument(0).getType();
    stepFunction.getArgument(0).setType(type);
    stepFunction.setFunctionType(e.b.getFunctionType({type}, {}));
    return success();
  }

  func::FuncOp stepFunction;
};

struct ConvertNeuroToLinalg : engram::impl::ConvertNeuroToLinalgPassBase<ConvertNeuroToLinalg> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    SmallVector<NamedAttribute> layouts;
    SmallVector<NetworkOp> networks(module.getOps<NetworkOp>());
    for (NetworkOp network : networks) {
      if (failed(verifyDiscrete(network)))
        return signalPassFailure();
      NetworkLowering lowering(module, network);
      if (failed(lowering.run()))
        return signalPassFailure();
      layouts.push_back(lowering.abiAttr());
    }
    module->setAttr(abiAttrName, DictionaryAttr::get(&getContext(), layouts));
    for (NetworkOp network : networks)
      network.erase();
    for (ModelOp model : llvm::make_early_inc_range(module.getOps<ModelOp>()))
      model.erase();
  }
};

} // namespace
