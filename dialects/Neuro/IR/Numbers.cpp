// Reading numbers out of attributes, and drawing the values of distributions.
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/IR/Units.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "runtime/Philox.h"
#include <cmath>

using namespace mlir;
using namespace engram::neuro;

Type engram::neuro::numberType(Attribute attr) {
  if (auto elements = dyn_cast<ElementsAttr>(attr))
    return elements.getElementType();
  if (auto typed = dyn_cast<TypedAttr>(attr))
    return typed.getType();
  return {};
}

bool engram::neuro::isNumeric(Attribute attr) {
  if (!attr || !isa<FloatAttr, IntegerAttr, DenseElementsAttr, DenseResourceElementsAttr>(attr))
    return false;
  if (auto elements = dyn_cast<ElementsAttr>(attr)) {
    // Beyond this no array is meant seriously, and a splat would be expanded into memory.
    int64_t count = 1;
    for (int64_t dim : elements.getShapedType().getShape()) {
      if (dim > 0 && count > maxNumbers / dim)
        return false;
      count *= dim;
    }
  }
  Type type = numberType(attr);
  return type.isF64() || type.isF32() || isa<IndexType>(type) ||
         (isa<IntegerType>(type) &&
          llvm::is_contained({1u, 8u, 16u, 32u, 64u}, type.getIntOrFloatBitWidth()));
}

bool engram::neuro::hasData(Attribute attr) {
  auto resource = dyn_cast<DenseResourceElementsAttr>(attr);
  if (!resource)
    return true;
  AsmResourceBlob *blob = resource.getRawHandle().getBlob();
  int64_t bytes = (numberType(attr).getIntOrFloatBitWidth() + 7) / 8;
  return blob && static_cast<int64_t>(blob->getData().size()) == numNumbers(attr) * bytes;
}

int64_t engram::neuro::numNumbers(Attribute attr) {
  auto elements = dyn_cast<ElementsAttr>(attr);
  return elements ? elements.getNumElements() : 1;
}

namespace {

template <typename Out, typename In> std::vector<Out> convert(ArrayRef<char> bytes, int64_t count) {
  if (bytes.size() != count * sizeof(In))
    return {};
  std::vector<Out> result(count);
  for (int64_t i = 0; i < count; ++i) {
    In value;
    memcpy(&value, bytes.data() + i * sizeof(In), sizeof(In));
    result[i] = static_cast<Out>(value);
  }
  return result;
}

template <typename Out>
std::vector<Out> convertBytes(Type type, ArrayRef<char> bytes, int64_t count) {
  if (type.isF64())
    return convert<Out, double>(bytes, count);
  if (type.isF32())
    return convert<Out, float>(bytes, count);
  bool isUnsigned = type.isUnsignedInteger();
  switch (isa<IndexType>(type) ? 64 : type.getIntOrFloatBitWidth()) {
  case 1:
    return convert<Out, bool>(bytes, count);
  case 8:
    return isUnsigned ? convert<Out, uint8_t>(bytes, count) : convert<Out, int8_t>(bytes, count);
  case 16:
    return isUnsigned ? convert<Out, uint16_t>(bytes, count) : convert<Out, int16_t>(bytes, count);
  case 32:
    return isUnsigned ? convert<Out, uint32_t>(bytes, count) : convert<Out, int32_t>(bytes, count);
  default:
    return isUnsigned ? convert<Out, uint64_t>(bytes, count) : convert<Out, int64_t>(bytes, count);
  }
}

template <typename Out> std::vector<Out> readAll(Attribute attr) {
  if (auto number = dyn_cast<FloatAttr>(attr))
    return {static_cast<Out>(number.getValueAsDouble())};
  if (auto number = dyn_cast<IntegerAttr>(attr))
    return {static_cast<Out>(number.getValue().isSingleWord() &&
                                     !number.getType().isUnsignedInteger() &&
                                     number.getValue().getBitWidth() > 1
                                 ? number.getValue().getSExtValue()
                                 : static_cast<int64_t>(number.getValue().getZExtValue()))};
  int64_t count = numNumbers(attr);
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(attr)) {
    AsmResourceBlob *blob = resource.getRawHandle().getBlob();
    return blob ? convertBytes<Out>(resource.getElementType(), blob->getData(), count)
                : std::vector<Out>();
  }
  auto dense = cast<DenseElementsAttr>(attr);
  if (dense.isSplat()) {
    if (isa<FloatType>(dense.getElementType()))
      return std::vector<Out>(count,
                              static_cast<Out>(dense.getSplatValue<APFloat>().convertToDouble()));
    return std::vector<Out>(count, readAll<Out>(dense.getSplatValue<Attribute>()).front());
  }
  if (dense.getElementType().isInteger(1)) {
    std::vector<Out> result;
    for (bool bit : dense.getValues<bool>())
      result.push_back(bit);
    return result;
  }
  return convertBytes<Out>(dense.getElementType(), dense.getRawData(), count);
}

template <typename T>
ElementsAttr makeElementsOf(ShapedType type, ArrayRef<T> values, StringRef name) {
  // Short ones are read by people; 16 numbers fit on a line.
  bool inlined = values.size() <= 16;
  auto withBytes = [&](auto tag) -> ElementsAttr {
    using Stored = decltype(tag);
    // Integers keep their low bits, as the whole numbers of unsigned formats need.
    auto cut = [](T value) {
      if constexpr (std::is_integral_v<Stored>)
        return static_cast<Stored>(static_cast<int64_t>(value));
      else
        return static_cast<Stored>(value);
    };
    std::vector<Stored> stored(values.size());
    std::transform(values.begin(), values.end(), stored.begin(), cut);
    if (inlined)
      return DenseElementsAttr::getFromRawBuffer(
          type,
          ArrayRef(reinterpret_cast<const char *>(stored.data()), stored.size() * sizeof(Stored)));
    ArrayRef<char> bytes(reinterpret_cast<const char *>(stored.data()),
                         stored.size() * sizeof(Stored));
    return DenseResourceElementsAttr::get(type, name,
                                          HeapAsmResourceBlob::allocateAndCopyWithAlign(bytes, 64));
  };
  Type element = type.getElementType();
  if (element.isF64())
    return withBytes(double());
  if (element.isF32())
    return withBytes(float());
  if (element.isInteger(1)) {
    SmallVector<bool> bits(llvm::map_range(values, [](T value) { return value != 0; }));
    return DenseElementsAttr::get(type, bits);
  }
  if (element.isInteger(8))
    return withBytes(int8_t());
  if (element.isInteger(16))
    return withBytes(int16_t());
  if (element.isInteger(32))
    return withBytes(int32_t());
  assert(element.isInteger(64) && "unsupported element type");
  return withBytes(int64_t());
}

} // namespace

std::vector<double> engram::neuro::readNumbers(Attribute attr) { return readAll<double>(attr); }
std::vector<int64_t> engram::neuro::readIntegers(Attribute attr) { return readAll<int64_t>(attr); }

ElementsAttr engram::neuro::makeElements(ShapedType type, ArrayRef<double> values, StringRef name) {
  return makeElementsOf(type, values, name);
}
ElementsAttr engram::neuro::makeElements(ShapedType type, ArrayRef<int64_t> values,
                                         StringRef name) {
  return makeElementsOf(type, values, name);
}

FailureOr<std::vector<double>>
engram::neuro::valuesOf(Attribute attr, int64_t count, StringRef unit, RandomKey key,
                        function_ref<InFlightDiagnostic()> emitError) {
  if (auto quantity = dyn_cast<QuantityAttr>(attr)) {
    std::optional<double> factor = unitFactor(quantity.getUnit(), unit);
    if (!factor)
      return emitError() << "cannot convert '" << quantity.getUnit() << "' to '" << unit << "'";
    return std::vector<double>{quantity.getValue() * *factor};
  }
  auto draw = [&](int64_t i) {
    return randomWords(key.seed, key.stream, static_cast<uint64_t>(i), 0);
  };
  if (auto uniform = dyn_cast<UniformAttr>(attr)) {
    std::vector<double> values(count);
    for (int64_t i = 0; i < count; ++i)
      values[i] = uniform.getLow() + (uniform.getHigh() - uniform.getLow()) * uniform01(draw(i)[0]);
    return values;
  }
  if (auto normal = dyn_cast<NormalAttr>(attr)) {
    std::vector<double> values(count);
    for (int64_t i = 0; i < count; ++i) {
      auto words = draw(i);
      values[i] = normal.getMean() + normal.getSd() *
                                         std::sqrt(-2.0 * std::log(uniform01(words[0]))) *
                                         std::cos(2.0 * M_PI * uniform01(words[1]));
    }
    return values;
  }
  if (!isNumeric(attr))
    return emitError()
           << "expected a number, a quantity, a distribution or an array of numbers, got " << attr;
  std::vector<double> values = readNumbers(attr);
  if (values.size() != 1 && static_cast<int64_t>(values.size()) != count)
    return emitError() << "expected 1 or " << count << " numbers, got " << values.size();
  return values;
}
