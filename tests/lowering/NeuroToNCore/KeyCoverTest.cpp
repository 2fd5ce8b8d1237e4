// Covers of keys: what lookups find in them, and how small they are beside all covers there are.
#include "lowering/NeuroToNCore/KeyCover.h"
#include <gtest/gtest.h>
#include <map>
#include <random>

using namespace engram::ncore;

namespace {

/// The axon that a key leads to, as the chip does it: the lowest entry wins. -1: no entry.
int64_t lookUp(const std::vector<KeyEntry> &entries, uint32_t key) {
  for (const KeyEntry &entry : entries)
    if ((key & entry.mask) == entry.key)
      return int64_t(entry.firstAxon) + (key & ~entry.mask);
  return -1;
}

/// All keys of neurons find an axon: those that are needed their own, the others one that is theirs
/// or nobody's.
void expectRight(const std::vector<KeysOfSender> &senders, const KeyCover &cover) {
  for (size_t s = 0; s < senders.size(); ++s)
    for (size_t n = 0; n < senders[s].needed.size(); ++n) {
      int64_t axon = lookUp(cover.entries, senders[s].key + static_cast<uint32_t>(n));
      ASSERT_GE(axon, 0) << "sender " << s << " neuron " << n;
      ASSERT_LT(axon, static_cast<int64_t>(cover.axons.size()));
      const KeyCover::Axon &found = cover.axons[axon];
      if (senders[s].needed[n] || found.sender >= 0) {
        EXPECT_EQ(found.sender, static_cast<int>(s)) << "neuron " << n;
        EXPECT_EQ(found.neuron, static_cast<int64_t>(n)) << "sender " << s;
      }
    }
}

std::vector<bool> bitsOf(unsigned set, int count) {
  std::vector<bool> bits;
  for (int k = 0; k < count; ++k)
    bits.push_back(set >> k & 1);
  return bits;
}

TEST(KeyCover, GivesEachSenderOneEntryWhereThereIsRoom) {
  std::vector<KeysOfSender> senders = {{0x100, 6, bitsOf(0x3, 40)}, {0x0, 8, bitsOf(0x1, 200)}};
  KeyCover cover = coverKeys(senders, 64, 240);
  ASSERT_EQ(cover.entries.size(), 2u);
  EXPECT_EQ(cover.entries[1].firstAxon, 40u);
  EXPECT_EQ(cover.entries[1].mask, 0xffffff00u);
  EXPECT_EQ(cover.axons.size(), 240u);
  expectRight(senders, cover);
}

TEST(KeyCover, GivesAxonsToTheWindowThatIsNeeded) {
  KeysOfSender sender{0x4000, 12, std::vector<bool>(2312)};
  for (int n = 512; n < 768; ++n)
    sender.needed[n] = true;
  // An entry for the window; one more for all others needs 2,312 axons, so four do: for the keys up
  // to 512, to 1024, to 2048, and on, which share 1,024.
  KeyCover cover = coverKeys({sender}, 64, 1280);
  expectRight({sender}, cover);
  EXPECT_LE(cover.axons.size(), 1280u);
  EXPECT_LE(cover.entries.size(), 5u);
}

TEST(KeyCover, SharesAxonsBetweenSendersWhoseKeysAreNotNeeded) {
  std::vector<KeysOfSender> senders;
  for (uint32_t s = 0; s < 16; ++s)
    senders.push_back({s << 8, 8, std::vector<bool>(256)});
  for (KeysOfSender &sender : senders)
    for (int n = 64; n < 128; ++n)
      sender.needed[n] = true;
  // 16 windows of 64 and, for the 16 entries of what is left over, 256.
  KeyCover cover = coverKeys(senders, 32, 16 * 64 + 256);
  expectRight(senders, cover);
  EXPECT_EQ(cover.entries.size(), 32u);
  EXPECT_EQ(cover.axons.size(), size_t(16 * 64 + 256));
}

TEST(KeyCover, SaysHowManyAxonsAreNeededWhereNoCoverIsWithinTheLimits) {
  KeysOfSender sender{0, 8, std::vector<bool>(256, true)};
  KeyCover cover = coverKeys({sender}, 64, 255);
  EXPECT_EQ(cover.axons.size(), 256u);
  expectRight({sender}, cover);
  std::vector<KeysOfSender> many;
  for (uint32_t s = 0; s < 65; ++s)
    many.push_back({s, 0, {true}});
  EXPECT_EQ(coverKeys(many, 64, 4096).entries.size(), 65u);
}

/// The fewest axons of all covers of a block of four keys by so many entries, each an aligned part
/// with axons of its own or with the shared ones.
size_t fewestAxons(const KeysOfSender &sender, size_t mostEntries) {
  constexpr uint32_t offsets[] = {0, 1, 2, 3, 0, 2, 0};
  constexpr int bits[] = {0, 0, 0, 0, 1, 1, 2};
  size_t fewest = SIZE_MAX, neurons = sender.needed.size();
  for (unsigned code = 0; code < 2187; ++code) {
    size_t entries = 0, axons = 0, shared = 0;
    std::map<size_t, bool> own; // of keys, whether the first entry that matches has axons
    unsigned rest = code;
    for (int part = 0; part < 7; ++part, rest /= 3) {
      unsigned kind = rest % 3;
      if (kind == 0)
        continue;
      ++entries;
      size_t end = std::min<size_t>(neurons, offsets[part] + (1u << bits[part]));
      size_t extent = end > offsets[part] ? end - offsets[part] : 0;
      axons += kind == 1 ? extent : 0;
      shared = kind == 2 ? std::max(shared, extent) : shared;
      for (size_t n = offsets[part]; n < end; ++n)
        own.emplace(n, kind == 1);
    }
    bool right = entries <= mostEntries;
    for (size_t n = 0; n < neurons; ++n)
      right &= own.count(n) && (own[n] || !sender.needed[n]);
    if (right)
      fewest = std::min(fewest, axons + shared);
  }
  return fewest;
}

TEST(KeyCover, FindsTheFewestAxonsOfAllCoversOfSmallBlocks) {
  for (int neurons = 1; neurons <= 4; ++neurons)
    for (unsigned set = 1; set < 1u << neurons; ++set)
      for (size_t entries = 2; entries <= 4; ++entries) {
        KeysOfSender sender{0x40, 2, bitsOf(set, neurons)};
        KeyCover cover = coverKeys({sender}, entries, 0);
        EXPECT_EQ(cover.axons.size(), fewestAxons(sender, entries))
            << "set " << set << " of " << neurons << ", " << entries << " entries";
        expectRight({sender}, cover);
      }
}

TEST(KeyCover, IsExactForRandomWindows) {
  std::mt19937 random(7);
  for (int trial = 0; trial < 60; ++trial) {
    std::vector<KeysOfSender> senders;
    uint32_t next = 0;
    size_t all = 0;
    for (size_t s = 0, count = 1 + random() % 20; s < count; ++s) {
      size_t neurons = 1 + random() % 300;
      int bits = 0;
      while ((size_t(1) << bits) < neurons)
        ++bits;
      next = (next + (1u << bits) - 1) >> bits << bits;
      KeysOfSender sender{next, bits, std::vector<bool>(neurons)};
      next += 1u << bits;
      for (int k = random() % 4; k >= 0; --k)
        for (size_t n = random() % neurons, end = n + random() % 40; n < end && n < neurons; ++n)
          sender.needed[n] = true;
      all += neurons;
      senders.push_back(std::move(sender));
    }
    size_t entries = 20 + random() % 45, axons = all * (30 + random() % 70) / 100;
    KeyCover cover = coverKeys(senders, entries, axons);
    EXPECT_LE(cover.entries.size(), std::max(entries, senders.size()));
    EXPECT_LE(cover.axons.size(), all);
    expectRight(senders, cover);
    // Another number of entries never makes it worse.
    EXPECT_LE(coverKeys(senders, entries + 8, 0).axons.size(),
              coverKeys(senders, entries, 0).axons.size());
  }
}

} // namespace
