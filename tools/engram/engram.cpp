// engram: imports, compiles, runs and describes networks. One file a subcommand.
#include "tools/engram/Command.h"

#include "llvm/Support/ErrorHandling.h"

#include <cctype>
#include <fmt/format.h>
#include <new>

using namespace engram;
using namespace engram::tool;

// CLI11 begins its sentences in upper case and ends some with a full stop.
static std::string complaint(const CLI::App &app, const CLI::Error &error) {
  std::string text = error.what();
  if (text.size() > 1 && (text[1] == ' ' || std::islower(static_cast<unsigned char>(text[1]))))
    text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  while (!text.empty() && (text.back() == '.' || text.back() == '\n'))
    text.pop_back();
  std::string name = "engram";
  for (const CLI::App *sub : app.get_subcommands())
    name += " " + sub->get_name();
  return fmt::format("{}; '{} --help' shows how to call it", text, name);
}

// LLVM aborts where it gets no memory, unless it is told something better.
[[noreturn]] static void throwBadAlloc(void *, const char *, bool) { throw std::bad_alloc(); }

int main(int argc, char **argv) {
  llvm::install_bad_alloc_error_handler(throwBadAlloc);
  CLI::App app("compiles and runs networks of spiking neurons", "engram");
  app.set_version_flag("--version", "engram " ENGRAM_VERSION);
  app.require_subcommand(1);
  app.footer("examples:\n"
             "  engram info net.nir\n"
             "  engram run net.nir --input images.npy --steps 25 --labels labels.npy\n"
             "  engram compile net.nir --target=cpu -o net.so\n\n"
             "exit status: 0 done, 1 an input is at fault, 2 the call is at fault");
  Action action;
  addRunCommand(app, action);
  addVerifyCommand(app, action);
  addCompileCommand(app, action);
  addImportCommand(app, action);
  addInfoCommand(app, action);
  addReportCommand(app, action);
  addModelsCommand(app, action);
  addTargetsCommand(app, action);
  addRoutesCommand(app, action);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success &success) {
    return app.exit(success);
  } catch (const CLI::ParseError &error) {
    return failCall(complaint(app, error));
  }
  try {
    return action();
  } catch (const std::bad_alloc &) {
    return failInput("not enough memory for this network or its data");
  }
}
