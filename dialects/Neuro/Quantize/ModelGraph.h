// The program of a region as a graph of few kinds of nodes, each of which fixed-point arithmetic
// can do: what depends on constants alone is evaluated, linear parts are sums with constant
// factors, and functions of one number are whole.
#pragma once

#include "dialects/Neuro/IR/NeuroOps.h"
#include "dialects/Neuro/Quantize/Formats.h"
#include "llvm/ADT/DenseMap.h"
#include <functional>
#include <map>
#include <vector>

namespace engram::neuro {

/// One number, or one a neuron.
using Constant = std::vector<double>;

/// A value of a model: what it is computed from, and what is known of its numbers.
struct Node {
  enum Kind {
    Constants, ///< parameters, and what is computed of parameters and constants alone
    Leaf,      ///< a state or an input
    Random,    ///< uniform in (0, 1)
    Affine,    ///< offset + sum of factors[k] * operands[k]
    Product,
    Function, ///< of one number: operands[0]
    Select,   ///< operands: i1, then, else
    Minimum,
    Maximum,
    Absolute,
    CopySign,
    Rounded, ///< floor, ceil, round, roundeven, trunc
    FromInteger,
    ToInteger, ///< fptosi
    Compare,   ///< floats, i1
    Integer,   ///< an operation on integers
  };
  Kind kind = Leaf;
  mlir::Value value; ///< of the model; null for the inverse of a divisor
  std::vector<unsigned> operands;
  Constant numbers; ///< of constants; offset of a sum
  std::vector<Constant> factors;
  std::function<double(double)> function;
  unsigned uses = 0;

  Range range = Range::everything(); ///< its numbers
  Range useful;                      ///< beyond it, what becomes of it saturates or does not change
  double tolerance = HUGE_VAL;       ///< an error that no state sees

  bool isReal() const { return kind != Compare && kind != ToInteger && kind != Integer; }
};

/// Of one population and its discrete model in floats.
class ModelConstants {
public:
  /// Evaluates all that depends on constants alone. Failure with a diagnostic.
  static mlir::FailureOr<ModelConstants> create(PopulationOp population, ModelOp model);

  /// Null if the value depends on states, inputs or chance.
  const Constant *find(mlir::Value value) const;
  /// The only value, beside numbers that are the same for all neurons, that a float depends on, as
  /// far up as it can be; itself if there are several.
  mlir::Value baseOf(mlir::Value value) const { return bases.lookup(value); }
  /// True if a value is a function of its base for which fixed-point arithmetic has no operations.
  bool isFunction(mlir::Value value) const { return functions.contains(value); }
  /// `value` as a function of its base.
  std::function<double(double)> functionOf(mlir::Value value) const;

private:
  llvm::DenseMap<mlir::Value, Constant> constants;
  llvm::DenseMap<mlir::Value, mlir::Value> bases;
  llvm::DenseSet<mlir::Value> functions;

  mlir::LogicalResult addOperation(mlir::Operation *op);
};

/// The nodes of a region, operands before users.
class RegionGraph {
public:
  RegionGraph(const ModelConstants &constants) : constants(constants) {}

  /// The node of a value. Failure with a diagnostic that begins with 'unsupported:'.
  mlir::FailureOr<unsigned> add(mlir::Value value);

  /// Which nodes are whole numbers wherever the states and inputs of `whole` are.
  std::vector<bool> wholeNodes(const llvm::DenseSet<mlir::Value> &whole) const;

  std::vector<Node> nodes;

private:
  struct Form {
    std::vector<std::pair<mlir::Value, Constant>> terms;
    Constant offset = {0};
  };

  const ModelConstants &constants;
  llvm::DenseMap<mlir::Value, unsigned> indices;
  llvm::DenseMap<mlir::Value, unsigned> inverses;
  std::map<const void *, Form> forms;

  unsigned append(Node node);
  const Form &formOf(mlir::Value value);
  void accumulate(Form &form, mlir::Value value, const Constant &factor, bool isTop);
  bool isInlined(mlir::Value value);
  mlir::FailureOr<unsigned> addReal(mlir::Value value);
  mlir::FailureOr<unsigned> addForm(mlir::Value value);
  mlir::FailureOr<unsigned> addInverse(mlir::Value value);
  mlir::FailureOr<unsigned> addOperands(Node::Kind kind, mlir::Value value,
                                        mlir::ValueRange operands);
};

} // namespace engram::neuro
