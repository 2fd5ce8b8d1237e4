// What operations of 'fx' mean: the definition, folding, the lowered code and canonicalized code
// against each other, and against checksums that an independent program computed with exact
// rational numbers.
#include "lowering/FxToArith/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"
#include "runtime/Philox.h"
#include "tests/lowering/FxToArith/FxTestSupport.h"
#include "llvm/Support/Format.h"
#include <gtest/gtest.h>

using namespace mlir;
using namespace engram::fx;

namespace {

class FxMeaning : public ::testing::Test {
protected:
  MLIRContext context;
  void SetUp() override { loadDialects(context); }
};

struct Checksum {
  uint64_t value = 0xCBF29CE484222325u;
  void add(int64_t result) { value = (value ^ static_cast<uint64_t>(result)) * 0x100000001B3u; }
};

std::string describe(Operation *op, ArrayRef<int64_t> operands) {
  std::string text;
  llvm::raw_string_ostream out(text);
  op->print(out);
  out << " on";
  for (int64_t operand : operands)
    out << ' ' << operand;
  return text;
}

// The first operation of a function, and whether its second operand is a number of places.
Operation *operationOf(func::FuncOp function) { return &function.getBody().front().front(); }
bool takesAmount(Operation *op) { return isa<ShlOp, ShrOp>(op); }

int64_t fold(Operation *op, ArrayRef<int64_t> operands) {
  SmallVector<Attribute> attrs;
  for (auto [value, operand] : llvm::zip(operands, op->getOperands()))
    attrs.push_back(fromRaw(value, operand.getType()));
  SmallVector<OpFoldResult> results;
  if (failed(op->fold(attrs, results)) || results.size() != 1)
    return INT64_MIN + 1;
  if (auto attr = dyn_cast<Attribute>(results[0]))
    return toRaw(attr).value_or(INT64_MIN + 2);
  // An identity such as x + 0 folds to its operand.
  for (auto [value, operand] : llvm::zip(operands, op->getOperands()))
    if (operand == cast<Value>(results[0]))
      return value;
  return INT64_MIN + 3;
}

void checkReference(OwningOpRef<ModuleOp> &module, bool all, size_t atLeast) {
  ASSERT_TRUE(module);
  CompiledModule compiled(*module);
  ASSERT_TRUE(compiled);
  size_t functions = 0;
  for (auto function : module->getOps<func::FuncOp>()) {
    bool isAll = cast<StringAttr>(function->getAttr("inputs")).getValue() == "all";
    if (isAll != all)
      continue;
    ++functions;
    Operation *op = operationOf(function);
    auto definition = cast<EvaluateInterface>(op);
    CompiledModule::Function call = compiled.lookup(function);
    ASSERT_TRUE(call);
    Checksum checksum;
    size_t wrongFolds = 0, wrongCalls = 0;
    forEachOperands(function.getArgumentTypes(), all, takesAmount(op),
                    [&](ArrayRef<int64_t> values) {
                      int64_t expected = definition.evaluate(values);
                      checksum.add(expected);
                      if (fold(op, values) != expected && ++wrongFolds == 1)
                        ADD_FAILURE() << "folded " << describe(op, values) << " to "
                                      << fold(op, values) << " instead of " << expected;
                      if (call(values) != expected && ++wrongCalls == 1)
                        ADD_FAILURE() << "lowered " << describe(op, values) << " to "
                                      << call(values) << " instead of " << expected;
                    });
    std::string text;
    llvm::raw_string_ostream(text) << llvm::format_hex_no_prefix(checksum.value, 16);
    EXPECT_EQ(cast<StringAttr>(function->getAttr("checksum")).getValue().str(), text)
        << describe(op, {}) << " differs from exact rational arithmetic";
  }
  EXPECT_GE(functions, atLeast);
}

TEST_F(FxMeaning, AllOperandsOfNarrowFormatsAgreeWithRationalArithmetic) {
  OwningOpRef<ModuleOp> module = parseTestFile(context, "Inputs/reference.mlir");
  checkReference(module, /*all=*/true, 198);
}

TEST_F(FxMeaning, SampledOperandsOfWideFormatsAgreeWithRationalArithmetic) {
  OwningOpRef<ModuleOp> module = parseTestFile(context, "Inputs/reference.mlir");
  checkReference(module, /*all=*/false, 100);
}

TEST_F(FxMeaning, CanonicalizationChangesNoResult) {
  OwningOpRef<ModuleOp> module = parseTestFile(context, "canonicalize.mlir");
  ASSERT_TRUE(module);
  OwningOpRef<ModuleOp> canonical = module->clone();
  PassManager passes(&context);
  passes.addPass(createCanonicalizerPass());
  ASSERT_TRUE(succeeded(passes.run(*canonical)));
  CompiledModule before(*module), after(*canonical);
  ASSERT_TRUE(before && after);
  size_t functions = 0;
  for (auto function : module->getOps<func::FuncOp>()) {
    ++functions;
    if (function.getNumArguments() == 0)
      continue;
    CompiledModule::Function original = before.lookup(function), simpler = after.lookup(function);
    ASSERT_TRUE(original && simpler);
    size_t wrong = 0;
    forEachOperands(function.getArgumentTypes(), /*all=*/true, /*amount=*/false,
                    [&](ArrayRef<int64_t> values) {
                      if (original(values) != simpler(values) && ++wrong == 1)
                        ADD_FAILURE() << function.getName().str() << ": " << original(values)
                                      << " became " << simpler(values) << " for " << values[0];
                    });
  }
  EXPECT_GE(functions, 25u);
}

// A shift by the width or more is poison in arith.
TEST_F(FxMeaning, NoShiftByAConstantReachesTheWidth) {
  OwningOpRef<ModuleOp> module = parseTestFile(context, "Inputs/reference.mlir");
  ASSERT_TRUE(module);
  PassManager passes(&context);
  passes.addPass(engram::createConvertFxToArithPass());
  ASSERT_TRUE(succeeded(passes.run(*module)));
  size_t shifts = 0;
  module->walk([&](Operation *op) {
    APInt amount;
    if (!isa<arith::ShLIOp, arith::ShRSIOp, arith::ShRUIOp>(op) ||
        !matchPattern(op->getOperand(1), m_ConstantInt(&amount)))
      return;
    ++shifts;
    EXPECT_TRUE(amount.ult(amount.getBitWidth())) << describe(op, {});
  });
  EXPECT_GE(shifts, 200u);
}

TEST_F(FxMeaning, LoweredRandomNumbersAreThoseOfTheRuntime) {
  OwningOpRef<ModuleOp> module = parseTestFile(context, "random.mlir");
  ASSERT_TRUE(module);
  CompiledModule compiled(*module);
  ASSERT_TRUE(compiled);
  auto functions = module->getOps<func::FuncOp>();
  for (auto function : functions) {
    if (function.getNumArguments() != 4)
      continue;
    CompiledModule::Function call = compiled.lookup(function);
    ASSERT_TRUE(call);
    uint32_t word = cast<RandomOp>(operationOf(function)).getWord();
    for (int64_t i = 0; i < 1000; ++i) {
      // Odd factors reach all bits of the operands.
      uint64_t seed = i * 0x9E3779B97F4A7C15u, index = i * 0xBF58476D1CE4E5B9u;
      uint32_t stream = i * 0x85EBCA6Bu, step = i * 0xC2B2AE35u;
      ASSERT_EQ(static_cast<int32_t>(engram::uniform32(seed, stream, index, step, word)),
                call({static_cast<int64_t>(seed), stream, static_cast<int64_t>(index), step}))
          << "word " << word << ", number " << i;
    }
  }
}

} // namespace
