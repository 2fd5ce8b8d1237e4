// Reading and writing NIR networks in their HDF5 files.
//
// Debian's HDF5 library (1.10) overruns memory or loops on some corrupt files, which no check made
// beforehand can rule out. Reading therefore happens in a forked child with limits on memory and
// processor time, and what the child sends back is checked again: whatever the library does, the
// caller gets an error value. Writing happens in a child as well, since a full disk leaves the
// library in a state in which it crashes at exit.
#pragma once

#include "lowering/NIRToNeuro/NIRGraph.h"
#include "runtime/Error.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace engram::nir {

struct ReadOptions {
  /// Read in a child process. Without it a corrupt file may crash the caller inside HDF5; only
  /// fuzzers and callers that may not fork want that.
  bool isolate = true;
};

struct WriteOptions {
  /// Store arrays in chunks with gzip, as the format's own library does since 2026.
  bool compress = false;
};

/// The version of the format's own library whose files `writeFile` mirrors. An exporter puts it
/// into Graph::version.
inline constexpr const char *formatVersion = "1.0.8";

/// Reads any HDF5 form of NIR: contiguous or chunked, gzip, shuffle, fixed- and variable-length
/// strings, either byte order. Refuses links that leave the file, references, other filters and
/// other element types, cycles, and data that would take far more memory than the file's size
/// explains. The error names the file, and the node and field where there is one. The graph is
/// well-formed as a tree of values; whether it is a network is for checkGraph (NIRChecks.h).
Expected<Graph> readFile(const std::string &path, ReadOptions options = {});

/// As readFile, from the bytes of a file; `name` stands for the path in messages.
Expected<Graph> readImage(const void *bytes, std::size_t size, const std::string &name,
                          ReadOptions options = {});

/// Writes so that readFile and the format's own library read the same graph back. The file appears
/// whole or not at all: it is written beside its place and then renamed.
Expected<void> writeFile(const Graph &graph, const std::string &path, WriteOptions options = {});

} // namespace engram::nir
