// Random images.
#include "tests/rtl/chip/RandomChip.h"
#include "runtime/accelerator/Crossbar.h"
#include "tests/rtl/RandomInstruction.h"
#include <algorithm>

using namespace engram;
using namespace engram::a1;
using namespace engram::a1::test;

namespace {

Section &sectionOf(Image &image, Memory memory, uint32_t core, size_t parts) {
  image.sections.push_back({static_cast<uint32_t>(memory), core, 0, std::vector<uint32_t>(parts)});
  return image.sections.back();
}

void put(Section &section, size_t at, uint64_t value) {
  section.words[at] = static_cast<uint32_t>(value);
  section.words[at + 1] = static_cast<uint32_t>(value >> 32);
}

/// A row at each of `rows` axons, of any formats.
void addRows(Image &image, uint32_t core, uint32_t rows, Numbers &numbers) {
  std::vector<uint32_t> axons(rows), words;
  for (uint32_t &axon : axons) {
    axon = static_cast<uint32_t>(words.size() / 4) | numbers.below(256) << 14 |
           uint32_t(!numbers.oneIn(8)) << 31;
    for (uint32_t left = 1 + numbers.below(2); left > 0; --left) {
      SegmentHeader header;
      header.format = numbers.below(3);
      header.last = left == 1;
      uint32_t perWord = header.format == 0 ? 5 : header.format == 1 ? 16 : 32;
      header.synapses = 1 + numbers.below(100);
      header.words = (header.synapses + perWord - 1) / perWord;
      header.first = numbers.below(256);
      // Host's spikes may have delay 0; those of neurons must not.
      header.delay = 1 + numbers.below(15);
      header.port = numbers.below(4);
      header.shift = numbers.below(6);
      size_t at = words.size();
      words.resize(at + 4 * (1 + header.words));
      words[at] = static_cast<uint32_t>(header.encode());
      words[at + 1] = static_cast<uint32_t>(header.encode() >> 32);
      for (uint32_t k = 0; k < header.words; ++k) {
        uint32_t *word = &words[at + 4 * (k + 1)];
        for (int part = 0; part < 4; ++part)
          word[part] = static_cast<uint32_t>(numbers.bits());
        if (header.format != SegmentHeader::Sparse)
          continue;
        std::fill(word, word + 4, 0);
        for (int s = 0; s < SparseSynapse::perWord; ++s) {
          SparseSynapse synapse{numbers.below(256), numbers.below(4), 1 + numbers.below(15),
                                static_cast<int32_t>(numbers.below(256)) - 128};
          for (int bit = 0; bit < SparseSynapse::bits; ++bit)
            if (synapse.encode() >> bit & 1)
              word[(s * SparseSynapse::bits + bit) / 32] |= 1u
                                                            << (s * SparseSynapse::bits + bit) % 32;
        }
      }
    }
  }
  sectionOf(image, Memory::Axon, core, rows).words = axons;
  sectionOf(image, Memory::Synapse, core, words.size()).words = words;
}

/// 64 instructions of any kind, and all constants.
void addAnyProgram(Image &image, uint32_t core, Numbers &numbers) {
  Section &section = sectionOf(image, Memory::Program, core, 128);
  for (size_t k = 0; k < 64; ++k)
    put(section, 2 * k, numbers.oneIn(40) ? 0 : randomInstruction(numbers));
  Section &constants = sectionOf(image, Memory::Constant, core, 256);
  for (uint32_t &constant : constants.words)
    constant = static_cast<uint32_t>(numbers.operand());
}

/// A leaky neuron with a threshold, a reset to zero and noise.
void addProgram(Image &image, uint32_t core, Numbers &numbers) {
  std::vector<Instruction> program;
  auto add = [&](Opcode opcode, int rd, int ra, int rb, int imm) -> Instruction & {
    Instruction i;
    i.opcode = opcode;
    i.rd = static_cast<uint8_t>(rd);
    i.ra = static_cast<uint8_t>(ra);
    i.rb = static_cast<uint8_t>(rb);
    i.imm = static_cast<uint16_t>(imm);
    i.width = 32;
    i.isSigned = true;
    program.push_back(i);
    return program.back();
  };
  add(Opcode::LDS, 0, 0, 0, 0);
  add(Opcode::LDC, 1, 0, 0, 0);
  add(Opcode::MUL, 0, 0, 1, 0).shift = 8;
  for (int port = 0; port < 4; ++port) {
    add(Opcode::LDP, 2, 0, 0, port).width = static_cast<uint8_t>(10 + numbers.below(15));
    add(Opcode::ADD, 0, 0, 2, 0);
  }
  add(Opcode::RND, 3, 0, 0, 1).isSigned = false;
  add(Opcode::LDC, 4, 0, 0, 2);
  add(Opcode::AND, 3, 3, 4, 0);
  add(Opcode::ADD, 0, 0, 3, 0);
  add(Opcode::LDC, 5, 0, 0, 1);
  add(Opcode::CMP, 6, 0, 5, 5);
  add(numbers.oneIn(3) ? Opcode::EMT : Opcode::SPK, 0, 6, 0, 0);
  add(Opcode::SUB, 7, 0, 5, 0);
  Instruction &select = add(Opcode::SEL, 0, 7, 0, 0);
  select.rc = 6;
  add(Opcode::STS, 0, 0, 0, 0);
  add(Opcode::END, 0, 0, 0, 0);
  Section &section = sectionOf(image, Memory::Program, core, 2 * program.size());
  for (size_t k = 0; k < program.size(); ++k)
    put(section, 2 * k, program[k].encode());
  sectionOf(image, Memory::Constant, core, 3).words = {200 + numbers.below(50),
                                                       500 + numbers.below(2000), 63};
}

Image imageWithoutRoutes(const ChipParameters &p, Numbers &numbers, bool anyInstructions) {
  Image image;
  image.featureHash = p.featureHash();
  auto cores = static_cast<uint32_t>(p.cores());
  for (uint32_t core = 0; core < cores; ++core) {
    sectionOf(image, Memory::Register, core, 3).words = {1, static_cast<uint32_t>(numbers.bits()),
                                                         static_cast<uint32_t>(numbers.bits())};
    addRows(image, core, 2 * axonsPerSource, numbers);
    if (anyInstructions)
      addAnyProgram(image, core, numbers);
    else
      addProgram(image, core, numbers);
    uint32_t neurons = 1 + numbers.below(axonsPerSource);
    sectionOf(image, Memory::Segment, core, 5).words = {
        1u << 31 | (neurons - 1) << 16 | numbers.below(200) << 8, 0x2000 + 0x100 * core,
        numbers.below(100), numbers.below(1000), numbers.below(3)};
    uint32_t heard = numbers.below(cores);
    Section &keys = sectionOf(image, Memory::KeyMap, core, 7);
    keys.words = {
        0x1000, ~31u, 1u << 31, 0, 0x2000 + 0x100 * heard, ~31u, 1u << 31 | axonsPerSource};
    for (uint32_t k = 0; k < p.neurons * static_cast<uint32_t>(p.stateWords); k += 97) {
      Section state{static_cast<uint32_t>(Memory::State),
                    core,
                    k,
                    {static_cast<uint32_t>(numbers.bits()) & 0x3ff}};
      if (k % 8 == 0)
        image.sections.push_back(state);
    }
  }
  return image;
}

/// Routes from tile (0,0) to all tiles for the host's keys, and from each core to those that hear
/// it: x first, then y.
void addRoutes(Image &image, const ChipParameters &p) {
  auto cores = static_cast<uint32_t>(p.cores());
  std::vector<std::vector<uint32_t>> hearers(cores + 1); ///< of each core; last: of the host
  for (const Section &section : image.sections)
    if (section.type == static_cast<uint32_t>(Memory::KeyMap)) {
      hearers[(section.words[4] - 0x2000) / 0x100].push_back(section.core);
      hearers[cores].push_back(section.core);
    }
  // [tile][source] = route
  std::vector<std::vector<uint32_t>> routes(cores, std::vector<uint32_t>(cores + 1));
  for (uint32_t source = 0; source <= cores; ++source)
    for (uint32_t target : hearers[source]) {
      int at = source == cores ? 0 : static_cast<int>(source);
      while (static_cast<uint32_t>(at) != target) {
        int dx = static_cast<int>(target) % p.columns - at % p.columns;
        int dy = static_cast<int>(target) / p.columns - at / p.columns;
        int link = dx > 0 ? 0 : dx < 0 ? 2 : dy > 0 ? 1 : 3;
        routes[at][source] |= 1u << link;
        const int next[] = {1, p.columns, -1, -p.columns};
        at += next[link];
      }
      routes[at][source] |= routeLocal;
    }
  for (uint32_t tile = 0; tile < cores; ++tile) {
    std::vector<uint32_t> words;
    for (uint32_t source = 0; source <= cores; ++source) {
      uint32_t route = routes[tile][source];
      // The spikes of core 0 are also shown to the host.
      if (tile == 0 && source == 0)
        route |= routeHost;
      // The spikes of a core that nobody hears match no entry, which both models have to report.
      if (route)
        words.insert(words.end(), {source == cores ? 0x1000 : 0x2000 + 0x100 * source,
                                   source == cores ? ~31u : ~255u, 1u << 31 | route, 0});
    }
    if (!words.empty())
      sectionOf(image, Memory::Route, tile, words.size()).words = words;
  }
}

/// Every other axon of the image becomes a row of tiles of a crossbar.
void addCrossbars(Image &image, const ChipParameters &p, bool noisy, Numbers &numbers) {
  for (Section &section : image.sections)
    if (section.type == static_cast<uint32_t>(Memory::Axon))
      for (size_t k = 0; k < section.words.size(); k += 2)
        section.words[k] = 3u << 30 | (1 + numbers.below(15)) << 7 | numbers.below(8);
  auto cores = static_cast<uint32_t>(p.cores());
  for (uint32_t core = 0; core < cores; ++core) {
    Section &tiles = sectionOf(image, Memory::Tile, core, memoryParts(Memory::Tile, p));
    for (uint32_t t = 0; t < 4; ++t) {
      CrossbarTile tile;
      tile.enabled = true;
      tile.noisy = noisy;
      tile.converterBits = 8;
      tile.first = numbers.below(256);
      tile.port = t % 2;
      tile.stream = numbers.below(100);
      tile.delay = numbers.below(4);
      tile.number = t;
      tile.low.fill(-1024);
      tile.gain.fill((1 << 24) / 8);
      tile.zero.fill(128);
      tile.scale = {2, 8, 32, 128};
      tile.sigma.fill(60);
      auto parts = tile.encode();
      std::copy(parts.begin(), parts.end(), tiles.words.begin() + CrossbarSizes::tileParts * t);
    }
    if (noisy)
      for (uint32_t &word :
           sectionOf(image, Memory::Noise, core, memoryParts(Memory::Noise, p)).words)
        word = static_cast<uint32_t>(numbers.bits());
    for (uint32_t t = 0; t < 4; ++t) {
      Section &cells = sectionOf(image, Memory::Cell, core, 8 * CrossbarSizes::cellParts);
      cells.base = t * CrossbarSizes::rows * CrossbarSizes::cellParts;
      for (uint32_t &word : cells.words)
        word = static_cast<uint32_t>(numbers.bits());
    }
  }
}

} // namespace

Image test::randomImage(const ChipParameters &p, Numbers &numbers,
                        const RandomChipOptions &options) {
  Image image = imageWithoutRoutes(p, numbers, options.anyInstructions);
  if (options.crossbars != Crossbars::None)
    addCrossbars(image, p, options.crossbars == Crossbars::Noisy, numbers);
  addRoutes(image, p);
  return image;
}

std::vector<Spike> test::randomSpikes(Numbers &numbers) {
  std::vector<Spike> spikes;
  for (uint32_t k = numbers.below(20); k > 0; --k)
    spikes.push_back({0x1000 + numbers.below(axonsPerSource),
                      numbers.oneIn(2) ? 1 : static_cast<int32_t>(numbers.below(200)) - 100});
  return spikes;
}

ChipParameters test::mesh(int columns, int rows) {
  ChipParameters p;
  p.columns = columns;
  p.rows = rows;
  return p;
}
