// A core as the ARM that it is: its binary in the Unicorn engine, at the time that its instructions
// take.
#pragma once

#include "runtime/Error.h"
#include "runtime/spinnaker/Processor.h"

namespace engram::spinnaker {

/// An ELF for ARM as it lies in program memory, from 0 on.
struct ArmProgram {
  std::vector<uint8_t> code; ///< all of that memory
  uint32_t entry = 0;
  uint32_t thumb = 0; ///< 1 if it is
  static Expected<ArmProgram> read(const std::string &name, const std::string &elf,
                                   uint32_t codeBytes);
};

/// Of the memory of programs of a version of the chip.
uint32_t codeBytesOf(int version);

struct ArmCoreSetup {
  int version = 1; ///< of the chip: ARM968 or Cortex-M4
  uint32_t processor = 1;
  uint32_t data = 0;       ///< address of its data
  uint32_t tickCycles = 0; ///< clock cycles of a tick
  uint32_t sliceCycles = 100;
};

/// Runs in slices of up to half a microsecond, between which it sees interrupts: at the boundary of
/// a block. Direct accesses to SDRAM and registers take what the bus takes.
Expected<std::unique_ptr<Processor>> makeArmProcessor(ProcessorHost &host, int number,
                                                      std::shared_ptr<const ArmProgram> program,
                                                      const ArmCoreSetup &setup);

} // namespace engram::spinnaker
