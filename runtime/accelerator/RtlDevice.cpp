// Finds the library that holds the verilated mesh.
#include "runtime/accelerator/RtlDevice.h"
#include <dlfcn.h>
#include <filesystem>
#include <fmt/format.h>

using namespace engram;
using namespace engram::a1;

Expected<std::unique_ptr<Device>> engram::a1::loadRtlDevice(const ChipParameters &parameters,
                                                            const RtlOptions &options) {
  std::error_code error;
  std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  std::string mesh = fmt::format("{}x{}", parameters.columns, parameters.rows);
  std::string model = mesh + (options.assertions || !options.wave.empty() ? "_traced" : "");
  std::filesystem::path path =
      program.parent_path().parent_path() / "lib" / ("libengram_rtl_" + model + ".so");
  if (!std::filesystem::exists(path, error))
    return fail(
        fmt::format("no model of the RTL is built for a mesh of {}: there is no '{}', build "
                    "'engram_rtl_{}' ('cmake -DENGRAM_RTL_MESHES={}' gives meshes targets)",
                    mesh, path.string(), model, mesh));
  // Stays loaded: devices of it may live as long as the program.
  void *library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  void *make = library ? dlsym(library, "engramMakeRtlDevice") : nullptr;
  if (!make)
    return fail(fmt::format("cannot load '{}': {}", path.string(), dlerror()));
  std::unique_ptr<Device> device(reinterpret_cast<MakeRtlDevice *>(make)(parameters, options));
  if (!device)
    return fail(
        fmt::format("the model of the RTL in '{}' is of a chip with other sizes; build it again",
                    path.string()));
  return device;
}
