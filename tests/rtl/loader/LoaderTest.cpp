// The loader in lock-step with checkImage: random images, each field damaged, cut short, too long;
// nothing is written before a whole image has been found right.
#include "Vengram_loader.h"
#include "runtime/accelerator/Image.h"
#include "tests/rtl/Numbers.h"
#include <gtest/gtest.h>
#include <memory>
#include <optional>

using namespace engram::a1;
using namespace engram::a1::test;

namespace {

using Words = std::vector<uint32_t>;

struct Write {
  uint32_t memory, core, address, data;
  bool operator==(const Write &o) const {
    return memory == o.memory && core == o.core && address == o.address && data == o.data;
  }
};

struct Pass {
  bool checked = false, done = false;
  Cause cause = Cause::None;
  std::vector<Write> writes;
};

class Loader {
public:
  Loader() : model(std::make_unique<Vengram_loader>()) {
    model->rst_ni = 0;
    tick();
    model->rst_ni = 1;
    tick();
  }

  /// One pass of words, with pauses of both sides. Empty if the loader does not say how it ended.
  std::optional<Pass> pass(const Words &words, Numbers &numbers, bool pauses) {
    Pass result;
    size_t next = 0;
    std::optional<uint64_t> waiting; ///< a write that was not taken: it has to stay
    for (size_t cycle = 0; cycle < 40 * words.size() + 1000; ++cycle) {
      // What is offered stays.
      if (next < words.size() && (offered || !pauses || !numbers.oneIn(3))) {
        offered = true;
        bool pair = next + 1 < words.size();
        model->valid_i = 1;
        model->pair_i = pair;
        model->last_i = next + (pair ? 2 : 1) >= words.size();
        model->data_i = words[next] | uint64_t(pair ? words[next + 1] : 0xdeadbeef) << 32;
      } else {
        model->valid_i = 0;
      }
      model->write_ready_i = !pauses || numbers.oneIn(2);
      model->eval();
      if (model->write_valid_o) {
        uint64_t write = uint64_t(model->write_address_o) << 32 | model->write_data_o;
        if (waiting) {
          EXPECT_EQ(*waiting, write);
        }
        waiting = write;
        if (model->write_ready_i) {
          result.writes.push_back(
              {model->write_memory_o,
               static_cast<uint32_t>(model->write_y_o * parameters.columns + model->write_x_o),
               model->write_address_o, model->write_data_o});
          waiting.reset();
        }
      } else {
        EXPECT_FALSE(waiting) << "a write went away";
        waiting.reset();
      }
      if (model->valid_i && model->ready_o) {
        next += 2;
        offered = false;
      }
      result.checked = model->checked_o;
      result.done = model->done_o;
      if (model->fault_o)
        result.cause = static_cast<Cause>(model->cause_o);
      bool ended = model->checked_o || model->done_o || model->fault_o;
      tick();
      if (ended)
        return result;
    }
    return std::nullopt;
  }

  void abort() {
    model->abort_i = 1;
    model->valid_i = 0;
    tick();
    model->abort_i = 0;
    offered = false;
  }

  /// Words without an end.
  void feed(const Words &words) {
    for (size_t k = 0; k + 1 < words.size();) {
      model->valid_i = model->pair_i = 1;
      model->last_i = 0;
      model->data_i = words[k] | uint64_t(words[k + 1]) << 32;
      model->eval();
      if (model->ready_o)
        k += 2;
      tick();
    }
    model->valid_i = 0;
  }

  bool busy() const { return model->busy_o; }
  const ChipParameters parameters;

private:
  std::unique_ptr<Vengram_loader> model;
  bool offered = false;

  void tick() {
    model->clk_i = 0;
    model->eval();
    model->clk_i = 1;
    model->eval();
    model->clk_i = 0;
    model->eval();
  }
};

Image randomImage(Numbers &numbers, const ChipParameters &p) {
  Image image;
  image.featureHash = p.featureHash();
  for (uint32_t k = numbers.below(6); k > 0; --k) {
    Section section;
    section.type = numbers.below(numMemories);
    section.core = numbers.below(static_cast<uint32_t>(p.cores()));
    uint32_t parts = memoryParts(static_cast<Memory>(section.type), p);
    uint32_t length = numbers.below(std::min(parts, 20u) + 1);
    section.base = numbers.oneIn(3) ? parts - length : numbers.below(parts - length + 1);
    for (uint32_t i = 0; i < length; ++i)
      section.words.push_back(static_cast<uint32_t>(numbers.bits()));
    image.sections.push_back(section);
  }
  if (numbers.oneIn(2))
    image.text = std::string(numbers.below(12), 't');
  return image;
}

std::vector<Write> writesOf(const Image &image) {
  std::vector<Write> writes;
  for (const Section &section : image.sections)
    for (size_t k = 0; k < section.words.size(); ++k)
      writes.push_back(
          {section.type, section.core, section.base + static_cast<uint32_t>(k), section.words[k]});
  return writes;
}

uint32_t crcOf(const Words &words, size_t first, size_t count) {
  return crc32(reinterpret_cast<const uint8_t *>(words.data() + first), 4 * count);
}

/// Makes the checksum at the end right again, so that what is damaged before it is found by itself.
void fixEnd(Words &words) {
  if (words.size() > 1)
    words.back() = crcOf(words, 0, words.size() - 1);
}

/// Some fault, or none.
Words damaged(Words words, Numbers &numbers) {
  auto any = [&] { return numbers.below(static_cast<uint32_t>(words.size())); };
  auto small = [&] { return 1 + numbers.below(3); };
  switch (numbers.below(8)) {
  case 0: // a bit
    words[any()] ^= 1u << numbers.below(32);
    break;
  case 1: // a bit, with the right checksum at the end
    words[any()] ^= 1u << numbers.below(32);
    fixEnd(words);
    break;
  case 2: // cut short
    words.resize(1 + numbers.below(static_cast<uint32_t>(words.size())));
    break;
  case 3: // cut short, with right checksum and length
    words.resize(1 + numbers.below(static_cast<uint32_t>(words.size())));
    if (words.size() > 5)
      words[4] = static_cast<uint32_t>(words.size());
    fixEnd(words);
    break;
  case 4: // too long
    for (uint32_t k = small(); k > 0; --k)
      words.push_back(static_cast<uint32_t>(numbers.bits()));
    if (numbers.oneIn(2))
      words[4] = static_cast<uint32_t>(words.size());
    if (numbers.oneIn(2))
      fixEnd(words);
    break;
  case 5: // a number of the head or the table a little or much different
    if (words.size() > 6) {
      uint32_t k = numbers.below(static_cast<uint32_t>(5 + 5 * std::min(words[3], 4u)));
      k = std::min(k, static_cast<uint32_t>(words.size()) - 1);
      words[k] = numbers.oneIn(3) ? static_cast<uint32_t>(numbers.bits()) : words[k] + small() - 2;
      fixEnd(words);
    }
    break;
  case 6: // a section that lies elsewhere, its checksum right
    if (words[3] > 0) {
      uint32_t *entry = &words[5 + 5 * numbers.below(words[3])];
      entry[numbers.below(3)] = numbers.below(70000);
      fixEnd(words);
    }
    break;
  default:
    break;
  }
  return words;
}

} // namespace

TEST(Loader, WritesARightImageInItsSecondPass) {
  Numbers numbers(1);
  Loader loader;
  for (int run = 0; run < 60; ++run) {
    Image image = randomImage(numbers, loader.parameters);
    Words words = image.serialize();
    std::optional<Pass> first = loader.pass(words, numbers, run % 2);
    ASSERT_TRUE(first && first->checked) << "run " << run;
    EXPECT_TRUE(first->writes.empty());
    std::optional<Pass> second = loader.pass(words, numbers, run % 2);
    ASSERT_TRUE(second && second->done) << "run " << run;
    EXPECT_TRUE(second->writes == writesOf(image)) << "run " << run;
  }
}

TEST(Loader, FindsTheFaultThatTheGoldenModelFindsAndWritesNothing) {
  Numbers numbers(2);
  Loader loader;
  int found[16] = {};
  for (int run = 0; run < 6000; ++run) {
    Words words = damaged(randomImage(numbers, loader.parameters).serialize(), numbers);
    Cause expected = checkImage(words, loader.parameters);
    std::optional<Pass> pass = loader.pass(words, numbers, run % 4 == 0);
    ASSERT_TRUE(pass) << "run " << run;
    ASSERT_EQ(pass->cause, expected)
        << "run " << run << ": " << causeText(pass->cause) << " for " << causeText(expected);
    EXPECT_TRUE(pass->writes.empty()) << "run " << run;
    EXPECT_EQ(pass->checked, expected == Cause::None);
    ++found[static_cast<int>(expected)];
    if (pass->checked)
      loader.abort();
    ASSERT_FALSE(loader.busy());
  }
  for (Cause cause : {Cause::None, Cause::Magic, Cause::Version, Cause::FeatureHash, Cause::Section,
                      Cause::SectionCrc, Cause::EndCrc, Cause::Length})
    EXPECT_GT(found[static_cast<int>(cause)], 20) << causeText(cause);
}

TEST(Loader, RefusesAnotherImageInItsSecondPass) {
  Numbers numbers(3);
  Loader loader;
  int refused = 0;
  for (int run = 0; run < 300; ++run) {
    Image image = randomImage(numbers, loader.parameters);
    Words words = image.serialize(), other = damaged(words, numbers);
    if (numbers.oneIn(2))
      other = randomImage(numbers, loader.parameters).serialize();
    std::optional<Pass> first = loader.pass(words, numbers, false);
    ASSERT_TRUE(first && first->checked);
    std::optional<Pass> second = loader.pass(other, numbers, run % 2);
    ASSERT_TRUE(second);
    EXPECT_EQ(second->done, other == words) << "run " << run;
    // The places are those of the image that was checked.
    std::vector<Write> right = writesOf(image);
    ASSERT_LE(second->writes.size(), right.size());
    for (size_t k = 0; k < second->writes.size(); ++k) {
      Write write = second->writes[k];
      write.data = right[k].data;
      EXPECT_TRUE(write == right[k]);
    }
    refused += !second->done;
    EXPECT_FALSE(loader.busy());
  }
  EXPECT_GT(refused, 100);
}

TEST(Loader, TakesAsManySectionsAsItsTableHolds) {
  Numbers numbers(4);
  Loader loader;
  for (uint32_t count : {Image::maxSections, Image::maxSections + 1}) {
    Image image;
    image.featureHash = loader.parameters.featureHash();
    image.sections.assign(count, {static_cast<uint32_t>(Memory::Constant), 3, 2, {count}});
    std::optional<Pass> pass = loader.pass(image.serialize(), numbers, false);
    ASSERT_TRUE(pass);
    EXPECT_EQ(pass->cause, checkImage(image.serialize(), loader.parameters));
    EXPECT_EQ(pass->checked, count == Image::maxSections);
    loader.abort();
  }
}

TEST(Loader, StartsAnewAfterAnAbort) {
  Numbers numbers(5);
  Loader loader;
  for (int run = 0; run < 50; ++run) {
    Image image = randomImage(numbers, loader.parameters);
    Words words = image.serialize(), part = words;
    part.resize(2 + numbers.below(static_cast<uint32_t>(words.size()) - 2));
    loader.feed(part);
    EXPECT_TRUE(loader.busy());
    loader.abort();
    EXPECT_FALSE(loader.busy());
    ASSERT_TRUE(loader.pass(words, numbers, false)->checked);
    EXPECT_TRUE(loader.pass(words, numbers, false)->writes == writesOf(image));
  }
}
