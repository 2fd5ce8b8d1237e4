/* The own memory of a core of SpiNNaker 2, and its interrupt controller. What is published of the
   chip (Hoeppner et al. 2021, arXiv:2103.08392) has 128 kB at a core, and no addresses: where
   things lie in it is ours, and the registers of communications controller, timer and DMA are those
   of SpiNNaker 1 (arm/registers.h) until others are known. The interrupt controller is ARM's (DDI
   0403, B3.4), its lines those of SpiNNaker 1. */
#ifndef ENGRAM_SPINNAKER_CORTEX_M_MEMORY_H
#define ENGRAM_SPINNAKER_CORTEX_M_MEMORY_H

#define OWN_SIZE 0x00020000
#define OWN_CODE_SIZE 0x00006000

/* struct core, then what the host tells a core, as VCPU_ on SpiNNaker 1; then stacks. */
#define OWN_CORE OWN_CODE_SIZE
#define OWN_BOOT (OWN_CORE + 0x380)
#define OWN_BOOT_SIZE 0x80
#define BOOT_DATA 0x00  /* address of the core's data in SDRAM */
#define BOOT_TICK 0x04  /* clock cycles of a tick */
#define BOOT_START 0x08 /* what core_init returned */
#define BOOT_STATE 0x0c /* VCPU_STATE_ */
#define OWN_STACK_TOP (OWN_CORE + 0x1000)
#define OWN_MEMORY OWN_STACK_TOP

#define NVIC_BASE 0xe000e000
#define NVIC_SIZE 0x1000
#define NVIC_ENABLE 0x100
#define NVIC_PRIORITY 0x400 /* a byte a line, less is more urgent */

#endif
