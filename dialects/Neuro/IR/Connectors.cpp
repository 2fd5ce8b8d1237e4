// Connectors: what each requires of its own numbers (neuro_c27) and of the shapes on its sides
// (neuro_c11), and its expansion into synapses (neuro_s10).
#include "dialects/Neuro/IR/DrawIndegree.h"
#include "dialects/Neuro/IR/NeuroOps.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "runtime/NumberText.h"
#include "runtime/Philox.h"
#include <cmath>

using namespace mlir;
using namespace engram::neuro;

using Emit = function_ref<InFlightDiagnostic()>;
using SynapseFn = function_ref<void(int64_t, int64_t, double)>;
using Shape = SmallVector<int64_t>;
using InferredShape = FailureOr<std::optional<Shape>>;

//===-- helpers
//------------------------------------------------------------------------------------===//

static LogicalResult verifyScalar(Emit emitError, StringRef name, Attribute attr) {
  if (!isNumeric(attr) || isa<ElementsAttr>(attr))
    return emitError() << "expected '" << name << "' to be one number, got " << attr;
  return success();
}

static LogicalResult verifyTensor(Emit emitError, StringRef name, Attribute attr,
                                  ArrayRef<int64_t> ranks) {
  auto elements = dyn_cast_or_null<ElementsAttr>(attr);
  if (!elements || !isNumeric(attr))
    return emitError() << "expected '" << name << "' to be an array of numbers, got " << attr;
  if (!llvm::is_contained(ranks, elements.getShapedType().getRank()))
    return emitError() << "expected '" << name << "' to have " << ranks.front()
                       << (ranks.size() > 1 ? " or " + std::to_string(ranks.back()) : "")
                       << " dimensions, got " << elements.getShapedType();
  return success();
}

static ArrayRef<int64_t> shapeOfAttr(Attribute attr) {
  return cast<ElementsAttr>(attr).getShapedType().getShape();
}

static std::string text(ArrayRef<int64_t> shape) {
  return "[" +
         llvm::join(llvm::map_range(shape, [](int64_t d) { return std::to_string(d); }), ", ") +
         "]";
}

static LogicalResult expectCount(Emit emitError, StringRef side, int64_t expected,
                                 ArrayRef<int64_t> shape) {
  if (numElements(shape) != expected)
    return emitError() << "expected the " << side << " to have " << expected << " neurons, got "
                       << numElements(shape);
  return success();
}

// A deterministic connector whose target shape follows from the source: compare by shape where the
// target has as many dimensions, else by number of neurons (a target may be flat).
template <typename ConnectorT>
static LogicalResult verifyInferred(ConnectorT connector, ArrayRef<int64_t> source,
                                    ArrayRef<int64_t> target, Emit emitError) {
  InferredShape inferred = connector.inferTargetShape(source, emitError);
  if (failed(inferred))
    return failure();
  bool same = (*inferred)->size() == target.size() ? ArrayRef<int64_t>(**inferred) == target
                                                   : numElements(**inferred) == numElements(target);
  if (!same)
    return emitError() << "expected the target to have shape " << text(**inferred) << ", got "
                       << text(target);
  return success();
}

static double oneWeight(Attribute attr) { return readNumbers(attr).front(); }

//===-- all to all
//---------------------------------------------------------------------------------===//

LogicalResult AllToAllAttr::verify(Emit emitError, Attribute weight, bool) {
  return verifyScalar(emitError, "weight", weight);
}
InferredShape AllToAllAttr::inferTargetShape(ArrayRef<int64_t>, Emit) const {
  return std::optional<Shape>();
}
LogicalResult AllToAllAttr::verifyShapes(ArrayRef<int64_t>, ArrayRef<int64_t>, Emit) const {
  return success();
}
void AllToAllAttr::expand(ArrayRef<int64_t> source, ArrayRef<int64_t> target, RandomKey,
                          SynapseFn synapse) const {
  double weight = oneWeight(getWeight());
  for (int64_t j = 0, n = numElements(source); j < n; ++j)
    for (int64_t i = 0, m = numElements(target); i < m; ++i)
      if (i != j || getAllowSelf())
        synapse(j, i, weight);
}
Attribute AllToAllAttr::weightsAttr() const { return getWeight(); }
Attribute AllToAllAttr::withWeights(Attribute weights) const {
  return get(getContext(), weights, getAllowSelf());
}

//===-- one to one
//---------------------------------------------------------------------------------===//

LogicalResult OneToOneAttr::verify(Emit emitError, Attribute weight) {
  if (!isNumeric(weight))
    return emitError() << "expected 'weight' to be a number or an array of numbers, got " << weight;
  return success();
}
InferredShape OneToOneAttr::inferTargetShape(ArrayRef<int64_t> source, Emit emitError) const {
  if (auto weights = dyn_cast<ElementsAttr>(getWeight());
      weights && weights.getNumElements() != numElements(source))
    return emitError() << "expected the source to have " << weights.getNumElements()
                       << " neurons, as 'weight' has, got " << numElements(source);
  return std::optional<Shape>(Shape(source));
}
LogicalResult OneToOneAttr::verifyShapes(ArrayRef<int64_t> source, ArrayRef<int64_t> target,
                                         Emit emitError) const {
  if (failed(inferTargetShape(source, emitError)))
    return failure();
  return expectCount(emitError, "target", numElements(source), target);
}
void OneToOneAttr::expand(ArrayRef<int64_t> source, ArrayRef<int64_t>, RandomKey,
                          SynapseFn synapse) const {
  std::vector<double> weights = readNumbers(getWeight());
  for (int64_t i = 0, n = numElements(source); i < n; ++i)
    synapse(i, i, weights.size() == 1 ? weights[0] : weights[i]);
}
Attribute OneToOneAttr::weightsAttr() const { return getWeight(); }
Attribute OneToOneAttr::withWeights(Attribute weights) const { return get(getContext(), weights); }

//===-- dense
//--------------------------------------------------------------------------------------===//

LogicalResult DenseAttr::verify(Emit emitError, Attribute weights) {
  return verifyTensor(emitError, "weights", weights, {2});
}
InferredShape DenseAttr::inferTargetShape(ArrayRef<int64_t> source, Emit emitError) const {
  if (failed(expectCount(emitError, "source", shapeOfAttr(getWeights())[1], source)))
    return failure();
  return std::optional<Shape>(Shape{shapeOfAttr(getWeights())[0]});
}
LogicalResult DenseAttr::verifyShapes(ArrayRef<int64_t> source, ArrayRef<int64_t> target,
                                      Emit emitError) const {
  return verifyInferred(*this, source, target, emitError);
}
void DenseAttr::expand(ArrayRef<int64_t> source, ArrayRef<int64_t> target, RandomKey,
                       SynapseFn synapse) const {
  std::vector<double> weights = readNumbers(getWeights());
  int64_t n = numElements(source), m = numElements(target);
  for (int64_t j = 0; j < n; ++j)
    for (int64_t i = 0; i < m; ++i)
      synapse(j, i, weights[i * n + j]);
}
Attribute DenseAttr::weightsAttr() const { return getWeights(); }
Attribute DenseAttr::withWeights(Attribute weights) const { return get(getContext(), weights); }

//===-- compressed sparse rows
//---------------------------------------------------------------------===//

LogicalResult CSRAttr::verify(Emit emitError, Attribute rowStarts, Attribute targets,
                              Attribute weights) {
  for (auto [name, attr] : {std::pair{"row_starts", rowStarts}, std::pair{"targets", targets}}) {
    if (failed(verifyTensor(emitError, name, attr, {1})))
      return failure();
    if (isa<FloatType>(numberType(attr)))
      return emitError() << "expected '" << name << "' to be integers";
  }
  if (!isNumeric(weights))
    return emitError() << "expected 'weights' to be a number or an array of numbers";
  std::vector<int64_t> starts = readIntegers(rowStarts);
  if (starts.empty())
    return success(); // an elided resource
  int64_t synapses = numNumbers(targets);
  if (starts.front() != 0 || starts.back() != synapses || !llvm::is_sorted(starts))
    return emitError() << "expected 'row_starts' to ascend from 0 to the number of targets, "
                       << synapses;
  if (isa<ElementsAttr>(weights) && numNumbers(weights) != synapses)
    return emitError() << "expected 1 or " << synapses << " weights, got " << numNumbers(weights);
  return success();
}
InferredShape CSRAttr::inferTargetShape(ArrayRef<int64_t>, Emit) const {
  return std::optional<Shape>();
}
LogicalResult CSRAttr::verifyShapes(ArrayRef<int64_t> source, ArrayRef<int64_t> target,
                                    Emit emitError) const {
  if (failed(expectCount(emitError, "source", numNumbers(getRowStarts()) - 1, source)))
    return failure();
  int64_t limit = numElements(target);
  for (int64_t index : readIntegers(getTargets()))
    if (index < 0 || index >= limit)
      return emitError() << "expected the entries of 'targets' to be less than " << limit
                         << ", got " << index;
  return success();
}
void CSRAttr::expand(ArrayRef<int64_t> source, ArrayRef<int64_t>, RandomKey,
                     SynapseFn synapse) const {
  std::vector<int64_t> starts = readIntegers(getRowStarts()), targets = readIntegers(getTargets());
  std::vector<double> weights = readNumbers(getWeights());
  for (int64_t j = 0, n = numElements(source); j < n; ++j)
    for (int64_t k = starts[j]; k < starts[j + 1]; ++k)
      synapse(j, targets[k], weights.size() == 1 ? weights[0] : weights[k]);
}
Attribute CSRAttr::weightsAttr() const { return getWeights(); }
Attribute CSRAttr::withWeights(Attribute weights) const {
  return get(getContext(), getRowStarts(), getTargets(), weights);
}

//===-- fixed probability
//--------------------------------------------------------------------------===//

LogicalResult FixedProbabilityAttr::verify(Emit emitError, APFloat apf, Attribute weight, bool) {
  double probability = apf.convertToDouble();
  if (!(probability >= 0 && probability <= 1))
    return emitError() << "expected 'probability' to be in 0 to 1, got "
                       << engram::shortestNumber(probability);
  return verifyScalar(emitError, "weight", weight);
}
InferredShape FixedProbabilityAttr::inferTargetShape(ArrayRef<int64_t>, Emit) const {
  return std::optional<Shape>();
}
LogicalResult FixedProbabilityAttr::verifyShapes(ArrayRef<int64_t>, ArrayRef<int64_t>, Emit) const {
  return success();
}
// neuro_r3
void FixedProbabilityAttr::expand(ArrayRef<int64_t> source, ArrayRef<int64_t> target, RandomKey key,
                                  SynapseFn synapse) const {
  double weight = oneWeight(getWeight());
  uint64_t threshold =
      static_cast<uint64_t>(std::floor(getProbability().convertToDouble() * 4294967296.0));
  int64_t n = numElements(source), m = numElements(target);
  std::array<uint32_t, 4> words{};
  for (int64_t k = 0, j = 0; j < n; ++j) {
    for (int64_t i = 0; i < m; ++i, ++k) {
      if (k % 4 == 0) {
        uint64_t draw = static_cast<uint64_t>(k) / 4;
        words = randomWords(key.seed, key.stream, draw, 0);
      }
      if (words[k % 4] < threshold && (i != j || getAllowSelf()))
        synapse(j, i, weight);
    }
  }
}
Attribute FixedProbabilityAttr::weightsAttr() const { return getWeight(); }
Attribute FixedProbabilityAttr::withWeights(Attribute weights) const {
  return get(getContext(), getProbability(), weights, getAllowSelf());
}

//===-- fixed in-degree
//----------------------------------------------------------------------------===//

LogicalResult FixedIndegreeAttr::verify(Emit emitError, int64_t indegree, Attribute weight) {
  if (indegree < 0 || indegree > maxNumbers)
    return emitError() << "expected 'indegree' to be 0 to 2^31, got " << indegree;
  return verifyScalar(emitError, "weight", weight);
}
InferredShape FixedIndegreeAttr::inferTargetShape(ArrayRef<int64_t>, Emit) const {
  return std::optional<Shape>();
}
LogicalResult FixedIndegreeAttr::verifyShapes(ArrayRef<int64_t> source, ArrayRef<int64_t>,
                                              Emit emitError) const {
  if (numElements(source) == 0 && getIndegree() > 0)
    return emitError() << "expected the source to have neurons, as 'indegree' is " << getIndegree();
  return success();
}
// neuro_r4
void engram::neuro::drawIndegree(RandomKey key, uint64_t count, uint64_t target,
                                 MutableArrayRef<int64_t> sources) {
  std::array<uint32_t, 4> words{};
  uint64_t number = target * sources.size();
  for (size_t k = 0; k < sources.size(); ++k, ++number) {
    if (k == 0 || number % 4 == 0)
      words = randomWords(key.seed, key.stream, number / 4, 0);
    sources[k] = static_cast<int64_t>((words[number % 4] * count) >> 32);
  }
}
void FixedIndegreeAttr::expand(ArrayRef<int64_t> source, ArrayRef<int64_t> target, RandomKey key,
                               SynapseFn synapse) const {
  double weight = oneWeight(getWeight());
  uint64_t n = numElements(source);
  std::vector<int64_t> sources(getIndegree());
  for (int64_t i = 0, m = numElements(target); i < m; ++i) {
    drawIndegree(key, n, i, sources);
    llvm::sort(sources);
    for (int64_t j : sources)
      synapse(j, i, weight);
  }
}
Attribute FixedIndegreeAttr::weightsAttr() const { return getWeight(); }
Attribute FixedIndegreeAttr::withWeights(Attribute weights) const {
  return get(getContext(), getIndegree(), weights);
}

//===-- convolution and pooling
//--------------------------------------------------------------------===//

static LogicalResult verifyWindow(Emit emitError, size_t rank, ArrayRef<int64_t> stride,
                                  ArrayRef<int64_t> padding, ArrayRef<int64_t> dilation) {
  if (stride.size() != rank || dilation.size() != rank || padding.size() != 2 * rank)
    return emitError() << "expected " << rank << " numbers in 'stride' and 'dilation' and "
                       << 2 * rank << " in 'padding'";
  for (auto [name, values, least] :
       {std::tuple{"stride", stride, 1}, {"dilation", dilation, 1}, {"padding", padding, 0}})
    for (int64_t value : values)
      if (value < least || value > maxNumbers)
        return emitError() << "expected '" << name << "' to be " << least << " to 2^31, got "
                           << value;
  return success();
}

/// Number of positions of a window along one dimension, or 0 if it does not fit.
static int64_t windowCount(int64_t size, int64_t kernel, int64_t stride, int64_t low, int64_t high,
                           int64_t dilation) {
  int64_t room = size + low + high - dilation * (kernel - 1) - 1;
  return room < 0 ? 0 : room / stride + 1;
}

LogicalResult ConvAttr::verify(Emit emitError, Attribute weights, ArrayRef<int64_t> stride,
                               ArrayRef<int64_t> padding, ArrayRef<int64_t> dilation,
                               int64_t groups) {
  if (failed(verifyTensor(emitError, "weights", weights, {3, 4})))
    return failure();
  ArrayRef<int64_t> kernel = shapeOfAttr(weights);
  if (failed(verifyWindow(emitError, kernel.size() - 2, stride, padding, dilation)))
    return failure();
  if (groups < 1 || kernel[0] % groups != 0)
    return emitError() << "expected 'groups' to divide the " << kernel[0]
                       << " output channels, got " << groups;
  return success();
}
InferredShape ConvAttr::inferTargetShape(ArrayRef<int64_t> source, Emit emitError) const {
  ArrayRef<int64_t> kernel = shapeOfAttr(getWeights());
  if (static_cast<int64_t>(source.size()) != rank() + 1)
    return emitError() << "expected the source to have " << rank() + 1
                       << " dimensions (channels first), got " << text(source);
  if (source[0] != kernel[1] * getGroups())
    return emitError() << "expected the source to have " << kernel[1] * getGroups()
                       << " channels, got " << source[0];
  Shape target{kernel[0]};
  for (int64_t d = 0; d < rank(); ++d) {
    target.push_back(windowCount(source[d + 1], kernel[d + 2], getStride()[d], getPadding()[d],
                                 getPadding()[rank() + d], getDilation()[d]));
    if (target.back() == 0)
      return emitError() << "expected the kernel to fit into the source " << text(source);
  }
  return std::optional<Shape>(target);
}
LogicalResult ConvAttr::verifyShapes(ArrayRef<int64_t> source, ArrayRef<int64_t> target,
                                     Emit emitError) const {
  return verifyInferred(*this, source, target, emitError);
}
void ConvAttr::expand(ArrayRef<int64_t> source, ArrayRef<int64_t>, RandomKey,
                      SynapseFn synapse) const {
  std::vector<double> weights = readNumbers(getWeights());
  ArrayRef<int64_t> kernel = shapeOfAttr(getWeights());
  Shape target =
      **inferTargetShape(source, [&]() -> InFlightDiagnostic { llvm_unreachable("verified"); });
  // One dimension is two with a height of 1.
  bool flat = rank() == 1;
  auto at = [&](ArrayRef<int64_t> values, int64_t d, int64_t neutral) {
    return flat ? (d == 0 ? neutral : values[0]) : values[d];
  };
  int64_t height = flat ? 1 : source[1], width = source.back();
  int64_t outHeight = flat ? 1 : target[1], outWidth = target.back();
  int64_t kernelHeight = flat ? 1 : kernel[2], kernelWidth = kernel.back();
  int64_t channels = kernel[1], filters = kernel[0] / getGroups();
  int64_t padY = flat ? 0 : getPadding()[0], padX = flat ? getPadding()[0] : getPadding()[1];
  for (int64_t o = 0; o < kernel[0]; ++o)
    for (int64_t y = 0; y < outHeight; ++y)
      for (int64_t x = 0; x < outWidth; ++x)
        for (int64_t c = 0; c < channels; ++c)
          for (int64_t ky = 0; ky < kernelHeight; ++ky)
            for (int64_t kx = 0; kx < kernelWidth; ++kx) {
              int64_t sy = y * at(getStride(), 0, 1) + ky * at(getDilation(), 0, 1) - padY;
              int64_t sx = x * at(getStride(), 1, 1) + kx * at(getDilation(), 1, 1) - padX;
              if (sy < 0 || sy >= height || sx < 0 || sx >= width)
                continue;
              int64_t channel = (o / filters) * channels + c;
              synapse((channel * height + sy) * width + sx, (o * outHeight + y) * outWidth + x,
                      weights[((o * channels + c) * kernelHeight + ky) * kernelWidth + kx]);
            }
}
Attribute ConvAttr::weightsAttr() const { return getWeights(); }
Attribute ConvAttr::withWeights(Attribute weights) const {
  return get(getContext(), weights, getStride(), getPadding(), getDilation(), getGroups());
}

LogicalResult PoolAttr::verify(Emit emitError, PoolKind, ArrayRef<int64_t> kernel,
                               ArrayRef<int64_t> stride, ArrayRef<int64_t> padding) {
  if (kernel.size() != 2 || kernel[0] < 1 || kernel[1] < 1 || kernel[0] > maxNumbers / kernel[1])
    return emitError() << "expected 'kernel' to be two positive numbers";
  return verifyWindow(emitError, 2, stride, padding, {1, 1});
}
InferredShape PoolAttr::inferTargetShape(ArrayRef<int64_t> source, Emit emitError) const {
  if (source.size() != 3)
    return emitError() << "expected the source to have 3 dimensions (channels first), got "
                       << text(source);
  Shape target{source[0]};
  for (int64_t d = 0; d < 2; ++d) {
    target.push_back(windowCount(source[d + 1], getKernel()[d], getStride()[d], getPadding()[d],
                                 getPadding()[2 + d], 1));
    if (target.back() == 0)
      return emitError() << "expected the window to fit into the source " << text(source);
  }
  return std::optional<Shape>(target);
}
LogicalResult PoolAttr::verifyShapes(ArrayRef<int64_t> source, ArrayRef<int64_t> target,
                                     Emit emitError) const {
  return verifyInferred(*this, source, target, emitError);
}
void PoolAttr::expand(ArrayRef<int64_t> source, ArrayRef<int64_t>, RandomKey,
                      SynapseFn synapse) const {
  Shape target =
      **inferTargetShape(source, [&]() -> InFlightDiagnostic { llvm_unreachable("verified"); });
  double weight =
      getKind() == PoolKind::Sum ? 1.0 : 1.0 / static_cast<double>(getKernel()[0] * getKernel()[1]);
  for (int64_t c = 0; c < source[0]; ++c)
    for (int64_t y = 0; y < target[1]; ++y)
      for (int64_t x = 0; x < target[2]; ++x)
        for (int64_t ky = 0; ky < getKernel()[0]; ++ky)
          for (int64_t kx = 0; kx < getKernel()[1]; ++kx) {
            int64_t sy = y * getStride()[0] + ky - getPadding()[0],
                    sx = x * getStride()[1] + kx - getPadding()[1];
            if (sy >= 0 && sy < source[1] && sx >= 0 && sx < source[2])
              synapse((c * source[1] + sy) * source[2] + sx, (c * target[1] + y) * target[2] + x,
                      weight);
          }
}
Attribute PoolAttr::weightsAttr() const { return {}; }
Attribute PoolAttr::withWeights(Attribute) const { return *this; }

//===-- composition
//--------------------------------------------------------------------------------===//

LogicalResult ComposeAttr::verify(Emit emitError, ArrayAttr maps) {
  if (maps.empty())
    return emitError() << "expected at least one map";
  for (Attribute map : maps)
    if (!isa<OneToOneAttr, DenseAttr, ConvAttr, PoolAttr>(map))
      return emitError() << "expected a map that fixes the shape of its result (one_to_one, dense, "
                            "conv, pool), got "
                         << map;
  return success();
}
InferredShape ComposeAttr::inferTargetShape(ArrayRef<int64_t> source, Emit emitError) const {
  Shape shape(source);
  for (Attribute map : getMaps()) {
    InferredShape next = cast<ConnectorInterface>(map).inferTargetShape(shape, emitError);
    if (failed(next))
      return failure();
    shape = **next;
  }
  return std::optional<Shape>(shape);
}
LogicalResult ComposeAttr::verifyShapes(ArrayRef<int64_t> source, ArrayRef<int64_t> target,
                                        Emit emitError) const {
  return verifyInferred(*this, source, target, emitError);
}
void ComposeAttr::expand(ArrayRef<int64_t> source, ArrayRef<int64_t> target, RandomKey key,
                         SynapseFn synapse) const {
  // The columns of the product, one source neuron after another.
  SmallVector<std::vector<std::vector<std::pair<int64_t, double>>>> maps;
  Shape shape(source);
  for (Attribute attr : getMaps()) {
    auto map = cast<ConnectorInterface>(attr);
    auto &rows = maps.emplace_back(numElements(shape));
    Shape next = **map.inferTargetShape(
        shape, [&]() -> InFlightDiagnostic { llvm_unreachable("verified"); });
    map.expand(shape, next, key,
               [&](int64_t j, int64_t i, double w) { rows[j].push_back({i, w}); });
    shape = next;
  }
  for (int64_t j = 0, n = numElements(source); j < n; ++j) {
    std::map<int64_t, double> column{{j, 1.0}};
    for (auto &rows : maps) {
      std::map<int64_t, double> next;
      for (auto [k, x] : column)
        for (auto [i, w] : rows[k])
          next[i] += w * x;
      column = std::move(next);
    }
    for (auto [i, w] : column)
      synapse(j, i, w);
  }
}
Attribute ComposeAttr::weightsAttr() const { return {}; }
Attribute ComposeAttr::withWeights(Attribute) const { return *this; }
