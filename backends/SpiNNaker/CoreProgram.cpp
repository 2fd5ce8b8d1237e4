// LLVM IR of the core runtime and of an update program become one module, so that the update
// program is inlined where it is called; then an object, which ld.lld links.
#include "backends/SpiNNaker/CoreProgram.h"
#include "backends/SpiNNaker/EmbeddedFiles.h"
#include "mlir/ExecutionEngine/OptUtils.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Bitcode/BitcodeReader.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/Linker/Linker.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/Transforms/IPO/Internalize.h"

extern "C" {
void LLVMInitializeARMTargetInfo();
void LLVMInitializeARMTarget();
void LLVMInitializeARMTargetMC();
void LLVMInitializeARMAsmPrinter();
}

using namespace mlir;
using namespace engram;
using namespace engram::spinnaker;

static const char *nameOf(Variant variant) {
  switch (variant) {
  case Variant::Arm968:
    return "arm968";
  case Variant::CortexM4:
    return "cortex-m4";
  case Variant::Host:
    return "host";
  }
  llvm_unreachable("all variants are listed");
}

static llvm::StringRef embedded(Variant variant, llvm::StringRef name) {
  std::string full = (llvm::StringRef(nameOf(variant)) + "/" + name).str();
  for (size_t k = 0; k < numEmbeddedFiles; ++k)
    if (full == embeddedFiles[k].name)
      return embeddedFiles[k].bytes();
  return {};
}

//===-- to an object --===//

/// What makes code for the machine that bitcode of the core runtime is for.
static std::unique_ptr<llvm::TargetMachine>
targetMachineFor(const llvm::Module &module, const llvm::Function &pattern, Variant variant) {
  static const bool initialized = [] {
    LLVMInitializeARMTargetInfo();
    LLVMInitializeARMTarget();
    LLVMInitializeARMTargetMC();
    LLVMInitializeARMAsmPrinter();
    llvm::InitializeNativeTarget();
    llvm::InitializeNativeTargetAsmPrinter();
    return true;
  }();
  (void)initialized;
  std::string message;
  const llvm::Triple &triple = module.getTargetTriple();
  const llvm::Target *target = llvm::TargetRegistry::lookupTarget(triple, message);
  if (!target)
    return nullptr;
  llvm::TargetOptions options;
  options.FunctionSections = true;
  if (variant != Variant::Host)
    options.FloatABIType = llvm::FloatABI::Soft;
  return std::unique_ptr<llvm::TargetMachine>(target->createTargetMachine(
      triple, pattern.getFnAttribute("target-cpu").getValueAsString(),
      pattern.getFnAttribute("target-features").getValueAsString(), options,
      variant == Variant::Host ? llvm::Reloc::PIC_ : llvm::Reloc::Static));
}

// Code is inlined only where it is for the same machine.
static void setMachine(llvm::Module &module, const llvm::Module &like,
                       const llvm::Function &pattern) {
  module.setTargetTriple(like.getTargetTriple());
  module.setDataLayout(like.getDataLayout());
  for (llvm::Function &function : module) {
    for (const char *name : {"target-cpu", "target-features", "use-soft-float", "no-builtins"})
      if (pattern.hasFnAttribute(name))
        function.addFnAttr(pattern.getFnAttribute(name));
    function.addFnAttr(llvm::Attribute::NoUnwind);
  }
}

static Expected<std::string> makeObject(ModuleOp update, Variant variant) {
  llvm::LLVMContext context;
  llvm::StringRef bitcode = embedded(variant, update ? "core.bc" : "source.bc");
  auto parsed = llvm::parseBitcodeFile(llvm::MemoryBufferRef(bitcode, "core"), context);
  if (!parsed)
    return fail("the core runtime cannot be read: " + llvm::toString(parsed.takeError()));
  std::unique_ptr<llvm::Module> module = std::move(*parsed);
  const llvm::Function &pattern = *module->getFunction("core_init");
  std::unique_ptr<llvm::TargetMachine> machine = targetMachineFor(*module, pattern, variant);
  if (!machine)
    return fail(std::string("this LLVM makes no code for '") + nameOf(variant) + "'");
  if (update) {
    std::unique_ptr<llvm::Module> code = translateModuleToLLVMIR(update, context, "update");
    if (!code)
      return fail("the translation of an update program to LLVM IR failed");
    setMachine(*code, *module, pattern);
    if (llvm::Linker::linkModules(*module, std::move(code)))
      return fail("an update program and the core runtime do not fit together");
  }
  llvm::StringSet<> entries = {"core_init", "core_packet", "core_tick", "core_dma_done",
                               "core_background"};
  for (llvm::Function &function : *module)
    if (entries.contains(function.getName()))
      function.setVisibility(llvm::GlobalValue::DefaultVisibility);
  llvm::internalizeModule(
      *module, [&](const llvm::GlobalValue &value) { return entries.contains(value.getName()); });
  if (llvm::Error error = makeOptimizingTransformer(2, 0, machine.get())(module.get()))
    return fail("optimization failed: " + llvm::toString(std::move(error)));
  llvm::SmallVector<char, 0> buffer;
  llvm::raw_svector_ostream stream(buffer);
  llvm::legacy::PassManager passes;
  if (machine->addPassesToEmitFile(passes, stream, nullptr, llvm::CodeGenFileType::ObjectFile))
    return fail("this LLVM cannot write objects");
  passes.run(*module);
  return std::string(buffer.begin(), buffer.end());
}

//===-- to a program --===//

namespace {

/// Files for the linker, removed in the end.
class TemporaryFiles {
public:
  ~TemporaryFiles() {
    for (const std::string &path : paths)
      llvm::sys::fs::remove(path);
  }
  Expected<std::string> add(llvm::StringRef suffix, llvm::StringRef bytes) {
    llvm::SmallString<128> path;
    int file = 0;
    if (llvm::sys::fs::createTemporaryFile("engram-core", suffix, file, path))
      return fail("cannot create a temporary file");
    paths.push_back(path.str().str());
    llvm::raw_fd_ostream stream(file, /*shouldClose=*/true);
    stream << bytes;
    stream.close();
    if (stream.has_error()) {
      stream.clear_error();
      return fail("cannot write '" + paths.back() + "'");
    }
    return paths.back();
  }

private:
  std::vector<std::string> paths;
};

} // namespace

static Expected<std::string> findLinker() {
  for (const char *name : {"ld.lld-22", "ld.lld"})
    if (auto found = llvm::sys::findProgramByName(name))
      return *found;
  return fail("core programs need a linker, and neither ld.lld-22 nor ld.lld is on the path");
}

static Expected<std::string> link(const std::string &object, Variant variant) {
  Expected<std::string> linker = findLinker();
  if (!linker)
    return linker;
  TemporaryFiles files;
  std::vector<std::string> arguments = {*linker};
  if (variant == Variant::Host)
    arguments.insert(arguments.end(), {"-shared", "-z", "defs"});
  else
    arguments.insert(arguments.end(), {"-static", "--gc-sections", "-z", "max-page-size=4"});
  auto add = [&](llvm::StringRef suffix, llvm::StringRef bytes,
                 const char *option) -> Expected<void> {
    Expected<std::string> path = files.add(suffix, bytes);
    if (!path)
      return tl::unexpected(path.error());
    if (option)
      arguments.push_back(option);
    arguments.push_back(*path);
    return {};
  };
  if (auto added = add("o", object, nullptr); !added)
    return tl::unexpected(added.error());
  for (size_t k = 0; k < numEmbeddedFiles; ++k) {
    auto [folder, name] = llvm::StringRef(embeddedFiles[k].name).split('/');
    bool isScript = name.ends_with(".ld");
    if (folder != nameOf(variant) || name.ends_with(".bc"))
      continue;
    if (auto added =
            add(isScript ? "ld" : "o", embeddedFiles[k].bytes(), isScript ? "-T" : nullptr);
        !added)
      return tl::unexpected(added.error());
  }
  Expected<std::string> output = files.add("out", ""), log = files.add("log", "");
  if (!output || !log)
    return fail("cannot create a temporary file");
  arguments.insert(arguments.end(), {"-o", *output});
  std::vector<llvm::StringRef> given(arguments.begin(), arguments.end());
  std::optional<llvm::StringRef> redirects[] = {llvm::StringRef(""), llvm::StringRef(*log),
                                                llvm::StringRef(*log)};
  std::string message;
  if (llvm::sys::ExecuteAndWait(*linker, given, std::nullopt, redirects, 0, 0, &message) != 0) {
    auto text = llvm::MemoryBuffer::getFile(*log);
    return fail("linking a core's program failed: " +
                (text ? (*text)->getBuffer().trim().str() : message));
  }
  auto bytes = llvm::MemoryBuffer::getFile(*output);
  if (!bytes)
    return fail("linking a core's program gave no file");
  return (*bytes)->getBuffer().str();
}

/// The end of the code, which begins at 0.
static uint32_t codeSizeOf(const std::string &elf) {
  auto file = llvm::object::ObjectFile::createELFObjectFile(llvm::MemoryBufferRef(elf, "core"));
  if (!file) {
    llvm::consumeError(file.takeError());
    return 0;
  }
  uint64_t end = 0;
  for (const llvm::object::SectionRef &section : (*file)->sections())
    if (section.isText())
      end = std::max(end, section.getAddress() + section.getSize());
  return static_cast<uint32_t>(end);
}

Expected<CoreProgram> engram::spinnaker::makeCoreProgram(ModuleOp update, Variant variant) {
  if (update) {
    DialectRegistry registry;
    registerBuiltinDialectTranslation(registry);
    registerLLVMDialectTranslation(registry);
    update.getContext()->appendDialectRegistry(registry);
  }
  Expected<std::string> object = makeObject(update, variant);
  if (!object)
    return tl::unexpected(object.error());
  Expected<std::string> linked = link(*object, variant);
  if (!linked)
    return tl::unexpected(linked.error());
  CoreProgram program;
  program.codeBytes = variant == Variant::Host ? 0 : codeSizeOf(*linked);
  program.bytes = std::move(*linked);
  return program;
}
