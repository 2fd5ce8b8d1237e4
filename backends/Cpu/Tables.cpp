// Moves constants from resource blobs to one block of memory.
#include "backends/Cpu/Tables.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include <cstdlib>
#include <cstring>
#include <sys/mman.h>

using namespace mlir;
using namespace engram;

cpu::Memory cpu::allocateMemory(size_t bytes) {
  constexpr size_t hugePage = size_t(2) << 20;
  // Small ones would waste most of a huge page.
  size_t alignment = bytes >= hugePage / 2 ? hugePage : 64;
  size_t rounded = (bytes + alignment - 1) / alignment * alignment;
  Memory memory(static_cast<char *>(std::aligned_alloc(alignment, rounded)));
#ifdef MADV_HUGEPAGE
  if (memory && alignment == hugePage)
    madvise(memory.get(), rounded, MADV_HUGEPAGE);
#endif
  return memory;
}

FailureOr<cpu::Tables> cpu::takeTables(ModuleOp module) {
  // Less than this is compiled into the code, where the optimizer sees it.
  constexpr size_t leastBytes = 16384;
  auto lines = [](size_t bytes) { return (bytes + 63) / 64 * 64; };
  SmallVector<std::pair<LLVM::GlobalOp, DenseResourceElementsAttr>> globals;
  size_t total = 0;
  for (auto global : module.getOps<LLVM::GlobalOp>()) {
    auto values = dyn_cast_or_null<DenseResourceElementsAttr>(global.getValueOrNull());
    AsmResourceBlob *blob = values ? values.getRawHandle().getBlob() : nullptr;
    if (!blob || blob->getData().size() < leastBytes)
      continue;
    globals.push_back({global, values});
    total += lines(blob->getData().size());
  }
  Tables tables;
  if (globals.empty())
    return tables;
  tables.memory = allocateMemory(total);
  if (!tables.memory)
    return module.emitError() << "no memory for " << total << " bytes of constants";
  char *place = tables.memory.get();
  for (auto [global, values] : globals) {
    DenseResourceElementsHandle handle = values.getRawHandle();
    ArrayRef<char> data = handle.getBlob()->getData();
    std::memcpy(place, data.data(), data.size());
    tables.symbols.push_back({global.getSymName().str(), place});
    place += lines(data.size());
    handle.getResource()->setBlob(AsmResourceBlob());
    global.removeValueAttr();
    global.setLinkage(LLVM::Linkage::External);
  }
  return tables;
}
