// Alias scopes: one for each array of the state.
#include "backends/Cpu/AliasScopes.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/IR/Operator.h"

using namespace llvm;

/// The first constant added to the argument on the way to an address; none if there is no way.
static std::optional<int64_t> arrayOf(Value *address, const Argument *state,
                                      const DataLayout &layout) {
  std::optional<int64_t> offset;
  while (address != state) {
    // Descriptors of memrefs are built and taken apart around each use.
    if (auto *extract = dyn_cast<ExtractValueInst>(address)) {
      address = FindInsertedValue(extract->getAggregateOperand(), extract->getIndices());
      if (!address)
        return std::nullopt;
      continue;
    }
    auto *gep = dyn_cast<GEPOperator>(address);
    if (!gep)
      return std::nullopt;
    APInt constant(layout.getIndexTypeSizeInBits(gep->getType()), 0);
    offset.reset();
    if (gep->accumulateConstantOffset(layout, constant))
      offset = constant.getSExtValue();
    address = gep->getPointerOperand();
  }
  return offset;
}

static void addAliasScopes(Function &function) {
  const Argument *state = function.getArg(0);
  const DataLayout &layout = function.getParent()->getDataLayout();
  MapVector<int64_t, SmallVector<Instruction *>> accesses;
  for (BasicBlock &block : function)
    for (Instruction &instruction : block)
      if (Value *address = getLoadStorePointerOperand(&instruction))
        if (std::optional<int64_t> array = arrayOf(address, state, layout))
          accesses[*array].push_back(&instruction);
  // The lists grow with the square of the number of arrays.
  constexpr size_t maxArrays = 512;
  if (accesses.size() < 2 || accesses.size() > maxArrays)
    return;
  MDBuilder builder(function.getContext());
  MDNode *domain = builder.createAnonymousAliasScopeDomain(function.getName());
  SmallVector<Metadata *> scopes;
  for (size_t k = 0; k < accesses.size(); ++k)
    scopes.push_back(builder.createAnonymousAliasScope(domain));
  for (auto [k, entry] : enumerate(accesses)) {
    SmallVector<Metadata *> others(scopes);
    others.erase(others.begin() + k);
    MDNode *own = MDNode::get(function.getContext(), scopes[k]),
           *rest = MDNode::get(function.getContext(), others);
    for (Instruction *instruction : entry.second) {
      instruction->setMetadata(LLVMContext::MD_alias_scope, own);
      instruction->setMetadata(LLVMContext::MD_noalias, rest);
    }
  }
}

void engram::cpu::addAliasScopes(Module &module) {
  for (Function &function : module)
    if (!function.isDeclaration() && function.arg_size() == 1 &&
        function.getArg(0)->getType()->isPointerTy())
      ::addAliasScopes(function);
}
