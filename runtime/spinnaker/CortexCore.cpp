// A Cortex-M4: one memory of its own, and interrupts that put registers onto the stack.
#include "runtime/spinnaker/ArmCore.h"
#include "runtime/spinnaker/ThumbCycles.h"
#include "runtime/spinnaker/core/arm/registers.h"
#include "runtime/spinnaker/core/cortex-m/memory.h"
#include <array>
#include <cstring>

namespace engram::spinnaker {

namespace {

/// Where a handler returns to: an instruction that is never executed. On a Cortex-M the return
/// address is a number that means the same.
constexpr uint32_t returnStub = 0x00800000;
constexpr uint16_t stubCode = 0xe7fe;
/// DDI 0439, 3.9.1: 12 cycles to a handler; back takes as long as the frame takes to be read, 10.
constexpr uint32_t entryCycles = 12, exitCycles = 10;
constexpr uint32_t itState = 0x0600fc00; // of xPSR
constexpr uint32_t firstLine = 16, noHandler = 0x100;

class CortexM4 final : public ArmCore {
public:
  using ArmCore::ArmCore;
  std::string open() override;
  std::string start() override;
  core_counters counters() const override {
    core_counters counters;
    std::memcpy(&counters, own.get() + OWN_CORE + 4 + sizeof(core_data), sizeof counters);
    return counters;
  }

private:
  std::unique_ptr<uint8_t, void (*)(void *)> own{nullptr, std::free};
  std::array<uint8_t, 32> priorities{};
  std::vector<uint32_t> active; ///< priorities of handlers that run, the innermost last

  uint32_t wordAt(uint32_t address) const {
    uint32_t word = 0;
    std::memcpy(&word, own.get() + address, 4);
    return word;
  }
  bool enterInterrupt() override;
  bool endsInterrupt(uint32_t address) override { return address == returnStub; }
  void leaveInterrupt() override;
  BlockCycles countBlock(uint32_t begin, uint32_t size) const override {
    std::vector<uint16_t> code(size / 2);
    std::memcpy(code.data(), program->code.data() + begin, 2 * code.size());
    return thumbCycles(code.data(), code.size());
  }
  uint8_t *ownBytes(uint32_t address, uint32_t bytes) override {
    bool isData = address >= OWN_CORE && address < OWN_SIZE && bytes <= OWN_SIZE - address;
    return isData ? own.get() + address : nullptr;
  }
  void writeDevice(uint32_t address, uint32_t value, unsigned size) override;
};

/// As an exception puts them onto the stack (DDI 0403, B1.5.6).
constexpr std::array<int, 8> framed = {UC_ARM_REG_R0, UC_ARM_REG_R1,  UC_ARM_REG_R2,
                                       UC_ARM_REG_R3, UC_ARM_REG_R12, UC_ARM_REG_LR,
                                       UC_ARM_REG_PC, UC_ARM_REG_XPSR};
constexpr uint32_t frameBytes = 32;

} // namespace

void CortexM4::writeDevice(uint32_t address, uint32_t value, unsigned size) {
  if (address < NVIC_BASE)
    return ArmCore::writeDevice(address, value, size);
  cycles += deviceCycles;
  uint32_t line = address - (NVIC_BASE + NVIC_PRIORITY);
  if (address == NVIC_BASE + NVIC_ENABLE)
    enabled |= value;
  else if (size == 1 && line < priorities.size())
    priorities[line] = static_cast<uint8_t>(value);
}

std::string CortexM4::open() {
  auto check = [](uc_err error) { return error == UC_ERR_OK; };
  own.reset(static_cast<uint8_t *>(std::aligned_alloc(page, OWN_SIZE)));
  bool works =
      check(uc_open(UC_ARCH_ARM, uc_mode(UC_MODE_THUMB | UC_MODE_MCLASS), &engine)) &&
      check(uc_ctl_set_cpu_model(engine, UC_CPU_ARM_CORTEX_M4)) &&
      check(uc_mem_map_ptr(engine, 0, OWN_CODE_SIZE, UC_PROT_READ | UC_PROT_EXEC, own.get())) &&
      check(uc_mem_map_ptr(engine, OWN_CORE, OWN_SIZE - OWN_CORE, UC_PROT_READ | UC_PROT_WRITE,
                           own.get() + OWN_CORE)) &&
      check(uc_mem_map(engine, returnStub, page, UC_PROT_READ | UC_PROT_EXEC)) &&
      check(uc_mem_write(engine, returnStub, &stubCode, sizeof stubCode)) && mapDevices() &&
      mapDevice<NVIC_BASE>(NVIC_SIZE);
  return works ? "" : "Unicorn cannot make a Cortex-M4";
}

std::string CortexM4::start() {
  std::memset(own.get(), 0, OWN_SIZE);
  std::memcpy(own.get(), program->code.data(), program->code.size());
  std::memcpy(own.get() + OWN_BOOT + BOOT_DATA, &setup.data, 4);
  std::memcpy(own.get() + OWN_BOOT + BOOT_TICK, &setup.tickCycles, 4);
  clearDevices();
  priorities = {};
  active.clear();
  // What reset does: the stack and the first instruction from the vectors.
  uint32_t stack = wordAt(0), none = 0;
  uc_reg_write(engine, UC_ARM_REG_SP, &stack);
  uc_reg_write(engine, UC_ARM_REG_PRIMASK, &none);
  std::string why = runToSleep(wordAt(4) | 1);
  if (stopped.empty() && wordAt(OWN_BOOT + BOOT_STATE) == VCPU_STATE_FAILED)
    return whyNotStarted(wordAt(OWN_BOOT + BOOT_START));
  return why;
}

// The most urgent line, if it is more so than the handler that runs.
bool CortexM4::enterInterrupt() {
  uint32_t lines = raw & enabled, best = noHandler, urgent = 0;
  for (uint32_t line = 0; line < 32; ++line)
    if (lines >> line & 1 && priorities[line] < best) {
      best = priorities[line];
      urgent = line;
    }
  uint32_t masked = 0, stack = 0;
  uc_reg_read(engine, UC_ARM_REG_PRIMASK, &masked);
  if (best >= (active.empty() ? noHandler : active.back()) || (masked & 1))
    return false;
  uc_reg_read(engine, UC_ARM_REG_SP, &stack);
  // The stack of an exception is aligned to 8; a word below the frame says what it was.
  uint32_t frame = ((stack - frameBytes) & ~7u) - 8;
  if (frame < OWN_CORE || frame + frameBytes + 8 > OWN_STACK_TOP) {
    stop("a stack that is full");
    return false;
  }
  for (size_t k = 0; k < framed.size(); ++k) {
    uint32_t value = 0;
    uc_reg_read(engine, framed[k], &value);
    std::memcpy(own.get() + frame + 8 + 4 * k, &value, 4);
  }
  std::memcpy(own.get() + frame, &stack, 4);
  // A handler begins outside of any IT block, wherever the program is in one.
  uint32_t status = 0;
  uc_reg_read(engine, UC_ARM_REG_XPSR, &status);
  status &= ~itState;
  uc_reg_write(engine, UC_ARM_REG_XPSR, &status);
  uint32_t back = returnStub | 1, handler = wordAt(4 * (firstLine + urgent)) | 1;
  uc_reg_write(engine, UC_ARM_REG_SP, &frame);
  uc_reg_write(engine, UC_ARM_REG_LR, &back);
  uc_reg_write(engine, UC_ARM_REG_PC, &handler);
  active.push_back(best);
  cycles += entryCycles;
  blockEnd = 0;
  return true;
}

void CortexM4::leaveInterrupt() {
  uint32_t frame = 0;
  uc_reg_read(engine, UC_ARM_REG_SP, &frame);
  if (active.empty() || frame < OWN_CORE || frame + frameBytes + 8 > OWN_STACK_TOP)
    return stop("a return from an interrupt that is none");
  active.pop_back();
  for (size_t k = 0; k < framed.size(); ++k) {
    uint32_t value = wordAt(frame + 8 + static_cast<uint32_t>(4 * k));
    if (framed[k] == UC_ARM_REG_PC)
      value |= 1;
    uc_reg_write(engine, framed[k], &value);
  }
  uint32_t stack = wordAt(frame);
  uc_reg_write(engine, UC_ARM_REG_SP, &stack);
  cycles += exitCycles;
}

std::unique_ptr<ArmCore> makeCortexCore(ProcessorHost &host, int number,
                                        std::shared_ptr<const ArmProgram> program,
                                        const ArmCoreSetup &setup) {
  return std::make_unique<CortexM4>(host, number, std::move(program), setup);
}

} // namespace engram::spinnaker
