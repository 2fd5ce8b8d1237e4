// Conversion between NIR's arrays and metadata and attributes of the IR.
#include "lowering/NIRToNeuro/NIRAttributes.h"
#include "dialects/Neuro/IR/Numbers.h"

#include "mlir/IR/AsmState.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include <cstring>

using namespace mlir;

namespace engram::nir {

Type elementType(DType dtype, MLIRContext *context) {
  Builder builder(context);
  switch (dtype) {
  case DType::Bool:
    return builder.getI1Type();
  case DType::I64:
    return builder.getI64Type();
  case DType::F32:
    return builder.getF32Type();
  case DType::F64:
    break;
  }
  return builder.getF64Type();
}

std::optional<DType> dtypeOf(Type type) {
  if (type.isInteger(1))
    return DType::Bool;
  if (type.isInteger(64))
    return DType::I64;
  if (type.isF32())
    return DType::F32;
  if (type.isF64())
    return DType::F64;
  return std::nullopt;
}

RankedTensorType typeOf(const Array &array, MLIRContext *context) {
  return RankedTensorType::get(array.shape, elementType(array.dtype(), context));
}

std::optional<double> uniformValue(const Array &array) {
  return std::visit(
      [](const auto &values) -> std::optional<double> {
        if (values.empty())
          return std::nullopt;
        for (const auto &value : values)
          if (std::memcmp(&value, &values[0], sizeof(value)) != 0)
            return std::nullopt;
        if constexpr (std::is_same_v<std::decay_t<decltype(values[0])>, int64_t>)
          if (values[0] > (int64_t(1) << 53) || values[0] < -(int64_t(1) << 53))
            return std::nullopt; // no double holds it
        return static_cast<double>(values[0]);
      },
      array.data);
}

ElementsAttr toElements(const Array &array, const std::shared_ptr<const Graph> &owner,
                        StringRef name, MLIRContext *context,
                        std::optional<ArrayRef<int64_t>> shape) {
  RankedTensorType type = typeOf(array, context);
  if (shape)
    type = RankedTensorType::get(*shape, type.getElementType());
  if (auto *bits = std::get_if<std::vector<uint8_t>>(&array.data)) {
    SmallVector<bool> values(bits->begin(), bits->end());
    return DenseElementsAttr::get(type, values);
  }
  return std::visit(
      [&](const auto &values) -> ElementsAttr {
        using T = std::decay_t<decltype(values[0])>;
        ArrayRef<char> bytes(reinterpret_cast<const char *>(values.data()),
                             values.size() * sizeof(T));
        if (values.size() <= 16)
          return DenseElementsAttr::getFromRawBuffer(type, bytes);
        AsmResourceBlob blob(
            bytes, alignof(T), [owner](void *, size_t, size_t) {}, /*dataIsMutable=*/false);
        return DenseResourceElementsAttr::get(type, name, std::move(blob));
      },
      array.data);
}

Attribute toAttribute(const Field &field, const std::shared_ptr<const Graph> &owner, StringRef name,
                      MLIRContext *context) {
  Builder builder(context);
  if (auto *text = std::get_if<std::string>(&field))
    return builder.getStringAttr(*text);
  if (auto *array = std::get_if<Array>(&field))
    return toElements(*array, owner, name, context);
  const auto &texts = std::get<StringArray>(field);
  SmallVector<Attribute> values;
  for (const std::string &text : texts.values)
    values.push_back(builder.getStringAttr(text));
  return builder.getArrayAttr({builder.getI64ArrayAttr(texts.shape), builder.getArrayAttr(values)});
}

DictionaryAttr toAttribute(const Metadata &metadata, const std::shared_ptr<const Graph> &owner,
                           StringRef name, MLIRContext *context) {
  Builder builder(context);
  SmallVector<Attribute> fields, groups;
  for (const auto &[key, field] : metadata.fields)
    fields.push_back(
        builder.getArrayAttr({builder.getStringAttr(key),
                              toAttribute(field, owner, (name + "." + key).str(), context)}));
  for (const auto &[key, group] : metadata.groups)
    groups.push_back(
        builder.getArrayAttr({builder.getStringAttr(key),
                              toAttribute(group, owner, (name + "." + key).str(), context)}));
  return builder.getDictionaryAttr(
      {{builder.getStringAttr("fields"), builder.getArrayAttr(fields)},
       {builder.getStringAttr("groups"), builder.getArrayAttr(groups)}});
}

Expected<Array> makeArray(ArrayRef<double> values, DType dtype, std::vector<int64_t> shape) {
  size_t count = 1;
  for (int64_t dim : shape)
    count *= static_cast<size_t>(dim);
  if (values.size() != 1 && values.size() != count)
    return fail("expected 1 or " + std::to_string(count) + " numbers, got " +
                std::to_string(values.size()));
  Array array;
  array.shape = std::move(shape);
  bool exact = true;
  auto fill = [&](auto tag) {
    using T = decltype(tag);
    std::vector<T> stored(count);
    for (size_t i = 0; i < count; ++i) {
      double value = values[values.size() == 1 ? 0 : i];
      if constexpr (std::is_integral_v<T>)
        exact &= std::abs(value) <= 0x1p53;
      stored[i] = exact ? static_cast<T>(value) : T();
      exact &= static_cast<double>(stored[i]) == value;
    }
    array.data = std::move(stored);
  };
  switch (dtype) {
  case DType::Bool:
    fill(uint8_t());
    break;
  case DType::I64:
    fill(int64_t());
    break;
  case DType::F32:
    fill(float());
    break;
  case DType::F64:
    fill(double());
    break;
  }
  if (!exact)
    return fail("a number does not fit into the element type of the file");
  return array;
}

Expected<Array> toArray(Attribute attr) {
  auto elements = dyn_cast_or_null<ElementsAttr>(attr);
  if (!elements || !elements.getShapedType().hasStaticShape())
    return fail("expected an array of numbers");
  std::optional<DType> dtype = dtypeOf(elements.getElementType());
  if (!dtype)
    return fail("expected elements of type f32, f64 or i64");
  Array array;
  array.shape.assign(elements.getShapedType().getShape().begin(),
                     elements.getShapedType().getShape().end());
  auto count = static_cast<size_t>(elements.getNumElements());
  auto copy = [&](auto tag, ArrayRef<char> bytes) {
    using T = decltype(tag);
    if (bytes.size() != count * sizeof(T))
      return false;
    std::vector<T> values(count);
    if (count)
      std::memcpy(values.data(), bytes.data(), bytes.size());
    array.data = std::move(values);
    return true;
  };
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(attr)) {
    AsmResourceBlob *blob = resource.getRawHandle().getBlob();
    if (!blob)
      return fail("the blob '" + resource.getRawHandle().getKey().str() + "' is elided");
    bool ok = *dtype == DType::I64   ? copy(int64_t(), blob->getData())
              : *dtype == DType::F32 ? copy(float(), blob->getData())
                                     : copy(double(), blob->getData());
    if (!ok)
      return fail("the blob '" + resource.getRawHandle().getKey().str() +
                  "' is not as long as its type says");
    return array;
  }
  auto dense = dyn_cast<DenseElementsAttr>(attr);
  if (!dense)
    return fail("expected a dense array of numbers");
  switch (*dtype) {
  case DType::Bool:
    array.data =
        std::vector<uint8_t>(dense.getValues<bool>().begin(), dense.getValues<bool>().end());
    break;
  case DType::I64:
    array.data =
        std::vector<int64_t>(dense.getValues<int64_t>().begin(), dense.getValues<int64_t>().end());
    break;
  case DType::F32:
    array.data =
        std::vector<float>(dense.getValues<float>().begin(), dense.getValues<float>().end());
    break;
  case DType::F64:
    array.data =
        std::vector<double>(dense.getValues<double>().begin(), dense.getValues<double>().end());
    break;
  }
  return array;
}

Expected<Field> toField(Attribute attr) {
  if (auto text = dyn_cast_or_null<StringAttr>(attr))
    return Field(text.getValue().str());
  if (auto pair = dyn_cast_or_null<ArrayAttr>(attr)) {
    StringArray texts;
    auto shape = pair.size() == 2 ? dyn_cast<ArrayAttr>(pair[0]) : ArrayAttr();
    auto values = pair.size() == 2 ? dyn_cast<ArrayAttr>(pair[1]) : ArrayAttr();
    if (!shape || !values)
      return fail("expected a shape and strings");
    size_t count = 1;
    for (Attribute dim : shape) {
      auto number = dyn_cast<IntegerAttr>(dim);
      if (!number || number.getInt() < 0)
        return fail("expected a shape and strings");
      texts.shape.push_back(number.getInt());
      count *= static_cast<size_t>(number.getInt());
    }
    for (Attribute value : values) {
      auto text = dyn_cast<StringAttr>(value);
      if (!text)
        return fail("expected a shape and strings");
      texts.values.push_back(text.getValue().str());
    }
    if (texts.values.size() != count)
      return fail("expected as many strings as the shape says");
    return Field(std::move(texts));
  }
  Expected<Array> array = toArray(attr);
  if (!array)
    return tl::unexpected(array.error());
  return Field(std::move(*array));
}

Expected<Metadata> toMetadata(Attribute attr) {
  Metadata metadata;
  auto dict = dyn_cast_or_null<DictionaryAttr>(attr);
  auto fields = dict ? dict.getAs<ArrayAttr>("fields") : ArrayAttr();
  auto groups = dict ? dict.getAs<ArrayAttr>("groups") : ArrayAttr();
  if (!fields || !groups)
    return fail("expected 'metadata' to have 'fields' and 'groups'");
  auto nameAndValue = [](Attribute entry) -> std::pair<std::string, Attribute> {
    auto pair = dyn_cast<ArrayAttr>(entry);
    if (!pair || pair.size() != 2 || !isa<StringAttr>(pair[0]))
      return {};
    return {cast<StringAttr>(pair[0]).getValue().str(), pair[1]};
  };
  for (Attribute entry : fields) {
    auto [name, value] = nameAndValue(entry);
    Expected<Field> field = toField(value);
    if (!field)
      return fail("metadata '" + name + "': " + field.error().message);
    metadata.fields.emplace(name, std::move(*field));
  }
  for (Attribute entry : groups) {
    auto [name, value] = nameAndValue(entry);
    Expected<Metadata> group = toMetadata(value);
    if (!group)
      return fail("metadata '" + name + "': " + group.error().message);
    metadata.groups.emplace_back(name, std::move(*group));
  }
  return metadata;
}

} // namespace engram::nir
