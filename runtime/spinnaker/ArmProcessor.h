// A core as the ARM that it is: its binary in the Unicorn engine, at the time that its instructions
// take.
#pragma once

#include "runtime/Error.h"
#include "runtime/spinnaker/Processor.h"

namespace engram::spinnaker {

/// An ELF for ARM as it lies in ITCM.
struct ArmProgram {
  std::vector<uint8_t> itcm; ///< 32 kB
  uint32_t entry = 0;
  static Expected<ArmProgram> read(const std::string &name, const std::string &elf);
};

struct ArmCoreSetup {
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
