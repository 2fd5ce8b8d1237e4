// From the llvm dialect to machine code.
#include "backends/Cpu/Target.h"
#include "backends/Cpu/AliasScopes.h"
#include "mlir/ExecutionEngine/OptUtils.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/TargetParser/Host.h"

using namespace mlir;

void engram::cpu::registerTranslations(DialectRegistry &registry) {
  registerBuiltinDialectTranslation(registry);
  registerLLVMDialectTranslation(registry);
}

std::unique_ptr<llvm::TargetMachine>
engram::cpu::createTargetMachine(Location loc, const TargetOptions &options) {
  static const bool initialized = [] {
    llvm::InitializeNativeTarget();
    llvm::InitializeNativeTargetAsmPrinter();
    return true;
  }();
  (void)initialized;
  llvm::Triple triple(llvm::sys::getDefaultTargetTriple());
  std::string message;
  const llvm::Target *target = llvm::TargetRegistry::lookupTarget(triple, message);
  if (!target) {
    emitError(loc) << "no code can be made for this machine: " << message;
    return nullptr;
  }
  std::string cpu = options.cpu, features;
  if (cpu == "native") {
    cpu = llvm::sys::getHostCPUName().str();
    for (auto &[name, enabled] : llvm::sys::getHostCPUFeatures())
      features += (features.empty() ? "" : ",") + std::string(enabled ? "+" : "-") + name.str();
  } else if (!triple.isX86()) {
    cpu.clear();
  }
  std::unique_ptr<llvm::MCSubtargetInfo> known(target->createMCSubtargetInfo(triple, "", ""));
  if (!cpu.empty() && !known->isCPUStringValid(cpu)) {
    emitError(loc) << "unknown cpu '" << cpu << "'; try 'native' or 'x86-64-v3'";
    return nullptr;
  }
  llvm::TargetOptions targetOptions;
  targetOptions.AllowFPOpFusion = llvm::FPOpFusion::Strict;
  auto level = options.optLevel >= 3   ? llvm::CodeGenOptLevel::Aggressive
               : options.optLevel == 0 ? llvm::CodeGenOptLevel::None
                                       : llvm::CodeGenOptLevel::Default;
  return std::unique_ptr<llvm::TargetMachine>(target->createTargetMachine(
      triple, cpu, features, targetOptions, llvm::Reloc::PIC_, std::nullopt, level));
}

// LLVM would turn pow(x, 2) into x * x and pow(2, x) into exp2(x), which differ in the last bit:
// each power becomes a call that it knows nothing of.
static void keepPowers(llvm::Function &function) {
  for (llvm::Instruction &instruction : llvm::make_early_inc_range(llvm::instructions(function))) {
    auto *call = llvm::dyn_cast<llvm::CallInst>(&instruction);
    llvm::Function *callee = call ? call->getCalledFunction() : nullptr;
    if (!callee)
      continue;
    if (callee->getIntrinsicID() == llvm::Intrinsic::pow) {
      llvm::StringRef name = call->getType()->isFloatTy() ? "powf" : "pow";
      llvm::FunctionCallee library =
          function.getParent()->getOrInsertFunction(name, callee->getFunctionType());
      auto *replacement = llvm::CallInst::Create(
          library, {call->getArgOperand(0), call->getArgOperand(1)}, "", call->getIterator());
      replacement->setDoesNotAccessMemory();
      replacement->setDoesNotThrow();
      call->replaceAllUsesWith(replacement);
      call->eraseFromParent();
      call = replacement;
    } else if (callee->getName() != "pow" && callee->getName() != "powf") {
      continue;
    }
    call->addFnAttr(llvm::Attribute::NoBuiltin);
  }
}

std::unique_ptr<llvm::Module> engram::cpu::translate(ModuleOp module, llvm::LLVMContext &context,
                                                     llvm::TargetMachine &machine,
                                                     unsigned optLevel) {
  std::unique_ptr<llvm::Module> result = translateModuleToLLVMIR(module, context, "engram");
  if (!result) {
    module.emitError() << "translation to LLVM IR failed";
    return nullptr;
  }
  result->setTargetTriple(machine.getTargetTriple());
  result->setDataLayout(machine.createDataLayout());
  for (llvm::Function &function : *result) {
    if (function.isDeclaration())
      continue;
    keepPowers(function);
    function.addFnAttr(llvm::Attribute::NoUnwind);
    function.addFnAttr("target-cpu", machine.getTargetCPU());
    function.addFnAttr("target-features", machine.getTargetFeatureString());
  }
  addAliasScopes(*result);
  if (llvm::Error error = makeOptimizingTransformer(optLevel, 0, &machine)(result.get())) {
    module.emitError() << "optimization failed: " << llvm::toString(std::move(error));
    return nullptr;
  }
  return result;
}
