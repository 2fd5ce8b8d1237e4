// Regions one after another behind the header.
#include "backends/SpiNNaker/CoreData.h"
#include <algorithm>
#include <cstring>

using namespace engram::spinnaker;

void CoreSynapses::add(size_t sender, int64_t neurons, int64_t local, const CoreSynapse &synapse) {
  Rows &all = rows[sender];
  all.resize(neurons);
  ++synapses;
  uint32_t shift = synapse.shift;
  // w = sum of signed halves times 2^(16 k); sums are modulo 2^32.
  for (int64_t rest = synapse.weight; rest != 0 && shift < 32; shift += 16) {
    auto low = static_cast<int16_t>(rest & 0xffff);
    rest = (rest - low) >> 16;
    if (low == 0)
      continue;
    auto type = std::find(types.begin(), types.end(), std::pair{synapse.port, shift});
    auto number = static_cast<uint32_t>(type - types.begin());
    if (type == types.end())
      types.push_back({synapse.port, shift});
    all[local].push_back(static_cast<uint32_t>(static_cast<uint16_t>(low)) << CORE_WEIGHT_SHIFT |
                         (synapse.delay - 1) << CORE_DELAY_SHIFT |
                         (number & (CORE_TYPES - 1)) << CORE_TYPE_SHIFT | synapse.neuron);
  }
}

namespace {

class Writer {
public:
  std::vector<uint32_t> words = std::vector<uint32_t>(sizeof(core_data) / 4);

  /// Offset of the words; regions begin at multiples of 8.
  uint32_t append(const std::vector<uint32_t> &region) {
    words.resize((words.size() + 1) & ~size_t(1));
    auto offset = static_cast<uint32_t>(4 * words.size());
    words.insert(words.end(), region.begin(), region.end());
    return offset;
  }
  template <typename T> uint32_t appendStructs(const std::vector<T> &list) {
    std::vector<uint32_t> region(list.size() * sizeof(T) / 4);
    if (!list.empty())
      std::memcpy(region.data(), list.data(), list.size() * sizeof(T));
    return append(region);
  }
  void finish(core_data header) {
    header.magic = CORE_MAGIC;
    header.version = CORE_VERSION;
    std::memcpy(words.data(), &header, sizeof header);
  }
};

/// Tables and rows while they are made.
struct Tables {
  std::vector<core_entry> entries;
  std::vector<core_block> blocks;
  std::vector<uint32_t> rows;
};

} // namespace

// Rows of more words than a transfer are cut: neuron by neuron, the k-th piece of each lies in the
// k-th block.
static void addBlocks(const CoreSynapses::Rows &rows, CoreContent::KeyBlock key, Tables &tables) {
  constexpr size_t most = CORE_ROW_WORDS - CORE_ROW_HEADER;
  size_t longest = 0;
  for (const std::vector<uint32_t> &row : rows)
    longest = std::max(longest, row.size());
  auto first = static_cast<uint16_t>(tables.blocks.size());
  for (size_t begin = 0; begin < longest; begin += most) {
    size_t words = CORE_ROW_HEADER + std::min(most, longest - begin);
    tables.blocks.push_back(
        {static_cast<uint32_t>(4 * tables.rows.size()), static_cast<uint32_t>(words)});
    for (const std::vector<uint32_t> &row : rows) {
      size_t count = row.size() > begin ? std::min(most, row.size() - begin) : 0,
             end = begin + count;
      tables.rows.insert(tables.rows.end(), {0, static_cast<uint32_t>(count), 0});
      if (count)
        tables.rows.insert(tables.rows.end(), row.begin() + begin, row.begin() + end);
      tables.rows.resize(tables.rows.size() + words - CORE_ROW_HEADER - count);
    }
  }
  tables.entries.push_back({key.key, key.mask, static_cast<uint32_t>(rows.size()), first,
                            static_cast<uint16_t>(tables.blocks.size() - first)});
}

// Rows of neurons that have one, a struct core_row each.
static void addLocalRows(const CoreSynapses::Rows &rows, CoreContent::KeyBlock key,
                         Tables &tables) {
  auto first = static_cast<uint16_t>(tables.blocks.size());
  for (size_t neuron = 0; neuron < rows.size(); ++neuron)
    if (!rows[neuron].empty()) {
      tables.blocks.push_back(
          {static_cast<uint32_t>(neuron), static_cast<uint32_t>(tables.rows.size())});
      tables.rows.insert(tables.rows.end(), rows[neuron].begin(), rows[neuron].end());
    }
  tables.entries.push_back({key.key, key.mask, static_cast<uint32_t>(rows.size()), first,
                            static_cast<uint16_t>(tables.blocks.size() - first)});
}

static Tables tablesOf(const CoreContent &content) {
  Tables tables;
  bool isLocal = content.header.flags & CORE_LOCAL_ROWS;
  for (const auto &[sender, rows] : content.synapses.rows)
    (isLocal ? addLocalRows : addBlocks)(rows, content.senders.at(sender), tables);
  if (isLocal)
    tables.blocks.push_back({0, static_cast<uint32_t>(tables.rows.size())});
  std::sort(tables.entries.begin(), tables.entries.end(),
            [](const core_entry &a, const core_entry &b) { return a.key < b.key; });
  return tables;
}

// As core_init takes it: each part in multiples of 8 bytes.
static void countMemory(const core_data &h, uint32_t limit, CoreImage &image, core_data &header) {
  auto add = [&](const char *what, uint32_t words) {
    uint32_t bytes = (4 * words + 7) & ~7u;
    if (bytes)
      image.memory.push_back({what, bytes});
    image.memoryBytes += bytes;
  };
  add("sums", CORE_SLOTS * h.ports * h.stride);
  add("states", h.neurons * h.record_words);
  add("parameters", h.shared_words);
  add("spikes", (h.neurons + 31) / 32);
  add("outputs", h.flags & CORE_RECORDS_OUTPUTS ? h.neurons : 0);
  add("population table", h.entries * (sizeof(core_entry) / 4));
  add(h.flags & CORE_LOCAL_ROWS ? "starts of rows" : "blocks", h.blocks * (sizeof(core_block) / 4));
  add("indices", h.indices ? h.neurons : 0);
  for (uint32_t port = 0; port < CORE_PORTS; ++port)
    add("biases", h.bias_ports >> port & 1 ? h.neurons : 0);
  if (h.flags & CORE_LOCAL_ROWS)
    add("rows", h.rows_bytes / 4);
  else
    add("row buffers", 2 * CORE_ROW_WORDS);
  header.packet_slots = 2048;
  while (header.packet_slots > 256 && image.memoryBytes + 8 * header.packet_slots > limit)
    header.packet_slots /= 2;
  add("packets", 2 * header.packet_slots);
}

static uint32_t recordedBytes(const core_data &h) {
  uint32_t words = 0;
  if (h.flags & CORE_RECORDS_SPIKES)
    words += (h.neurons + 31) / 32;
  if (h.flags & CORE_RECORDS_OUTPUTS)
    words += h.neurons;
  if (h.flags & CORE_RECORDS_STATES)
    words += h.neurons * h.record_words;
  return 4 * words;
}

CoreImage engram::spinnaker::buildNeuronCore(const CoreContent &content, uint32_t recordedSteps,
                                             uint32_t memoryLimit) {
  CoreImage image;
  core_data header = content.header;
  Writer writer;
  Tables tables = tablesOf(content);
  header.kind = CORE_KIND_NEURONS;
  header.stride = header.neurons;
  header.counters = writer.append(std::vector<uint32_t>(CORE_COUNTERS));
  header.records = writer.append(content.records);
  header.shared = writer.append(content.shared);
  header.shared_words = static_cast<uint32_t>(content.shared.size());
  header.indices = content.indices.empty() ? 0 : writer.append(content.indices);
  std::vector<core_bias> biases;
  for (const auto &[when, values] : content.biases) {
    biases.push_back({when.first, when.second, writer.append(values), 0});
    header.bias_ports |= 1u << when.second;
  }
  header.biases = static_cast<uint32_t>(biases.size());
  header.bias = writer.appendStructs(biases);
  header.entries = static_cast<uint32_t>(tables.entries.size());
  header.table = writer.appendStructs(tables.entries);
  header.blocks = static_cast<uint32_t>(tables.blocks.size());
  header.block_table = writer.appendStructs(tables.blocks);
  header.rows_bytes = static_cast<uint32_t>(4 * tables.rows.size());
  header.rows = writer.append(tables.rows);
  for (size_t k = 0; k < std::min<size_t>(content.synapses.types.size(), CORE_TYPES); ++k)
    header.types[k] = {content.synapses.types[k].first, content.synapses.types[k].second};
  countMemory(header, memoryLimit, image, header);
  core_recording recording = {};
  recording.capacity = recordedSteps;
  recording.step_bytes = recordedBytes(header);
  header.channel = writer.appendStructs(std::vector<core_recording>{recording});
  header.bytes =
      static_cast<uint32_t>(4 * writer.words.size()) + recording.capacity * recording.step_bytes;
  writer.finish(header);
  image.words = std::move(writer.words);
  image.bytes = header.bytes;
  return image;
}

CoreImage engram::spinnaker::buildSourceCore(const std::vector<core_segment> &segments,
                                             uint32_t lag, uint32_t bufferedSteps) {
  CoreImage image;
  core_data header = {};
  Writer writer;
  header.kind = CORE_KIND_SOURCE;
  header.flags = CORE_SENDS;
  header.lag = lag;
  for (const core_segment &segment : segments)
    header.neurons += segment.neurons;
  header.counters = writer.append(std::vector<uint32_t>(CORE_COUNTERS));
  header.entries = static_cast<uint32_t>(segments.size());
  header.table = writer.appendStructs(segments);
  core_input input = {};
  input.capacity = bufferedSteps;
  input.step_bytes = 4 * header.neurons;
  header.channel = writer.appendStructs(std::vector<core_input>{input});
  header.bytes = static_cast<uint32_t>(4 * writer.words.size()) + input.capacity * input.step_bytes;
  writer.finish(header);
  image.words = std::move(writer.words);
  image.bytes = header.bytes;
  auto table = static_cast<uint32_t>(segments.size() * sizeof(core_segment));
  image.memoryBytes = table + 4 * CORE_INPUT_WORDS;
  image.memory = {{"keys", table}, {"input", 4 * CORE_INPUT_WORDS}};
  return image;
}
