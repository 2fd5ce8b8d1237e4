// Neurons of a population. The numbers neuro_s… are those of docs/spec.md.
#include "backends/Reference/PopulationState.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Start.h"

using namespace mlir;
using namespace engram;
using namespace engram::neuro;
using namespace engram::reference;

//===-- what they have in common
//-------------------------------------------------------------------===//

static std::optional<fx::Format> formatOf(InputOp input) {
  auto type = dyn_cast<fx::FixedType>(input.getType());
  return type ? std::optional(type.getFormat()) : std::nullopt;
}

static LogicalResult fillInitial(PopulationOp op, PopulationProgram &result) {
  auto fill = [&](Value value, FailureOr<std::vector<double>> numbers) -> LogicalResult {
    if (failed(numbers))
      return failure();
    unsigned slot = result.program->slotOf(value);
    for (size_t i = 0; i < result.initial.size(); ++i)
      result.initial[i][slot] = numbers->size() == 1 ? (*numbers)[0] : (*numbers)[i];
    return success();
  };
  result.initial.assign(numElements(*op.getShape()), result.program->initialSlots());
  for (ParameterOp parameter : result.model.getParameters())
    if (failed(fill(parameter, parameterValues(op, parameter))))
      return failure();
  for (StateOp state : result.model.getStates())
    if (failed(fill(state, initialValues(op, state))))
      return failure();
  return success();
}

static LogicalResult addIntegrator(PopulationOp op, PopulationProgram &result) {
  bool isSingle =
      llvm::any_of(result.model.getStates(), [](StateOp s) { return s.getType().isF32(); });
  Method method = methodOf(op, result.model);
  result.integrator =
      std::make_unique<Integrator>(*result.program->dynamics, method, result.timeStep, isSingle);
  NeuronContext context{result.seed, result.stream, 0, 0, result.timeStep};
  if (!result.initial.empty() && !result.integrator->applies(result.initial[0], context))
    return op.emitOpError() << "method '" << stringifyMethod(method)
                            << "' needs derivatives of model '" << result.model.getSymName()
                            << "' that are linear";
  return success();
}

FailureOr<std::shared_ptr<const PopulationProgram>> PopulationProgram::create(PopulationOp op) {
  auto result = std::make_shared<PopulationProgram>();
  FailureOr<ModelOp> model = requireModel(op);
  if (failed(model))
    return failure();
  result->model = *model;
  FailureOr<ModelProgram> program = ModelProgram::compile(*model);
  if (failed(program))
    return failure();
  result->program = std::make_unique<ModelProgram>(std::move(*program));
  auto network = op->getParentOfType<NetworkOp>();
  result->seed = network.getSeed();
  result->stream = streamOf(op.getSymName());
  result->single = network.sumType().isF32();
  result->timeStep = timeStepOf(network, *model);
  result->start = startOf(op);
  if (failed(fillInitial(op, *result)))
    return failure();
  for (InputOp input : model->getInputs())
    result->ports.push_back({result->program->slotOf(input), formatOf(input)});
  result->refractory.assign(result->initial.size(), 0);
  if (auto refractory = model->find<RefractoryOp>()) {
    unsigned time = result->program->slotOf(refractory.getTime());
    for (size_t i = 0; i < result->initial.size(); ++i)
      result->refractory[i] = refractorySteps(result->initial[i][time], result->timeStep);
    for (Value held : refractory.getHeld())
      result->held.push_back(result->program->slotOf(held));
  }
  if (result->program->dynamics && failed(addIntegrator(op, *result)))
    return failure();
  return std::shared_ptr<const PopulationProgram>(std::move(result));
}

FailureOr<size_t> PopulationProgram::portOf(ProjectionOp projection) const {
  InputOp input = neuro::portOf(projection, model);
  if (!input)
    return failure();
  unsigned slot = program->slotOf(input);
  return llvm::find_if(ports, [&](const Port &port) { return port.slot == slot; }) - ports.begin();
}

//===-- some of them
//-------------------------------------------------------------------------------===//

PopulationState::PopulationState(std::shared_ptr<const PopulationProgram> given,
                                 std::vector<int64_t> indices)
    : neurons(std::move(indices)), program(std::move(given)), sums(program->ports.size()) {
  reset();
}

unsigned PopulationState::slotOf(StringRef state) const {
  ModelOp model = program->model;
  return program->program->slotOf(model.findState(state));
}

void PopulationState::reserve(size_t port, int64_t delay) {
  if (static_cast<int64_t>(sums[port].size()) < delay + 1)
    sums[port].resize(delay + 1, std::vector<double>(size()));
}

void PopulationState::reset() {
  slots.clear();
  for (int64_t neuron : neurons)
    slots.push_back(program->initial[neuron]);
  counter.assign(size(), 0);
  output.assign(size(), 0);
  spikes.assign(size(), 0);
  for (std::vector<std::vector<double>> &ring : sums)
    for (std::vector<double> &row : ring)
      std::fill(row.begin(), row.end(), 0.0);
}

void PopulationState::step(int64_t now) {
  // neuro_s12: what arrives before the start is lost.
  if (now < program->start) {
    for (std::vector<std::vector<double>> &ring : sums)
      if (!ring.empty())
        ring[now % ring.size()].assign(size(), 0);
    return;
  }
  for (int64_t n = 0; n < size(); ++n)
    stepNeuron(n, now);
}

void PopulationState::assign(const std::optional<ScalarProgram> &region, Slots &values,
                             const NeuronContext &context) const {
  if (!region)
    return;
  region->runAndAssign(values, context);
  if (observer)
    observer->ran(*region, values);
}

double PopulationState::yieldOf(const ScalarProgram &region, Slots &values,
                                const NeuronContext &context) const {
  region.run(values, context);
  if (observer)
    observer->ran(region, values);
  return values[*region.yielded];
}

// neuro_s2: deliver, receive, integrate, fire, reset, emit.
void PopulationState::stepNeuron(int64_t n, int64_t now) {
  const ModelProgram &code = *program->program;
  Slots &values = slots[n];
  NeuronContext context{program->seed, program->stream, neurons[n], now - program->start,
                        program->timeStep};
  for (size_t p = 0; p < sums.size(); ++p) {
    const PopulationProgram::Port &port = program->ports[p];
    values[port.slot] = 0;
    if (!sums[p].empty())
      std::swap(values[port.slot], sums[p][now % sums[p].size()][n]);
    // neuro_s13: the sum is exact, and saturates once.
    if (port.format)
      values[port.slot] = roundTo(*port.format, values[port.slot]);
  }
  // neuro_s5: in the refractory time the held states stay as they are, and the neuron cannot fire.
  bool refractory = counter[n] > 0;
  SmallVector<double, 4> held;
  for (unsigned slot : program->held)
    held.push_back(values[slot]);
  auto putBack = [&] {
    for (size_t k = 0; refractory && k < held.size(); ++k)
      values[program->held[k]] = held[k];
  };
  assign(code.receive, values, context);
  putBack();
  if (program->integrator)
    program->integrator->step(values, context);
  assign(code.update, values, context);
  putBack();
  counter[n] -= refractory;
  bool fires = code.fire && yieldOf(*code.fire, values, context) != 0 && !refractory;
  if (fires) {
    counter[n] = program->refractory[neurons[n]];
    assign(code.reset, values, context);
  }
  spikes[n] = fires;
  output[n] = fires;
  if (code.emit)
    output[n] = program->round(yieldOf(*code.emit, values, context)); // in the type of the sums
  if (observer)
    observer->finished(values, fires, output[n]);
}
