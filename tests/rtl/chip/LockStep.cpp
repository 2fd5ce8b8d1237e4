// Comparisons of the chip with its golden model.
#include "tests/rtl/chip/LockStep.h"
#include <algorithm>
#include <fmt/format.h>

using namespace engram;
using namespace engram::a1;

std::string test::differenceIn(Device &rtl, const GoldenChip &golden, Memory memory, uint32_t first,
                               uint32_t count) {
  const ChipParameters &p = rtl.parameters();
  std::vector<uint32_t> got(std::min(count, memoryParts(memory, p) - first));
  for (uint32_t core = 0; core < static_cast<uint32_t>(p.cores()); ++core) {
    rtl.read(core, memory, first, got.data(), got.size());
    for (uint32_t k = 0; k < got.size(); ++k)
      if (uint32_t expected = golden.core(core).read(memory, first + k); got[k] != expected)
        return fmt::format("{} {} of core {} after step {}: {:#x}, golden {:#x}",
                           memoryName(memory), first + k, core, golden.stepsDone() - 1, got[k],
                           expected);
  }
  return "";
}

std::string test::differenceAfterStep(Device &rtl, const GoldenChip &golden) {
  std::string difference = differenceIn(rtl, golden, Memory::State);
  if (difference.empty())
    difference = differenceIn(rtl, golden, Memory::Spikes);
  for (Register counter :
       {Register::Flags, Register::FirstErrorCause, Register::FirstErrorAddress, Register::Sops,
        Register::SpikesOut, Register::SpikesIn, Register::Unrouted, Register::Saturations,
        Register::Rows, Register::Conversions, Register::Drives})
    if (difference.empty())
      difference = differenceIn(rtl, golden, Memory::Register, static_cast<uint32_t>(counter), 1);
  return difference;
}

std::string test::differenceInMemories(Device &rtl, const GoldenChip &golden) {
  for (Memory memory : {Memory::Program, Memory::State, Memory::Synapse, Memory::Axon,
                        Memory::KeyMap, Memory::Ring, Memory::Route, Memory::Constant,
                        Memory::Segment, Memory::Spikes, Memory::Cell, Memory::Tile, Memory::Noise})
    if (std::string difference = differenceIn(rtl, golden, memory); !difference.empty())
      return difference;
  return "";
}

std::string test::stepBoth(Device &rtl, GoldenChip &golden, const std::vector<Spike> &spikes) {
  std::vector<Spike> expected = golden.step(spikes);
  Expected<void> done = rtl.step(spikes);
  // The message of a failing assertion, or of a chip that hangs.
  if (!done && done.error().message.rfind("core ", 0) != 0)
    return done.error().message;
  std::vector<Spike> got = rtl.takeSpikes();
  std::sort(got.begin(), got.end());
  if (got != expected)
    return fmt::format("{} spikes reach the host in step {}, golden {}", got.size(),
                       golden.stepsDone() - 1, expected.size());
  return differenceAfterStep(rtl, golden);
}
