// Running the pipelines, writing code.
#include "tools/engram/Lowering.h"

#include "tools/engram/Command.h"

#include "backends/Cpu/CApi.h"
#include "backends/Cpu/Emit.h"
#include "dialects/Neuro/IR/Units.h"
#include "lowering/Pipelines/Pipelines.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Support/Timing.h"
#include "runtime/AtomicFile.h"
#include "runtime/ReadFile.h"
#include "llvm/Object/ArchiveWriter.h"
#include "llvm/Support/FileSystem.h"

#include <algorithm>
#include <fmt/format.h>

using namespace mlir;

namespace engram::tool {

static const std::vector<std::string> levels = {"neuro", "discrete", "linalg", "llvm"};

/// The passes of a pipeline, from its text: names outside of braces that nothing is nested in.
static std::vector<std::string> passNames(PassManager &manager) {
  std::string text, name;
  llvm::raw_string_ostream out(text);
  manager.printAsTextualPipeline(out);
  std::vector<std::string> names;
  int braces = 0;
  for (char c : text + ",") {
    if (braces == 0 && (llvm::isAlnum(c) || c == '-' || c == '_' || c == '.')) {
      name += c;
      continue;
    }
    if (!name.empty() && c != '(' && !llvm::is_contained(names, name))
      names.push_back(name);
    name.clear();
    braces += (c == '{') - (c == '}');
  }
  return names;
}

int lowerTo(const std::string &level, ModuleOp module, const LoweringArguments &arguments) {
  PassManager manager(module.getContext());
  PipelineOptions options;
  options.precision = arguments.precision;
  auto last = llvm::find(levels, level) - levels.begin();
  buildNeuroPipeline(manager, options);
  if (last >= 1)
    buildDiscretePipeline(manager, options);
  if (last >= 2)
    buildLinalgPipeline(manager);
  if (last >= 3)
    buildLLVMPipeline(manager);

  std::vector<std::string> names = passNames(manager);
  for (const std::string &name : arguments.dumpAfter)
    if (!llvm::is_contained(names, name))
      return failCall(
          fmt::format("'--dump-after={}': no such pass on the way to '{}'{}; there are {}", name,
                      level, suggestion(name, names), listOf(names)));
  if (!arguments.dumpAfter.empty()) {
    // Printing whole modules and running passes on parts of them in threads exclude each other.
    module.getContext()->disableMultithreading();
    manager.enableIRPrinting([](Pass *, Operation *) { return false; },
                             [&](Pass *pass, Operation *) {
                               return llvm::is_contained(arguments.dumpAfter,
                                                         pass->getArgument().str());
                             },
                             /*printModuleScope=*/true, /*printAfterOnlyOnChange=*/false);
  }
  DefaultTimingManager timing;
  timing.setEnabled(arguments.timing);
  TimingScope scope = timing.getRootScope();
  manager.enableTiming(scope);
  return succeeded(manager.run(module)) ? done : inputFault;
}

//===-- files of code ---------------------------------------------------------------------===//

namespace {

/// A file that is removed at the end.
struct Temporary {
  llvm::SmallString<128> path;
  bool create(llvm::StringRef extension) {
    return !llvm::sys::fs::createTemporaryFile("engram", extension, path);
  }
  ~Temporary() {
    if (!path.empty())
      llvm::sys::fs::remove(path);
  }
};

/// What all files of one network are made from.
struct LoweredNetwork {
  ModuleOp module;
  std::string name;
  double dtSeconds;
  cpu::TargetOptions target;
};

Expected<void> writeArchive(const LoweredNetwork &network, const std::string &path) {
  Temporary object;
  if (!object.create("o"))
    return fail("cannot create a temporary file");
  std::string objectPath(object.path);
  if (auto written = cpu::emitFile(network.module, network.name, cpu::FileKind::Object, objectPath,
                                   network.target);
      !written)
    return written;
  auto member = llvm::NewArchiveMember::getFile(objectPath, /*Deterministic=*/true);
  if (!member)
    return fail(llvm::toString(member.takeError()));
  std::string memberName = network.name + ".o";
  member->MemberName = memberName;
  std::vector<llvm::NewArchiveMember> members;
  members.push_back(std::move(*member));
  auto archive = llvm::writeArchiveToBuffer(members, llvm::SymtabWritingMode::NormalSymtab,
                                            llvm::object::Archive::K_GNU, /*Deterministic=*/true,
                                            /*Thin=*/false);
  if (!archive)
    return fail(llvm::toString(archive.takeError()));
  llvm::StringRef bytes = (*archive)->getBuffer();
  return writeFileAtomically(path, {bytes.data(), bytes.size()});
}

Expected<void> writeHeader(const LoweredNetwork &network, const std::string &path) {
  FailureOr<Abi> abi = Abi::fromModule(network.module, network.name);
  if (failed(abi))
    return fail("the lowered module has no layout for '" + network.name + "'");
  return writeFileAtomically(path, cpu::makeHeader(*abi, network.dtSeconds));
}

Expected<void> writeCode(const std::string &stage, const LoweredNetwork &network,
                         const std::string &path) {
  if (stage == "static")
    return writeArchive(network, path);
  if (stage == "header")
    return writeHeader(network, path);
  cpu::FileKind kind = stage == "llvm"     ? cpu::FileKind::LLVMIR
                       : stage == "asm"    ? cpu::FileKind::Assembly
                       : stage == "shared" ? cpu::FileKind::Shared
                                           : cpu::FileKind::Object;
  return cpu::emitFile(network.module, network.name, kind, path, network.target);
}

/// To standard output by way of a temporary: what writes files replaces them whole.
int printCode(const std::string &stage, const LoweredNetwork &network) {
  Temporary file;
  if (!file.create("out"))
    return failInput("cannot create a temporary file");
  std::string path(file.path);
  if (auto written = writeCode(stage, network, path); !written)
    return failInput(written.error().message);
  Expected<std::vector<std::byte>> bytes = readFile(path);
  return bytes ? writeText("", std::string(textOf(*bytes))) : failInput(bytes.error().message);
}

} // namespace

int emitCode(const std::vector<std::pair<std::string, std::string>> &stagesAndPaths,
             neuro::NetworkOp network, const LoweringArguments &arguments) {
  LoweredNetwork lowered;
  lowered.module = cast<ModuleOp>(network->getParentOp());
  lowered.name = network.getSymName().str();
  neuro::QuantityAttr dt = network.getDt();
  lowered.dtSeconds = dt.getValue() * neuro::unitFactor(dt.getUnit(), "s").value_or(1);
  if (!arguments.cpu.empty())
    lowered.target.cpu = arguments.cpu;
  if (int code = lowerTo("llvm", lowered.module, arguments))
    return code;
  for (const auto &[stage, path] : stagesAndPaths) {
    if (path.empty() || path == "-") {
      if (int code = printCode(stage, lowered))
        return code;
      continue;
    }
    if (Expected<void> written = writeCode(stage, lowered, path); !written)
      return failInput(written.error().message);
  }
  return done;
}

} // namespace engram::tool
