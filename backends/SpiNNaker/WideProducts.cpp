// What differs from product to product, shifts and bounds, is a constant that the function reads.
#include "backends/SpiNNaker/WideProducts.h"
#include "dialects/Fx/IR/FxOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include <map>

using namespace mlir;
using namespace engram;

namespace {

/// struct core_product.
struct Product {
  int64_t low = 0, high = 0;
  int32_t product = 0, addend = 0, right = 0;
  int bits = 0; ///< that the exact sum needs

  SmallVector<int64_t> words() const {
    return {low, high, int64_t(uint64_t(uint32_t(addend)) << 32 | uint32_t(product)), right};
  }
};

class ProductSharer {
public:
  ProductSharer(ModuleOp module) : module(module), b(module.getLoc(), module.getContext()) {}
  void share(Operation *op, Value x, Value y, Value addend);

private:
  ModuleOp module;
  ImplicitLocOpBuilder b;
  func::FuncOp multiply;
  std::map<std::vector<int64_t>, LLVM::GlobalOp> constants; ///< equal ones once

  Value wide(Value value);
  Value pointerTo(const Product &product);
  func::FuncOp function();
};

} // namespace

/// Of a number with its sign: a constant needs what it has.
static int bitsOf(Value value) {
  if (auto constant = value.getDefiningOp<fx::ConstantOp>()) {
    int64_t raw = constant.getValue().getRaw();
    return 65 - static_cast<int>(llvm::countl_zero(static_cast<uint64_t>(raw < 0 ? ~raw : raw)));
  }
  fx::Format format = cast<fx::FixedType>(value.getType()).getFormat();
  return format.width() + (format.isSigned ? 0 : 1);
}

static bool fitsWords(Value value) {
  fx::Format format = cast<fx::FixedType>(value.getType()).getFormat();
  return format.width() + (format.isSigned ? 0 : 1) <= 64;
}

static Product productOf(Operation *op, Value x, Value y, Value addend) {
  auto fraction = [](Value value) {
    return cast<fx::FixedType>(value.getType()).getFormat().fractionBits;
  };
  fx::Format result = cast<fx::FixedType>(op->getResult(0).getType()).getFormat();
  Product p;
  int ofProduct = fraction(x) + fraction(y), ofAddend = addend ? fraction(addend) : ofProduct;
  int all = std::max({ofProduct, ofAddend, result.fractionBits});
  p.product = all - ofProduct;
  p.addend = all - ofAddend;
  p.right = all - result.fractionBits;
  p.low = result.minRaw();
  p.high = result.maxRaw();
  p.bits = bitsOf(x) + bitsOf(y) + p.product;
  if (addend)
    p.bits = std::max(p.bits, bitsOf(addend) + p.addend) + 1;
  return p;
}

Value ProductSharer::wide(Value value) {
  auto type = cast<fx::FixedType>(value.getType());
  IntegerType container = type.getContainer();
  Value raw = UnrealizedConversionCastOp::create(b, container, value).getResult(0);
  if (container.getWidth() == 64)
    return raw;
  return type.getIsSigned() ? Value(arith::ExtSIOp::create(b, b.getI64Type(), raw))
                            : Value(arith::ExtUIOp::create(b, b.getI64Type(), raw));
}

Value ProductSharer::pointerTo(const Product &product) {
  SmallVector<int64_t> words = product.words();
  LLVM::GlobalOp &global = constants[{words.begin(), words.end()}];
  if (!global) {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(module.getBody());
    Type i64 = b.getI64Type();
    global = LLVM::GlobalOp::create(
        b, LLVM::LLVMArrayType::get(i64, static_cast<unsigned>(words.size())), /*isConstant=*/true,
        LLVM::Linkage::Internal, "product_" + std::to_string(constants.size() - 1),
        DenseElementsAttr::get(RankedTensorType::get({int64_t(words.size())}, i64),
                               ArrayRef<int64_t>(words)));
  }
  return LLVM::AddressOfOp::create(b, global);
}

func::FuncOp ProductSharer::function() {
  if (!multiply) {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(module.getBody());
    Type pointer = LLVM::LLVMPointerType::get(b.getContext()), i64 = b.getI64Type();
    multiply = func::FuncOp::create(b, "core_multiply_add",
                                    b.getFunctionType({pointer, i64, i64, i64}, {i64}));
    multiply.setPrivate();
  }
  return multiply;
}

void ProductSharer::share(Operation *op, Value x, Value y, Value addend) {
  Product product = productOf(op, x, y, addend);
  if (product.bits <= 63 || !fitsWords(x) || !fitsWords(y) || !fitsWords(op->getResult(0)) ||
      (addend && !fitsWords(addend)))
    return;
  b.setInsertionPoint(op);
  Value c =
      addend ? wide(addend) : arith::ConstantOp::create(b, b.getI64IntegerAttr(0)).getResult();
  Value arguments[] = {pointerTo(product), wide(x), wide(y), c};
  Value raw = func::CallOp::create(b, function(), arguments).getResult(0);
  auto type = cast<fx::FixedType>(op->getResult(0).getType());
  if (type.getContainer().getWidth() < 64)
    raw = arith::TruncIOp::create(b, type.getContainer(), raw);
  op->getResult(0).replaceAllUsesWith(
      UnrealizedConversionCastOp::create(b, type, raw).getResult(0));
  op->erase();
}

void engram::spinnaker::shareWideProducts(ModuleOp module, func::FuncOp function) {
  ProductSharer sharer(module);
  SmallVector<Operation *> products;
  function.walk([&](Operation *op) {
    if (isa<fx::MulOp, fx::MulAddOp>(op))
      products.push_back(op);
  });
  for (Operation *op : products) {
    if (auto mul = dyn_cast<fx::MulOp>(op); mul && mul.getRounding() == fx::Rounding::NearestEven)
      sharer.share(mul, mul.getLhs(), mul.getRhs(), Value());
    else if (auto sum = dyn_cast<fx::MulAddOp>(op);
             sum && sum.getRounding() == fx::Rounding::NearestEven)
      sharer.share(sum, sum.getLhs(), sum.getRhs(), sum.getAddend());
  }
}
