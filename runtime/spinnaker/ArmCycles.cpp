// Instruction classes of ARMv5TE, and what a result delays.
#include "runtime/spinnaker/ArmCycles.h"

namespace engram::spinnaker {

namespace {

struct Class {
  uint32_t cycles = 1;
  uint32_t reads = 0;    ///< registers, a bit each
  uint32_t late = 0;     ///< registers that are not there for the next instruction
  uint32_t delay = 0;    ///< how many cycles they take more
  bool branches = false; ///< may
  bool conditional = false;
};

uint32_t bit(uint32_t reg) { return uint32_t(1) << reg; }
constexpr uint32_t pc = 15;

/// Multiplies, swaps, half-words and double words: bits 7 and 4 are set.
Class extension(uint32_t i) {
  Class c;
  uint32_t rn = i >> 16 & 15, rd = i >> 12 & 15, rs = i >> 8 & 15, rm = i & 15;
  if ((i & 0x0fc000f0) == 0x00000090) { // MUL, MLA: the result is in bits 19 to 16
    bool sets = i >> 20 & 1;
    c.cycles = sets ? 4 : 2;
    c.reads = bit(rm) | bit(rs) | (i & 0x00200000 ? bit(rd) : 0);
    c.late = sets ? 0 : bit(rn);
    c.delay = 1;
  } else if ((i & 0x0f8000f0) == 0x00800090) { // long ones
    bool sets = i >> 20 & 1;
    c.cycles = sets ? 5 : 3;
    c.reads = bit(rm) | bit(rs) | (i & 0x00200000 ? bit(rd) | bit(rn) : 0);
    c.late = sets ? 0 : bit(rn);
    c.delay = 1;
  } else if ((i & 0x0fb00ff0) == 0x01000090) { // SWP
    c.cycles = 2;
    c.reads = bit(rn) | bit(rm);
    c.late = bit(rd);
    c.delay = 1;
  } else {
    bool load = i >> 20 & 1, isDouble = !load && (i & 0x40);
    bool stores = !load && (i & 0x60) != 0x40;
    c.cycles = isDouble ? 2 : 1;
    c.reads = bit(rn) | (i & 0x00400000 ? 0 : bit(rm)) | (stores ? bit(rd) : 0);
    if (!stores) {
      c.late = isDouble ? bit(rd | 1) : bit(rd);
      c.delay = isDouble ? 1 : 2;
    }
  }
  return c;
}

/// Moves to and from the status, BX, CLZ, saturating sums and multiplies of half-words.
Class miscellaneous(uint32_t i) {
  Class c;
  uint32_t rm = i & 15;
  c.reads = bit(rm);
  uint32_t op = i >> 4 & 15;
  if (op == 0) {
    bool toStatus = i >> 21 & 1;
    c.cycles = toStatus ? (i & 0x00010000 ? 3 : 1) : 2;
    c.reads = toStatus ? bit(rm) : 0;
  } else if (op == 1 && (i >> 21 & 3) == 1) {
    c.cycles = 3;
    c.branches = true;
  } else if (op == 3) {
    c.cycles = 3;
    c.branches = true;
  } else if (op & 8) {
    bool isLong = (i >> 21 & 3) == 2;
    c.cycles = isLong ? 2 : 1;
    c.reads |= bit(i >> 8 & 15) | bit(i >> 12 & 15);
    c.late = bit(i >> 16 & 15);
    c.delay = 1;
  } else if (op == 5) {
    c.reads |= bit(i >> 16 & 15);
    c.late = bit(i >> 12 & 15);
    c.delay = 1;
  }
  return c;
}

Class dataProcessing(uint32_t i, bool immediate) {
  Class c;
  uint32_t op = i >> 21 & 15, rd = i >> 12 & 15;
  bool isMove = op == 13 || op == 15, isTest = op >= 8 && op <= 11;
  c.reads = isMove ? 0 : bit(i >> 16 & 15);
  if (!immediate) {
    c.reads |= bit(i & 15);
    if (i & 0x10) { // shifted by a register
      c.reads |= bit(i >> 8 & 15);
      c.cycles = 2;
    }
  }
  if (rd == pc && !isTest) {
    bool arithmetic = op >= 2 && op <= 7;
    c.cycles = c.cycles == 2 || !arithmetic ? 4 : 3;
    c.branches = true;
  }
  return c;
}

Class singleTransfer(uint32_t i) {
  Class c;
  uint32_t rd = i >> 12 & 15;
  bool load = i >> 20 & 1, byRegister = i >> 25 & 1, isByte = i >> 22 & 1;
  bool shifted = byRegister && (i & 0xfe0);
  c.reads = bit(i >> 16 & 15) | (byRegister ? bit(i & 15) : 0) | (load ? 0 : bit(rd));
  c.cycles = shifted ? 2 : 1;
  if (load && rd == pc) {
    c.cycles += 4;
    c.branches = true;
  } else if (load) {
    c.late = bit(rd);
    c.delay = isByte ? 2 : 1;
  }
  return c;
}

Class blockTransfer(uint32_t i) {
  Class c;
  uint32_t list = i & 0xffff, count = static_cast<uint32_t>(__builtin_popcount(list));
  bool load = i >> 20 & 1;
  c.reads = bit(i >> 16 & 15) | (load ? 0 : list & (~list + 1));
  c.cycles = count > 1 ? count : 2;
  if (load && (list & bit(pc))) {
    c.cycles = count + 4;
    c.branches = true;
  } else if (load && count > 1) {
    c.late = bit(31 - static_cast<uint32_t>(__builtin_clz(list)));
    c.delay = 1;
  }
  return c;
}

Class classify(uint32_t i) {
  Class c;
  uint32_t condition = i >> 28;
  if (condition == 15) {
    c.branches = (i & 0x0e000000) == 0x0a000000;
    c.cycles = c.branches ? 3 : 1;
    return c;
  }
  switch (i >> 25 & 7) {
  case 0:
    if ((i & 0x90) == 0x90)
      c = extension(i);
    else if ((i & 0x01900000) == 0x01000000)
      c = miscellaneous(i);
    else
      c = dataProcessing(i, false);
    break;
  case 1:
    if ((i & 0x01900000) == 0x01000000)
      c.cycles = i & 0x00010000 ? 3 : 1;
    else
      c = dataProcessing(i, true);
    break;
  case 2:
  case 3:
    c = singleTransfer(i);
    break;
  case 4:
    c = blockTransfer(i);
    break;
  case 5:
    c.cycles = 3;
    c.branches = true;
    break;
  case 6:
    c.cycles = 2;
    break;
  case 7:
    c.cycles = i >> 24 & 1 ? 3 : 2;
    break;
  }
  c.conditional = condition != 14;
  return c;
}

} // namespace

BlockCycles blockCycles(const uint32_t *instructions, size_t count) {
  BlockCycles block;
  Class before;
  for (size_t k = 0; k < count; ++k) {
    Class c = classify(instructions[k]);
    // MCR p15, 0, Rd, c7, c0, 4.
    if ((instructions[k] & 0x0fff0fff) == 0x0e070f90)
      block.sleepAt = static_cast<uint32_t>(4 * (k + 1));
    if (before.late & c.reads)
      block.cycles += before.delay;
    block.cycles += c.cycles;
    bool isLast = k + 1 == count;
    if (isLast && c.branches && c.conditional)
      block.notTaken = c.cycles - 1;
    // A byte is late for the one after the next, too.
    if (before.delay == 2 && !(before.late & c.reads) && !c.late) {
      c.late = before.late;
      c.delay = 1;
    }
    before = c;
  }
  return block;
}

} // namespace engram::spinnaker
