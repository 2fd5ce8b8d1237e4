// What the attribute 'nir.node' remembers of the file that a network came from.
#include "lowering/NIRToNeuro/ExportMemory.h"
#include "lowering/NIRToNeuro/NIRAttributes.h"

using namespace mlir;

namespace engram::nir {

Array integers(ArrayRef<int64_t> values) {
  Array array;
  array.shape = {static_cast<int64_t>(values.size())};
  array.data = std::vector<int64_t>(values.begin(), values.end());
  return array;
}

DictionaryAttr rememberedFields(Operation *op) {
  auto attr = op->getAttrOfType<DictionaryAttr>(nodeAttrName);
  auto fields = attr ? attr.getAs<DictionaryAttr>("fields") : DictionaryAttr();
  return fields ? fields : DictionaryAttr::get(op->getContext());
}

StringRef rememberedType(Operation *op) {
  auto attr = op->getAttrOfType<DictionaryAttr>(nodeAttrName);
  auto type = attr ? attr.getAs<StringAttr>("type") : StringAttr();
  return type ? type.getValue() : StringRef();
}

bool wasAbsent(Operation *op, StringRef name) {
  auto attr = op->getAttrOfType<DictionaryAttr>(nodeAttrName);
  auto absent = attr ? attr.getAs<ArrayAttr>("absent") : ArrayAttr();
  return absent && llvm::any_of(absent, [&](Attribute entry) {
           auto text = dyn_cast<StringAttr>(entry);
           return text && text.getValue() == name;
         });
}

std::optional<std::pair<DType, std::vector<int64_t>>> rememberedForm(DictionaryAttr fields,
                                                                     StringRef name) {
  auto attr = fields.getAs<TypeAttr>(name);
  auto type = attr ? dyn_cast<RankedTensorType>(attr.getValue()) : RankedTensorType();
  std::optional<DType> dtype = type ? dtypeOf(type.getElementType()) : std::nullopt;
  if (!dtype || !type.hasStaticShape() || type.getNumElements() > mostWeights)
    return std::nullopt;
  return std::pair(*dtype, type.getShape().vec());
}

Array formed(ArrayRef<double> values, DictionaryAttr fields, StringRef name,
             const std::vector<int64_t> &shape) {
  if (auto form = rememberedForm(fields, name))
    if (Expected<Array> array = makeArray(values, form->first, form->second))
      return std::move(*array);
  return *makeArray(values, DType::F64, shape);
}

} // namespace engram::nir
