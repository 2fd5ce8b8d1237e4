// Owning HDF5 identifiers, and silence of the library's own error printing.
#include "runtime/Hdf5Handle.h"

namespace engram {

static herr_t keepInnermost(unsigned, const H5E_error2_t *entry, void *text) {
  if (entry->desc)
    *static_cast<std::string *>(text) = entry->desc;
  return 0;
}

std::string lastHdf5Problem() {
  std::string text;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_DOWNWARD, keepInnermost, &text);
  return text;
}

} // namespace engram
