// Temporary folders, files and commands.
#include "tests/backends/Cpu/EmittedNetwork.h"
#include "backends/Cpu/CApi.h"
#include "dialects/Neuro/IR/Instance.h"
#include "lowering/Pipelines/Pipelines.h"
#include <cstdio>
#include <fstream>
#include <sys/wait.h>

using namespace mlir;
using namespace engram;
using namespace engram::cputest;

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "engram-cpu-XXXXXX").string();
  path = mkdtemp(pattern.data());
}
TemporaryFolder::~TemporaryFolder() { std::filesystem::remove_all(path); }

std::vector<std::string> TemporaryFolder::files() const {
  std::vector<std::string> names;
  for (auto &entry : std::filesystem::directory_iterator(path))
    names.push_back(entry.path().filename());
  return names;
}

Lowered cputest::lower(ModuleOp discrete) {
  Lowered lowered;
  auto network = neuro::findNetwork(discrete);
  NetworkInfo info = neuro::describeNetwork(*network);
  lowered.dtSeconds = info.dtSeconds;
  lowered.module = cast<ModuleOp>(discrete->clone());
  PassManager manager(discrete.getContext());
  buildLinalgPipeline(manager);
  buildLLVMPipeline(manager);
  if (failed(manager.run(*lowered.module)))
    return {};
  lowered.abi = *Abi::fromModule(*lowered.module, info.name);
  return lowered;
}

std::string Lowered::emit(cpu::FileKind kind, const std::string &path,
                          const cpu::TargetOptions &options) const {
  auto done = cpu::emitFile(*module, abi.network, kind, path, options);
  return done ? "" : done.error().message;
}

void Lowered::writeHeader(const std::string &path) const {
  std::ofstream(path) << cpu::makeHeader(abi, dtSeconds);
}

Output cputest::runCommand(const std::string &command) {
  Output output;
  FILE *pipe = popen((command + " 2>&1").c_str(), "r");
  if (!pipe)
    return output;
  char buffer[4096];
  while (size_t size = fread(buffer, 1, sizeof buffer, pipe))
    output.text.append(buffer, size);
  int status = pclose(pipe);
  output.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return output;
}
