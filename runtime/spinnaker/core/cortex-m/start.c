/* The part of a core's program that only a Cortex-M has: vectors, start, interrupts, and waiting
 * for them. A packet interrupts timer and DMA, as the FIQ of an ARM968 does. */
#include "runtime/spinnaker/core/arm/registers.h"
#include "runtime/spinnaker/core/core.h"
#include "runtime/spinnaker/core/cortex-m/memory.h"

static volatile uint32_t *reg(uint32_t address) { return (volatile uint32_t *)(uintptr_t)address; }
static struct core *own(void) { return (struct core *)OWN_CORE; }

static void core_stopped(void) {
  for (;;)
    ;
}

static void core_packet_interrupt(void) {
  uint32_t payload = *reg(CC_BASE + CC_RSR) & CC_RX_PAYLOAD ? *reg(CC_BASE + CC_RXDATA) : 1;
  core_packet(own(), *reg(CC_BASE + CC_RXKEY), payload);
}

static void core_timer_interrupt(void) {
  *reg(TIMER_BASE + TIMER_CLEAR) = 1;
  core_tick(own());
}

static void core_dma_interrupt(void) {
  *reg(DMA_BASE + DMA_CONTROL) = DMA_CLEAR_DONE;
  core_dma_done(own());
}

_Noreturn void core_reset(void) {
  struct core *core = own();
  int failure =
      core_init(core, (void *)OWN_MEMORY, OWN_SIZE - OWN_MEMORY, *reg(OWN_BOOT + BOOT_DATA));
  *reg(OWN_BOOT + BOOT_START) = (uint32_t)failure;
  *reg(OWN_BOOT + BOOT_STATE) = failure ? VCPU_STATE_FAILED : VCPU_STATE_RUN;
  if (failure)
    core_stopped();
  *(volatile uint8_t *)(NVIC_BASE + NVIC_PRIORITY + INT_TIMER1) = 0x80;
  *(volatile uint8_t *)(NVIC_BASE + NVIC_PRIORITY + INT_DMA_DONE) = 0x80;
  *reg(NVIC_BASE + NVIC_ENABLE) = 1u << INT_CC_MC | 1u << INT_TIMER1 | 1u << INT_DMA_DONE;
  *reg(TIMER_BASE + TIMER_LOAD) = *reg(OWN_BOOT + BOOT_TICK);
  *reg(TIMER_BASE + TIMER_BACKGROUND_LOAD) = *reg(OWN_BOOT + BOOT_TICK);
  *reg(TIMER_BASE + TIMER_CONTROL) = TIMER_RUN;
  for (;;) {
    /* An interrupt between the last look for work and sleep must not be slept through. */
    uint32_t head = core->head, ticks = core->ticks, dma = core->dma;
    if (core_background(core))
      continue;
    __asm__ volatile("cpsid i" ::: "memory");
    if (core->head == head && core->ticks == ticks && core->dma == dma)
      __asm__ volatile("wfi" ::: "memory");
    __asm__ volatile("cpsie i" ::: "memory");
  }
}

/* The first word is the stack, then reset, 14 exceptions and 32 lines. */
#define STOPPED(first, last) [first... last] = core_stopped
__attribute__((section(".vectors"), used)) const struct {
  uint32_t stack;
  void (*handlers[47])(void);
} core_vectors = {OWN_STACK_TOP,
                  {core_reset, STOPPED(1, 18), core_timer_interrupt, STOPPED(20, 26),
                   core_dma_interrupt, STOPPED(28, 38), core_packet_interrupt, STOPPED(40, 46)}};
_Static_assert(INT_TIMER1 == 4 && INT_DMA_DONE == 12 && INT_CC_MC == 24, "places of the vectors");
_Static_assert(sizeof(struct core) <= 0x380, "struct core lies before what the host tells");
