// Sums of outer products of what reaches matrices of weights.
#include "dialects/Neuro/Quantize/LayerInputs.h"
#include "dialects/Neuro/IR/Numbers.h"

using namespace mlir;
using namespace engram;
using namespace engram::neuro;

struct HessianSum::Map {
  ConnectorInterface connector;
  std::vector<std::vector<std::pair<int64_t, double>>> rows; ///< by source; none for the last map
  int64_t outputs = 0;
  /// Where each vector's entries come from, one vector after another; -1: padding. Empty for one
  /// vector of all sources.
  std::vector<int64_t> places;
  int64_t length = 0; ///< of a vector; 0: no matrix
  quantize::Matrix sum;
  int64_t count = 0;
  quantize::Matrix pending; ///< a column a vector, so that products are large
  int64_t numPending = 0;

  void flush() {
    if (numPending)
      sum.selfadjointView<Eigen::Lower>().rankUpdate(pending.leftCols(numPending));
    numPending = 0;
  }
  void add(ArrayRef<double> x) {
    int64_t vectors = places.empty() ? 1 : static_cast<int64_t>(places.size()) / length;
    count += vectors;
    for (int64_t v = 0; v < vectors; ++v) {
      auto column = pending.col(numPending);
      bool any = false;
      for (int64_t k = 0; k < length; ++k) {
        int64_t place = places.empty() ? k : places[v * length + k];
        column[k] = place < 0 ? 0 : x[place];
        any |= column[k] != 0;
      }
      numPending += any;
      if (numPending == pending.cols())
        flush();
    }
  }
};

HessianSum::HessianSum(HessianSum &&) noexcept = default;
HessianSum::~HessianSum() = default;

// The inputs of each output position and group of a convolution.
static std::vector<int64_t> placesOf(ConvAttr conv, ArrayRef<int64_t> source,
                                     ArrayRef<int64_t> target) {
  ArrayRef<int64_t> kernel = cast<ElementsAttr>(conv.getWeights()).getShapedType().getShape();
  bool flat = conv.rank() == 1;
  auto at = [&](ArrayRef<int64_t> values, int64_t d, int64_t neutral) {
    return flat ? (d == 0 ? neutral : values[0]) : values[d];
  };
  int64_t height = flat ? 1 : source[1], width = source.back();
  int64_t padY = flat ? 0 : conv.getPadding()[0],
          padX = flat ? conv.getPadding()[0] : conv.getPadding()[1];
  std::vector<int64_t> places;
  for (int64_t group = 0; group < conv.getGroups(); ++group)
    for (int64_t y = 0; y < (flat ? 1 : target[1]); ++y)
      for (int64_t x = 0; x < target.back(); ++x)
        for (int64_t c = 0; c < kernel[1]; ++c)
          for (int64_t ky = 0; ky < (flat ? 1 : kernel[2]); ++ky)
            for (int64_t kx = 0; kx < kernel.back(); ++kx) {
              int64_t sy =
                  y * at(conv.getStride(), 0, 1) + ky * at(conv.getDilation(), 0, 1) - padY;
              int64_t sx =
                  x * at(conv.getStride(), 1, 1) + kx * at(conv.getDilation(), 1, 1) - padX;
              bool inside = sy >= 0 && sy < height && sx >= 0 && sx < width;
              places.push_back(inside ? ((group * kernel[1] + c) * height + sy) * width + sx : -1);
            }
  return places;
}

HessianSum::HessianSum(ConnectorInterface connector, ArrayRef<int64_t> sourceShape) {
  SmallVector<Attribute> all{connector};
  if (auto compose = dyn_cast<ComposeAttr>(all[0])) {
    all = llvm::to_vector(compose.getMaps());
    isComposition = true;
  }
  auto emit = [&] { return emitError(UnknownLoc::get(connector.getContext())); };
  SmallVector<int64_t> shape(sourceShape);
  for (Attribute attr : all) {
    Map &map = maps.emplace_back();
    map.connector = cast<ConnectorInterface>(attr);
    auto next = map.connector.inferTargetShape(shape, emit);
    SmallVector<int64_t> target = succeeded(next) && *next
                                      ? **next
                                      : SmallVector<int64_t>(); // not needed of other connectors
    if (isa<DenseAttr>(attr))
      map.length = numElements(shape);
    if (auto conv = dyn_cast<ConvAttr>(attr)) {
      ArrayRef<int64_t> kernel = cast<ElementsAttr>(conv.getWeights()).getShapedType().getShape();
      map.length = numElements(kernel.drop_front());
      map.places = placesOf(conv, shape, target);
    }
    if (map.length) {
      map.sum = quantize::Matrix::Zero(map.length, map.length);
      map.pending.resize(map.length, std::max<int64_t>(64, map.length));
    }
    if (attr != all.back()) {
      map.rows.resize(numElements(shape));
      map.outputs = numElements(target);
      map.connector.expand(shape, target, {},
                           [&](int64_t j, int64_t i, double w) { map.rows[j].emplace_back(i, w); });
    }
    shape = target;
  }
}

bool HessianSum::hasMatrices() const {
  return llvm::any_of(maps, [](const Map &map) { return map.length > 0; });
}

int64_t HessianSum::size() const {
  int64_t total = 0;
  for (const Map &map : maps)
    total += map.length * map.length;
  return total;
}

void HessianSum::add(ArrayRef<double> outputs) {
  if (!hasMatrices())
    return;
  std::vector<double> x(outputs.begin(), outputs.end());
  for (Map &map : maps) {
    if (map.length)
      map.add(x);
    if (map.rows.empty())
      break;
    std::vector<double> y(map.outputs);
    for (size_t j = 0; j < x.size(); ++j)
      if (x[j] != 0)
        for (auto [i, w] : map.rows[j])
          y[i] += w * x[j];
    x = std::move(y);
  }
}

Attribute HessianSum::result(StringRef name) const {
  if (!hasMatrices())
    return {};
  SmallVector<Attribute> results;
  for (Map map : maps) { // a copy: its last vectors are added
    MLIRContext *context = map.connector.getContext();
    if (!map.length) {
      results.push_back(UnitAttr::get(context));
      continue;
    }
    map.flush();
    std::vector<double> values(map.length * map.length);
    for (int64_t i = 0; i < map.length; ++i)
      for (int64_t j = 0; j < map.length; ++j)
        values[i * map.length + j] =
            map.count ? map.sum(std::max(i, j), std::min(i, j)) / double(map.count) : 0;
    auto type = RankedTensorType::get({map.length, map.length}, Float64Type::get(context));
    results.push_back(makeElements(type, values, name));
  }
  return isComposition ? ArrayAttr::get(results[0].getContext(), results) : results[0];
}

quantize::Matrix engram::neuro::readHessian(Attribute attr, size_t map) {
  if (auto array = dyn_cast_or_null<ArrayAttr>(attr))
    attr = map < array.size() ? array[map] : Attribute();
  else if (map > 0)
    return {};
  auto elements = dyn_cast_or_null<ElementsAttr>(attr);
  if (!elements || !isNumeric(elements) || !hasData(elements))
    return {};
  ShapedType type = elements.getShapedType();
  if (type.getRank() != 2 || type.getDimSize(0) != type.getDimSize(1))
    return {};
  std::vector<double> values = readNumbers(elements);
  int64_t n = type.getDimSize(0);
  return Eigen::Map<const quantize::Matrix>(values.data(), n, n); // symmetric: in either order
}
