// Images of the accelerator (.egi) as the commands meet them: written, described, opened to run.
#pragma once

#include "tools/engram/Description.h"
#include "tools/engram/Machines.h"

#include "runtime/accelerator/HostPlan.h"
#include "runtime/accelerator/Image.h"

namespace engram::tool {

/// True of a file that is an image by its ending.
bool isAcceleratorImage(const std::string &path);

/// Compiles the mapped network of a module into an image and, if `listing` is not empty, its
/// programs beside what they come from: a file a population in a folder, or all in one file.
/// Returns an exit code, after a message.
int writeAcceleratorImage(mlir::ModuleOp mapped, const std::string &path,
                          const std::string &listing);

/// What is in an image; the programs too, if they are to be disassembled. Errors name the file.
Expected<Description> describeAcceleratorImage(const std::string &path, bool disassembled);

struct OpenedImage {
  a1::Image image;
  a1::HostPlan plan;
};
/// An image with all that it takes to run it. Errors name the file.
Expected<OpenedImage> openAcceleratorImage(const std::string &path);

/// The machine of an image: on the golden model of the chip, or on its RTL if the arguments say so.
/// The session must outlive it. Errors do not name the file.
Expected<std::unique_ptr<Machine>> createImageMachine(Session &session, const OpenedImage &opened,
                                                      const MachineArguments &arguments);

} // namespace engram::tool
