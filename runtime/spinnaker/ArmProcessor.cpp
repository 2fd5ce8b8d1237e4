// The registers that a core program uses, and Unicorn between them. Unicorn knows no interrupts:
// they are entered by hand, with an instruction that changes the mode and with it the banked
// registers.
#include "runtime/spinnaker/ArmProcessor.h"
#include "runtime/spinnaker/ArmCycles.h"
#include "runtime/spinnaker/core/arm/registers.h"
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <fmt/format.h>
#include <unicorn/unicorn.h>
#include <unordered_map>

namespace engram::spinnaker {

//===-- ELF -------------------------------------------------------------------------------===//

namespace {
struct ElfHeader {
  uint8_t ident[16];
  uint16_t type, machine;
  uint32_t version, entry, programs, sections, flags;
  uint16_t size, programSize, programCount, sectionSize, sectionCount, names;
};
struct ElfProgram {
  uint32_t type, offset, address, physical, fileBytes, bytes, flags, align;
};
} // namespace

Expected<ArmProgram> ArmProgram::read(const std::string &name, const std::string &elf) {
  ElfHeader header;
  if (elf.empty())
    return fail(fmt::format("program '{}' has no form for an ARM", name));
  if (elf.size() < sizeof header)
    return fail(fmt::format("program '{}' is no ELF", name));
  std::memcpy(&header, elf.data(), sizeof header);
  constexpr uint16_t arm = 40;
  if (std::memcmp(header.ident,
                  "\x7f"
                  "ELF\x01\x01",
                  6) != 0 ||
      header.machine != arm || header.programSize != sizeof(ElfProgram))
    return fail(fmt::format("program '{}' is no ELF for an ARM", name));
  ArmProgram program;
  program.itcm.resize(ITCM_SIZE);
  program.entry = header.entry;
  for (uint64_t k = 0; k < header.programCount; ++k) {
    ElfProgram part;
    uint64_t at = header.programs + k * sizeof part;
    if (at + sizeof part > elf.size())
      return fail(fmt::format("program '{}' is cut off", name));
    std::memcpy(&part, elf.data() + at, sizeof part);
    constexpr uint32_t load = 1;
    if (part.type != load || part.fileBytes == 0)
      continue;
    if (uint64_t(part.address) + part.fileBytes > ITCM_SIZE)
      return fail(fmt::format("program '{}' does not lie in ITCM", name));
    if (uint64_t(part.offset) + part.fileBytes > elf.size())
      return fail(fmt::format("program '{}' is cut off", name));
    std::memcpy(program.itcm.data() + part.address, elf.data() + part.offset, part.fileBytes);
  }
  return program;
}

//===-- the core --------------------------------------------------------------------------===//

namespace {

/// A page with the instructions that change the mode.
constexpr uint32_t stubs = 0x00800000, enterIrq = stubs, enterFiq = stubs + 4;
constexpr uint32_t stubCode[] = {0xe321f092 /* msr cpsr_c, #0x92 */, 0xe321f0d1 /* #0xd1 */};
constexpr uint32_t irqVector = 0x18, fiqVector = 0x1c, cpsrIrqOff = 0x80, cpsrFiqOff = 0x40;
/// Assumptions: a register of the core's own devices, a word of SDRAM or of the system's memory.
constexpr uint32_t deviceCycles = 3, systemCycles = 20, interruptCycles = 4;
constexpr uint64_t startCycles = 2000000000;

class ArmProcessor final : public Processor {
public:
  ArmProcessor(ProcessorHost &host, int number, std::shared_ptr<const ArmProgram> program,
               const ArmCoreSetup &setup)
      : host(host), number(number), program(std::move(program)), setup(setup) {}
  ~ArmProcessor() override {
    if (engine)
      uc_close(engine);
  }

  std::string open();
  std::string start() override;
  bool canTake(Time now) override { return !registerFull && now >= registerFreeAt; }
  void take(const Packet &packet, Time now) override;
  void tick(Time now) override;
  void transferred(Time now) override;
  void sent(Time) override { transmitFull = false; }
  void wake(Time now) override;
  core_counters counters() const override;
  Time busy() const override { return busyTime; }
  bool asleep() const override { return sleeping; }

private:
  ProcessorHost &host;
  int number;
  std::shared_ptr<const ArmProgram> program;
  ArmCoreSetup setup;
  uc_engine *engine = nullptr;
  uc_hook blockHook = 0, faultHook = 0;
  std::vector<uint8_t> itcm, vcpu;
  /// Pages, as Unicorn maps them.
  std::unique_ptr<uint8_t, void (*)(void *)> dtcm{nullptr, std::free};
  std::unordered_map<uint32_t, BlockCycles> blocks;

  // Time: 'sliceStart' and the cycles since.
  Time sliceStart = 0;
  uint64_t cycles = 0, sliceLimit = 100;
  uint32_t blockEnd = 0, notTaken = 0, sleepPc = 0;
  bool sleeping = false, scheduled = false, starting = false;
  std::string stopped;
  Time busyTime = 0;

  // Devices.
  uint32_t raw = 0, enabled = 0, fiqLines = 0;
  bool registerFull = false, transmitFull = false, timerRuns = false;
  Time registerFreeAt = 0;
  Packet received;
  uint32_t txData = 0, rsr = 0;
  bool txHasData = false;
  uint32_t dmaSystem = 0, dmaOwn = 0;

  Time localTime() const { return sliceStart + Time(cycles) * host.timing().cpuCycle; }
  void run(Time now, uint64_t limit);
  bool enterInterrupt();
  void interrupt(Time now);
  uint32_t readDevice(uint32_t address);
  void writeDevice(uint32_t address, uint32_t value, unsigned size);
  void startTransfer(uint32_t description);
  void stop(const std::string &why);

  static void onBlock(uc_engine *, uint64_t address, uint32_t size, void *self);
  template <uint32_t base> static uint64_t readAt(uc_engine *, uint64_t, unsigned, void *);
  template <uint32_t base> static void writeAt(uc_engine *, uint64_t, unsigned, uint64_t, void *);
  static uint64_t readSdram(uc_engine *, uint64_t offset, unsigned, void *self);
  static void writeSdram(uc_engine *, uint64_t offset, unsigned, uint64_t value, void *self);
  static bool onFault(uc_engine *, uc_mem_type, uint64_t address, int, int64_t, void *self);
};

} // namespace

void ArmProcessor::stop(const std::string &why) {
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
void ArmProcessor::onBlock(uc_engine *engine, uint64_t address, uint32_t size, void *self) {
  auto &p = *static_cast<ArmProcessor *>(self);
  auto begin = static_cast<uint32_t>(address);
  if (begin >= ITCM_SIZE)
    return;
  if (begin == p.blockEnd)
    p.cycles -= std::min<uint64_t>(p.notTaken, p.cycles);
  auto [known, isNew] = p.blocks.try_emplace(begin);
  if (isNew) {
    std::vector<uint32_t> code(size / 4);
    if (begin + 4 * code.size() <= ITCM_SIZE)
      std::memcpy(code.data(), p.itcm.data() + begin, 4 * code.size());
    known->second = blockCycles(code.data(), code.size());
  }
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

bool ArmProcessor::onFault(uc_engine *, uc_mem_type, uint64_t address, int, int64_t, void *self) {
  static_cast<ArmProcessor *>(self)->stop(
      fmt::format("an access to 0x{:08x}, where nothing is,", address));
  return false;
}

//===-- devices ---------------------------------------------------------------------------===//

uint32_t ArmProcessor::readDevice(uint32_t address) {
  if (address >= VCPU_BASE && address < VCPU_BASE + 18 * VCPU_SIZE) {
    cycles += systemCycles;
    uint32_t value = 0, own = address - VCPU_BASE - setup.processor * VCPU_SIZE;
    if (own < VCPU_SIZE)
      std::memcpy(&value, vcpu.data() + (own & ~3u), 4);
    return value;
  }
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

void ArmProcessor::writeDevice(uint32_t address, uint32_t value, unsigned size) {
  if (address >= VCPU_BASE && address < VCPU_BASE + 18 * VCPU_SIZE) {
    uint32_t own = address - VCPU_BASE - setup.processor * VCPU_SIZE;
    if (own + size <= VCPU_SIZE && size <= 4)
      std::memcpy(vcpu.data() + own, &value, size);
    return;
  }
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

void ArmProcessor::startTransfer(uint32_t description) {
  uint32_t bytes = description & 0x1ffff;
  uint32_t offset = dmaOwn - DTCM_BASE;
  if (offset >= DTCM_SIZE || bytes > DTCM_SIZE - offset)
    return stop(fmt::format("a transfer of {} bytes at 0x{:08x}", bytes, dmaOwn));
  host.transfer(number, dtcm.get() + offset, dmaSystem, bytes, (description & DMA_TO_SYSTEM) != 0,
                localTime());
}

//===-- Unicorn ---------------------------------------------------------------------------===//

template <uint32_t base>
uint64_t ArmProcessor::readAt(uc_engine *, uint64_t offset, unsigned, void *self) {
  return static_cast<ArmProcessor *>(self)->readDevice(base + static_cast<uint32_t>(offset));
}

template <uint32_t base>
void ArmProcessor::writeAt(uc_engine *, uint64_t offset, unsigned size, uint64_t value,
                           void *self) {
  static_cast<ArmProcessor *>(self)->writeDevice(base + static_cast<uint32_t>(offset),
                                                 static_cast<uint32_t>(value), size);
}

uint64_t ArmProcessor::readSdram(uc_engine *, uint64_t offset, unsigned, void *self) {
  auto &p = *static_cast<ArmProcessor *>(self);
  p.cycles += systemCycles;
  uint32_t value = 0, address = SDRAM_BASE + static_cast<uint32_t>(offset);
  if ((offset & 3) || !p.host.memory(p.number).read(address, &value, 4))
    p.stop(fmt::format("an access to 0x{:08x}", address));
  return value;
}

// Writes are buffered.
void ArmProcessor::writeSdram(uc_engine *, uint64_t offset, unsigned size, uint64_t value,
                              void *self) {
  auto &p = *static_cast<ArmProcessor *>(self);
  p.cycles += 1;
  uint32_t address = SDRAM_BASE + static_cast<uint32_t>(offset), word = uint32_t(value);
  if (size != 4 || (offset & 3) || !p.host.memory(p.number).write(address, &word, 4))
    p.stop(fmt::format("an access to 0x{:08x}", address));
}

std::string ArmProcessor::open() {
  auto check = [](uc_err error) { return error == UC_ERR_OK; };
  itcm = program->itcm;
  dtcm.reset(static_cast<uint8_t *>(std::aligned_alloc(0x1000, DTCM_SIZE)));
  vcpu.resize(VCPU_SIZE);
  constexpr uint32_t page = 0x1000;
  bool works = check(uc_open(UC_ARCH_ARM, uc_mode(UC_MODE_ARM | UC_MODE_ARM946), &engine));
  works = works && check(uc_mem_map(engine, ITCM_BASE, ITCM_SIZE, UC_PROT_READ | UC_PROT_EXEC)) &&
          check(uc_mem_map_ptr(engine, DTCM_BASE, DTCM_SIZE, UC_PROT_READ | UC_PROT_WRITE,
                               dtcm.get())) &&
          check(uc_mem_map(engine, stubs, page, UC_PROT_READ | UC_PROT_EXEC)) &&
          check(uc_mem_write(engine, ITCM_BASE, itcm.data(), itcm.size())) &&
          check(uc_mem_write(engine, stubs, stubCode, sizeof stubCode)) &&
          check(uc_mmio_map(engine, SDRAM_BASE, SDRAM_SIZE, readSdram, this, writeSdram, this));
  auto device = [&](auto base, uint32_t size) {
    constexpr uint32_t at = decltype(base)::value;
    works = works && check(uc_mmio_map(engine, at, size, readAt<at>, this, writeAt<at>, this));
  };
  device(std::integral_constant<uint32_t, CC_BASE>(), page);
  device(std::integral_constant<uint32_t, TIMER_BASE>(), page);
  device(std::integral_constant<uint32_t, VIC_BASE>(), page);
  device(std::integral_constant<uint32_t, DMA_BASE>(), page);
  device(std::integral_constant<uint32_t, SYSRAM_BASE>(), SYSRAM_SIZE);
  constexpr int invalid = UC_HOOK_MEM_READ_UNMAPPED | UC_HOOK_MEM_WRITE_UNMAPPED |
                          UC_HOOK_MEM_FETCH_UNMAPPED | UC_HOOK_MEM_READ_PROT |
                          UC_HOOK_MEM_WRITE_PROT | UC_HOOK_MEM_FETCH_PROT;
  works = works &&
          check(uc_hook_add(engine, &blockHook, UC_HOOK_BLOCK, reinterpret_cast<void *>(onBlock),
                            this, 1, 0)) &&
          check(uc_hook_add(engine, &faultHook, invalid, reinterpret_cast<void *>(onFault), this, 1,
                            0));
  return works ? "" : "Unicorn cannot make an ARM";
}

//===-- running ---------------------------------------------------------------------------===//

// True if an interrupt was entered: what is pending and not masked, FIQ first.
bool ArmProcessor::enterInterrupt() {
  uint32_t lines = raw & enabled;
  if (!lines)
    return false;
  uint32_t cpsr = 0, pc = 0;
  uc_reg_read(engine, UC_ARM_REG_CPSR, &cpsr);
  bool fiq = (lines & fiqLines) && !(cpsr & cpsrFiqOff);
  if (!fiq && (!(lines & ~fiqLines) || (cpsr & cpsrIrqOff)))
    return false;
  uc_reg_read(engine, UC_ARM_REG_PC, &pc);
  uint32_t stub = fiq ? enterFiq : enterIrq, back = pc + 4, vector = fiq ? fiqVector : irqVector;
  uc_emu_start(engine, stub, stub + 4, 0, 0);
  uc_reg_write(engine, UC_ARM_REG_LR, &back);
  uc_reg_write(engine, UC_ARM_REG_SPSR, &cpsr);
  uc_reg_write(engine, UC_ARM_REG_PC, &vector);
  cycles += interruptCycles;
  blockEnd = 0;
  return true;
}

void ArmProcessor::run(Time now, uint64_t limit) {
  sliceStart = now;
  cycles = 0;
  while (stopped.empty() && !sleeping && cycles < limit) {
    enterInterrupt();
    // What is pending and masked may be unmasked by any block.
    sliceLimit = raw & enabled ? cycles + 1 : limit;
    uint32_t pc = 0;
    uc_reg_read(engine, UC_ARM_REG_PC, &pc);
    sleepPc = 0;
    uc_err error = uc_emu_start(engine, pc, 0xfffffffc, 0, 0);
    if (error != UC_ERR_OK && stopped.empty())
      stop(uc_strerror(error));
    uc_reg_read(engine, UC_ARM_REG_PC, &pc);
    sleeping = sleepPc != 0 && pc == sleepPc;
    blockEnd = 0;
    // A wait returns at once if something is pending.
    if (sleeping && (raw & enabled))
      sleeping = false;
    if (sliceLimit == 0)
      break;
  }
  busyTime += Time(cycles) * host.timing().cpuCycle;
}

void ArmProcessor::wake(Time now) {
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

void ArmProcessor::interrupt(Time now) {
  if (sleeping && !scheduled && (raw & enabled)) {
    scheduled = true;
    // The last slice may have ended later than now.
    host.wakeAt(number, std::max(now, localTime()));
  }
}

void ArmProcessor::take(const Packet &packet, Time now) {
  received = packet;
  registerFull = true;
  raw |= 1u << INT_CC_MC;
  interrupt(now);
}

void ArmProcessor::tick(Time now) {
  if (!timerRuns)
    return;
  raw |= 1u << INT_TIMER1;
  interrupt(now);
}

void ArmProcessor::transferred(Time now) {
  raw |= 1u << INT_DMA_DONE;
  interrupt(now);
}

std::string ArmProcessor::start() {
  std::memset(dtcm.get(), 0, DTCM_SIZE);
  std::fill(vcpu.begin(), vcpu.end(), 0);
  std::memcpy(vcpu.data() + VCPU_DATA, &setup.data, 4);
  std::memcpy(vcpu.data() + VCPU_TICK, &setup.tickCycles, 4);
  raw = enabled = fiqLines = 0;
  registerFull = transmitFull = timerRuns = txHasData = sleeping = scheduled = false;
  registerFreeAt = busyTime = sliceStart = 0;
  stopped.clear();
  uint32_t cpsr = 0xd3, pc = program->entry;
  uc_reg_write(engine, UC_ARM_REG_CPSR, &cpsr);
  uc_reg_write(engine, UC_ARM_REG_PC, &pc);
  starting = true;
  run(0, startCycles);
  starting = false;
  sliceStart = busyTime = 0;
  cycles = 0;
  if (!stopped.empty())
    return stopped;
  if (vcpu[VCPU_STATE] == VCPU_STATE_FAILED) {
    uint32_t why = 0;
    std::memcpy(&why, vcpu.data() + VCPU_START, 4);
    constexpr uint32_t noMemory = 2;
    return why == noMemory ? "its own memory has no room"
                           : "its data is not what its program needs";
  }
  return sleeping ? "" : "it does not come to rest";
}

// struct core lies at the beginning of DTCM: the address of the data, the header, then the
// counters.
core_counters ArmProcessor::counters() const {
  core_counters counters;
  std::memcpy(&counters, dtcm.get() + 4 + sizeof(core_data), sizeof counters);
  return counters;
}

Expected<std::unique_ptr<Processor>> makeArmProcessor(ProcessorHost &host, int number,
                                                      std::shared_ptr<const ArmProgram> program,
                                                      const ArmCoreSetup &setup) {
  auto processor = std::make_unique<ArmProcessor>(host, number, std::move(program), setup);
  if (std::string why = processor->open(); !why.empty())
    return fail(why);
  return std::unique_ptr<Processor>(std::move(processor));
}

} // namespace engram::spinnaker
