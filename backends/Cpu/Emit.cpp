// Files that a network compiles to.
#include "backends/Cpu/Emit.h"
#include "backends/Cpu/CApi.h"
#include "runtime/AtomicFile.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/SmallVectorMemoryBuffer.h"

using namespace mlir;
using namespace engram;

static Expected<std::string> generate(llvm::Module &module, llvm::TargetMachine &machine,
                                      cpu::FileKind kind) {
  llvm::SmallVector<char, 0> buffer;
  llvm::raw_svector_ostream stream(buffer);
  if (kind == cpu::FileKind::LLVMIR) {
    module.print(stream, nullptr);
  } else {
    llvm::legacy::PassManager passes;
    auto fileType = kind == cpu::FileKind::Assembly ? llvm::CodeGenFileType::AssemblyFile
                                                    : llvm::CodeGenFileType::ObjectFile;
    if (machine.addPassesToEmitFile(passes, stream, nullptr, fileType))
      return fail("this target cannot write this kind of file");
    passes.run(module);
  }
  return std::string(buffer.begin(), buffer.end());
}

// Links an object into a shared object beside the path, then renames it.
static Expected<void> link(const std::string &object, const std::string &path) {
  llvm::ErrorOr<std::string> driver = std::make_error_code(std::errc::no_such_file_or_directory);
  for (const char *name : {"cc", "clang-22", "gcc", "clang"})
    if ((driver = llvm::sys::findProgramByName(name)))
      break;
  if (!driver)
    return fail(
        "'" + path +
        "': a shared object needs a linker, and none of cc, clang-22, gcc, clang is on the path; "
        "write an object ('.o') instead");
  llvm::SmallString<128> input, output, log;
  if (llvm::sys::fs::createTemporaryFile("engram", "o", input) ||
      llvm::sys::fs::createTemporaryFile("engram", "log", log))
    return fail("cannot create a temporary file");
  llvm::sys::fs::createUniquePath(path + ".%%%%%%.tmp", output, false);
  llvm::scope_exit cleanUp([&] {
    for (auto &name : {input, output, log})
      llvm::sys::fs::remove(name);
  });
  if (auto written = writeFileAtomically(std::string(input), object); !written)
    return written;
  std::string message;
  std::optional<StringRef> redirects[] = {StringRef(""), StringRef(log), StringRef(log)};
  int status = llvm::sys::ExecuteAndWait(*driver, {*driver, "-shared", "-o", output, input, "-lm"},
                                         std::nullopt, redirects, 0, 0, &message);
  if (status != 0) {
    auto text = llvm::MemoryBuffer::getFile(log);
    return fail("'" + path +
                "': linking failed: " + (text ? (*text)->getBuffer().trim().str() : message));
  }
  if (std::error_code error = llvm::sys::fs::rename(output, path))
    return fail("cannot write '" + path + "': " + error.message());
  return {};
}

Expected<void> cpu::emitFile(ModuleOp module, StringRef network, FileKind kind,
                             const std::string &path, const TargetOptions &options) {
  FailureOr<Abi> abi = Abi::fromModule(module, network);
  if (failed(abi))
    return fail("the module holds no lowered network '" + network.str() + "'");
  OwningOpRef<ModuleOp> copy = cast<ModuleOp>(module->clone());
  addCApi(*copy, *abi);
  std::unique_ptr<llvm::TargetMachine> machine = createTargetMachine(module.getLoc(), options);
  if (!machine)
    return fail("no code can be made for cpu '" + options.cpu + "'");
  llvm::LLVMContext context;
  std::unique_ptr<llvm::Module> llvmModule = translate(*copy, context, *machine, options.optLevel);
  if (!llvmModule)
    return fail("'" + path + "': no code was made");
  Expected<std::string> bytes =
      generate(*llvmModule, *machine, kind == FileKind::Shared ? FileKind::Object : kind);
  if (!bytes)
    return tl::unexpected(bytes.error());
  return kind == FileKind::Shared ? link(*bytes, path) : writeFileAtomically(path, *bytes);
}
