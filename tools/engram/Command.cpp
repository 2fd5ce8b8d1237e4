// Messages and output of the subcommands.
#include "tools/engram/Command.h"

#include "dialects/Neuro/Library/Library.h"
#include "runtime/AtomicFile.h"
#include "runtime/NumberText.h"

#include <cstdio>
#include <fmt/format.h>

namespace engram::tool {

static int failWith(ExitCode code, const std::string &message) {
  fmt::print(stderr, "engram: error: {}\n", message);
  return code;
}

int failInput(const std::string &message) { return failWith(inputFault, message); }
int failCall(const std::string &message) { return failWith(callFault, message); }

int writeText(const std::string &path, const std::string &text) {
  if (path.empty() || path == "-") {
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0)
      return failInput("cannot write to standard output");
    return done;
  }
  Expected<void> written = writeFileAtomically(path, text);
  return written ? done : failInput(written.error().message);
}

std::string listOf(const std::vector<std::string> &names) {
  std::string list;
  for (const std::string &name : names)
    list += fmt::format("{}'{}'", list.empty() ? "" : ", ", name);
  return list.empty() ? "none" : list;
}

std::string suggestion(const std::string &name, const std::vector<std::string> &names) {
  std::vector<std::string> near = neuro::nearNames(name, names);
  return near.empty() ? "" : fmt::format(", did you mean '{}'", near.front());
}

CLI::Validator wholeNumber(int64_t least) {
  return CLI::Validator(
      [least](const std::string &text) {
        std::optional<int64_t> value = parseInteger(text);
        return value && *value >= least
                   ? std::string()
                   : fmt::format("expected a whole number of {} or more, got {}", least,
                                 quote(text));
      },
      "");
}

} // namespace engram::tool
