// The C interface. All state of an instance is one block, so instances are independent of each
// other.
#include "backends/Cpu/CApi.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/xxhash.h"
#include <fmt/format.h>
#include <fmt/ranges.h>

using namespace mlir;
using namespace engram;

std::string cpu::cName(StringRef name) {
  std::string result = name.str();
  for (char &c : result)
    if (!llvm::isAlnum(c))
      c = '_';
  if (result.empty() || llvm::isDigit(result[0]))
    result = "n" + result;
  // What the header's type may not be called: keywords of C and C++, and names that it uses itself.
  static const llvm::StringSet<> reserved = {
      "alignas",  "alignof",  "and",      "asm",       "auto",      "bool",     "break",
      "case",     "catch",    "char",     "class",     "compl",     "concept",  "const",
      "continue", "decltype", "default",  "delete",    "do",        "double",   "else",
      "enum",     "explicit", "export",   "extern",    "false",     "float",    "for",
      "friend",   "goto",     "if",       "inline",    "int",       "int32_t",  "int64_t",
      "long",     "main",     "mutable",  "namespace", "new",       "noexcept", "not",
      "nullptr",  "operator", "or",       "private",   "protected", "public",   "register",
      "requires", "restrict", "return",   "short",     "signed",    "sizeof",   "static",
      "struct",   "switch",   "template", "this",      "throw",     "true",     "try",
      "typedef",  "typeid",   "typename", "uint64_t",  "uint8_t",   "union",    "unsigned",
      "using",    "virtual",  "void",     "volatile",  "while",     "xor"};
  return reserved.contains(result) ? result + "_" : result;
}

// What the numbers of an array are in units of the last place.
static std::string scaleText(const AbiArray &array) {
  return array.format ? fmt::format(", in steps of 2^{}", -array.format->fractionBits) : "";
}

int64_t cpu::layoutOf(const Abi &abi) {
  std::string text = fmt::format("1 {} {}", abi.network, abi.bytes);
  for (const AbiArray &array : abi.arrays)
    text += fmt::format(" {} {} {}{}", array.name, array.offset,
                        fmt::join(array.shape.begin(), array.shape.end(), "x"), scaleText(array));
  return llvm::xxh3_64bits(text) & INT64_MAX; // a positive number in C
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
  for (StringRef reserved : {"init", "step", "steps", "create", "destroy", "reset", "layout"})
    taken.insert(StringRef(cpu::cName(abi.network) + "_" + reserved.str()).lower());
  for (const AbiArray &array : abi.arrays) {
    // What only the step function uses stays private.
    StringRef name = array.name;
    bool isPrivate = name == "step" || name.ends_with(".events") || name.ends_with(".num_events") ||
                     name.ends_with(".sums") || name.ends_with(".scratch") ||
                     name.ends_with(".spike_values") || name.ends_with(".padded") ||
                     name.ends_with(".position");
    if (isPrivate)
      continue;
    std::string function = cpu::cName(abi.network) + "_" + cpu::cName(name);
    // The macros of the header are the same in capitals.
    while (!taken.insert(StringRef(function).lower()).second)
      function += "_";
    result.push_back({function, &array, name.ends_with(".input")});
  }
  return result;
}

std::string cType(const AbiArray &array) {
  if (array.type.isF64())
    return "double";
  if (array.type.isF32())
    return "float";
  unsigned width = std::max(8u, array.type.getIntOrFloatBitWidth());
  // Bytes that are not fixed-point numbers are spikes.
  bool isSigned = array.format ? array.format->isSigned : width > 8;
  return fmt::format("{}int{}_t", isSigned ? "" : "u", width);
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
  // Several networks may be linked into one program, so nothing else is visible.
  for (auto function : module.getOps<LLVM::LLVMFuncOp>())
    if (!function.isExternal())
      function.setLinkage(LLVM::Linkage::Internal);
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
  define(prefix + "_layout", i64, {}, [&](auto) {
    LLVM::ReturnOp::create(b, LLVM::ConstantOp::create(b, i64, layoutOf(abi)).getResult());
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
}

// A name inside a comment: nothing that ends the comment, opens another or breaks the line.
static std::string commentText(StringRef name) {
  std::string text = name.str();
  for (char &c : text)
    if (!llvm::isPrint(c) || c == '*' || c == '\\' || c == '?')
      c = '.';
  return text;
}

static std::string shapeText(const AbiArray &array) {
  std::string text;
  for (int64_t dim : array.shape)
    text += fmt::format("[{}]", dim);
  return text;
}

static std::string declaration(const Accessor &accessor, const std::string &prefix) {
  return fmt::format("#define {} {}\n{}{} *{}({}{} *network); /* {} {}{} */\n",
                     StringRef(accessor.function).upper() + "_SIZE", accessor.array->count(),
                     accessor.input ? "" : "const ", cType(*accessor.array), accessor.function,
                     accessor.input ? "" : "const ", prefix, commentText(accessor.array->name),
                     shapeText(*accessor.array), scaleText(*accessor.array));
}

std::string cpu::makeHeader(const Abi &abi, double dtSeconds) {
  std::string n = cName(abi.network), upper = StringRef(n).upper();
  std::string text =
      fmt::format(R"(/* Network '{0}', compiled by Engram.
 *
 *   {1} *network = {1}_create();
 *   for (...) {{
 *     write the inputs; {1}_step(network); read what you need;
 *   }}
 *   {1}_destroy(network);
 *
 * Times and states are in the units of the neuron models' text. Arrays are flat, the last dimension
 * runs fastest; FUNCTION_SIZE, in capitals, is the number of elements. A pointer that a function
 * returns stays valid, and the array in its place, until {1}_destroy: ask once.
 *
 * Threads: all that changes lies in the instance, so different instances may be used at the same
 * time. Calls with the same instance must not overlap. Nothing is printed, no signal is raised, and
 * memory is allocated by {1}_create alone. Link with -lm.
 */
#ifndef ENGRAM_{2}_H
#define ENGRAM_{2}_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {{
#endif

#define {2}_DT_SECONDS {3:.17g} /* length of a step */
#define {2}_BYTES {4} /* memory of an instance */
#define {2}_LAYOUT INT64_C({5}) /* changes with names, shapes and order of the arrays */

typedef struct {1} {1};

/* {2}_LAYOUT of the code that is linked or loaded: compare where a library may be older or newer
 * than this header. */
int64_t {1}_layout(void);

/* A new instance in its initial state, or NULL if there is no memory. */
{1} *{1}_create(void);

/* Frees an instance; nothing happens to NULL. */
void {1}_destroy({1} *network);

/* Back to the initial state and step 0; inputs become zero. */
void {1}_reset({1} *network);

/* One step. Write the inputs before; read outputs and state after. */
void {1}_step({1} *network);

/* Steps since creation or the last reset. */
int64_t {1}_steps(const {1} *network);
)",
                  commentText(abi.network), n, upper, dtSeconds, abi.bytes, layoutOf(abi));
  for (bool input : {true, false}) {
    text += input ? "\n/* Inputs: a number a neuron, current or spikes (0 or 1, or how many), kept "
                    "from step to\n * step until you write another. */\n"
                  : "\n/* Outputs, spikes (0 or 1) and states after the last step. */\n";
    for (const Accessor &accessor : accessorsOf(abi))
      if (accessor.input == input)
        text += declaration(accessor, n);
  }
  return text + "\n#ifdef __cplusplus\n}\n#endif\n\n#endif /* ENGRAM_" + upper + "_H */\n";
}
