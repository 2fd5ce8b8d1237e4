// Blocks of keys are halved where that saves axons: the best cover for each number of entries, by
// dynamic programming over the aligned parts of each block and then over the blocks.
#include "lowering/NeuroToNCore/KeyCover.h"
#include <algorithm>
#include <functional>

using namespace engram::ncore;

namespace {

constexpr int64_t impossible = INT64_MAX / 4;

/// How an aligned part of a block is covered.
enum class How : uint8_t {
  Nothing, ///< no entry: nobody has these keys, or an entry for a larger part has them
  Axons,   ///< an entry to axons of its own
  Shared,  ///< an entry to the shared axons
  Halves,
  SharedHalves ///< an entry to the shared axons for what the halves leave over
};

/// Best covers of a part by number of entries.
struct Covers {
  struct Choice {
    int64_t axons = impossible;
    How how = How::Nothing;
    uint8_t left = 0; ///< entries of the lower half
  };
  std::vector<Choice> by;

  void offer(size_t entries, Choice choice, size_t most) {
    if (entries > most || choice.axons >= impossible)
      return;
    if (by.size() <= entries)
      by.resize(entries + 1);
    if (choice.axons < by[entries].axons)
      by[entries] = choice;
  }
};

/// An aligned part of a block. `left` and `right` are parts, -1 where it is not divided.
struct Part {
  uint32_t offset;
  int bits;
  int64_t extent; ///< up to its last neuron
  int left = -1, right = -1;
  Covers alone, beneath; ///< beneath an entry that leads what is not needed to the shared axons
};

/// The covers of one sender's block, for a number of shared axons.
class BlockCovers {
public:
  BlockCovers(const KeysOfSender &sender, size_t mostEntries, int64_t shared)
      : sender(sender), most(mostEntries), shared(shared), before(sender.needed.size() + 1) {
    for (size_t n = 0; n < sender.needed.size(); ++n)
      before[n + 1] = before[n] + sender.needed[n];
    root = build(0, sender.bits);
  }

  const Covers &covers() const { return parts[root].alone; }

  /// Calls back for each entry of the cover with so many.
  void visit(size_t entries, const std::function<void(const Part &, bool isShared)> &entry) const {
    visit(root, entries, false, entry);
  }

private:
  const KeysOfSender &sender;
  size_t most;
  int64_t shared;
  std::vector<int64_t> before; ///< needed keys before each neuron
  std::vector<Part> parts;
  int root = -1;

  int build(uint32_t offset, int bits);
  void join(Covers &to, const Covers &left, const Covers &right, How how) const;
  void visit(int part, size_t entries, bool isBeneath,
             const std::function<void(const Part &, bool)> &entry) const;
};

int BlockCovers::build(uint32_t offset, int bits) {
  auto size = static_cast<int64_t>(sender.needed.size());
  int64_t first = std::min<int64_t>(offset, size);
  int64_t end = std::min<int64_t>(int64_t(offset) + (int64_t(1) << bits), size);
  int64_t needed = before[end] - before[first];
  Part part{offset, bits, end - first, -1, -1, {}, {}};
  if (end == first) {
    part.alone.offer(0, {0, How::Nothing, 0}, most);
    part.beneath = part.alone;
  } else {
    part.alone.offer(1, {part.extent, How::Axons, 0}, most);
    part.beneath = part.alone;
    if (needed == 0)
      part.beneath.offer(0, {0, How::Nothing, 0}, most);
    if (needed == 0 && part.extent <= shared)
      part.alone.offer(1, {0, How::Shared, 0}, most);
    // Without a shared range, or if it is for a shorter one, parts that nobody needs may be halved.
    bool divides = needed == 0 ? part.extent > shared && shared > 0 : needed < part.extent;
    if (divides && bits > 0 && most > 1) {
      part.left = build(offset, bits - 1);
      part.right = build(offset + (1u << (bits - 1)), bits - 1);
      const Part &left = parts[part.left], &right = parts[part.right];
      join(part.alone, left.alone, right.alone, How::Halves);
      join(part.beneath, left.beneath, right.beneath, How::Halves);
      if (part.extent <= shared)
        join(part.alone, left.beneath, right.beneath, How::SharedHalves);
    }
  }
  parts.push_back(std::move(part));
  return static_cast<int>(parts.size()) - 1;
}

void BlockCovers::join(Covers &to, const Covers &left, const Covers &right, How how) const {
  size_t own = how == How::SharedHalves;
  for (size_t l = 0; l < left.by.size(); ++l)
    for (size_t r = 0; r < right.by.size() && l + r + own <= most; ++r)
      to.offer(l + r + own, {left.by[l].axons + right.by[r].axons, how, static_cast<uint8_t>(l)},
               most);
}

void BlockCovers::visit(int number, size_t entries, bool isBeneath,
                        const std::function<void(const Part &, bool)> &entry) const {
  const Part &part = parts[number];
  const Covers::Choice &choice = (isBeneath ? part.beneath : part.alone).by[entries];
  bool opens = choice.how == How::SharedHalves;
  if (choice.how == How::Halves || opens) {
    visit(part.left, choice.left, isBeneath || opens, entry);
    visit(part.right, entries - choice.left - opens, isBeneath || opens, entry);
  }
  // Behind the entries of its halves, which win.
  if (choice.how == How::Axons)
    entry(part, false);
  else if (choice.how == How::Shared || opens)
    entry(part, true);
}

/// The covers of all blocks for a number of shared axons.
class MapCovers {
public:
  MapCovers(const std::vector<KeysOfSender> &senders, size_t most, int64_t shared)
      : senders(senders), shared(shared) {
    best.push_back({{0, 0}});
    for (const KeysOfSender &sender : senders) {
      blocks.emplace_back(sender, most, shared);
      const std::vector<Covers::Choice> &by = blocks.back().covers().by;
      std::vector<Total> next(best.back().size() + by.size() - 1);
      for (size_t k = 0; k < best.back().size(); ++k)
        for (size_t e = 0; e < by.size() && k + e < next.size(); ++e) {
          int64_t axons = best.back()[k].axons + by[e].axons;
          if (axons < next[k + e].axons)
            next[k + e] = {axons, e};
        }
      best.push_back(std::move(next));
    }
  }

  /// Axons of the best cover with so many entries.
  int64_t axons(size_t entries) const {
    if (entries >= best.back().size() || best.back()[entries].axons >= impossible)
      return impossible;
    return best.back()[entries].axons + shared;
  }
  size_t size() const { return best.back().size(); }

  KeyCover cover(size_t entries) const;

private:
  struct Total {
    int64_t axons = impossible;
    size_t entries = 0; ///< of the last block
  };
  const std::vector<KeysOfSender> &senders;
  int64_t shared;
  std::vector<BlockCovers> blocks;
  std::vector<std::vector<Total>> best; ///< of the first k blocks, by number of entries
};

KeyCover MapCovers::cover(size_t entries) const {
  std::vector<size_t> entriesOf(senders.size());
  for (size_t k = senders.size(); k > 0; --k) {
    entriesOf[k - 1] = best[k][entries].entries;
    entries -= entriesOf[k - 1];
  }
  KeyCover cover;
  std::vector<size_t> toShared;
  for (size_t s = 0; s < senders.size(); ++s)
    blocks[s].visit(entriesOf[s], [&](const Part &part, bool isShared) {
      uint32_t mask = ~static_cast<uint32_t>((uint64_t(1) << part.bits) - 1);
      if (isShared)
        toShared.push_back(cover.entries.size());
      cover.entries.push_back(
          {senders[s].key + part.offset, mask, static_cast<uint32_t>(cover.axons.size())});
      for (int64_t n = 0; n < part.extent && !isShared; ++n)
        cover.axons.push_back({static_cast<int>(s), part.offset + n});
    });
  for (size_t entry : toShared)
    cover.entries[entry].firstAxon = static_cast<uint32_t>(cover.axons.size());
  cover.axons.resize(cover.axons.size() + shared);
  return cover;
}

} // namespace

KeyCover engram::ncore::coverKeys(const std::vector<KeysOfSender> &senders, size_t mostEntries,
                                  size_t mostAxons) {
  size_t all = 0;
  int bits = 0;
  for (const KeysOfSender &sender : senders) {
    all += sender.needed.size();
    bits = std::max(bits, sender.bits);
  }
  if (all <= mostAxons || senders.size() >= mostEntries)
    return MapCovers(senders, 1, 0).cover(senders.size());
  // Entries, or axons where no number of entries is enough.
  auto isBetter = [&](size_t entries, int64_t axons, size_t thanEntries, int64_t thanAxons) {
    auto limit = static_cast<int64_t>(mostAxons);
    if (axons <= limit && thanAxons <= limit)
      return entries != thanEntries ? entries < thanEntries : axons < thanAxons;
    return axons < thanAxons;
  };
  size_t mostOfBlock = mostEntries - senders.size() + 1, bestEntries = 0;
  int64_t bestAxons = impossible, bestShared = 0;
  for (int k = -1; k <= bits; ++k) {
    int64_t shared = k < 0 ? 0 : int64_t(1) << k;
    MapCovers covers(senders, mostOfBlock, shared);
    for (size_t entries = 0; entries < covers.size() && entries <= mostEntries; ++entries)
      if (isBetter(entries, covers.axons(entries), bestEntries, bestAxons)) {
        bestEntries = entries;
        bestAxons = covers.axons(entries);
        bestShared = shared;
      }
  }
  return MapCovers(senders, mostOfBlock, bestShared).cover(bestEntries);
}
