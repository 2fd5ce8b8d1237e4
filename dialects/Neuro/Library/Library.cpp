// Loading of models: from the embedded texts and from users' files.
#include "dialects/Neuro/Library/Library.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/Parser/Parser.h"
#include "runtime/Nesting.h"
#include "runtime/ReadFile.h"
#include <algorithm>

using namespace mlir;
using namespace engram::neuro;

static OwningOpRef<ModuleOp> parse(StringRef text, StringRef name, MLIRContext *context) {
  context->loadDialect<NeuroDialect>();
  return parseSourceString<ModuleOp>(text, ParserConfig(context), name);
}

std::optional<StringRef> engram::neuro::libraryText(StringRef name) {
  for (const LibraryModel &model : libraryModels())
    if (model.name == name)
      return model.text;
  return std::nullopt;
}

OwningOpRef<ModuleOp> engram::neuro::loadLibraryModel(StringRef name, MLIRContext *context) {
  std::optional<StringRef> text = libraryText(name);
  return text ? parse(*text, ("library/" + name + ".mlir").str(), context)
              : OwningOpRef<ModuleOp>();
}

OwningOpRef<ModuleOp> engram::neuro::loadLibrary(MLIRContext *context) {
  OwningOpRef<ModuleOp> result = ModuleOp::create(UnknownLoc::get(context));
  for (const LibraryModel &model : libraryModels()) {
    OwningOpRef<ModuleOp> one = loadLibraryModel(model.name, context);
    if (!one)
      return {};
    result->getBody()->getOperations().splice(result->getBody()->end(),
                                              one->getBody()->getOperations());
  }
  return result;
}

OwningOpRef<ModuleOp> engram::neuro::loadModels(StringRef path, MLIRContext *context) {
  Location start = FileLineColLoc::get(context, path, 1, 1);
  Expected<std::vector<std::byte>> bytes = readFile(path.str());
  if (!bytes) {
    emitError(start) << bytes.error().message;
    return {};
  }
  if (nestedTooDeep(textOf(*bytes), mostNesting)) {
    emitError(start) << "expected at most " << mostNesting
                     << " brackets or signs within each other";
    return {};
  }
  OwningOpRef<ModuleOp> module = parse(textOf(*bytes), path, context);
  if (!module)
    return {};
  for (Operation &op : llvm::make_early_inc_range(*module->getBody()))
    if (!isa<ModelOp>(op))
      op.erase();
  if (module->getBody()->empty()) {
    emitError(start) << "expected at least one 'neuro.model' in '" << path << "'";
    return {};
  }
  return module;
}

// Optimal string alignment: the distance of Levenshtein with swaps of neighbours.
static size_t distance(StringRef a, StringRef b) {
  std::vector<std::vector<size_t>> d(a.size() + 1, std::vector<size_t>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i)
    for (size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = i + j;
        continue;
      }
      d[i][j] =
          std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  return d[a.size()][b.size()];
}

std::vector<std::string> engram::neuro::nearNames(StringRef name, ArrayRef<std::string> names) {
  // No name of a model is this long; a bound keeps the table small.
  if (name.size() > 100)
    return {};
  std::string lower = name.lower();
  std::vector<std::tuple<size_t, size_t, std::string>> found;
  for (const std::string &candidate : names) {
    size_t longer = std::max(name.size(), candidate.size());
    if (candidate.size() > 100)
      continue;
    size_t edits = distance(lower, StringRef(candidate).lower());
    size_t growth = longer - std::min(name.size(), candidate.size());
    if (edits <= std::max<size_t>(1, longer / 3))
      found.emplace_back(edits, growth, candidate);
  }
  llvm::sort(found);
  std::vector<std::string> result;
  for (auto &[edits, growth, candidate] : found)
    if (edits == std::get<0>(found.front()) && result.size() < 3 &&
        !llvm::is_contained(result, candidate))
      result.push_back(candidate);
  return result;
}
