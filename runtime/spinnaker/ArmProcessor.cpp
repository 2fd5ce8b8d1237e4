// An ARM968: banked registers, two kinds of interrupts, and memories of its own.
#include "runtime/spinnaker/ArmProcessor.h"
#include "runtime/spinnaker/ArmCore.h"
#include "runtime/spinnaker/core/arm/registers.h"
#include <cstring>
#include <fmt/format.h>

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

uint32_t codeBytesOf(int version) { return version == 2 ? uint32_t(CORE2_CODE_BYTES) : ITCM_SIZE; }

Expected<ArmProgram> ArmProgram::read(const std::string &name, const std::string &elf,
                                      uint32_t codeBytes) {
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
  program.code.resize(codeBytes);
  program.entry = header.entry & ~1u;
  program.thumb = header.entry & 1;
  for (uint64_t k = 0; k < header.programCount; ++k) {
    ElfProgram part;
    uint64_t at = header.programs + k * sizeof part;
    if (at + sizeof part > elf.size())
      return fail(fmt::format("program '{}' is cut off", name));
    std::memcpy(&part, elf.data() + at, sizeof part);
    constexpr uint32_t load = 1;
    if (part.type != load || part.fileBytes == 0)
      continue;
    if (uint64_t(part.address) + part.fileBytes > codeBytes)
      return fail(fmt::format("program '{}' does not lie in program memory", name));
    if (uint64_t(part.offset) + part.fileBytes > elf.size())
      return fail(fmt::format("program '{}' is cut off", name));
    std::memcpy(program.code.data() + part.address, elf.data() + part.offset, part.fileBytes);
  }
  return program;
}

//===-- the core --------------------------------------------------------------------------===//

namespace {

/// A page with the instructions that change the mode, and with it the banked registers.
constexpr uint32_t stubs = 0x00800000, enterIrq = stubs, enterFiq = stubs + 4;
constexpr uint32_t stubCode[] = {0xe321f092 /* msr cpsr_c, #0x92 */, 0xe321f0d1 /* #0xd1 */};
constexpr uint32_t irqVector = 0x18, fiqVector = 0x1c, cpsrIrqOff = 0x80, cpsrFiqOff = 0x40;
constexpr uint32_t interruptCycles = 4;

class Arm968 final : public ArmCore {
public:
  using ArmCore::ArmCore;
  std::string open() override;
  std::string start() override;
  core_counters counters() const override;

private:
  std::vector<uint8_t> vcpu;
  /// Pages, as Unicorn maps them.
  std::unique_ptr<uint8_t, void (*)(void *)> dtcm{nullptr, std::free};

  bool enterInterrupt() override;
  BlockCycles countBlock(uint32_t begin, uint32_t size) const override {
    std::vector<uint32_t> code(size / 4);
    std::memcpy(code.data(), program->code.data() + begin, 4 * code.size());
    return blockCycles(code.data(), code.size());
  }
  uint8_t *ownBytes(uint32_t address, uint32_t bytes) override {
    uint32_t offset = address - DTCM_BASE;
    return offset >= DTCM_SIZE || bytes > DTCM_SIZE - offset ? nullptr : dtcm.get() + offset;
  }
  uint32_t readDevice(uint32_t address) override;
  void writeDevice(uint32_t address, uint32_t value, unsigned size) override;
};

} // namespace

uint32_t Arm968::readDevice(uint32_t address) {
  if (address >= VCPU_BASE && address < VCPU_BASE + 18 * VCPU_SIZE) {
    cycles += systemCycles;
    uint32_t value = 0, own = address - VCPU_BASE - setup.processor * VCPU_SIZE;
    if (own < VCPU_SIZE)
      std::memcpy(&value, vcpu.data() + (own & ~3u), 4);
    return value;
  }
  return ArmCore::readDevice(address);
}

void Arm968::writeDevice(uint32_t address, uint32_t value, unsigned size) {
  if (address >= VCPU_BASE && address < VCPU_BASE + 18 * VCPU_SIZE) {
    uint32_t own = address - VCPU_BASE - setup.processor * VCPU_SIZE;
    if (own + size <= VCPU_SIZE && size <= 4)
      std::memcpy(vcpu.data() + own, &value, size);
    return;
  }
  ArmCore::writeDevice(address, value, size);
}

std::string Arm968::open() {
  auto check = [](uc_err error) { return error == UC_ERR_OK; };
  dtcm.reset(static_cast<uint8_t *>(std::aligned_alloc(0x1000, DTCM_SIZE)));
  vcpu.resize(VCPU_SIZE);
  bool works = check(uc_open(UC_ARCH_ARM, uc_mode(UC_MODE_ARM | UC_MODE_ARM946), &engine)) &&
               check(uc_mem_map(engine, ITCM_BASE, ITCM_SIZE, UC_PROT_READ | UC_PROT_EXEC)) &&
               check(uc_mem_map_ptr(engine, DTCM_BASE, DTCM_SIZE, UC_PROT_READ | UC_PROT_WRITE,
                                    dtcm.get())) &&
               check(uc_mem_map(engine, stubs, page, UC_PROT_READ | UC_PROT_EXEC)) &&
               check(uc_mem_write(engine, ITCM_BASE, program->code.data(), program->code.size())) &&
               check(uc_mem_write(engine, stubs, stubCode, sizeof stubCode)) && mapDevices() &&
               mapDevice<VIC_BASE>(page) && mapDevice<SYSRAM_BASE>(SYSRAM_SIZE);
  return works ? "" : "Unicorn cannot make an ARM";
}

// True if an interrupt was entered: what is pending and not masked, FIQ first.
bool Arm968::enterInterrupt() {
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

std::string Arm968::start() {
  std::memset(dtcm.get(), 0, DTCM_SIZE);
  std::fill(vcpu.begin(), vcpu.end(), 0);
  std::memcpy(vcpu.data() + VCPU_DATA, &setup.data, 4);
  std::memcpy(vcpu.data() + VCPU_TICK, &setup.tickCycles, 4);
  clearDevices();
  uint32_t cpsr = 0xd3;
  uc_reg_write(engine, UC_ARM_REG_CPSR, &cpsr);
  std::string why = runToSleep(program->entry);
  if (stopped.empty() && vcpu[VCPU_STATE] == VCPU_STATE_FAILED) {
    uint32_t result = 0;
    std::memcpy(&result, vcpu.data() + VCPU_START, 4);
    return whyNotStarted(result);
  }
  return why;
}

// struct core lies at the beginning of DTCM: the address of the data, the header, then the
// counters.
core_counters Arm968::counters() const {
  core_counters counters;
  std::memcpy(&counters, dtcm.get() + 4 + sizeof(core_data), sizeof counters);
  return counters;
}

Expected<std::unique_ptr<Processor>> makeArmProcessor(ProcessorHost &host, int number,
                                                      std::shared_ptr<const ArmProgram> program,
                                                      const ArmCoreSetup &setup) {
  std::unique_ptr<ArmCore> core =
      setup.version == 2 ? makeCortexCore(host, number, std::move(program), setup)
                         : std::make_unique<Arm968>(host, number, std::move(program), setup);
  if (std::string why = core->open(); !why.empty())
    return fail(why);
  return std::unique_ptr<Processor>(std::move(core));
}

} // namespace engram::spinnaker
