// `#ncore.target`: assembly, verification, and the way to the plain struct and back, all driven by
// the table of fields.
#include "dialects/NCore/IR/NCoreDialect.h"
#include "dialects/NCore/IR/TargetFields.h"
#include "dialects/Neuro/IR/NeuroDialect.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/OpImplementation.h"
#include "runtime/NumberText.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/TypeSwitch.h"
#include <cmath>

using namespace mlir;
using namespace engram::ncore;

#define GET_ATTRDEF_CLASSES
#include "dialects/NCore/IR/NCoreAttrs.cpp.inc"

void NCoreDialect::registerAttributes() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "dialects/NCore/IR/NCoreAttrs.cpp.inc"
      >();
}

using EmitError = function_ref<InFlightDiagnostic()>;

namespace {

/// The values of a member as one flat list of whole numbers, and how many make one element of it.
template <class T> struct ListOf;
template <> struct ListOf<std::vector<int64_t>> {
  static constexpr unsigned width = 1;
  static void put(SmallVectorImpl<int64_t> &to, int64_t value) { to.push_back(value); }
  static int64_t take(const int64_t *from) { return *from; }
};
template <> struct ListOf<std::vector<Router>> {
  static constexpr unsigned width = 2;
  static void put(SmallVectorImpl<int64_t> &to, Router r) { to.append({r.x, r.y}); }
  static Router take(const int64_t *from) { return {int(from[0]), int(from[1])}; }
};
template <> struct ListOf<std::vector<CorePlace>> {
  static constexpr unsigned width = 3;
  static void put(SmallVectorImpl<int64_t> &to, CorePlace c) { to.append({c.x, c.y, c.p}); }
  static CorePlace take(const int64_t *from) { return {int(from[0]), int(from[1]), int(from[2])}; }
};
template <> struct ListOf<std::vector<LinkPlace>> {
  static constexpr unsigned width = 3;
  static void put(SmallVectorImpl<int64_t> &to, LinkPlace l) { to.append({l.x, l.y, l.link}); }
  static LinkPlace take(const int64_t *from) { return {int(from[0]), int(from[1]), int(from[2])}; }
};

template <class M> struct MemberType;
template <class T> struct MemberType<T Target::*> {
  using type = T;
};
template <> struct MemberType<GridMember> {
  using type = GridMember;
};

template <class T> struct IsList : std::false_type {};
template <class T> struct IsList<std::vector<T>> : std::true_type {};

/// Calls 'visit' with the member and a null pointer to its type.
template <class F> auto visitMember(const TargetField &field, F visit) {
  return std::visit(
      [&](auto member) {
        using Type = typename MemberType<decltype(member)>::type;
        return visit(member, static_cast<Type *>(nullptr));
      },
      field.member);
}

/// How many whole numbers make one element of a list; 0 of a field that is no list.
unsigned listWidth(const TargetField &field) {
  return visitMember(field, [](auto, auto *type) -> unsigned {
    using Type = std::remove_pointer_t<decltype(type)>;
    if constexpr (IsList<Type>::value)
      return ListOf<Type>::width;
    return 0;
  });
}

template <class T> bool holds(const TargetField &field) {
  return std::holds_alternative<T Target::*>(field.member);
}
bool isGrid(const TargetField &field) { return std::holds_alternative<GridMember>(field.member); }

} // namespace

//===-- assembly
//---------------------------------------------------------------------------------===//

static const TargetField *nearestField(StringRef name) {
  const TargetField *nearest = nullptr;
  unsigned best = 4;
  for (const TargetField &field : targetFields())
    if (unsigned edits = name.edit_distance(field.name, true, best); edits < best) {
      best = edits;
      nearest = &field;
    }
  return nearest;
}

// A whole or decimal number as a double.
static ParseResult parseDouble(AsmParser &parser, double &value) {
  // parseOptionalInteger would take the minus of a negative float and then miss its integer.
  bool negative = succeeded(parser.parseOptionalMinus());
  int64_t whole;
  OptionalParseResult integer = parser.parseOptionalInteger(whole);
  if (integer.has_value()) {
    if (failed(*integer))
      return failure();
    value = static_cast<double>(whole);
  } else if (parser.parseFloat(value)) {
    return failure();
  }
  if (negative)
    value = -value;
  return success();
}

static FailureOr<Attribute> parseList(AsmParser &parser, const TargetField &field) {
  SmallVector<int64_t> values;
  unsigned width = listWidth(field);
  auto parseOne = [&]() -> ParseResult {
    if (width == 1)
      return parser.parseInteger(values.emplace_back());
    SMLoc loc = parser.getCurrentLocation();
    size_t before = values.size();
    if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Square,
                                       [&] { return parser.parseInteger(values.emplace_back()); }))
      return failure();
    if (values.size() != before + width)
      return parser.emitError(loc) << "expected " << width << " numbers in each element of '"
                                   << field.name << "', got " << values.size() - before;
    return success();
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, parseOne))
    return failure();
  return Attribute(DenseI64ArrayAttr::get(parser.getContext(), values));
}

static FailureOr<Attribute> parseValue(AsmParser &parser, const TargetField &field) {
  Builder builder(parser.getContext());
  if (isGrid(field)) {
    FailureOr<SmallVector<int64_t>> sides = engram::neuro::assembly::parseInts(parser);
    if (failed(sides))
      return failure();
    return Attribute(builder.getDenseI64ArrayAttr(*sides));
  }
  if (listWidth(field))
    return parseList(parser, field);
  if (holds<std::string>(field)) {
    std::string text;
    if (parser.parseString(&text))
      return failure();
    return Attribute(builder.getStringAttr(text));
  }
  if (holds<Topology>(field)) {
    StringRef keyword;
    if (parser.parseKeyword(&keyword))
      return failure();
    return Attribute(builder.getStringAttr(keyword));
  }
  if (holds<bool>(field)) {
    FailureOr<bool> value = engram::neuro::assembly::parseBool(parser);
    if (failed(value))
      return failure();
    return Attribute(builder.getBoolAttr(*value));
  }
  if (holds<double>(field)) {
    double value;
    if (parseDouble(parser, value))
      return failure();
    return Attribute(builder.getF64FloatAttr(value));
  }
  int64_t value;
  if (parser.parseInteger(value))
    return failure();
  return Attribute(builder.getI64IntegerAttr(value));
}

Attribute TargetAttr::parse(AsmParser &parser, Type) {
  SMLoc start = parser.getCurrentLocation();
  NamedAttrList fields;
  auto parseOne = [&]() -> ParseResult {
    SMLoc loc = parser.getCurrentLocation();
    StringRef name;
    if (parser.parseKeyword(&name))
      return failure();
    const TargetField *field = findTargetField(name.str());
    if (!field) {
      InFlightDiagnostic error = parser.emitError(loc) << "a target has no field '" << name << "'";
      if (const TargetField *nearest = nearestField(name))
        error << ", did you mean '" << nearest->name << "'";
      return error;
    }
    if (fields.get(name))
      return parser.emitError(loc) << "'" << name << "' is given twice";
    if (parser.parseEqual())
      return failure();
    FailureOr<Attribute> value = parseValue(parser, *field);
    if (failed(value))
      return failure();
    fields.append(name, *value);
    return success();
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::LessGreater, parseOne))
    return {};
  return parser.getChecked<TargetAttr>(start, parser.getContext(),
                                       fields.getDictionary(parser.getContext()));
}

static void printList(AsmPrinter &printer, ArrayRef<int64_t> values, unsigned width) {
  if (width == 1)
    return engram::neuro::assembly::printInts(printer, values);
  printer << '[';
  for (size_t i = 0; i < values.size(); i += width) {
    printer << (i ? ", " : "");
    engram::neuro::assembly::printInts(printer, values.slice(i, width));
  }
  printer << ']';
}

void TargetAttr::print(AsmPrinter &printer) const {
  printer << '<';
  StringRef separator = "";
  for (const TargetField &field : targetFields()) {
    Attribute value = getFields().get(field.name);
    if (!value)
      continue;
    printer << separator << field.name << " = ";
    separator = ", ";
    if (isGrid(field))
      printList(printer, cast<DenseI64ArrayAttr>(value), 1);
    else if (unsigned width = listWidth(field))
      printList(printer, cast<DenseI64ArrayAttr>(value), width);
    else if (holds<std::string>(field))
      printer.printString(cast<StringAttr>(value).getValue());
    else if (holds<Topology>(field))
      printer << cast<StringAttr>(value).getValue();
    else if (holds<bool>(field))
      engram::neuro::assembly::printBool(printer, cast<BoolAttr>(value).getValue());
    else if (holds<double>(field))
      engram::neuro::assembly::printDouble(printer, cast<FloatAttr>(value).getValueAsDouble());
    else
      printer << cast<IntegerAttr>(value).getInt();
  }
  printer << '>';
}

//===-- to the struct and back
//-------------------------------------------------------------------===//

static InFlightDiagnostic wrongKind(EmitError emitError, const TargetField &field, StringRef kind,
                                    Attribute value) {
  return emitError() << "expected '" << field.name << "' to be " << kind << ", got " << value;
}

// ncore_t2: each number is in the range of its field.
static LogicalResult checkRange(EmitError emitError, const TargetField &field, double value) {
  if (value >= field.least && value <= field.most)
    return success();
  return emitError() << "expected '" << field.name << "' to be from "
                     << engram::shortestNumber(field.least) << " to "
                     << engram::shortestNumber(field.most) << ", got "
                     << engram::shortestNumber(value);
}

static FailureOr<ArrayRef<int64_t>> readList(EmitError emitError, const TargetField &field,
                                             Attribute value, unsigned width) {
  auto list = dyn_cast<DenseI64ArrayAttr>(value);
  if (!list || list.size() % width != 0)
    return wrongKind(emitError, field, "a list", value), failure();
  for (int64_t number : list.asArrayRef())
    if (failed(checkRange(emitError, field, static_cast<double>(number))))
      return failure();
  return list.asArrayRef();
}

static LogicalResult readField(EmitError emitError, const TargetField &field, Attribute value,
                               Target &target) {
  auto read = [&](auto member, auto *type) -> LogicalResult {
    using T = std::remove_pointer_t<decltype(type)>;
    if constexpr (std::is_same_v<T, GridMember>) {
      FailureOr<ArrayRef<int64_t>> sides = readList(emitError, field, value, 1);
      if (failed(sides))
        return failure();
      if (sides->size() != 2)
        return emitError() << "expected 'grid' to have 2 numbers, columns and rows, got "
                           << sides->size();
      target.gridX = static_cast<int>((*sides)[0]);
      target.gridY = static_cast<int>((*sides)[1]);
    } else if constexpr (IsList<T>::value) {
      FailureOr<ArrayRef<int64_t>> list = readList(emitError, field, value, ListOf<T>::width);
      if (failed(list))
        return failure();
      for (size_t i = 0; i < list->size(); i += ListOf<T>::width)
        (target.*member).push_back(ListOf<T>::take(list->data() + i));
    } else if constexpr (std::is_same_v<T, std::string>) {
      auto text = dyn_cast<StringAttr>(value);
      if (!text)
        return wrongKind(emitError, field, "a string", value);
      target.*member = text.str();
    } else if constexpr (std::is_same_v<T, Topology>) {
      auto text = dyn_cast<StringAttr>(value);
      std::optional<Topology> topology = text ? topologyOf(text.str()) : std::optional<Topology>();
      if (!topology)
        return emitError() << "expected 'topology' to be mesh, torus, hexagonal or "
                              "hexagonal_torus, got '"
                           << (text ? text.getValue() : StringRef("no name")) << "'";
      target.*member = *topology;
    } else if constexpr (std::is_same_v<T, bool>) {
      auto flag = dyn_cast<BoolAttr>(value);
      if (!flag)
        return wrongKind(emitError, field, "true or false", value);
      target.*member = flag.getValue();
    } else if constexpr (std::is_same_v<T, double>) {
      auto number = dyn_cast<FloatAttr>(value);
      if (!number)
        return wrongKind(emitError, field, "a number", value);
      target.*member = number.getValueAsDouble();
      return checkRange(emitError, field, target.*member);
    } else {
      auto number = dyn_cast<IntegerAttr>(value);
      if (!number || !number.getType().isInteger(64))
        return wrongKind(emitError, field, "a whole number", value);
      if (failed(checkRange(emitError, field, static_cast<double>(number.getInt()))))
        return failure();
      target.*member = static_cast<T>(number.getInt());
    }
    return success();
  };
  return visitMember(field, read);
}

static Attribute valueOf(MLIRContext *context, const TargetField &field, const Target &target) {
  Builder builder(context);
  return visitMember(field, [&](auto member, auto *type) -> Attribute {
    using T = std::remove_pointer_t<decltype(type)>;
    if constexpr (std::is_same_v<T, GridMember>) {
      return builder.getDenseI64ArrayAttr({target.gridX, target.gridY});
    } else if constexpr (IsList<T>::value) {
      SmallVector<int64_t> values;
      for (const auto &element : target.*member)
        ListOf<T>::put(values, element);
      return builder.getDenseI64ArrayAttr(values);
    } else if constexpr (std::is_same_v<T, std::string>) {
      return builder.getStringAttr(target.*member);
    } else if constexpr (std::is_same_v<T, Topology>) {
      return builder.getStringAttr(nameOf(target.*member));
    } else if constexpr (std::is_same_v<T, bool>) {
      return builder.getBoolAttr(target.*member);
    } else if constexpr (std::is_same_v<T, double>) {
      return builder.getF64FloatAttr(target.*member);
    } else {
      return builder.getI64IntegerAttr(target.*member);
    }
  });
}

//===-- rules
//------------------------------------------------------------------------------------===//

// ncore_t1: a target has a name that can be a word of a command line, and a grid.
static LogicalResult checkName(EmitError emitError, DictionaryAttr fields, const Target &target) {
  for (StringRef needed : {"name", "grid"})
    if (!fields.get(needed))
      return emitError() << "expected a target to have the field '" << needed << "'";
  bool good = !target.name.empty() && llvm::all_of(target.name, [](char c) {
    return llvm::isAlnum(c) || StringRef("-_.").contains(c);
  });
  if (!good)
    return emitError() << "expected 'name' to be of letters, digits, '-', '_' and '.', got '"
                       << target.name << "'";
  return success();
}

// ncore_t3: at most 2^22 cores.
// ncore_t4: what is absent or dead is on the grid.
static LogicalResult checkGeometry(EmitError emitError, const Target &target) {
  constexpr int64_t mostCores = 1 << 22;
  if (target.gridSize() * target.coresPerRouter > mostCores)
    return emitError() << "expected at most " << mostCores << " cores, got "
                       << target.gridSize() * target.coresPerRouter;
  auto outside = [&](const char *field, Router router) {
    return emitError() << "expected each place of '" << field << "' to be on the grid of "
                       << target.gridX << " x " << target.gridY << ", got (" << router.x << ", "
                       << router.y << ")";
  };
  for (Router router : target.absent)
    if (!target.inGrid(router))
      return outside("absent", router);
  for (CorePlace core : target.deadCores) {
    if (!target.inGrid(core.router()))
      return outside("dead_cores", core.router());
    if (core.p >= target.coresPerRouter)
      return emitError() << "expected each core of 'dead_cores' to be less than "
                         << target.coresPerRouter << ", got " << core.p;
  }
  for (LinkPlace link : target.deadLinks) {
    if (!target.inGrid({link.x, link.y}))
      return outside("dead_links", {link.x, link.y});
    if (link.link >= target.numLinks())
      return emitError() << "expected each link of 'dead_links' to be less than "
                         << target.numLinks() << ", got " << link.link;
  }
  return success();
}

// ncore_t5: one core at least works.
// ncore_t6: links that work lead from every router to every other.
static LogicalResult checkConnected(EmitError emitError, const Target &target) {
  if (target.numCores() == 0)
    return emitError() << "expected at least one core that works";
  std::vector<Router> routers = target.routers();
  std::vector<int> hops = target.hopsFrom(routers.front());
  for (Router router : routers)
    if (hops[target.indexOf(router)] < 0)
      return emitError() << "expected links to lead from router (" << routers.front().x << ", "
                         << routers.front().y << ") to router (" << router.x << ", " << router.y
                         << ")";
  return success();
}

// ncore_t7: the widest synapse fits into a word of synapse memory.
// ncore_t8: the least delay is not above the longest, which the slots hold.
static LogicalResult checkLimits(EmitError emitError, const Target &target) {
  if (!target.weightBits.empty()) {
    int64_t widest = target.weightBits.back() + target.synapseOverheadBits;
    if (widest > target.synapseWordBits)
      return emitError() << "expected 'synapse_word_bits' to hold a synapse of " << widest
                         << " bits, got " << target.synapseWordBits;
  }
  if (target.delaySlots > 0 && target.longestDelay >= target.delaySlots)
    return emitError() << "expected 'max_delay' to be less than 'delay_slots', "
                       << target.delaySlots << ", got " << target.longestDelay;
  std::optional<int64_t> most = target.maxDelay();
  if (most && target.minDelay > *most)
    return emitError() << "expected 'min_delay' to be at most the longest delay, " << *most
                       << ", got " << target.minDelay;
  return success();
}

LogicalResult TargetAttr::verify(EmitError emitError, DictionaryAttr fields) {
  Target target;
  for (NamedAttribute entry : fields) {
    const TargetField *field = findTargetField(entry.getName().str());
    if (!field)
      return emitError() << "a target has no field '" << entry.getName().getValue() << "'";
    if (failed(readField(emitError, *field, entry.getValue(), target)))
      return failure();
  }
  target.normalize();
  return failure(
      failed(checkName(emitError, fields, target)) || failed(checkGeometry(emitError, target)) ||
      failed(checkConnected(emitError, target)) || failed(checkLimits(emitError, target)));
}

Target engram::ncore::targetOf(TargetAttr attr) {
  Target target;
  auto emitError = [&] { return mlir::emitError(UnknownLoc::get(attr.getContext())); };
  for (const TargetField &field : targetFields())
    if (Attribute value = attr.getFields().get(field.name)) {
      LogicalResult read = readField(emitError, field, value, target);
      assert(succeeded(read) && "verified when the attribute was made");
      (void)read;
    }
  target.normalize();
  return target;
}

TargetAttr engram::ncore::attrOf(const Target &target, Location loc) {
  MLIRContext *context = loc.getContext();
  NamedAttrList fields;
  for (const TargetField &field : targetFields())
    if (!isDefault(target, field))
      fields.append(field.name, valueOf(context, field, target));
  return TargetAttr::getChecked([&] { return mlir::emitError(loc); }, context,
                                fields.getDictionary(context));
}
