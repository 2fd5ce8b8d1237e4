// Images: writing, checking in the order in which the chip's loader does it, reading.
#include "runtime/accelerator/Image.h"
#include "runtime/AtomicFile.h"
#include "runtime/ReadFile.h"
#include <cstring>
#include <fmt/format.h>

using namespace engram;
using namespace engram::a1;

// Magic, version, feature hash, sections, length; then five words a section.
static constexpr size_t headWords = 5, entryWords = 5;

static uint32_t crcOf(const uint32_t *words, size_t count) {
  return crc32(reinterpret_cast<const uint8_t *>(words), 4 * count);
}

// Text in words: its length in bytes, then the bytes.
static std::vector<uint32_t> packText(const std::string &text) {
  std::vector<uint32_t> words(1 + (text.size() + 3) / 4);
  words[0] = static_cast<uint32_t>(text.size());
  std::memcpy(words.data() + 1, text.data(), text.size());
  return words;
}

std::vector<uint32_t> Image::serialize() const {
  std::vector<Section> all = sections;
  if (!text.empty())
    all.push_back({textType, 0, 0, packText(text)});
  std::vector<uint32_t> words{magic, version, featureHash, static_cast<uint32_t>(all.size()), 0};
  for (const Section &section : all)
    words.insert(words.end(), {section.type, section.core, section.base,
                               static_cast<uint32_t>(section.words.size()),
                               crcOf(section.words.data(), section.words.size())});
  for (const Section &section : all)
    words.insert(words.end(), section.words.begin(), section.words.end());
  words[4] = static_cast<uint32_t>(words.size() + 1);
  words.push_back(crcOf(words.data(), words.size()));
  return words;
}

// Without a chip its limits are not looked at.
static Cause check(const std::vector<uint32_t> &words, const ChipParameters *p) {
  if (words.size() < headWords + 1)
    return words.empty() || words[0] == Image::magic ? Cause::Length : Cause::Magic;
  if (words[0] != Image::magic)
    return Cause::Magic;
  if (words[1] != Image::version)
    return Cause::Version;
  if (p && words[2] != p->featureHash())
    return Cause::FeatureHash;
  uint64_t sections = words[3], data = headWords + entryWords * sections, end = data;
  if (words[4] != words.size() || data + 1 > words.size())
    return Cause::Length;
  if (sections > Image::maxSections)
    return Cause::Section;
  for (uint64_t k = 0; k < sections; ++k) {
    const uint32_t *entry = &words[headWords + entryWords * k];
    bool forChip = p && entry[0] < Image::textType;
    if (forChip && (entry[0] >= static_cast<uint32_t>(numMemories) ||
                    entry[1] >= static_cast<uint32_t>(p->cores()) ||
                    uint64_t(entry[2]) + entry[3] > memoryParts(static_cast<Memory>(entry[0]), *p)))
      return Cause::Section;
    if (end + entry[3] + 1 > words.size())
      return Cause::Length;
    if (crcOf(&words[end], entry[3]) != entry[4])
      return Cause::SectionCrc;
    end += entry[3];
  }
  if (end + 1 != words.size())
    return Cause::Length;
  return crcOf(words.data(), end) == words[end] ? Cause::None : Cause::EndCrc;
}

Cause engram::a1::checkImage(const std::vector<uint32_t> &words, const ChipParameters &p) {
  return check(words, &p);
}

static Expected<Image> parse(const std::vector<uint32_t> &words, const ChipParameters *p) {
  if (Cause cause = check(words, p); cause != Cause::None)
    return fail(causeText(cause));
  Image image;
  image.featureHash = words[2];
  size_t data = headWords + entryWords * words[3];
  for (uint32_t k = 0; k < words[3]; ++k) {
    const uint32_t *entry = &words[headWords + entryWords * k];
    Section section{entry[0], entry[1], entry[2], {&words[data], &words[data] + entry[3]}};
    data += entry[3];
    if (section.type < Image::textType) {
      image.sections.push_back(std::move(section));
    } else if (section.type == Image::textType && !section.words.empty() &&
               section.words[0] <= 4 * (section.words.size() - 1)) {
      image.text.assign(reinterpret_cast<const char *>(&section.words[1]), section.words[0]);
    }
  }
  return image;
}

Expected<Image> engram::a1::parseImage(const std::vector<uint32_t> &words,
                                       const ChipParameters &parameters) {
  return parse(words, &parameters);
}

Expected<Image> engram::a1::readImage(const std::string &path) {
  Expected<std::vector<std::byte>> bytes = readFile(path);
  if (!bytes)
    return tl::unexpected(bytes.error());
  std::vector<uint32_t> words(bytes->size() / 4);
  std::memcpy(words.data(), bytes->data(), 4 * words.size());
  // What is no image at all is to be called so, whatever its length.
  bool odd = bytes->size() % 4 && !words.empty() && words[0] == Image::magic;
  Expected<Image> image = odd ? fail(causeText(Cause::Length)) : parse(words, nullptr);
  if (!image)
    return fail(fmt::format("'{}': {}", path, image.error().message));
  return image;
}

Expected<void> engram::a1::writeImage(const std::string &path, const Image &image) {
  std::vector<uint32_t> words = image.serialize();
  return writeFileAtomically(path,
                             {reinterpret_cast<const char *>(words.data()), 4 * words.size()});
}
