// The machines that are shipped, as `.mlir` text embedded into the binary, families of machines
// made from them, and users' own files.
#pragma once

#include "dialects/NCore/IR/NCoreDialect.h"
#include <string>
#include <vector>

namespace engram::ncore {

/// A target as it stands in `dialects/NCore/Targets`.
struct ShippedTarget {
  llvm::StringRef name;
  llvm::StringRef text;
};

/// All of them, by name.
llvm::ArrayRef<ShippedTarget> shippedTargets();

/// The names that are listed: shipped ones, and of each family a few, from small to large.
std::vector<std::string> targetNames();

/// One line a family, for people: "engram-a1-XxY", "spinnaker-1-boards-N".
struct TargetFamily {
  std::string pattern, meaning;
};
std::vector<TargetFamily> targetFamilies();

/// True of what is taken as a file rather than as a name: it ends in ".mlir" or has a slash.
bool isTargetFile(llvm::StringRef nameOrFile);

/// What is wrong with a name of which there is no target, with the likeliest one that was meant;
/// nothing of a name that there is, and of a file.
std::optional<std::string> unknownTarget(llvm::StringRef nameOrFile);

/// The target of a name, of a family's name, or of a file (a module with the attribute
/// 'ncore.target'). Failure, after a diagnostic, if there is none, or the file cannot be read.
llvm::FailureOr<TargetAttr> loadTarget(llvm::StringRef nameOrFile, mlir::MLIRContext *context);

/// Names of listed targets with more cores of the same kind (all fields that are not of the whole
/// machine are equal), from small to large.
std::vector<std::string> largerTargets(const Target &target, mlir::MLIRContext *context);

/// A machine of X x Y routers like 'base', which has a mesh without gaps.
Target meshOf(const Target &base, int columns, int rows);

/// The most boards of a machine made of them.
inline constexpr int maxBoards = 3000;

/// SpiNNaker boards together, 1 to `maxBoards`. Three tile a triad of 12 x 12 chips, with roots
/// (0, 0), (4, 8), (8, 4). A multiple of three is a rectangle of triads, as square as may be, that
/// wraps around; any other number is a part of such a rectangle, without wrap.
Target boardsOf(const Target &board, int boards);

/// What a person wants to know of a target: tables of its fields with units.
std::string describeTarget(const Target &target);

/// "4 x 4 mesh".
std::string shapeOf(const Target &target);

} // namespace engram::ncore
