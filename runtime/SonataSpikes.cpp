// Spike files of the SONATA format (.h5).
#include "runtime/SonataSpikes.h"

#include "runtime/AtomicFile.h"
#include "runtime/Hdf5Handle.h"
#include "runtime/NumberText.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <new>
#include <set>

namespace engram {

namespace {

/// Reads below one open file; every error names the file and the path within it.
class Reader {
public:
  Reader(const std::string &path, hid_t file) : path(path), file(file) {}

  Expected<std::vector<SpikePopulation>> read();

private:
  tl::unexpected<Error> failAt(const std::string &place, std::string_view problem) const {
    return fail(fmt::format("'{}': '{}': {}", path, place, problem));
  }
  Expected<SpikePopulation> population(const std::string &group, const char *ids) const;
  Expected<Hdf5Handle> openData(const std::string &place, hsize_t &count) const;
  Expected<std::vector<uint64_t>> readIds(const std::string &place) const;
  Expected<std::vector<double>> readTimes(const std::string &place) const;
  Expected<double> unitInMs(const Hdf5Handle &data, const std::string &place) const;
  Expected<std::string> text(hid_t attribute, const std::string &place) const;
  Expected<SpikeSorting> sorting(const std::string &place) const;
  bool isObject(const std::string &place, H5O_type_t type) const;

  const std::string &path;
  hid_t file;
};

} // namespace

bool Reader::isObject(const std::string &place, H5O_type_t type) const {
  H5O_info_t info;
  return H5Lexists(file, place.c_str(), H5P_DEFAULT) > 0 &&
         H5Oget_info_by_name1(file, place.c_str(), &info, H5P_DEFAULT) >= 0 && info.type == type;
}

// A data set of rank 1 whose length is one that its storage can hold: deflate, the strongest of the
// usual filters, expands by at most 1032.
Expected<Hdf5Handle> Reader::openData(const std::string &place, hsize_t &count) const {
  if (!isObject(place, H5O_TYPE_DATASET))
    return failAt(place, "expected a data set");
  Hdf5Handle data(H5Dopen2(file, place.c_str(), H5P_DEFAULT), H5Dclose);
  Hdf5Handle space(data ? H5Dget_space(data.get()) : -1, H5Sclose);
  if (!space)
    return failAt(place, "cannot be opened");
  // A null space holds no element, as some writers store an empty list.
  count = 0;
  if (H5Sget_simple_extent_type(space.get()) == H5S_NULL)
    return data;
  if (H5Sget_simple_extent_ndims(space.get()) != 1)
    return failAt(place, "expected one dimension");
  H5Sget_simple_extent_dims(space.get(), &count, nullptr);
  constexpr hsize_t slack = 1 << 20, expansion = 1032;
  hsize_t stored = H5Dget_storage_size(data.get());
  if (count > stored * expansion + slack)
    return failAt(place, fmt::format("has {} elements, more than the file can hold", count));
  // HDF5 1.10 reads past its buffers where an unchunked data set is shorter than its shape.
  Hdf5Handle properties(H5Dget_create_plist(data.get()), H5Pclose);
  Hdf5Handle type(H5Dget_type(data.get()), H5Tclose);
  if (!properties || !type)
    return failAt(place, "cannot be opened");
  H5D_layout_t layout = H5Pget_layout(properties.get());
  // A contiguous one that was never written has no storage, and reads as zeros.
  bool unwritten = layout == H5D_CONTIGUOUS && stored == 0;
  if (layout != H5D_CHUNKED && !unwritten && stored != count * H5Tget_size(type.get()))
    return failAt(place, fmt::format("has {} elements in {} bytes", count, stored));
  return data;
}

Expected<std::vector<uint64_t>> Reader::readIds(const std::string &place) const {
  hsize_t count = 0;
  Expected<Hdf5Handle> data = openData(place, count);
  if (!data)
    return fail(data.error().message);
  Hdf5Handle type(H5Dget_type(data->get()), H5Tclose);
  if (!type || H5Tget_class(type.get()) != H5T_INTEGER)
    return failAt(place, "expected integers");
  std::vector<uint64_t> ids(count);
  if (count == 0)
    return ids;
  // HDF5 would turn negative numbers into 0 when read as unsigned.
  bool isSigned = H5Tget_sign(type.get()) == H5T_SGN_2;
  if (H5Dread(data->get(), isSigned ? H5T_NATIVE_INT64 : H5T_NATIVE_UINT64, H5S_ALL, H5S_ALL,
              H5P_DEFAULT, ids.data()) < 0)
    return failAt(place, "cannot be read: " + lastHdf5Problem());
  for (size_t i = 0; isSigned && i < ids.size(); ++i)
    if (static_cast<int64_t>(ids[i]) < 0)
      return failAt(place, fmt::format("expected element {} to be 0 or more, got {}", i,
                                       static_cast<int64_t>(ids[i])));
  return ids;
}

Expected<std::string> Reader::text(hid_t attribute, const std::string &place) const {
  Hdf5Handle type(H5Aget_type(attribute), H5Tclose), space(H5Aget_space(attribute), H5Sclose);
  constexpr size_t limit = 256;
  if (!type || !space || H5Tget_class(type.get()) != H5T_STRING ||
      H5Sget_simple_extent_npoints(space.get()) != 1)
    return failAt(place, "expected one string");
  std::string value;
  if (H5Tis_variable_str(type.get()) > 0) {
    char *pointer = nullptr;
    Hdf5Handle memory(H5Tcopy(type.get()), H5Tclose);
    if (H5Aread(attribute, memory.get(), &pointer) < 0)
      return failAt(place, "cannot be read: " + lastHdf5Problem());
    if (pointer)
      value = pointer;
    H5Dvlen_reclaim(memory.get(), space.get(), H5P_DEFAULT, &pointer);
  } else {
    value.resize(H5Tget_size(type.get()));
    if (value.size() > limit)
      return failAt(place, "expected a short string");
    if (H5Aread(attribute, type.get(), value.data()) < 0)
      return failAt(place, "cannot be read: " + lastHdf5Problem());
  }
  value.resize(std::min(value.find('\0'), value.size()));
  value.erase(value.find_last_not_of(' ') + 1);
  return value;
}

Expected<double> Reader::unitInMs(const Hdf5Handle &data, const std::string &place) const {
  if (H5Aexists(data.get(), "units") <= 0)
    return 1.0;
  Hdf5Handle attribute(H5Aopen(data.get(), "units", H5P_DEFAULT), H5Aclose);
  if (!attribute)
    return failAt(place + "@units", "cannot be opened");
  Expected<std::string> units = text(attribute.get(), place + "@units");
  if (!units)
    return fail(units.error().message);
  if (*units == "ms" || *units == "milliseconds")
    return 1.0;
  if (*units == "s" || *units == "seconds")
    return 1e3;
  if (*units == "us" || *units == "microseconds")
    return 1e-3;
  return failAt(place + "@units", fmt::format("expected 'ms', 's' or 'us', got {}", quote(*units)));
}

Expected<std::vector<double>> Reader::readTimes(const std::string &place) const {
  hsize_t count = 0;
  Expected<Hdf5Handle> data = openData(place, count);
  if (!data)
    return fail(data.error().message);
  Hdf5Handle type(H5Dget_type(data->get()), H5Tclose);
  H5T_class_t kind = type ? H5Tget_class(type.get()) : H5T_NO_CLASS;
  if (kind != H5T_FLOAT && kind != H5T_INTEGER)
    return failAt(place, "expected numbers");
  Expected<double> unit = unitInMs(*data, place);
  if (!unit)
    return fail(unit.error().message);
  std::vector<double> times(count);
  if (count > 0 &&
      H5Dread(data->get(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, times.data()) < 0)
    return failAt(place, "cannot be read: " + lastHdf5Problem());
  for (size_t i = 0; i < times.size(); ++i) {
    if (!std::isfinite(times[i]))
      return failAt(place, fmt::format("expected element {} to be finite, got {}", i,
                                       shortestNumber(times[i])));
    times[i] *= *unit;
  }
  return times;
}

static Expected<SpikeSorting> sortingOfName(std::string_view name) {
  if (name == "none")
    return SpikeSorting::None;
  if (name == "by_id" || name == "by_gid")
    return SpikeSorting::ById;
  if (name == "by_time")
    return SpikeSorting::ByTime;
  return fail(fmt::format("expected 'none', 'by_id' or 'by_time', got {}", quote(name)));
}

Expected<SpikeSorting> Reader::sorting(const std::string &group) const {
  if (H5Aexists_by_name(file, group.c_str(), "sorting", H5P_DEFAULT) <= 0)
    return SpikeSorting::None;
  std::string place = group + "@sorting";
  Hdf5Handle attribute(H5Aopen_by_name(file, group.c_str(), "sorting", H5P_DEFAULT, H5P_DEFAULT),
                       H5Aclose);
  Hdf5Handle type(attribute ? H5Aget_type(attribute.get()) : -1, H5Tclose);
  Hdf5Handle space(attribute ? H5Aget_space(attribute.get()) : -1, H5Sclose);
  if (!type || !space)
    return failAt(place, "cannot be opened");
  Expected<std::string> name;
  if (H5Tget_class(type.get()) == H5T_ENUM && H5Tget_size(type.get()) <= 8 &&
      H5Sget_simple_extent_npoints(space.get()) == 1) {
    // By the name of the member: writers do not agree on the values.
    char value[8] = {}, member[64] = {};
    if (H5Aread(attribute.get(), type.get(), value) < 0 ||
        H5Tenum_nameof(type.get(), value, member, sizeof member) < 0)
      return failAt(place, "has a value that its type does not name");
    name = std::string(member);
  } else {
    name = text(attribute.get(), place);
    if (!name)
      return fail(name.error().message);
  }
  Expected<SpikeSorting> result = sortingOfName(*name);
  return result ? result : Expected<SpikeSorting>(failAt(place, result.error().message));
}

Expected<SpikePopulation> Reader::population(const std::string &group, const char *ids) const {
  SpikePopulation result;
  Expected<std::vector<uint64_t>> nodeIds = readIds(group + "/" + ids);
  if (!nodeIds)
    return fail(nodeIds.error().message);
  Expected<std::vector<double>> times = readTimes(group + "/timestamps");
  if (!times)
    return fail(times.error().message);
  if (nodeIds->size() != times->size())
    return failAt(group, fmt::format("expected as many 'timestamps' as '{}', got {} and {}", ids,
                                     times->size(), nodeIds->size()));
  Expected<SpikeSorting> order = sorting(group);
  if (!order)
    return fail(order.error().message);
  result.nodeIds = std::move(*nodeIds);
  result.timesMs = std::move(*times);
  result.sorting = *order;
  return result;
}

static herr_t collectName(hid_t, const char *name, const H5L_info_t *, void *names) {
  static_cast<std::vector<std::string> *>(names)->emplace_back(name);
  return 0;
}

Expected<std::vector<SpikePopulation>> Reader::read() {
  if (!isObject("/spikes", H5O_TYPE_GROUP))
    return failAt("/spikes", "expected a group");
  std::vector<SpikePopulation> result;
  if (isObject("/spikes/gids", H5O_TYPE_DATASET)) {
    Expected<SpikePopulation> old = population("/spikes", "gids");
    if (!old)
      return fail(old.error().message);
    result.push_back(std::move(*old));
    return result;
  }
  std::vector<std::string> names;
  if (H5Literate_by_name(file, "/spikes", H5_INDEX_NAME, H5_ITER_INC, nullptr, collectName, &names,
                         H5P_DEFAULT) < 0)
    return failAt("/spikes", "cannot be listed: " + lastHdf5Problem());
  for (const std::string &name : names) {
    std::string group = "/spikes/" + name;
    if (!isObject(group, H5O_TYPE_GROUP))
      return failAt(group, "expected a group with the spikes of a population");
    Expected<SpikePopulation> spikes = population(group, "node_ids");
    if (!spikes)
      return fail(spikes.error().message);
    spikes->name = name;
    result.push_back(std::move(*spikes));
  }
  if (result.empty())
    return failAt("/spikes", "expected at least one population");
  return result;
}

static Expected<std::vector<SpikePopulation>> openAndRead(const std::string &path) {
  Hdf5Silence silence;
  Hdf5Handle file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose);
  if (!file)
    return fail(fmt::format("'{}': not a readable HDF5 file: {}", path, lastHdf5Problem()));
  try {
    return Reader(path, file.get()).read();
  } catch (const std::bad_alloc &) {
    return fail(fmt::format("'{}': is too long for the memory of this machine", path));
  }
}

Expected<std::vector<SpikePopulation>> readSonataSpikes(const std::string &path) {
  // HDF5 would wait for ever on a pipe.
  std::error_code error;
  std::filesystem::file_status status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status))
    return fail(fmt::format("'{}': cannot be opened: {}", path, error.message()));
  if (!std::filesystem::is_regular_file(status))
    return fail(fmt::format("'{}': expected a file", path));
  // The slowest disk that one would wait for gives 10 MB a second.
  std::uintmax_t length = std::filesystem::file_size(path, error);
  auto limitSeconds =
      static_cast<unsigned>(error ? 5 : std::min<std::uintmax_t>(5 + length / 10000000, 3600));
  if (!survivesInChild([&] { (void)openAndRead(path); }, limitSeconds))
    return fail(fmt::format("'{}': is damaged: the HDF5 library cannot read it", path));
  return openAndRead(path);
}

static bool writeAttribute(hid_t object, const char *name, hid_t type, const Hdf5Handle &space,
                           const void *value) {
  Hdf5Handle attribute(H5Acreate2(object, name, type, space.get(), H5P_DEFAULT, H5P_DEFAULT),
                       H5Aclose);
  return attribute && H5Awrite(attribute.get(), type, value) >= 0;
}

static Hdf5Handle writeList(hid_t group, const char *name, hid_t fileType, hid_t memoryType,
                            hsize_t count, const void *values) {
  Hdf5Handle space(H5Screate_simple(1, &count, nullptr), H5Sclose);
  Hdf5Handle data(
      H5Dcreate2(group, name, fileType, space.get(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
      H5Dclose);
  if (!data ||
      (count > 0 && H5Dwrite(data.get(), memoryType, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) < 0))
    return {};
  return data;
}

static bool writePopulation(hid_t spikes, const SpikePopulation &population) {
  Hdf5Handle group(
      H5Gcreate2(spikes, population.name.c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Gclose);
  Hdf5Handle scalar(H5Screate(H5S_SCALAR), H5Sclose);
  Hdf5Handle sorting(H5Tenum_create(H5T_STD_U8LE), H5Tclose);
  if (!group || !scalar || !sorting)
    return false;
  constexpr const char *names[] = {"none", "by_id", "by_time"};
  for (uint8_t value = 0; value < 3; ++value)
    if (H5Tenum_insert(sorting.get(), names[value], &value) < 0)
      return false;
  if (!writeAttribute(group.get(), "sorting", sorting.get(), scalar, &population.sorting))
    return false;
  hsize_t count = population.nodeIds.size();
  if (!writeList(group.get(), "node_ids", H5T_STD_U64LE, H5T_NATIVE_UINT64, count,
                 population.nodeIds.data()))
    return false;
  Hdf5Handle times = writeList(group.get(), "timestamps", H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, count,
                               population.timesMs.data());
  Hdf5Handle text(H5Tcopy(H5T_C_S1), H5Tclose);
  const char *unit = "ms";
  // Variable length is what libsonata reads into a string.
  return times && H5Tset_size(text.get(), H5T_VARIABLE) >= 0 &&
         H5Tset_cset(text.get(), H5T_CSET_UTF8) >= 0 &&
         writeAttribute(times.get(), "units", text.get(), scalar, &unit);
}

static bool writeAll(const std::string &path, const std::vector<SpikePopulation> &populations) {
  Hdf5Handle file(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), H5Fclose);
  if (!file)
    return false;
  hsize_t two = 2;
  Hdf5Handle scalar(H5Screate(H5S_SCALAR), H5Sclose),
      pair(H5Screate_simple(1, &two, nullptr), H5Sclose);
  uint32_t magic = 0x0A7A, version[2] = {0, 1};
  Hdf5Handle spikes(H5Gcreate2(file.get(), "spikes", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
                    H5Gclose);
  if (!spikes || !writeAttribute(file.get(), "magic", H5T_NATIVE_UINT32, scalar, &magic) ||
      !writeAttribute(file.get(), "version", H5T_NATIVE_UINT32, pair, version))
    return false;
  for (const SpikePopulation &population : populations)
    if (!writePopulation(spikes.get(), population))
      return false;
  // The last chance to see that the disk is full: closing reports nothing through the handles.
  return H5Fflush(file.get(), H5F_SCOPE_GLOBAL) >= 0;
}

static Expected<void> checkPopulations(const std::string &path,
                                       const std::vector<SpikePopulation> &populations) {
  std::set<std::string_view> names;
  for (const SpikePopulation &population : populations) {
    if (population.name.empty() || population.name == "." ||
        population.name.find('/') != std::string::npos ||
        population.name.find('\0') != std::string::npos || !names.insert(population.name).second)
      return fail(fmt::format("'{}': {} cannot be the name of a population, or it appears twice",
                              path, quote(population.name)));
    if (population.nodeIds.size() != population.timesMs.size())
      return fail(fmt::format("'{}': population '{}': expected as many times as ids, got {} and {}",
                              path, population.name, population.timesMs.size(),
                              population.nodeIds.size()));
  }
  return {};
}

Expected<void> writeSonataSpikes(const std::string &path,
                                 const std::vector<SpikePopulation> &populations) {
  if (Expected<void> valid = checkPopulations(path, populations); !valid)
    return valid;
  Expected<AtomicFile> file = AtomicFile::create(path);
  if (!file)
    return fail(file.error().message);
  Hdf5Silence silence;
  if (!writeAll(file->temporaryPath(), populations))
    return fail(fmt::format("'{}': cannot be written: {}", path, lastHdf5Problem()));
  return file->commit();
}

} // namespace engram
