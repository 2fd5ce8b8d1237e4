// What the subcommands of 'engram' share: exit codes, messages, registration.
#pragma once

#include "runtime/Error.h"

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

namespace engram::tool {

enum ExitCode : int {
  done = 0,
  inputFault = 1, ///< a file, or what is in it
  callFault = 2,  ///< the command line
};

/// Prints "engram: error: MESSAGE" and returns the code.
int failInput(const std::string &message);
int failCall(const std::string &message);

/// Writes to a file, atomically, or to standard output if the path is empty or "-".
int writeText(const std::string &path, const std::string &text);

/// "'a', 'b'"; "none" of an empty list.
std::string listOf(const std::vector<std::string> &names);
/// ", did you mean 'b'" or nothing.
std::string suggestion(const std::string &name, const std::vector<std::string> &names);

/// A check of an option: a whole number, not below 'least'.
CLI::Validator wholeNumber(int64_t least);

/// Each adds one subcommand, which sets 'action' to what is to be done when it is the one called.
using Action = std::function<int()>;
void addImportCommand(CLI::App &app, Action &action);
void addCompileCommand(CLI::App &app, Action &action);
void addRunCommand(CLI::App &app, Action &action);
void addVerifyCommand(CLI::App &app, Action &action);
void addModelsCommand(CLI::App &app, Action &action);
void addReportCommand(CLI::App &app, Action &action);
void addRoutesCommand(CLI::App &app, Action &action);
void addTargetsCommand(CLI::App &app, Action &action);
void addInfoCommand(CLI::App &app, Action &action);

} // namespace engram::tool
