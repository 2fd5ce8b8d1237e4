// The connector '#xbar.crossbar': what its numbers have to be, and what a sum can become.
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Xbar/IR/Tiles.h"
#include "runtime/NumberText.h"

using namespace mlir;
using namespace engram;
using namespace engram::xbar;
using namespace engram::neuro;

using Emit = function_ref<InFlightDiagnostic()>;
using Shape = SmallVector<int64_t>;
using Sizes = a1::CrossbarSizes;

static ArrayRef<int64_t> shapeOf(Attribute attr) {
  return cast<ElementsAttr>(attr).getShapedType().getShape();
}

int64_t CrossbarAttr::numSources() const { return shapeOf(getWeights())[1]; }
int64_t CrossbarAttr::numTargets() const { return shapeOf(getWeights())[0]; }
int64_t CrossbarAttr::numSlices() const { return shapeOf(getCodes())[1]; }

//===-- verification ----------------------------------------------------------------------===//

static LogicalResult verifyArray(Emit emitError, StringRef name, Attribute attr, StringRef shape,
                                 ArrayRef<int64_t> dims, bool integers) {
  auto elements = dyn_cast_or_null<ElementsAttr>(attr);
  if (!elements || !isNumeric(attr) || (integers && isa<FloatType>(numberType(attr))))
    return emitError() << "expected '" << name << "' to be an array of "
                       << (integers ? "integers" : "numbers");
  ArrayRef<int64_t> given = elements.getShapedType().getShape();
  bool fits = given.size() == dims.size();
  for (size_t k = 0; fits && k < dims.size(); ++k)
    fits = dims[k] < 0 ? given[k] >= 1 : given[k] == dims[k];
  if (!fits)
    return emitError() << "expected '" << name << "' to be " << shape << ", got "
                       << elements.getShapedType();
  return success();
}

static LogicalResult verifyRange(Emit emitError, StringRef name, Attribute attr, int64_t least,
                                 int64_t most) {
  for (int64_t number : readIntegers(attr))
    if (number < least || number > most)
      return emitError() << "expected '" << name << "' to be " << least << " to " << most
                         << ", got " << number;
  return success();
}

// xbar_c3, xbar_c4: of numbers in resources this is known once they are there.
static LogicalResult verifyNumbers(Emit emitError, CrossbarAttr crossbar) {
  if (failed(verifyRange(emitError, "codes", crossbar.getCodes(), 0, 255)) ||
      failed(verifyRange(emitError, "low", crossbar.getLow(), -(1 << 19), (1 << 19) - 1)) ||
      failed(verifyRange(emitError, "gain", crossbar.getGain(), 0, (1 << 24) - 1)) ||
      failed(verifyRange(emitError, "zero", crossbar.getZero(), -(1 << 15), (1 << 15) - 1)) ||
      failed(verifyRange(emitError, "scale", crossbar.getScale(), 0, (1 << 16) - 1)))
    return failure();
  if (!crossbar.getNoise())
    return success();
  if (failed(verifyRange(emitError, "noise", crossbar.getNoise(), -128, 127)))
    return failure();
  return verifyRange(emitError, "sigma", crossbar.getSigma(), 0, 255);
}

LogicalResult CrossbarAttr::verify(Emit emitError, Attribute weights, Attribute codes, int64_t rows,
                                   int64_t columns, int64_t bits, int64_t shift, Attribute low,
                                   Attribute gain, Attribute zero, Attribute scale, Attribute noise,
                                   Attribute sigma) {
  // xbar_c1
  if (failed(verifyArray(emitError, "weights", weights, "targets by sources", {-1, -1}, false)))
    return failure();
  int64_t targets = ::shapeOf(weights)[0], sources = ::shapeOf(weights)[1];
  if (failed(verifyArray(emitError, "codes", codes, "sources by slices by 2 by targets",
                         {sources, -1, 2, targets}, true)))
    return failure();
  int64_t slices = ::shapeOf(codes)[1];
  // xbar_c2
  for (auto [name, value, least, most] : {std::tuple{"rows", rows, 1, Sizes::rows},
                                          {"columns", columns, 1, Sizes::columns},
                                          {"bits", bits, 1, 16},
                                          {"shift", shift, 0, 31}})
    if (value < least || value > most)
      return emitError() << "expected '" << name << "' to be " << least << " to " << most
                         << ", got " << value;
  if (slices > Sizes::slices)
    return emitError() << "expected at most " << Sizes::slices << " slices, got " << slices;
  int64_t tiles = ((sources + rows - 1) / rows) * ((targets + columns - 1) / columns);
  if (tiles > 256)
    return emitError() << "expected at most 256 tiles of a projection, got " << tiles;
  // xbar_c3
  for (auto [name, attr] :
       {std::pair{"low", low}, {"gain", gain}, {"zero", zero}, {"scale", scale}})
    if (failed(verifyArray(emitError, name, attr, "tiles by slices", {tiles, slices}, true)))
      return failure();
  // xbar_c4
  if (!noise != !sigma)
    return emitError() << "expected both 'noise' and 'sigma', or none";
  if (noise &&
      (failed(verifyArray(emitError, "noise", noise, "64 by 128",
                          {Sizes::noiseWords, Sizes::columns}, true)) ||
       failed(verifyArray(emitError, "sigma", sigma, "16 numbers", {Sizes::sigmaEntries}, true))))
    return failure();
  return verifyNumbers(emitError, get(weights.getContext(), weights, codes, rows, columns, bits,
                                      shift, low, gain, zero, scale, noise, sigma));
}

//===-- as a connector --------------------------------------------------------------------===//

FailureOr<std::optional<Shape>> CrossbarAttr::inferTargetShape(ArrayRef<int64_t> source,
                                                               Emit emitError) const {
  CrossbarAttr self = *this;
  if (numElements(source) != self.numSources())
    return emitError() << "expected the source to have " << self.numSources() << " neurons, got "
                       << numElements(source);
  return std::optional<Shape>(Shape{self.numTargets()});
}

LogicalResult CrossbarAttr::verifyShapes(ArrayRef<int64_t> source, ArrayRef<int64_t> target,
                                         Emit emitError) const {
  CrossbarAttr self = *this;
  if (failed(inferTargetShape(source, emitError)))
    return failure();
  if (numElements(target) != self.numTargets())
    return emitError() << "expected the target to have " << self.numTargets() << " neurons, got "
                       << numElements(target);
  return verifyNumbers(emitError, self);
}

void CrossbarAttr::expand(ArrayRef<int64_t> source, ArrayRef<int64_t> target, RandomKey key,
                          function_ref<void(int64_t, int64_t, double)> synapse) const {
  DenseAttr::get(getContext(), getWeights()).expand(source, target, key, synapse);
}

Attribute CrossbarAttr::weightsAttr() const { return getWeights(); }

// Cells hold other numbers than the new weights; what changes weights comes before cells are made.
Attribute CrossbarAttr::withWeights(Attribute weights) const {
  return DenseAttr::get(getContext(), weights);
}

bool CrossbarAttr::isLinear() const { return false; }

// The largest sum of currents of a column, up and down, gives codes and so a bound of xbar_s5.
FailureOr<double> CrossbarAttr::largestSum(double output, bool isSigned, Emit emitError) const {
  CrossbarAttr self = *this;
  // xbar_c5
  constexpr int most = (1 << Sizes::payloadBits) - 1;
  if (output > most)
    return emitError() << "expected outputs of at most " << most
                       << " steps at a crossbar, which drives a row for each bit, got "
                       << shortestNumber(output);
  int bits = 0;
  while ((1 << bits) <= output)
    ++bits;
  std::vector<double> sums(self.numTargets());
  for (const Tile &tile : tilesOf(self, 0)) {
    const a1::CrossbarTile &config = tile.config;
    for (uint32_t column = 0; column < config.columns; ++column) {
      double above = 0, below = 0;
      for (int64_t slice = 0; slice < self.numSlices(); ++slice) {
        int s = static_cast<int>(slice), c = static_cast<int>(column);
        int64_t up = 0, down = 0;
        for (int64_t row = 0; row < tile.rows; ++row) {
          int plus = a1::cellCode(tile.row(row), s, false, c),
              minus = a1::cellCode(tile.row(row), s, true, c);
          int noise = config.noisy ? (128 * config.sigma[std::max(plus, minus) >> 4] + 64) >> 7 : 0;
          int high = plus - minus + noise, low = plus - minus - noise;
          up += std::max({high, isSigned ? -low : 0, 0});
          down += std::max({-low, isSigned ? high : 0, 0});
        }
        auto worth = [&](int64_t current) {
          return config.scale[slice] *
                 (double(a1::converterCode(config, s, static_cast<int32_t>(current))) -
                  config.zero[slice]);
        };
        // Codes grow with currents.
        above += worth(up);
        below -= worth(-down);
      }
      double sum = std::max({above, below, 0.0}) * ((1 << bits) - 1);
      sums[tile.columnBlock * self.getColumns() + column] +=
          std::ldexp(std::floor((sum + 128) / 256), static_cast<int>(config.shift));
    }
  }
  return *llvm::max_element(sums);
}
