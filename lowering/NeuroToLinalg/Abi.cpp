// The layout as an attribute and back.
#include "lowering/NeuroToLinalg/Abi.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Operation.h"

using namespace mlir;
using namespace engram;

int64_t AbiArray::count() const {
  int64_t count = 1;
  for (int64_t dim : shape)
    count *= dim;
  return count;
}

int64_t AbiArray::bytes() const { return count() * ((type.getIntOrFloatBitWidth() + 7) / 8); }

const AbiArray *Abi::find(llvm::StringRef name) const {
  auto found = llvm::find_if(arrays, [&](const AbiArray &array) { return array.name == name; });
  return found == arrays.end() ? nullptr : &*found;
}

DictionaryAttr Abi::toAttr(MLIRContext *context) const {
  Builder builder(context);
  SmallVector<Attribute> entries;
  for (const AbiArray &array : arrays) {
    NamedAttrList entry;
    entry.append("name", builder.getStringAttr(array.name));
    entry.append("offset", builder.getI64IntegerAttr(array.offset));
    entry.append("shape", builder.getDenseI64ArrayAttr(array.shape));
    entry.append("type", TypeAttr::get(array.type));
    // In numbers, since conversions replace the types of 'fx' everywhere.
    if (array.format)
      entry.append("format",
                   builder.getDenseI64ArrayAttr({array.format->isSigned, array.format->integerBits,
                                                 array.format->fractionBits}));
    entries.push_back(entry.getDictionary(context));
  }
  return builder.getDictionaryAttr({builder.getNamedAttr("bytes", builder.getI64IntegerAttr(bytes)),
                                    builder.getNamedAttr("arrays", builder.getArrayAttr(entries))});
}

FailureOr<Abi> Abi::fromModule(Operation *module, llvm::StringRef network) {
  auto all = module->getAttrOfType<DictionaryAttr>(abiAttrName);
  auto entry = all ? all.getAs<DictionaryAttr>(network) : DictionaryAttr();
  auto bytes = entry ? entry.getAs<IntegerAttr>("bytes") : IntegerAttr();
  auto arrays = entry ? entry.getAs<ArrayAttr>("arrays") : ArrayAttr();
  if (!bytes || !arrays)
    return failure();
  Abi abi;
  abi.network = network.str();
  abi.bytes = bytes.getInt();
  for (auto array : arrays.getAsRange<DictionaryAttr>()) {
    auto shape = array.getAs<DenseI64ArrayAttr>("shape");
    std::optional<fx::Format> format;
    if (auto numbers = array.getAs<DenseI64ArrayAttr>("format"))
      format =
          fx::Format{numbers[0] != 0, static_cast<int>(numbers[1]), static_cast<int>(numbers[2])};
    abi.arrays.push_back({array.getAs<StringAttr>("name").str(),
                          array.getAs<IntegerAttr>("offset").getInt(),
                          llvm::SmallVector<int64_t>(shape.asArrayRef()),
                          array.getAs<TypeAttr>("type").getValue(), format});
  }
  return abi;
}
