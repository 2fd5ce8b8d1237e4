// Reads the memories of a core back.
#include "runtime/accelerator/ImageUse.h"
#include "runtime/accelerator/Instruction.h"
#include <algorithm>
#include <map>
#include <set>

using namespace engram::a1;

namespace {

/// The memories of one core as its sections fill them.
class CoreReader {
public:
  CoreReader(const std::vector<const Section *> &sections, const ChipParameters &chip)
      : chip(chip), memories(numMemories) {
    for (const Section *section : sections) {
      std::vector<uint32_t> &words = memories[section->type];
      words.resize(std::max(words.size(), section->base + section->words.size()));
      std::copy(section->words.begin(), section->words.end(), words.begin() + section->base);
    }
  }

  CoreUse read(uint32_t core) {
    use.core = core;
    use.enabled = at(Memory::Register, static_cast<size_t>(Register::Control)) & 1;
    use.constantWords = memories[static_cast<size_t>(Memory::Constant)];
    use.constants = static_cast<int>(use.constantWords.size());
    use.keyEntries = validEntries(Memory::KeyMap);
    use.routeEntries = validEntries(Memory::Route);
    use.synapseWords = static_cast<int64_t>(words(Memory::Synapse).size() + 3) / 4;
    readSegments();
    readRows();
    for (uint32_t tile = 0; tile < static_cast<uint32_t>(chip.crossbars); ++tile)
      readTile(tile);
    return std::move(use);
  }

private:
  const ChipParameters &chip;
  std::vector<std::vector<uint32_t>> memories;
  CoreUse use;

  const std::vector<uint32_t> &words(Memory memory) const {
    return memories[static_cast<size_t>(memory)];
  }
  uint32_t at(Memory memory, size_t address) const {
    return address < words(memory).size() ? words(memory)[address] : 0;
  }
  int validEntries(Memory memory) const {
    int count = 0;
    for (size_t k = 2; k < words(memory).size(); k += 4)
      count += words(memory)[k] >> 31;
    return count;
  }

  void readSegments() {
    std::set<uint32_t> firsts;
    for (size_t s = 0; 8 * s < words(Memory::Segment).size(); ++s) {
      auto part = [&](size_t k) { return at(Memory::Segment, 8 * s + k); };
      if (!(part(0) >> 31))
        continue;
      SegmentUse segment{part(0) >> 8 & 0xff,
                         (part(0) >> 16 & 0xff) + 1,
                         part(0) % static_cast<uint32_t>(chip.instructions),
                         part(1),
                         part(2),
                         part(3),
                         part(4)};
      use.neurons += static_cast<int>(segment.neurons);
      use.segments.push_back(segment);
      if (firsts.insert(segment.firstInstruction).second)
        readProgram(segment.firstInstruction);
    }
    use.instructions = static_cast<int>((words(Memory::Program).size() + 1) / 2);
  }

  void readProgram(uint32_t first) {
    ProgramUse program;
    program.first = first;
    for (uint32_t pc = first; pc < static_cast<uint32_t>(chip.instructions); ++pc) {
      uint64_t word = at(Memory::Program, 2 * pc) | uint64_t(at(Memory::Program, 2 * pc + 1)) << 32;
      Instruction i = Instruction::decode(word);
      program.words.push_back(word);
      program.cycles += latencyOf(i);
      if (!i.isLegal() || i.opcode == Opcode::END)
        break;
    }
    use.programs.push_back(std::move(program));
  }

  void readRows() {
    std::set<uint32_t> rows;
    for (uint32_t axon : words(Memory::Axon)) {
      use.axons += static_cast<int>(axon >> 31);
      // The others drive a row of crossbar tiles.
      if (axon >> 31 && !(axon >> 30 & 1))
        rows.insert(axon & 0x3fff);
    }
    use.rows = static_cast<int64_t>(rows.size());
    for (uint32_t address : rows)
      readRow(address);
  }

  void readTile(uint32_t number) {
    std::array<uint32_t, CrossbarSizes::tileParts> parts{};
    for (size_t k = 0; k < parts.size(); ++k)
      parts[k] = at(Memory::Tile, number * parts.size() + k);
    TileUse tile{number, CrossbarTile::decode(parts.data()), 0, {}, 0, 0};
    if (!tile.config.enabled)
      return;
    for (int slice = 0; slice < CrossbarSizes::slices; ++slice)
      if (tile.config.scale[slice] != 0)
        tile.slices.push_back(slice);
    std::set<uint32_t> rows;
    for (uint32_t axon : words(Memory::Axon))
      if (axon >> 31 && axon >> 30 & 1 && axon >> (7 + number) & 1)
        rows.insert(axon & 0x7f);
    tile.rows = static_cast<int>(rows.size());
    for (uint32_t row : rows)
      for (int slice : tile.slices)
        for (bool negative : {false, true})
          for (uint32_t column = 0; column < tile.config.columns; ++column) {
            CellPlace place = cellPlace(slice, negative, static_cast<int>(column));
            size_t first = (size_t(number) * CrossbarSizes::rows + row) * CrossbarSizes::cellParts;
            ++tile.cells;
            tile.set += (at(Memory::Cell, first + place.part) >> place.bit & 0xff) != 0;
          }
    use.tiles.push_back(std::move(tile));
  }

  // What the chip would refuse to go through is left out here too.
  void readRow(uint32_t address) {
    for (bool last = false; !last && address < static_cast<uint32_t>(chip.synapseWords);) {
      SegmentHeader header =
          SegmentHeader::decode(at(Memory::Synapse, 4 * size_t(address)) |
                                uint64_t(at(Memory::Synapse, 4 * size_t(address) + 1)) << 32);
      FormatUse &format = use.formats[std::min<uint32_t>(header.format, SegmentHeader::Dense4)];
      ++format.segments;
      format.words += header.words;
      format.synapses += header.synapses;
      address += 1 + header.words;
      last = header.last;
    }
  }
};

} // namespace

std::vector<CoreUse> engram::a1::usesOf(const Image &image, const ChipParameters &chip) {
  std::map<uint32_t, std::vector<const Section *>> sections;
  for (const Section &section : image.sections)
    if (section.type < static_cast<uint32_t>(numMemories))
      sections[section.core].push_back(&section);
  std::vector<CoreUse> uses;
  for (const auto &[core, some] : sections)
    uses.push_back(CoreReader(some, chip).read(core));
  return uses;
}
