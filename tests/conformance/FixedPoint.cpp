// Networks in fixed point on machines that need them so, held against the interpreter.
#include "tests/conformance/FixedPoint.h"
#include "dialects/Neuro/Transforms/Alignment.h"
#include "tests/conformance/RandomNetwork.h"

using namespace mlir;
using namespace engram;

OwningOpRef<ModuleOp> conformance::fixedNetwork(const std::string &name, MLIRContext *context,
                                                int64_t steps) {
  OwningOpRef<ModuleOp> complete =
      loadComplete(ENGRAM_SOURCE_DIR "/tests/conformance/" + name + ".mlir", context);
  if (!complete)
    return {};
  OwningOpRef<ModuleOp> module = discretized(*complete);
  return name == "fixed-point" || !module ? std::move(module) : quantized(*module, 8, steps);
}

OwningOpRef<ModuleOp> conformance::fixedRandomNetwork(uint64_t seed, MLIRContext *context,
                                                      int64_t steps) {
  RandomNetworkOptions options;
  options.linearModels = true;
  OwningOpRef<ModuleOp> complete = parseComplete(randomNetwork(seed, options), context);
  if (!complete)
    return {};
  OwningOpRef<ModuleOp> module = discretized(*complete);
  if (module)
    module = quantized(*module, seed % 2 ? 8 : 4, steps);
  if (module)
    probeAll(*module);
  return module;
}

conformance::Outcome
conformance::compare(ModuleOp fixed, const std::string &target, const std::string &partition,
                     int64_t steps, uint64_t seed,
                     function_ref<FailureOr<std::unique_ptr<Machine>>(neuro::NetworkOp)> create) {
  Outcome outcome;
  ScopedDiagnosticHandler handler(fixed->getContext(), [&](Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() == DiagnosticSeverity::Error && outcome.refusal.empty())
      outcome.refusal = diagnostic.str();
  });
  auto refused = [&] {
    if (outcome.refusal.empty())
      outcome.difference = "refused without a reason";
    return outcome;
  };
  OwningOpRef<ModuleOp> onTarget = mapped(fixed, target, partition, seed);
  if (!onTarget)
    return refused();
  auto network = *onTarget->getOps<neuro::NetworkOp>().begin();
  FailureOr<std::unique_ptr<Machine>> machine = create(network);
  if (failed(machine))
    return refused();
  machine = neuro::alignMachine(network, std::move(*machine));
  if (failed(machine))
    return refused();
  std::unique_ptr<Machine> interpreter = interpret(fixed);
  outcome.difference = interpreter
                           ? firstDifference(run(*interpreter, steps), run(**machine, steps), 0)
                           : "the interpreter refuses the network";
  outcome.fault = (*machine)->fault();
  return outcome;
}
