// xbar-calibrate: currents of crossbars on data, converters for them, and their errors.
#include "backends/Reference/Passes.h"
#include "backends/Reference/WatchedRun.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/IR/PortBound.h"
#include "dialects/Neuro/IR/Start.h"
#include "dialects/Xbar/Transforms/MapProjection.h"
#include "runtime/NumberText.h"

#include <cmath>

namespace engram::reference {
#define GEN_PASS_DEF_CALIBRATECROSSBARSPASS
#include "backends/Reference/Passes.h.inc"
} // namespace engram::reference

using namespace mlir;
using namespace engram;
using namespace engram::neuro;
using namespace engram::reference;
using namespace engram::xbar;

using Sizes = a1::CrossbarSizes;

namespace {

/// How often each current was there, in bins.
class CurrentCounts {
public:
  void add(int32_t current) {
    if (counts.empty())
      counts.resize(2 * half + 1);
    // Towards zero, so that no current alone is a bin beside it.
    ++counts[half + current / width];
    ++total;
  }
  /// The middle part of the currents.
  CurrentRange middle(double part) const {
    CurrentRange range;
    auto beyond = static_cast<int64_t>(std::floor(double(total) * (1 - part) / 2));
    int64_t left = beyond;
    for (int k = 0; k <= 2 * half && total > 0; ++k)
      if ((left -= counts[k]) < 0) {
        range.low = std::min(0, (k - half) * width);
        break;
      }
    left = beyond;
    for (int k = 2 * half; k >= 0 && total > 0; --k)
      if ((left -= counts[k]) < 0) {
        range.high = std::max(0, (k - half) * width);
        break;
      }
    return range;
  }

private:
  static constexpr int width = 16, half = (1 << (Sizes::sumBits - 1)) / width;
  std::vector<int64_t> counts;
  int64_t total = 0;
};

/// A projection on crossbars beside the machine that runs it.
class Watch {
public:
  Watch(ProjectionOp op, CrossbarAttr crossbar, bool counts)
      : op(op), crossbar(crossbar), countsCurrents(counts),
        tiles(tilesOf(crossbar, streamOf(op.getSymName()))), sums(tiles.size()),
        noise(noiseTableOf(crossbar)), currents(counts ? tiles.size() * crossbar.numSlices() : 0) {
    auto network = op->getParentOfType<NetworkOp>();
    seed = network.getSeed();
    outputFraction = outputFormatOf(network, op.getSource()).getFractionBits();
    int fraction = cast<fx::FixedType>(*op.getFormat()).getFractionBits();
    for (double weight : readNumbers(crossbar.getWeights()))
      weights.push_back(std::ldexp(weight, fraction));
    firstStep = startOfSource(op);
  }

  void step(int64_t now, const std::vector<double> &output) {
    int64_t sources = crossbar.numSources(), targets = crossbar.numTargets();
    std::vector<double> exact(targets), made(targets);
    bool any = false;
    for (int64_t j = 0; j < sources; ++j) {
      auto payload = static_cast<int64_t>(std::ldexp(output[j], outputFraction));
      if (payload == 0)
        continue;
      any = true;
      for (int64_t i = 0; i < targets; ++i)
        exact[i] += weights[i * sources + j] * static_cast<double>(payload);
      drive(j, static_cast<int32_t>(payload), now - firstStep);
    }
    if (!any)
      return;
    uint32_t ignored = 0;
    for (size_t k = 0; k < tiles.size(); ++k) {
      if (!sums[k].driven())
        continue;
      look(k);
      int64_t target = tiles[k].columnBlock * crossbar.getColumns();
      for (int64_t value : sums[k].convert(tiles[k].config, ignored))
        made[target++] += static_cast<double>(value);
    }
    for (int64_t i = 0; i < targets; ++i) {
      double error = made[i] - exact[i];
      squares += exact[i] * exact[i];
      errorSquares += error * error;
      largest = std::max(largest, std::abs(error));
      ++compared;
    }
  }

  /// Converters for the middle part of what was seen.
  Converters converters(const DictionaryAttr &record, double part) const {
    CellOptions options;
    options.rows = static_cast<int>(crossbar.getRows());
    options.columns = static_cast<int>(crossbar.getColumns());
    auto number = [&](StringRef field) {
      return static_cast<int>(record.getAs<IntegerAttr>(field).getInt());
    };
    options.cellBits = number("cell_bits");
    Slicing slicing = *slicingOf(op, crossbar.getWeights(), options);
    slicing.step = number("step");
    slicing.least = number("least");
    std::vector<int64_t> wide = readIntegers(crossbar.getCodes());
    std::vector<uint8_t> codes(wide.begin(), wide.end());
    std::vector<double> gains = meanGains(slicing, codes);
    if (!record.getAs<BoolAttr>("compensate").getValue())
      gains.assign(gains.size(), 1);
    std::vector<CurrentRange> ranges;
    for (const CurrentCounts &counts : currents)
      ranges.push_back(counts.middle(part));
    return convertersFor(slicing, ranges, static_cast<int>(crossbar.getBits()), gains);
  }

  DictionaryAttr error(MLIRContext *context) const {
    Builder b(context);
    NamedAttrList record;
    auto set = [&](StringRef name, double value) { record.set(name, b.getF64FloatAttr(value)); };
    if (errorSquares > 0)
      set("snr", squares > 0 ? 10 * std::log10(squares / errorSquares) : 0);
    set("largest", largest);
    set("rms", compared ? std::sqrt(errorSquares / double(compared)) : 0);
    set("clipped", conversions ? double(clipped) / double(conversions) : 0);
    record.set("sums", b.getI64IntegerAttr(compared));
    return record.getDictionary(context);
  }

  ProjectionOp op;
  CrossbarAttr crossbar;

private:
  bool countsCurrents;
  std::vector<Tile> tiles;
  std::vector<a1::CrossbarSums> sums;
  std::vector<uint32_t> noise;
  std::vector<CurrentCounts> currents; ///< by tile and slice
  std::vector<double> weights;         ///< in steps
  uint64_t seed = 0;
  int outputFraction = 0;
  int64_t firstStep = 0;
  double squares = 0, errorSquares = 0, largest = 0;
  int64_t compared = 0, conversions = 0, clipped = 0;

  void drive(int64_t source, int32_t payload, int64_t step) {
    auto row = static_cast<uint32_t>(source % crossbar.getRows());
    for (size_t k = 0; k < tiles.size(); ++k) {
      const Tile &tile = tiles[k];
      if (tile.rowBlock != source / crossbar.getRows())
        continue;
      a1::ReadNoise read{noise.data(), 0};
      if (tile.config.noisy)
        read.selector = a1::noiseSelector(tile.config, seed, row, static_cast<uint32_t>(step));
      sums[k].drive(tile.config, tile.row(row), payload, tile.config.noisy ? &read : nullptr);
    }
  }

  /// At the currents of a tile before they are converted.
  void look(size_t k) {
    const a1::CrossbarTile &config = tiles[k].config;
    int64_t last = (int64_t(1) << config.converterBits) - 1;
    for (int bit = 0; bit < Sizes::payloadBits; ++bit) {
      if (!(sums[k].driven() >> bit & 1))
        continue;
      for (int s = 0; s < crossbar.numSlices(); ++s)
        for (uint32_t column = 0; column < config.columns; ++column) {
          int32_t current = sums[k].sum(bit, s, static_cast<int>(column));
          double code = double(int64_t(current) - config.low[s]) * config.gain[s] * 0x1p-24;
          ++conversions;
          clipped += code < -0.5 || code > double(last) + 0.5;
          if (countsCurrents)
            currents[k * crossbar.numSlices() + s].add(current);
        }
    }
  }
};

struct CalibrateCrossbars
    : engram::reference::impl::CalibrateCrossbarsPassBase<CalibrateCrossbars> {
  using CalibrateCrossbarsPassBase::CalibrateCrossbarsPassBase;

  void runOnOperation() override {
    FailureOr<NetworkOp> network = findNetwork(getOperation());
    if (failed(network) || failed(calibrate(*network)))
      signalPassFailure();
  }

private:
  LogicalResult calibrate(NetworkOp network) {
    if (steps < 0 || samples < 0 || frameUs < 1)
      return getOperation().emitError()
             << "expected 'steps' and 'samples' of at least 0 and 'frame-us' of at least 1";
    if (!(percentile >= 0 && percentile <= 100))
      return getOperation().emitError()
             << "expected 'percentile' to be 0 to 100, got " << shortestNumber(percentile);
    if (percentile > 0) {
      FailureOr<std::vector<Watch>> seen = watch(network, /*counts=*/true);
      if (failed(seen))
        return failure();
      for (Watch &one : *seen)
        if (failed(setConverters(one)))
          return failure();
    }
    FailureOr<std::vector<Watch>> seen = watch(network, /*counts=*/false);
    if (failed(seen))
      return failure();
    for (Watch &one : *seen)
      one.op->setAttr(errorAttrName, one.error(&getContext()));
    return success();
  }

  LogicalResult setConverters(Watch &one) {
    auto record = one.op->getAttrOfType<DictionaryAttr>(mappingAttrName);
    if (!record)
      return one.op.emitOpError() << "expected '" << mappingAttrName
                                  << "', which xbar-map writes, to set converters";
    Converters converters = one.converters(record, percentile / 100);
    if (converters.shift > 31)
      return one.op.emitOpError() << "needs a shift of " << converters.shift << ", limit is 31";
    CrossbarAttr crossbar = withConverters(one.crossbar, converters, one.op.getSymName());
    one.op.setConnectorAttr(cast<ConnectorInterface>(Attribute(crossbar)));
    NamedAttrList changed(record);
    changed.set("adc_range", StringAttr::get(&getContext(), "percentile"));
    changed.set("percentile", FloatAttr::get(Float64Type::get(&getContext()), percentile));
    one.op->setAttr(mappingAttrName, changed.getDictionary(&getContext()));
    return success();
  }

  FailureOr<std::vector<Watch>> watch(NetworkOp network, bool counts) {
    FailureOr<std::unique_ptr<Interpreter>> machine = Interpreter::create(network);
    if (failed(machine))
      return failure();
    std::vector<Watch> watches;
    for (ProjectionOp op : network.getBody().getOps<ProjectionOp>())
      if (auto crossbar = dyn_cast<CrossbarAttr>(Attribute(op.getConnector())))
        watches.emplace_back(op, crossbar, counts);
    auto afterStep = [&] {
      for (Watch &one : watches)
        one.step((*machine)->stepsDone() - 1, (*machine)->outputOf(one.op.getSource()));
    };
    if (failed(runWatched(**machine, {{inputs.begin(), inputs.end()}, steps, samples, frameUs},
                          getOperation(), afterStep, [] {})))
      return failure();
    return std::move(watches);
  }
};

} // namespace
