// The registers that a core program uses, and Unicorn between them.
#include "runtime/spinnaker/ArmCore.h"
#include "runtime/spinnaker/core/arm/registers.h"
#include <algorithm>
#include <cstring>
#include <fmt/format.h>

namespace engram::spinnaker {

static constexpr uint64_t startCycles = 2000000000;

void ArmCore::stop(const std::string &why) {
  if (!stopped.empty())
    return;
  stopped = why;
  uint32_t at = 0;
  uc_reg_read(engine, UC_ARM_REG_PC, &at);
  if (!starting)
    host.fault(number, Fault::CoreStopped, fmt::format("{} at 0x{:08x}", why, at), 1);
  uc_emu_stop(engine);
}

// Called before the first instruction of a block.
void ArmCore::onBlock(uc_engine *engine, uint64_t address, uint32_t size, void *self) {
  auto &p = *static_cast<ArmCore *>(self);
  auto begin = static_cast<uint32_t>(address);
  if (p.endsInterrupt(begin)) {
    p.interruptEnds = true;
    uc_emu_stop(engine);
    return;
  }
  if (begin >= p.program->code.size())
    return;
  if (begin == p.blockEnd)
    p.cycles -= std::min<uint64_t>(p.notTaken, p.cycles);
  auto [known, isNew] = p.blocks.try_emplace(begin);
  if (isNew && begin + size <= p.program->code.size())
    known->second = p.countBlock(begin, size);
  const BlockCycles &block = known->second;
  if (p.cycles >= p.sliceLimit) {
    p.blockEnd = 0;
    uc_emu_stop(engine);
    return;
  }
  p.sleepPc = block.sleepAt ? begin + block.sleepAt : 0;
  p.cycles += block.cycles;
  p.blockEnd = begin + size;
  p.notTaken = block.notTaken;
}

bool ArmCore::onFault(uc_engine *, uc_mem_type, uint64_t address, int, int64_t, void *self) {
  static_cast<ArmCore *>(self)->stop(
      fmt::format("an access to 0x{:08x}, where nothing is,", address));
  return false;
}

//===-- devices ---------------------------------------------------------------------------===//

uint32_t ArmCore::readDevice(uint32_t address) {
  cycles += deviceCycles;
  switch (address) {
  case CC_BASE + CC_TCR:
    // Whether a packet has left meanwhile is not known before the machine has come that far.
    if (transmitFull)
      sliceLimit = 0;
    return transmitFull ? 0 : CC_TX_NOT_FULL;
  case CC_BASE + CC_RSR:
    return registerFull ? uint32_t(received.control) << 16 | 0x80000000 : rsr;
  case CC_BASE + CC_RXDATA:
    return received.payload;
  case CC_BASE + CC_RXKEY:
    if (registerFull) {
      registerFull = false;
      registerFreeAt = localTime();
      raw &= ~(1u << INT_CC_MC);
      host.received(number, registerFreeAt);
    }
    return received.key;
  case VIC_BASE + VIC_IRQ_STATUS:
    return raw & enabled & ~fiqLines;
  case VIC_BASE + VIC_FIQ_STATUS:
    return raw & enabled & fiqLines;
  case VIC_BASE + VIC_RAW:
    return raw;
  case VIC_BASE + VIC_ENABLE:
    return enabled;
  case VIC_BASE + VIC_SELECT:
    return fiqLines;
  case DMA_BASE + DMA_STATUS:
    return setup.processor << 24;
  default:
    return 0;
  }
}

void ArmCore::writeDevice(uint32_t address, uint32_t value, unsigned) {
  cycles += deviceCycles;
  switch (address) {
  case CC_BASE + CC_TXDATA:
    txData = value;
    txHasData = true;
    break;
  case CC_BASE + CC_TXKEY:
    if (transmitFull)
      return stop("a packet written over one that has not left");
    transmitFull = true;
    host.sendAt(number, txHasData ? multicast(value, txData) : multicast(value), localTime());
    txHasData = false;
    break;
  case TIMER_BASE + TIMER_CONTROL:
    timerRuns = (value & 0xa0) == 0xa0;
    break;
  case TIMER_BASE + TIMER_CLEAR:
    raw &= ~(1u << INT_TIMER1);
    break;
  case VIC_BASE + VIC_SELECT:
    fiqLines = value;
    break;
  case VIC_BASE + VIC_ENABLE:
    enabled |= value;
    break;
  case VIC_BASE + VIC_DISABLE:
    enabled &= ~value;
    break;
  case DMA_BASE + DMA_SYSTEM:
    dmaSystem = value;
    break;
  case DMA_BASE + DMA_TCM:
    dmaOwn = value;
    break;
  case DMA_BASE + DMA_DESCRIPTION:
    startTransfer(value);
    break;
  case DMA_BASE + DMA_CONTROL:
    if (value & DMA_CLEAR_DONE)
      raw &= ~(1u << INT_DMA_DONE);
    break;
  }
}

void ArmCore::startTransfer(uint32_t description) {
  uint32_t bytes = description & 0x1ffff;
  uint8_t *own = ownBytes(dmaOwn, bytes);
  if (!own)
    return stop(fmt::format("a transfer of {} bytes at 0x{:08x}", bytes, dmaOwn));
  host.transfer(number, own, dmaSystem, bytes, (description & DMA_TO_SYSTEM) != 0, localTime());
}

//===-- Unicorn ---------------------------------------------------------------------------===//

uint64_t ArmCore::readSdram(uc_engine *, uint64_t offset, unsigned, void *self) {
  auto &p = *static_cast<ArmCore *>(self);
  p.cycles += systemCycles;
  uint32_t value = 0, address = SDRAM_BASE + static_cast<uint32_t>(offset);
  if ((offset & 3) || !p.host.memory(p.number).read(address, &value, 4))
    p.stop(fmt::format("an access to 0x{:08x}", address));
  return value;
}

// Writes are buffered.
void ArmCore::writeSdram(uc_engine *, uint64_t offset, unsigned size, uint64_t value, void *self) {
  auto &p = *static_cast<ArmCore *>(self);
  p.cycles += 1;
  uint32_t address = SDRAM_BASE + static_cast<uint32_t>(offset), word = uint32_t(value);
  if (size != 4 || (offset & 3) || !p.host.memory(p.number).write(address, &word, 4))
    p.stop(fmt::format("an access to 0x{:08x}", address));
}

bool ArmCore::mapDevices() {
  constexpr int invalid = UC_HOOK_MEM_READ_UNMAPPED | UC_HOOK_MEM_WRITE_UNMAPPED |
                          UC_HOOK_MEM_FETCH_UNMAPPED | UC_HOOK_MEM_READ_PROT |
                          UC_HOOK_MEM_WRITE_PROT | UC_HOOK_MEM_FETCH_PROT;
  auto check = [](uc_err error) { return error == UC_ERR_OK; };
  return check(uc_mmio_map(engine, SDRAM_BASE, SDRAM_SIZE, readSdram, this, writeSdram, this)) &&
         mapDevice<CC_BASE>(page) && mapDevice<TIMER_BASE>(page) && mapDevice<DMA_BASE>(page) &&
         check(uc_hook_add(engine, &blockHook, UC_HOOK_BLOCK, reinterpret_cast<void *>(onBlock),
                           this, 1, 0)) &&
         check(uc_hook_add(engine, &faultHook, invalid, reinterpret_cast<void *>(onFault), this, 1,
                           0));
}

//===-- running ---------------------------------------------------------------------------===//

void ArmCore::run(Time now, uint64_t limit) {
  sliceStart = now;
  cycles = 0;
  while (stopped.empty() && !sleeping && cycles < limit) {
    enterInterrupt();
    // What is pending and masked may be unmasked by any block.
    sliceLimit = raw & enabled ? cycles + 1 : limit;
    uint32_t pc = 0;
    uc_reg_read(engine, UC_ARM_REG_PC, &pc);
    sleepPc = 0;
    uc_err error = uc_emu_start(engine, pc | program->thumb, 0xfffffffc, 0, 0);
    if (error != UC_ERR_OK && stopped.empty())
      stop(uc_strerror(error));
    uc_reg_read(engine, UC_ARM_REG_PC, &pc);
    sleeping = sleepPc != 0 && pc == sleepPc;
    blockEnd = 0;
    if (interruptEnds) {
      interruptEnds = false;
      leaveInterrupt();
      continue;
    }
    // A wait returns at once if something is pending.
    if (sleeping && (raw & enabled))
      sleeping = false;
    if (sliceLimit == 0)
      break;
  }
  busyTime += Time(cycles) * host.timing().cpuCycle;
}

void ArmCore::wake(Time now) {
  scheduled = false;
  if (!stopped.empty())
    return;
  if (raw & enabled)
    sleeping = false;
  if (sleeping)
    return;
  run(now, setup.sliceCycles);
  if (stopped.empty() && !sleeping) {
    scheduled = true;
    host.wakeAt(number, std::max(localTime(), now + host.timing().cpuCycle));
  }
}

void ArmCore::interrupt(Time now) {
  if (sleeping && !scheduled && (raw & enabled)) {
    scheduled = true;
    // The last slice may have ended later than now.
    host.wakeAt(number, std::max(now, localTime()));
  }
}

void ArmCore::take(const Packet &packet, Time now) {
  received = packet;
  registerFull = true;
  raw |= 1u << INT_CC_MC;
  interrupt(now);
}

void ArmCore::tick(Time now) {
  if (!timerRuns)
    return;
  raw |= 1u << INT_TIMER1;
  interrupt(now);
}

void ArmCore::transferred(Time now) {
  raw |= 1u << INT_DMA_DONE;
  interrupt(now);
}

void ArmCore::clearDevices() {
  raw = enabled = fiqLines = 0;
  registerFull = transmitFull = timerRuns = txHasData = sleeping = scheduled = false;
  interruptEnds = false;
  registerFreeAt = busyTime = sliceStart = 0;
  stopped.clear();
}

std::string ArmCore::runToSleep(uint32_t entry) {
  uc_reg_write(engine, UC_ARM_REG_PC, &entry);
  starting = true;
  run(0, startCycles);
  starting = false;
  sliceStart = busyTime = 0;
  cycles = 0;
  return !stopped.empty() ? stopped : sleeping ? "" : "it does not come to rest";
}

std::string ArmCore::whyNotStarted(uint32_t result) {
  constexpr uint32_t noMemory = 2;
  return result == noMemory ? "its own memory has no room"
                            : "its data is not what its program needs";
}

} // namespace engram::spinnaker
