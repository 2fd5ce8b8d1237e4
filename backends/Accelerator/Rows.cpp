// Rows: pieces of 8 bits, dense or sparse, shared.
#include "backends/Accelerator/Rows.h"
#include <algorithm>
#include <tuple>

using namespace engram::a1;

namespace {

/// A synapse of 8 bits with a shift.
struct Piece {
  uint32_t neuron, port, delay, shift;
  int32_t weight;
};

int trailingZeros(int64_t x) { return __builtin_ctzll(static_cast<uint64_t>(x)); }

// w = sum of signed bytes times 2^(shift + 8 k). A weight whose zeros at the end reach the common
// shift of its group is one piece more often than one with a shift of its own.
void split(const RowSynapse &synapse, uint32_t shift, std::vector<Piece> &pieces) {
  int64_t rest = synapse.weight >> shift;
  for (; rest != 0; shift += 8) {
    auto low = static_cast<int8_t>(rest & 0xff);
    if (low != 0)
      pieces.push_back({synapse.neuron, synapse.port, synapse.delay, shift, low});
    rest = (rest - low) >> 8;
  }
}

void putBits(std::vector<uint32_t> &words, size_t base, unsigned low, unsigned bits,
             uint32_t value) {
  words[base + low / 32] |= value << low % 32;
  if (low % 32 + bits > 32)
    words[base + low / 32 + 1] |= value >> (32 - low % 32);
}

/// Segments of one row, their neurons counted from the row's base.
class RowWriter {
public:
  explicit RowWriter(RowStatistics &counts) : counts(counts) {}

  void sparse(const std::vector<Piece> &pieces) {
    constexpr size_t most = 512;
    for (size_t first = 0; first < pieces.size(); first += most) {
      size_t count = std::min(most, pieces.size() - first);
      auto words =
          static_cast<uint32_t>((count + SparseSynapse::perWord - 1) / SparseSynapse::perWord);
      SegmentHeader header;
      header.words = words;
      header.synapses = static_cast<uint32_t>(count);
      header.shift = pieces[first].shift;
      size_t data = open(header);
      for (size_t k = 0; k < count; ++k) {
        const Piece &piece = pieces[first + k];
        SparseSynapse synapse{piece.neuron, piece.port, piece.delay, piece.weight};
        putBits(row, data + 4 * (k / SparseSynapse::perWord),
                SparseSynapse::bits * (k % SparseSynapse::perWord), SparseSynapse::bits,
                synapse.encode());
      }
      counts.sparseWords += words;
    }
  }

  void dense(const std::vector<Piece> &pieces, unsigned width) {
    uint32_t first = pieces.front().neuron, last = pieces.back().neuron;
    SegmentHeader header;
    header.format = width == 4 ? SegmentHeader::Dense4 : SegmentHeader::Dense8;
    header.first = first;
    header.synapses = last - first + 1;
    header.words = (header.synapses * width + 127) / 128;
    header.delay = pieces.front().delay;
    header.port = pieces.front().port;
    header.shift = pieces.front().shift;
    size_t data = open(header);
    for (const Piece &piece : pieces)
      putBits(row, data, (piece.neuron - first) * width, width,
              static_cast<uint32_t>(piece.weight) & ((1u << width) - 1));
    counts.denseWords += header.words;
  }

  std::vector<uint32_t> finish() {
    row[lastHeader] |= 1u << 2;
    return std::move(row);
  }

private:
  RowStatistics &counts;
  std::vector<uint32_t> row;
  size_t lastHeader = 0;

  /// Appends a header and zeros for its data; where these begin.
  size_t open(SegmentHeader header) {
    header.last = false;
    lastHeader = row.size();
    uint64_t bits = header.encode();
    row.insert(row.end(), {static_cast<uint32_t>(bits), static_cast<uint32_t>(bits >> 32), 0, 0});
    row.resize(row.size() + 4 * header.words);
    ++counts.headers;
    return lastHeader + 4;
  }
};

} // namespace

std::optional<uint32_t> RowMemory::add(std::vector<RowSynapse> synapses) {
  synapses.erase(std::remove_if(synapses.begin(), synapses.end(),
                                [](const RowSynapse &s) { return s.weight == 0; }),
                 synapses.end());
  if (synapses.empty())
    return std::nullopt;
  // Groups that one dense segment could hold.
  std::map<std::pair<uint32_t, uint32_t>, std::vector<RowSynapse>> groups;
  uint32_t base = UINT32_MAX;
  for (const RowSynapse &synapse : synapses)
    base = std::min(base, synapse.neuron);
  for (RowSynapse synapse : synapses) {
    synapse.neuron -= base;
    groups[{synapse.port, synapse.delay}].push_back(synapse);
  }
  ++counts.rows;
  counts.synapses += static_cast<int64_t>(synapses.size());
  RowStatistics before = counts;
  RowWriter writer(counts);
  std::map<uint32_t, std::vector<Piece>> sparse; // by shift
  for (auto &[key, group] : groups) {
    int shift = 63;
    for (const RowSynapse &synapse : group)
      shift = std::min(shift, trailingZeros(synapse.weight));
    std::vector<Piece> pieces;
    for (const RowSynapse &synapse : group)
      split(synapse, static_cast<uint32_t>(shift), pieces);
    std::map<uint32_t, std::vector<Piece>> byShift;
    for (const Piece &piece : pieces)
      byShift[piece.shift].push_back(piece);
    for (auto &[pieceShift, some] : byShift) {
      std::sort(some.begin(), some.end(), [](const Piece &a, const Piece &b) {
        return std::tie(a.neuron, a.weight) < std::tie(b.neuron, b.weight);
      });
      // Two synapses of one pair cannot both stand at a place of a dense row.
      bool distinct =
          std::adjacent_find(some.begin(), some.end(), [](const Piece &a, const Piece &b) {
            return a.neuron == b.neuron;
          }) == some.end();
      bool narrow = std::all_of(some.begin(), some.end(),
                                [](const Piece &p) { return p.weight >= -8 && p.weight <= 7; });
      uint32_t span = some.back().neuron - some.front().neuron + 1, width = narrow ? 4 : 8;
      uint32_t denseWords = 1 + (span * width + 127) / 128;
      auto sparseWords = static_cast<uint32_t>((some.size() + SparseSynapse::perWord - 1) /
                                               SparseSynapse::perWord);
      if (distinct && denseWords <= sparseWords)
        writer.dense(some, width);
      else
        sparse[pieceShift].insert(sparse[pieceShift].end(), some.begin(), some.end());
    }
  }
  for (auto &[shift, pieces] : sparse)
    writer.sparse(pieces);
  std::vector<uint32_t> row = writer.finish();
  auto [found, isNew] = known.try_emplace(row, static_cast<uint32_t>(words()));
  if (isNew) {
    memory.insert(memory.end(), row.begin(), row.end());
  } else {
    before.shared = counts.shared + 1;
    before.rows = counts.rows;
    before.synapses = counts.synapses;
    counts = before;
  }
  counts.words = words();
  return 1u << 31 | (base & 0xff) << 14 | (found->second & 0x3fff);
}
