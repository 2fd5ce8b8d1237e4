// The C interface. All state of an instance is one block, so instances are independent of each
// other.
#include "backends/Cpu/CApi.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "llvm/ADT/StringSet.h"
#include <fmt/format.h>

using namespace mlir;
using namespace engram;

std::string cpu::cName(StringRef name) {
  std::string result = name.str();
  for (char &c : result)
    if (!llvm::isAlnum(c))
      c = '_';
  if (result.empty() || llvm::isDigit(result[0]))
    result = "n" + result;
  return result;
}

namespace {

/// An array that callers see, with the name of its accessor.
struct Accessor {
  std::string function;
  const AbiArray *array;
  bool input;
};

std::vector<Accessor> accessorsOf(const Abi &abi) {
  std::vector<Accessor> result;
  llvm::StringSet<> taken;
  for (StringRef reserved : {"init", "step", "steps", "create", "destroy", "reset"})
    taken.insert(cpu::cName(abi.network) + "_" + reserved.str());
  for (const AbiArray &array : abi.arrays) {
    // What only the step function uses stays private.
    StringRef name = array.name;
    bool isPrivate = name == "step" || name.ends_with(".events") || name.ends_with(".num_events") ||
                     name.ends_with(".sums") || name.ends_with(".scratch") ||
                     name.ends_with(".padded") || name.ends_with(".position");
    if (isPrivate)
      continue;
    std::string function = cpu::cName(abi.network) + "_" + cpu::cName(name);
    while (!taken.insert(function).second)
      function += "_";
    result.push_back({function, &array, name.ends_with(".input")});
  }
  return result;
}

const char *cType(Type type) {
  if (type.isF64())
    return "double";
  if (type.isF32())
    return "float";
  switch (type.getIntOrFloatBitWidth()) {
  case 1:
  case 8:
    return "uint8_t";
  case 32:
    return "int32_t";
  default:
    return "int64_t";
  }
}

} // namespace

void cpu::addCApi(ModuleOp module, const Abi &abi) {
  ImplicitLocOpBuilder b(module.getLoc(), OpBuilder::atBlockEnd(module.getBody()));
  MLIRContext *context = module.getContext();
  Type pointer = LLVM::LLVMPointerType::get(context), nothing = LLVM::LLVMVoidType::get(context),
       i64 = b.getI64Type();
  auto init = module.lookupSymbol<LLVM::LLVMFuncOp>(abi.network + "_init");
  auto step = module.lookupSymbol<LLVM::LLVMFuncOp>(abi.network + "_step");
  std::string prefix = cName(abi.network);
  auto declare = [&](StringRef name, Type result, ArrayRef<Type> arguments) {
    return LLVM::LLVMFuncOp::create(b, name, LLVM::LLVMFunctionType::get(result, arguments));
  };
  auto define = [&](const std::string &name, Type result, ArrayRef<Type> arguments, auto body) {
    auto function = declare(name, result, arguments);
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(function.addEntryBlock(b));
    body(function.getArguments());
  };
  LLVM::LLVMFuncOp allocate = declare("aligned_alloc", pointer, {i64, i64}),
                   release = declare("free", nothing, {pointer});
  define(prefix + "_create", pointer, {}, [&](auto) {
    Value alignment = LLVM::ConstantOp::create(b, i64, 64),
          size = LLVM::ConstantOp::create(b, i64, abi.bytes);
    Value block = LLVM::CallOp::create(b, allocate, ValueRange{alignment, size}).getResult();
    Value null = LLVM::ZeroOp::create(b, pointer);
    Value failed = LLVM::ICmpOp::create(b, LLVM::ICmpPredicate::eq, block, null);
    Block *entry = b.getInsertionBlock();
    Block *good = b.createBlock(entry->getParent()), *bad = b.createBlock(entry->getParent());
    b.setInsertionPointToEnd(entry);
    LLVM::CondBrOp::create(b, failed, bad, good);
    b.setInsertionPointToEnd(good);
    LLVM::CallOp::create(b, init, ValueRange{block});
    LLVM::ReturnOp::create(b, block);
    b.setInsertionPointToEnd(bad);
    LLVM::ReturnOp::create(b, null);
  });
  define(prefix + "_destroy", nothing, {pointer}, [&](auto args) {
    LLVM::CallOp::create(b, release, ValueRange{args[0]});
    LLVM::ReturnOp::create(b, ValueRange());
  });
  define(prefix + "_reset", nothing, {pointer}, [&](auto args) {
    LLVM::CallOp::create(b, init, ValueRange{args[0]});
    LLVM::ReturnOp::create(b, ValueRange());
  });
  define(prefix + "_steps", i64, {pointer}, [&](auto args) {
    LLVM::ReturnOp::create(b, LLVM::LoadOp::create(b, i64, args[0]).getResult());
  });
  for (const Accessor &accessor : accessorsOf(abi))
    define(accessor.function, pointer, {pointer}, [&](auto args) {
      Value address =
          LLVM::GEPOp::create(b, pointer, b.getI8Type(), args[0],
                              ArrayRef<LLVM::GEPArg>{static_cast<int32_t>(accessor.array->offset)});
      LLVM::ReturnOp::create(b, address);
    });
  // The step function keeps its name in C.
  if (prefix + "_step" != abi.network + "_step")
    define(prefix + "_step", nothing, {pointer}, [&](auto args) {
      LLVM::CallOp::create(b, step, ValueRange{args[0]});
      LLVM::ReturnOp::create(b, ValueRange());
    });
  else
    step.setLinkage(LLVM::Linkage::External);
  init.setLinkage(LLVM::Linkage::Internal);
}

std::string cpu::makeHeader(const Abi &abi, double dtSeconds) {
  std::string n = cName(abi.network), guard = "ENGRAM_" + StringRef(n).upper() + "_H";
  std::string text = fmt::format(R"(/* Network '{0}', compiled by Engram. A step is {3:g} s.
 *
 * An instance is one block of memory; instances share only constants, so any number of them may run at the same time,
 * each in one thread. Link with -lm.
 */
#ifndef {2}
#define {2}

#include <stdint.h>

#ifdef __cplusplus
extern "C" {{
#endif

typedef struct {1} {1};

/* A new instance in its initial state ({4} bytes), or NULL if there is no memory. */
{1} *{1}_create(void);
void {1}_destroy({1} *network);

/* Back to the initial state; inputs become zero. */
void {1}_reset({1} *network);

/* One step. Write the inputs before; read outputs and state after. */
void {1}_step({1} *network);

/* Steps since creation or the last reset. */
int64_t {1}_steps(const {1} *network);
)",
                                 abi.network, n, guard, dtSeconds, abi.bytes);
  auto shape = [](const AbiArray &array) {
    return "[" +
           llvm::join(llvm::map_range(array.shape, [](int64_t d) { return std::to_string(d); }),
                      "][") +
           "]";
  };
  for (bool input : {true, false}) {
    text +=
        input
            ? "\n/* Inputs: a number a neuron, kept from step to step until you write another. */\n"
            : "\n/* Outputs, spikes (0 or 1) and state after the last step. */\n";
    for (const Accessor &accessor : accessorsOf(abi))
      if (accessor.input == input)
        text += fmt::format("{0}{1} *{2}({0}{3} *network); /* {4} {5} */\n", input ? "" : "const ",
                            cType(accessor.array->type), accessor.function, n, accessor.array->name,
                            shape(*accessor.array));
  }
  return text + "\n#ifdef __cplusplus\n}\n#endif\n\n#endif /* " + guard + " */\n";
}
