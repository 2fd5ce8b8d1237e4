// Operands of the tests, and compiled code.
#include "tests/lowering/FxToArith/FxTestSupport.h"
#include "lowering/FxToArith/Passes.h"
#include "mlir/Conversion/ArithToLLVM/ArithToLLVM.h"
#include "mlir/Conversion/FuncToLLVM/ConvertFuncToLLVM.h"
#include "mlir/Conversion/FuncToLLVM/ConvertFuncToLLVMPass.h"
#include "mlir/Conversion/ReconcileUnrealizedCasts/ReconcileUnrealizedCasts.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/TargetSelect.h"
#include <gtest/gtest.h>

using namespace mlir;
using namespace engram::fx;

namespace {
// SplitMix64 (Steele, Lea, Flood 2014).
struct Generator {
  uint64_t state = 0;

  uint64_t next() {
    uint64_t z = state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }

  int64_t fixed(Format format) {
    int64_t low = format.minRaw(), high = format.maxRaw();
    uint64_t x = next();
    if ((x & 7) == 0) {
      const int64_t extremes[] = {low, low + 1, -1, 0, 1, high - 1, high};
      return std::min(std::max(extremes[(x >> 3) % 7], low), high);
    }
    uint64_t bits = next();
    int unused = 64 - format.width(), shift = (x >> 3) % format.width();
    return format.isSigned ? int64_t(bits) >> unused >> shift : int64_t(bits >> unused >> shift);
  }

  int64_t amount() {
    uint64_t x = next();
    return (x & 3) == 0 ? (x >> 2) & 0xFFFFFFFF : (x >> 2) % 100;
  }

  int64_t random() {
    uint64_t x = next();
    return (x & 7) == 0 ? 0 : (x & 7) == 1 ? 0xFFFFFFFF : x >> 32;
  }

  int64_t number(Type type) {
    uint64_t x = next();
    if ((x & 3) == 0)
      return type.isF32() ? next() >> 32 : next();
    double value = std::ldexp(static_cast<int>((x >> 2) % 8191) - 4095,
                              static_cast<int>((x >> 16) % 141) - 70);
    return type.isF32() ? llvm::bit_cast<uint32_t>(static_cast<float>(value))
                        : llvm::bit_cast<int64_t>(value);
  }
};

const int64_t amounts[] = {63, 64, 65, 96, 97, 127, 128, int64_t(1) << 31, (int64_t(1) << 32) - 1};
} // namespace

static std::vector<int64_t> allNumbers(Type type, bool isAmount, bool isLoneRandom) {
  int64_t low = 0, high = -1;
  if (auto fixed = dyn_cast<FixedType>(type)) {
    low = fixed.getFormat().minRaw();
    high = fixed.getFormat().maxRaw();
  } else if (isAmount) {
    high = 40;
  } else if (type.isInteger(32)) {
    high = isLoneRandom ? 255 : 0;
  } else if (type.isInteger(1)) {
    high = 1;
  } else {
    unsigned width = type.getIntOrFloatBitWidth();
    low = -(int64_t(1) << (width - 1));
    high = (int64_t(1) << (width - 1)) - 1;
  }
  std::vector<int64_t> result;
  for (int64_t value = low; value <= high; ++value)
    result.push_back(value);
  if (isAmount)
    result.insert(result.end(), std::begin(amounts), std::end(amounts));
  return result;
}

static void forEachSample(ArrayRef<Type> types, bool amount,
                          const std::function<void(ArrayRef<int64_t>)> &visit) {
  Generator generator;
  for (int i = 0; i < 2000; ++i) {
    SmallVector<int64_t> values;
    for (auto [k, type] : llvm::enumerate(types)) {
      if (auto fixed = dyn_cast<FixedType>(type))
        values.push_back(generator.fixed(fixed.getFormat()));
      else if (amount && k == 1)
        values.push_back(generator.amount());
      else if (isa<FloatType>(type))
        values.push_back(generator.number(type));
      else
        values.push_back(generator.random());
    }
    visit(values);
  }
}

void engram::fx::forEachOperands(ArrayRef<Type> types, bool all, bool amount,
                                 const std::function<void(ArrayRef<int64_t>)> &visit) {
  if (!all)
    return forEachSample(types, amount, visit);
  Generator generator;
  bool hasRandom = types.back().isInteger(32) && !(amount && types.size() == 2);
  bool isLone = types.size() == 2;
  std::vector<std::vector<int64_t>> numbers;
  for (auto [k, type] : llvm::enumerate(types))
    numbers.push_back(allNumbers(type, amount && k == 1, isLone));
  // The last operand changes fastest.
  std::vector<size_t> position(types.size());
  SmallVector<int64_t> values(types.size());
  while (true) {
    for (size_t k = 0; k < types.size(); ++k)
      values[k] = numbers[k][position[k]];
    if (hasRandom) {
      uint32_t word = generator.next() >> 32;
      values.back() = isLone ? values.back() << 24 | word >> 8 : word;
    }
    visit(values);
    size_t k = types.size();
    while (k > 0 && ++position[k - 1] == numbers[k - 1].size())
      position[--k] = 0;
    if (k == 0)
      return;
  }
}

void engram::fx::loadDialects(MLIRContext &context) {
  context.loadDialect<FxDialect, arith::ArithDialect, func::FuncDialect, LLVM::LLVMDialect>();
  registerBuiltinDialectTranslation(context);
  registerLLVMDialectTranslation(context);
}

OwningOpRef<ModuleOp> engram::fx::parseTestFile(MLIRContext &context, const std::string &name) {
  return parseSourceFile<ModuleOp>(ENGRAM_SOURCE_DIR "/tests/dialects/Fx/IR/" + name, &context);
}

CompiledModule::CompiledModule(ModuleOp module) : lowered(module.clone()) {
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();
  PassManager passes(module.getContext());
  passes.addPass(engram::createConvertFxToArithPass());
  passes.addPass(createArithToLLVMConversionPass());
  passes.addPass(createConvertFuncToLLVMPass());
  passes.addPass(createReconcileUnrealizedCastsPass());
  if (failed(passes.run(*lowered)))
    return;
  ExecutionEngineOptions options;
  options.jitCodeGenOptLevel = llvm::CodeGenOptLevel::None;
  llvm::Expected<std::unique_ptr<ExecutionEngine>> made =
      ExecutionEngine::create(*lowered, options);
  if (made)
    engine = std::move(*made);
  else
    ADD_FAILURE() << llvm::toString(made.takeError());
}

// The number in the low bits of a result of compiled code.
static int64_t resultOf(uint64_t bits, Type type) {
  if (auto fixed = dyn_cast<FixedType>(type)) {
    // All of the container, so that one that is not extended shows.
    unsigned width = fixed.getWidth(), container = width <= 8    ? 8
                                                   : width <= 16 ? 16
                                                   : width <= 32 ? 32
                                                                 : 64;
    if (container == 64)
      return static_cast<int64_t>(bits);
    return fromBits(bits, {fixed.getIsSigned(), static_cast<int>(container), 0});
  }
  unsigned width = type.getIntOrFloatBitWidth();
  if (isa<FloatType>(type))
    return width == 32 ? static_cast<uint32_t>(bits) : bits;
  return fromBits(bits, {width > 1, static_cast<int>(width), 0});
}

CompiledModule::Function CompiledModule::lookup(func::FuncOp original) {
  llvm::Expected<void (*)(void **)> function = engine->lookupPacked(original.getName());
  if (!function) {
    ADD_FAILURE() << llvm::toString(function.takeError());
    return {};
  }
  return [call = *function, type = original.getResultTypes()[0]](ArrayRef<int64_t> operands) {
    SmallVector<int64_t, 4> values(operands);
    int64_t result = 0;
    SmallVector<void *, 5> pointers;
    for (int64_t &value : values)
      pointers.push_back(&value);
    pointers.push_back(&result);
    call(pointers.data());
    return resultOf(result, type);
  };
}
