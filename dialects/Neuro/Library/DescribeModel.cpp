// A model as a person reads it: text and tables.
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/Library/Library.h"
#include "llvm/Support/raw_ostream.h"
#include <fmt/format.h>

using namespace mlir;
using namespace engram::neuro;

namespace {

using Row = std::vector<std::string>;

/// Columns as wide as their widest cell; the last one is not padded.
void printTable(llvm::raw_ostream &out, StringRef title, const std::vector<Row> &rows) {
  if (rows.size() < 2)
    return;
  out << '\n' << title << '\n';
  std::vector<size_t> widths(rows.front().size(), 0);
  for (const Row &row : rows)
    for (size_t k = 0; k < row.size(); ++k)
      widths[k] = std::max(widths[k], row[k].size());
  for (const Row &row : rows) {
    std::string line = " ";
    for (size_t k = 0; k < row.size(); ++k)
      line += fmt::format(" {:<{}} ", row[k], widths[k]);
    out << StringRef(line).rtrim() << '\n';
  }
}

std::string textOf(std::optional<StringRef> text) { return text.value_or("").str(); }

std::string textOfNumber(std::optional<Attribute> value, StringRef otherwise) {
  return value ? fmt::format("{}", readNumbers(*value).front()) : otherwise.str();
}

std::string outputOf(ModelOp model) {
  if (model.find<EmitOp>())
    return model.find<FireOp>() ? "spikes, and a graded number" : "a graded number";
  return model.find<FireOp>() ? "spikes" : "none";
}

} // namespace

std::string engram::neuro::describeModel(ModelOp model) {
  std::string result;
  llvm::raw_string_ostream out(result);
  out << model.getSymName();
  if (model.getDoc())
    out << ": " << *model.getDoc();
  out << '\n';

  std::vector<Row> rows = {{"parameter", "default", "unit", "meaning"}};
  for (ParameterOp parameter : model.getParameters()) {
    std::string meaning = textOf(parameter.getDoc());
    if (parameter.getPositive())
      meaning += meaning.empty() ? "positive" : " (positive)";
    rows.push_back({parameter.getName().str(), textOfNumber(parameter.getValue(), "none"),
                    textOf(parameter.getUnit()), meaning});
  }
  printTable(out, "Parameters", rows);

  rows = {{"state", "initial", "unit", "meaning"}};
  for (StateOp state : model.getStates()) {
    auto from =
        state.getInitial() ? state.getInitial().getDefiningOp<ParameterOp>() : ParameterOp();
    rows.push_back({state.getName().str(),
                    from ? from.getName().str() : textOfNumber(state.getValue(), "0"),
                    textOf(state.getUnit()), textOf(state.getDoc())});
  }
  printTable(out, "States", rows);

  rows = {{"input", "unit", "meaning"}};
  for (InputOp input : model.getInputs())
    rows.push_back({input.getName().str(), textOf(input.getUnit()), textOf(input.getDoc())});
  printTable(out, "Inputs", rows);

  out << "\nOutput: " << outputOf(model) << '\n';
  out << "Time: "
      << (model.isDiscrete() && !model.getTimeUnit()
              ? "steps"
              : model.getTimeUnit().value_or("the unit of the network's dt"))
      << '\n';
  if (model.find<DynamicsOp>())
    out << "Method: " << stringifyMethod(model.getMethod().value_or(Method::Euler)) << '\n';
  return result;
}
