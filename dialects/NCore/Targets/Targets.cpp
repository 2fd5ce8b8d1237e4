// Loading of targets: from the embedded texts, by families, from users' files.
#include "dialects/NCore/Targets/Targets.h"
#include "dialects/NCore/IR/TargetFields.h"
#include "dialects/Neuro/Library/Library.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Parser/Parser.h"
#include "runtime/Nesting.h"
#include "runtime/NumberText.h"
#include "runtime/ReadFile.h"

using namespace mlir;
using namespace engram::ncore;

// The attribute of a module's text; null after a diagnostic.
static TargetAttr parseTarget(StringRef text, StringRef file, MLIRContext *context) {
  context->loadDialect<NCoreDialect>();
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(text, ParserConfig(context), file);
  if (!module)
    return {};
  TargetAttr attr = targetAttrOf(*module);
  if (!attr)
    mlir::emitError(FileLineColLoc::get(context, file, 1, 1))
        << "expected a module with the attribute '" << targetAttrName << "'";
  return attr;
}

static const ShippedTarget *findShipped(StringRef name) {
  for (const ShippedTarget &target : shippedTargets())
    if (target.name == name)
      return &target;
  return nullptr;
}

static TargetAttr loadShipped(StringRef name, MLIRContext *context) {
  const ShippedTarget *shipped = findShipped(name);
  return shipped ? parseTarget(shipped->text, ("targets/" + name + ".mlir").str(), context)
                 : TargetAttr();
}

static TargetAttr loadFile(StringRef path, MLIRContext *context) {
  Location start = FileLineColLoc::get(context, path, 1, 1);
  engram::Expected<std::vector<std::byte>> bytes = engram::readFile(path.str());
  if (!bytes) {
    mlir::emitError(start) << bytes.error().message;
    return {};
  }
  StringRef text = engram::textOf(*bytes);
  if (engram::nestedTooDeep(text, engram::mostNesting)) {
    mlir::emitError(start) << "expected at most " << engram::mostNesting
                           << " brackets or signs within each other";
    return {};
  }
  return parseTarget(text, path, context);
}

//===-- families
//---------------------------------------------------------------------------------===//

static constexpr StringLiteral meshBase = "engram-a1", meshPrefix = "engram-a1-";
static constexpr StringLiteral boardBase = "spinnaker-1-48", boardPrefix = "spinnaker-1-boards-";
static constexpr int maxMeshSide = 256;

std::vector<TargetFamily> engram::ncore::targetFamilies() {
  return {
      {(meshPrefix + "XxY").str(), "the same cores on a mesh of X columns and Y rows, each 1 to " +
                                       std::to_string(maxMeshSide)},
      {(boardPrefix + "N").str(), "N boards of 48 chips, 1 to " + std::to_string(maxBoards) +
                                      "; a multiple of 3 wraps around"}};
}

// A number without sign or leading zeros.
static bool readCount(StringRef text, int most, int &value) {
  return !text.empty() && text.front() != '0' && text.size() < 8 && !text.getAsInteger(10, value) &&
         value >= 1 && value <= most;
}

namespace {
/// What a family's name says: a mesh of X x Y, or boards with `x` their number and `y` 0.
struct Member {
  int x = 0, y = 0;
};
} // namespace

static std::optional<Member> readMember(StringRef name) {
  Member member;
  StringRef rest = name;
  if (rest.consume_front(boardPrefix))
    return readCount(rest, maxBoards, member.x) ? std::optional<Member>(member) : std::nullopt;
  if (!rest.consume_front(meshPrefix))
    return std::nullopt;
  auto [columns, rows] = rest.split('x');
  if (!readCount(columns, maxMeshSide, member.x) || !readCount(rows, maxMeshSide, member.y))
    return std::nullopt;
  return member;
}

static TargetAttr loadMember(StringRef name, Member member, MLIRContext *context) {
  bool boards = member.y == 0;
  TargetAttr base = loadShipped(boards ? boardBase : meshBase, context);
  if (!base)
    return {};
  Target target =
      boards ? boardsOf(targetOf(base), member.x) : meshOf(targetOf(base), member.x, member.y);
  target.name = name.str();
  return attrOf(target, FileLineColLoc::get(context, name, 0, 0));
}

std::vector<std::string> engram::ncore::targetNames() {
  std::vector<std::string> names = {"engram-a1",       "engram-a1-8x8", "engram-a1-16x16",
                                    "engram-a1-32x32", "spinnaker-1",   "spinnaker-1-4",
                                    "spinnaker-1-48"};
  for (int boards : {3, 6, 12, 24, 120, 1200})
    names.push_back(boardPrefix.str() + std::to_string(boards));
  for (const ShippedTarget &target : shippedTargets())
    if (!llvm::is_contained(names, target.name))
      names.push_back(target.name.str());
  return names;
}

bool engram::ncore::isTargetFile(StringRef nameOrFile) {
  return nameOrFile.ends_with(".mlir") || nameOrFile.contains('/');
}

std::optional<std::string> engram::ncore::unknownTarget(StringRef nameOrFile) {
  if (isTargetFile(nameOrFile) || findShipped(nameOrFile) || readMember(nameOrFile))
    return std::nullopt;
  std::string text = "no target " + engram::quote(nameOrFile);
  std::vector<std::string> near = neuro::nearNames(nameOrFile, targetNames());
  if (!near.empty())
    text += ", did you mean '" + near.front() + "'";
  return text + "; 'engram targets' lists all, and a file of your own ends in .mlir";
}

FailureOr<TargetAttr> engram::ncore::loadTarget(StringRef nameOrFile, MLIRContext *context) {
  if (std::optional<std::string> unknown = unknownTarget(nameOrFile))
    return mlir::emitError(UnknownLoc::get(context)) << *unknown;
  std::optional<Member> member = readMember(nameOrFile);
  TargetAttr attr = isTargetFile(nameOrFile) ? loadFile(nameOrFile, context)
                    : member                 ? loadMember(nameOrFile, *member, context)
                                             : loadShipped(nameOrFile, context);
  if (!attr)
    return failure();
  return attr;
}

static bool sameKind(const Target &a, const Target &b) {
  for (const TargetField &field : targetFields()) {
    if (field.group == FieldGroup::Machine || StringRef(field.name) == "idle_watts")
      continue;
    bool same = std::visit(
        [&](auto member) {
          if constexpr (std::is_same_v<decltype(member), GridMember>)
            return true;
          else
            return a.*member == b.*member;
        },
        field.member);
    if (!same)
      return false;
  }
  return true;
}

std::vector<std::string> engram::ncore::largerTargets(const Target &target, MLIRContext *context) {
  std::vector<std::pair<int64_t, std::string>> larger;
  for (const std::string &name : targetNames()) {
    FailureOr<TargetAttr> attr = loadTarget(name, context);
    if (failed(attr))
      continue;
    Target other = targetOf(*attr);
    if (other.numCores() > target.numCores() && sameKind(target, other))
      larger.push_back({other.numCores(), name});
  }
  llvm::sort(larger);
  std::vector<std::string> names;
  for (auto &[cores, name] : larger)
    names.push_back(name);
  return names;
}
