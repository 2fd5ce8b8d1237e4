// Weights, cells and converters between the IR and numbers.
#include "dialects/Xbar/Transforms/MapProjection.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/IR/PortBound.h"

#include <cmath>
#include <fmt/format.h>

using namespace mlir;
using namespace engram;
using namespace engram::neuro;
using namespace engram::xbar;

static NetworkOp networkOf(ProjectionOp projection) {
  return projection->getParentOfType<NetworkOp>();
}

/// A convolution's matrix is mostly zeros; beyond so many tiles it is no matter of a few.
static constexpr int64_t mostTilesOfConvolution = 16;

static int64_t tilesOf(int64_t sources, int64_t targets, const CellOptions &options) {
  return ((sources + options.rows - 1) / options.rows) *
         ((targets + options.columns - 1) / options.columns);
}

Attribute engram::xbar::matrixOf(ProjectionOp projection, const CellOptions &options) {
  ConnectorInterface connector = projection.getConnector();
  if (auto dense = dyn_cast<DenseAttr>(Attribute(connector)))
    return dense.getWeights();
  if (!isa<ConvAttr>(Attribute(connector)))
    return {};
  NetworkOp network = networkOf(projection);
  ArrayRef<int64_t> source = *shapeOf(network, projection.getSource()),
                    target = *shapeOf(network, projection.getTarget());
  int64_t sources = numElements(source), targets = numElements(target);
  if (tilesOf(sources, targets, options) > mostTilesOfConvolution)
    return {};
  std::vector<double> matrix(static_cast<size_t>(sources * targets), 0);
  connector.expand(source, target, RandomKey(),
                   [&](int64_t j, int64_t i, double weight) { matrix[i * sources + j] += weight; });
  auto type = RankedTensorType::get({targets, sources}, Float64Type::get(projection.getContext()));
  return makeElements(type, matrix, (projection.getSymName() + ".matrix").str());
}

Expected<Slicing> engram::xbar::slicingOf(ProjectionOp projection, Attribute weights,
                                          const CellOptions &options) {
  ArrayRef<int64_t> shape = cast<ElementsAttr>(weights).getShapedType().getShape();
  int fraction = cast<fx::FixedType>(*projection.getFormat()).getFractionBits();
  std::vector<int64_t> raw;
  for (double weight : readNumbers(weights))
    raw.push_back(static_cast<int64_t>(std::ldexp(weight, fraction)));
  return slice(std::move(raw), shape[0], shape[1], options);
}

bool engram::xbar::hasSignedOutputs(ProjectionOp projection) {
  fx::FixedType output = outputFormatOf(networkOf(projection), projection.getSource());
  return output && output.getFormat().minRaw() < 0;
}

std::string engram::xbar::whyNot(ProjectionOp projection, const CellOptions &options) {
  Attribute connector = projection.getConnector();
  if (!isa<DenseAttr, ConvAttr>(connector))
    return "its connector is neither 'dense' nor 'conv'";
  NetworkOp network = networkOf(projection);
  ModelOp model = modelOf(cast<PopulationOp>(network.lookupSymbol(projection.getTarget())));
  if (!projection.getFormat() || !model || !isFixedPoint(portOf(projection, model).getType()))
    return "its port and weights are not fixed-point numbers; run neuro-quantize";
  if (isa_and_nonnull<ElementsAttr>(projection.getDelay().value_or(Attribute())))
    return "its synapses have delays of their own";
  fx::FixedType output = outputFormatOf(network, projection.getSource());
  if (!output)
    return "its source does not put out fixed-point numbers";
  fx::Format format = output.getFormat();
  if (double most = std::max<double>(std::abs(double(format.minRaw())), double(format.maxRaw()));
      most > 255)
    return fmt::format("its source puts out up to {} steps, limit is 255", most);
  Attribute weights = matrixOf(projection, options);
  if (!weights)
    return fmt::format("its matrix, as a convolution's, needs more than {} tiles",
                       mostTilesOfConvolution);
  Expected<Slicing> slicing = slicingOf(projection, weights, options);
  if (!slicing)
    return slicing.error().message;
  if (slicing->tiles() > 256)
    return fmt::format("it needs {} tiles, limit is 256", slicing->tiles());
  return "";
}

static ElementsAttr integers(MLIRContext *context, ArrayRef<int64_t> shape, unsigned width,
                             ArrayRef<int64_t> values, const Twine &name) {
  auto type = RankedTensorType::get(shape, IntegerType::get(context, width));
  return makeElements(type, values, name.str());
}

CrossbarAttr engram::xbar::withConverters(CrossbarAttr crossbar, const Converters &converters,
                                          StringRef name) {
  MLIRContext *context = crossbar.getContext();
  SmallVector<int64_t> shape{crossbar.numTiles(), crossbar.numSlices()};
  auto array = [&](ArrayRef<int64_t> values, StringRef field) {
    return integers(context, shape, 32, values, name + "." + field);
  };
  return CrossbarAttr::get(context, crossbar.getWeights(), crossbar.getCodes(), crossbar.getRows(),
                           crossbar.getColumns(), crossbar.getBits(), converters.shift,
                           array(converters.low, "low"), array(converters.gain, "gain"),
                           array(converters.zero, "zero"), array(converters.scale, "scale"),
                           crossbar.getNoise(), crossbar.getSigma());
}

LogicalResult engram::xbar::mapProjection(ProjectionOp projection, const CellOptions &cells,
                                          const ConverterOptions &how) {
  MLIRContext *context = projection.getContext();
  Attribute weights = matrixOf(projection, cells);
  Expected<Slicing> slicing = slicingOf(projection, weights, cells);
  if (!slicing)
    return projection.emitOpError() << slicing.error().message;
  std::string name = projection.getSymName().str();
  std::vector<uint8_t> codes = programCells(*slicing, cells, streamOf(name + "/cells"));
  std::vector<double> gains = meanGains(*slicing, codes);
  std::vector<double> used = how.compensate ? gains : std::vector<double>(gains.size(), 1);
  std::vector<CurrentRange> ranges =
      greatestCurrents(*slicing, codes, hasSignedOutputs(projection));
  Converters converters = how.byStep ? convertersByStep(*slicing, ranges, how.bits, used)
                                     : convertersFor(*slicing, ranges, how.bits, used);
  if (converters.shift > 31)
    return projection.emitOpError() << "needs a shift of " << converters.shift << ", limit is 31";
  Attribute noise, sigma;
  if (how.readNoise != 0) {
    auto sigmas =
        how.readNoise < 0 ? noiseSigmas(cells.device, cells.seconds) : noiseSigmas(how.readNoise);
    // One table for all projections: those of a core share it.
    noise = integers(context, {64, 128}, 8, noiseTable(cells.seed), "xbar.noise");
    sigma = integers(context, {16}, 32, sigmas, "");
  }
  auto codeType = RankedTensorType::get({slicing->sources, slicing->slices, 2, slicing->targets},
                                        IntegerType::get(context, 8, IntegerType::Unsigned));
  std::vector<int64_t> wide(codes.begin(), codes.end());
  SmallVector<int64_t> shape{slicing->tiles(), slicing->slices};
  auto array = [&](ArrayRef<int64_t> values, StringRef field) {
    return integers(context, shape, 32, values, name + "." + field);
  };
  auto crossbar = CrossbarAttr::get(
      context, weights, makeElements(codeType, wide, name + ".codes"), int64_t(slicing->rows),
      int64_t(slicing->columns), int64_t(how.bits), int64_t(converters.shift),
      array(converters.low, "low"), array(converters.gain, "gain"), array(converters.zero, "zero"),
      array(converters.scale, "scale"), noise, sigma);
  projection.setConnectorAttr(cast<ConnectorInterface>(Attribute(crossbar)));

  double squares = 0;
  std::vector<double> made = weightsOf(*slicing, codes, used);
  for (size_t k = 0; k < made.size(); ++k) {
    double error = made[k] - std::ldexp(double(slicing->weights[k]), -slicing->shift);
    squares += error * error;
  }
  Builder b(context);
  NamedAttrList record;
  record.set("device", b.getStringAttr(nameOf(cells.device)));
  record.set("cell_bits", b.getI64IntegerAttr(slicing->cellBits));
  record.set("slices", b.getI64IntegerAttr(slicing->slices));
  record.set("step", b.getI64IntegerAttr(slicing->step));
  record.set("least", b.getI64IntegerAttr(slicing->least));
  record.set("shift", b.getI64IntegerAttr(slicing->shift));
  record.set("tiles", b.getI64IntegerAttr(slicing->tiles()));
  record.set("adc_bits", b.getI64IntegerAttr(how.bits));
  record.set("adc_range", b.getStringAttr(how.byStep ? "cell-step" : "max"));
  record.set("compensate", b.getBoolAttr(how.compensate));
  record.set("seconds", b.getF64FloatAttr(cells.seconds));
  record.set("weight_error",
             b.getF64FloatAttr(std::sqrt(squares / double(std::max<size_t>(made.size(), 1)))));
  record.set("seed", b.getI64IntegerAttr(static_cast<int64_t>(cells.seed)));
  projection->setAttr(mappingAttrName, record.getDictionary(context));
  return success();
}
