// The fields of a target: names, units, ranges and meanings in one table, which the attribute's
// assembly and verifier and 'engram targets' read.
#pragma once

#include "dialects/NCore/IR/Target.h"

#include <variant>

namespace engram::ncore {

/// Stands for `gridX` and `gridY` together.
struct GridMember {};

using TargetMember =
    std::variant<std::string Target::*, Topology Target::*, GridMember, bool Target::*,
                 int Target::*, int64_t Target::*, double Target::*, std::vector<int64_t> Target::*,
                 std::vector<Router> Target::*, std::vector<CorePlace> Target::*,
                 std::vector<LinkPlace> Target::*>;

enum class FieldGroup { Machine, Core, Router, Delay, Rate, Energy, Cost };

struct TargetField {
  const char *name; ///< as it stands in `#ncore.target<name = ...>`
  FieldGroup group;
  const char *unit; ///< empty for what has none
  TargetMember member;
  double least, most; ///< of each number in it
  /// What 0 (or an empty list) means: "no limit", "not known"; empty where it is a value as any.
  const char *zero;
  const char *meaning;
};

/// All fields, in the order in which they are printed.
const std::vector<TargetField> &targetFields();

/// The field of that name, or null.
const TargetField *findTargetField(const std::string &name);

const char *titleOf(FieldGroup group);
const char *nameOf(Topology topology);
std::optional<Topology> topologyOf(const std::string &name);

/// Whether the field has the value that it has when it is not given.
bool isDefault(const Target &target, const TargetField &field);

} // namespace engram::ncore
