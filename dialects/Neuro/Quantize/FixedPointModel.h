// A model in fixed-point arithmetic, made from one in floats.
#pragma once

#include "dialects/Fx/IR/FxOps.h"
#include "dialects/Neuro/Quantize/RegionRanges.h"

namespace engram::neuro {

struct FixedPointOptions {
  int stateBits = 16, parameterBits = 16, intermediateBits = 32, maxPieces = 64;
  fx::Rounding rounding = fx::Rounding::NearestEven;
};

/// The new model with its states and inputs, and the parameters that its regions turn out to need.
class FixedPointModel {
public:
  struct Parameter {
    std::string name;
    Constant values; ///< before they are rounded
    mlir::Type type;
    double error = 0; ///< largest of all neurons
  };
  struct Approximation {
    std::string what;
    Range domain;
    size_t pieces = 0;
    double error = 0, relativeError = 0, step = 0;
  };

  /// An empty model beside the original one.
  FixedPointModel(ModelOp original, llvm::StringRef name, const FixedPointOptions &options);

  /// The new value of a state or input of the original model.
  void declare(mlir::Value original, mlir::Type type, mlir::Attribute initial = {});
  mlir::Value valueOf(mlir::Value original) const { return declared.lookup(original); }

  /// A parameter with these numbers, made once for each name.
  mlir::Value parameter(const Constant &values, llvm::StringRef nameHint);
  /// A parameter of the original model that is an integer.
  mlir::Value integerParameter(ParameterOp original, const Constant &values);

  /// A stream of random numbers that nothing else uses.
  uint32_t nextStream() { return stream++; }

  ModelOp model;
  FixedPointOptions options;
  std::vector<Parameter> parameters;
  std::vector<Approximation> approximations;

private:
  mlir::OpBuilder builder;
  llvm::DenseMap<mlir::Value, mlir::Value> declared;
  std::map<std::pair<std::string, Constant>, mlir::Value> known;
  uint32_t stream = 0;

  std::string unused(llvm::StringRef hint) const;
  mlir::Value addParameter(std::string name, const Constant &values, mlir::Type type, double error);
};

/// Writes the nodes of a region into a region of the new model, on demand.
class RegionEmitter {
public:
  RegionEmitter(RegionGraph &graph, FixedPointModel &target, mlir::OpBuilder &builder)
      : graph(graph), target(target), options(target.options), builder(builder),
        values(graph.nodes.size()) {}

  /// The value of a node in a format of its own: fixed-point, an integer or an i1. Failure with a
  /// diagnostic. `name` serves names of parameters.
  mlir::FailureOr<mlir::Value> emit(unsigned index, llvm::StringRef name);

  /// A real number in a given format, rounded into it once where that is possible.
  mlir::FailureOr<mlir::Value> emitAs(unsigned index, fx::Format format, llvm::StringRef name);

private:
  RegionGraph &graph;
  FixedPointModel &target;
  const FixedPointOptions &options;
  mlir::OpBuilder &builder;
  std::vector<mlir::Value> values;
  mlir::Location loc = builder.getUnknownLoc();

  static fx::Format formatOf(mlir::Value value);
  mlir::Value constant(double x, fx::Format format);
  mlir::Value convert(mlir::Value value, fx::Format to);
  mlir::Value convert(mlir::Value value, fx::Format to, fx::Rounding rounding);
  mlir::Value multiply(mlir::Value a, mlir::Value b, fx::Format to);
  mlir::Value multiplyAdd(mlir::Value a, mlir::Value b, mlir::Value c, fx::Format to);
  mlir::Value random(fx::Rounding rounding);
  fx::Format chooseFormat(const Node &node, int exactFraction) const;
  fx::Format chooseFormat(Range range, double tolerance, int exactFraction) const;
  mlir::LogicalResult needRange(const Node &node, llvm::StringRef name);

  mlir::FailureOr<mlir::Value> emitNode(unsigned index, std::optional<fx::Format> wanted,
                                        llvm::StringRef name);
  mlir::FailureOr<mlir::Value> emitSum(const Node &node, std::optional<fx::Format> wanted,
                                       llvm::StringRef name);
  mlir::FailureOr<mlir::Value> emitProduct(const Node &node, std::optional<fx::Format> wanted,
                                           llvm::StringRef name);
  mlir::FailureOr<mlir::Value> emitFunction(const Node &node, std::optional<fx::Format> wanted,
                                            llvm::StringRef name);
  mlir::FailureOr<std::pair<mlir::Value, mlir::Value>> emitPair(unsigned a, unsigned b,
                                                                llvm::StringRef name);
  mlir::FailureOr<mlir::Value> emitChoice(const Node &node, llvm::StringRef name);
  mlir::FailureOr<mlir::Value> emitRounded(const Node &node, llvm::StringRef name);
  mlir::FailureOr<mlir::Value> emitConversion(const Node &node, llvm::StringRef name);
  mlir::FailureOr<mlir::Value> emitCompare(const Node &node, llvm::StringRef name);
  mlir::FailureOr<mlir::Value> emitInteger(const Node &node, llvm::StringRef name);
};

} // namespace engram::neuro
