// Building blocks of the step function: views of the state, constants, element-wise loops.
#pragma once

#include "dialects/Neuro/IR/NeuroOps.h"
#include "lowering/NeuroToLinalg/Abi.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace engram {

/// What the parts of one network's lowering share. Inserts into the step function unless told
/// otherwise.
class Emitter {
public:
  Emitter(mlir::ModuleOp module, neuro::NetworkOp network);

  mlir::ModuleOp module;
  neuro::NetworkOp network;
  mlir::ImplicitLocOpBuilder b;
  Abi abi;
  mlir::FloatType sumType;
  mlir::Value state; ///< of the function being built: memref of bytes
  mlir::Value now;   ///< i64, in the step function

  /// A new array in the state, zero at the start. Fixed-point numbers are stored as whole ones.
  AbiArray allocate(const std::string &name, llvm::ArrayRef<int64_t> shape, mlir::Type type);

  /// A view of an array of the state, in its own shape or another one.
  mlir::Value view(const AbiArray &array);
  mlir::Value view(const AbiArray &array, llvm::ArrayRef<int64_t> shape);

  /// Row `row` (an index) of an array whose first dimension counts rows, in the given shape.
  mlir::Value rowView(const AbiArray &array, mlir::Value row, llvm::ArrayRef<int64_t> shape);

  /// A constant array as a global of the module.
  mlir::Value global(llvm::StringRef name, llvm::ArrayRef<int64_t> shape, mlir::Type type,
                     llvm::ArrayRef<double> values);

  /// The same from numbers in the form in which they are stored; nothing is copied twice.
  template <typename T>
  mlir::Value table(llvm::StringRef name, mlir::Type type, const std::vector<T> &values) {
    return table(
        name, static_cast<int64_t>(values.size()), type,
        llvm::ArrayRef(reinterpret_cast<const char *>(values.data()), values.size() * sizeof(T)));
  }

  mlir::Value index(int64_t value);
  /// Of a float, an integer or a fixed-point type.
  mlir::Value constant(double value, mlir::Type type);

  /// Of what type a value is in memory, and a value of a fixed-point type from there and back.
  static mlir::Type storedType(mlir::Type type);
  static double storedNumber(double value, mlir::Type type);
  mlir::Value load(mlir::Value stored, mlir::Type type);
  mlir::Value store(mlir::Value value);
  /// The sum at a port in the port's type: exact, saturated once (neuro_s13).
  mlir::Value readSum(mlir::Value sum, mlir::Type type);
  mlir::Value add(mlir::Value a, mlir::Value b2);
  mlir::Value mul(mlir::Value a, mlir::Value b2);
  /// A float value in another float type.
  mlir::Value convert(mlir::Value value, mlir::Type type);

  /// A loop nest over affine maps; `body` gets the elements of ins and outs and returns the new
  /// outs.
  void generic(llvm::ArrayRef<mlir::Value> ins, llvm::ArrayRef<mlir::Value> outs,
               llvm::ArrayRef<mlir::AffineMap> maps, llvm::StringRef iterators,
               llvm::function_ref<llvm::SmallVector<mlir::Value>(mlir::ValueRange)> body);
  /// The same for flat arrays of one length, element by element.
  void elementwise(llvm::ArrayRef<mlir::Value> ins, llvm::ArrayRef<mlir::Value> outs,
                   llvm::function_ref<llvm::SmallVector<mlir::Value>(mlir::ValueRange)> body);
  void fill(mlir::Value memref, mlir::Value value);

  /// for (k = low; k < high; k += step) body(k)
  void loop(mlir::Value low, mlir::Value high, llvm::function_ref<void(mlir::Value)> body,
            int64_t step = 1);

  /// `uniform01(uniform32(seed, stream, neuron, step))` of runtime/Philox.h as f64; operands are
  /// i32, i64, i64.
  mlir::Value uniform(mlir::Value stream, mlir::Value neuron, mlir::Value step);
  /// `uniform32` itself, as i32.
  mlir::Value uniformWord(mlir::Value stream, mlir::Value neuron, mlir::Value step);

private:
  mlir::Value table(llvm::StringRef name, int64_t count, mlir::Type type,
                    llvm::ArrayRef<char> bytes);
  mlir::Value global(std::string symbol, mlir::MemRefType type, mlir::ElementsAttr values);
};

/// A port: its ring of sums [slots][neurons].
struct PortArrays {
  AbiArray sums;
  int64_t slots = 0;
};

/// The arrays of a source or population.
struct NodeArrays {
  int64_t size = 0;
  llvm::SmallVector<int64_t> shape;
  /// In the type of sums. A population whose outputs are 0 or 1 has it only if a projection reads
  /// it; else the spikes and events say the same.
  std::optional<AbiArray> output;
  std::optional<AbiArray> spikes; ///< bytes, of a population
  std::optional<AbiArray>
      events; ///< i32 indices of neurons with an output, if something is driven by events
  std::optional<AbiArray> numEvents;
  bool binary = false; ///< outputs are 0 or 1
  std::map<std::string, PortArrays> ports;
  std::map<std::string, AbiArray> states;
};

/// Emits the step of a source; initial values are zero.
void emitSource(Emitter &e, neuro::SourceOp source, NodeArrays &node);
/// Emits the step of a population: all neurons, then the list of events.
mlir::LogicalResult emitPopulation(Emitter &e, neuro::PopulationOp population, NodeArrays &node);
/// Emits what a population does in a step before its start: what arrives is lost (neuro_s12).
void discardArrivals(Emitter &e, const NodeArrays &node);
/// Emits the list of neurons with an output, if the node needs one.
void emitEvents(Emitter &e, NodeArrays &node);
/// Emits what a projection adds to its target in this step.
mlir::LogicalResult emitProjection(Emitter &e, neuro::ProjectionOp projection, NodeArrays &source,
                                   NodeArrays &target);
/// True if a projection is driven by the list of events of its source.
bool isDrivenByEvents(neuro::ProjectionOp projection);

} // namespace engram
