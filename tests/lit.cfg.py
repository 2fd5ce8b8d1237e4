# The lit tests: which files are tests, what the tools are called in them, what a test may require.
import importlib.util
import os
import shutil
import sys

import lit.formats

config.name = "engram"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".test"]
# The first two hold files that tests read; the others hold no tests of lit's.
config.excludes = ["Inputs", "fixtures", "fuzz", "soak", "bench"]
config.test_source_root = os.path.join(config.engram_source_root, "tests")
config.test_exec_root = os.path.join(config.engram_build_root, "tests")

# A test that hangs is to fail long before CI gives up.
lit_config.maxIndividualTestTime = 600

tools_dir = os.path.join(config.engram_build_root, "bin")
shared_data = os.path.normpath(os.path.join(config.engram_source_root, "..", "shared", "data"))

config.environment["PATH"] = os.pathsep.join(
    [tools_dir, config.llvm_tools_dir, config.environment.get("PATH", os.defpath)]
)
config.environment["LC_ALL"] = "C.UTF-8"
for name in ("HOME", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"):
    if name in os.environ:
        config.environment[name] = os.environ[name]


def substitute(name, value):
    """Replaces %name, and not the beginning of a longer name such as %name-opt."""
    config.substitutions.append((rf"%{name}(?![\w-])", value))


for tool in ("engram", "engram-opt", "engram-translate", "engram-lsp-server", "engram-reduce"):
    substitute(tool, os.path.join(tools_dir, tool))
substitute("cc", config.host_cc)
substitute("python", sys.executable)
substitute("root", config.engram_source_root)
substitute("lib_dir", os.path.join(config.engram_build_root, "lib"))
substitute("shared", shared_data)

if os.path.isdir(shared_data):
    config.available_features.add("shared-data")
else:
    lit_config.note(f"tests that require 'shared-data' are skipped: there is no folder '{shared_data}'")
# lit itself runs on Python 3; its modules are what a machine may lack.
config.available_features.add("python3")
for module in ("numpy", "h5py"):
    if importlib.util.find_spec(module):
        config.available_features.add(f"python-{module}")
    else:
        lit_config.note(f"tests that require 'python-{module}' are skipped: there is no Python module '{module}'")
if shutil.which("h5dump"):
    config.available_features.add("h5dump")
if os.path.exists(os.path.join(config.engram_build_root, "lib", "libengram_rtl_1x1.so")):
    config.available_features.add("rtl-1x1")
if config.sanitized:
    config.available_features.add("sanitizers")
