// Instruction classes of ARMv7E-M, by their encodings (ARM DDI 0403, A5).
#include "runtime/spinnaker/ThumbCycles.h"

namespace engram::spinnaker {

namespace {

constexpr uint32_t refill = 2, division = 12, none = 16, pc = 15;

struct Class {
  uint32_t cycles = 1;
  bool isSingle = false;    ///< a load or store of one register
  uint32_t loaded = none;   ///< the register
  uint32_t base = none;     ///< of its address
  bool branches = false;    ///< may
  bool conditional = false; ///< of a branch
};

uint32_t ones(uint32_t list) { return static_cast<uint32_t>(__builtin_popcount(list)); }

Class branch(uint32_t cycles = 1, bool conditional = false) {
  Class c;
  c.cycles = cycles + refill;
  c.branches = true;
  c.conditional = conditional;
  return c;
}

Class load(uint32_t target, uint32_t base) {
  Class c;
  c.cycles = 2;
  if (target == pc)
    return branch(2);
  c.isSingle = true;
  c.loaded = target;
  c.base = base;
  return c;
}

// "STR Rx, [Ry, #imm] is always one cycle": the next instruction begins while it is written.
Class store(uint32_t base, bool immediate) {
  Class c;
  c.cycles = immediate ? 1 : 2;
  c.isSingle = true;
  c.base = base;
  return c;
}

Class several(uint32_t list, bool loadsPc) {
  if (loadsPc)
    return branch(1 + ones(list));
  Class c;
  c.cycles = 1 + ones(list);
  return c;
}

Class miscellaneous(uint32_t i) {
  switch (i >> 8 & 15) {
  case 1:
  case 3:
  case 9:
  case 11:
    return branch(1, /*conditional=*/true);
  case 4:
  case 5:
    return several(i & 0x1ff, false);
  case 12:
  case 13:
    return several(i & 0x1ff, i >> 8 & 1);
  default:
    return {};
  }
}

Class special(uint32_t i) {
  uint32_t op = i >> 8 & 3, target = (i & 7) | (i >> 4 & 8);
  return op == 3 || (op != 1 && target == pc) ? branch() : Class();
}

Class narrow(uint32_t i) {
  switch (i >> 12) {
  case 4:
    if (i >> 11 & 1)
      return load(i >> 8 & 7, pc);
    return i >> 10 & 1 ? special(i) : Class();
  case 5:
    return (i >> 9 & 7) >= 3 ? load(i & 7, i >> 3 & 7) : store(i >> 3 & 7, false);
  case 6:
  case 7:
  case 8:
    return i >> 11 & 1 ? load(i & 7, i >> 3 & 7) : store(i >> 3 & 7, true);
  case 9:
    return i >> 11 & 1 ? load(i >> 8 & 7, 13) : store(13, true);
  case 11:
    return miscellaneous(i);
  case 12:
    return several(i & 0xff, false);
  case 13:
    return (i >> 8 & 15) < 14 ? branch(1, /*conditional=*/true) : Class();
  case 14:
    return branch();
  default:
    return {};
  }
}

Class wideLoadsAndStores(uint32_t first, uint32_t second) {
  if ((first & 0x0040) == 0) {
    bool loads = first >> 4 & 1;
    return several(second, loads && second >> 15);
  }
  if ((first & 0xfff0) == 0xe8d0 && (second & 0xffe0) == 0xf000)
    return branch(2);
  Class c;
  c.cycles = 3;
  return c;
}

Class branchOrControl(uint32_t first, uint32_t second) {
  if (!(second >> 15))
    return {};
  bool isLink = second >> 14 & 1, always = second >> 12 & 1;
  if (always || isLink)
    return branch();
  return (first >> 7 & 7) == 7 ? Class() : branch(1, /*conditional=*/true);
}

Class wideSingle(uint32_t first, uint32_t second) {
  bool immediate = (first >> 7 & 1) || (second & 0x0fc0);
  if (first >> 4 & 1)
    return load(second >> 12, first & 15);
  return store(first & 15, immediate);
}

Class wide(uint32_t first, uint32_t second) {
  uint32_t op = first >> 4 & 0x7f;
  Class c;
  switch (first >> 11 & 3) {
  case 1:
    return (op & 0x60) == 0 ? wideLoadsAndStores(first, second) : c;
  case 2:
    return branchOrControl(first, second);
  default:
    if ((op & 0x60) == 0)
      return wideSingle(first, second);
    // MLA and MLS; those without a third operand have 15 in its place.
    if ((first & 0xfff0) == 0xfb00 && second >> 12 != 15)
      c.cycles = 2;
    if ((first & 0xffd0) == 0xfb90 && (second & 0x00f0) == 0x00f0)
      c.cycles = division;
    return c;
  }
}

bool isWide(uint32_t i) { return i >> 11 >= 29; }

} // namespace

BlockCycles thumbCycles(const uint16_t *code, size_t count) {
  BlockCycles block;
  Class before;
  for (size_t k = 0; k < count;) {
    bool takesTwo = isWide(code[k]) && k + 1 < count;
    Class c = takesTwo ? wide(code[k], code[k + 1]) : narrow(code[k]);
    bool waits = code[k] == 0xbf30 || (takesTwo && code[k] == 0xf3af && code[k + 1] == 0x8003);
    k += takesTwo ? 2 : 1;
    if (waits)
      block.sleepAt = static_cast<uint32_t>(2 * k);
    // One after another they share a cycle, unless an address waits for what was loaded.
    if (before.isSingle && c.isSingle && c.cycles == 2 &&
        (before.loaded == none || before.loaded != c.base))
      c.cycles = 1;
    block.cycles += c.cycles;
    if (k >= count && c.branches && c.conditional)
      block.notTaken = c.cycles - 1;
    before = c;
  }
  return block;
}

} // namespace engram::spinnaker
