/* What a program for SpiNNaker 2 begins with, and the core that it is for. The registers of its
   cores are not published, so its system software does what core/arm does on SpiNNaker 1. */
#include "runtime/spinnaker/core/core.h"

struct core core_state;

__attribute__((section(".vectors"), used)) const struct {
  struct core *core;
  int (*init)(struct core *core, void *memory, uint32_t bytes, uint32_t data);
  void (*packet)(struct core *core, uint32_t key, uint32_t payload);
  void (*tick)(struct core *core);
  void (*dma_done)(struct core *core);
  int (*background)(struct core *core);
} core_entries = {&core_state, core_init, core_packet, core_tick, core_dma_done, core_background};
