/* The part of a core's program that only a core has: vectors, start, interrupts, and waiting for
 * them. */
#include "runtime/spinnaker/core/arm/registers.h"
#include "runtime/spinnaker/core/core.h"

#define TEXT_(x) #x
#define TEXT(x) TEXT_(x)

/* A packet is taken in FIQ, whose own registers hold what it needs: r8 the communications
   controller, r9 the core. Reading the key frees the controller for the next packet. */
__asm__(
    ".section .vectors, \"ax\", %progbits\n"
    ".arm\n"
    ".globl _start\n"
    "_start:\n"
    "  b core_reset\n"
    "  b core_stopped\n"
    "  b core_stopped\n"
    "  b core_stopped\n"
    "  b core_stopped\n"
    "  b core_stopped\n"
    "  b core_irq\n"
    "core_fiq:\n"
    "  sub lr, lr, #4\n"
    "  stmfd sp!, {r0-r3, lr}\n"
    "  ldr r3, [r8, #" TEXT(
        CC_RSR) "]\n"
                "  mov r2, #1\n"
                "  tst r3, #" TEXT(
                    CC_RX_PAYLOAD) "\n"
                                   "  ldrne r2, [r8, #" TEXT(
                                       CC_RXDATA) "]\n"
                                                  "  ldr r1, [r8, #" TEXT(
                                                      CC_RXKEY) "]\n"
                                                                "  mov r0, r9\n"
                                                                "  bl core_packet\n"
                                                                "  ldmfd sp!, {r0-r3, pc}^\n"
                                                                "core_irq:\n"
                                                                "  sub lr, lr, #4\n"
                                                                "  stmfd sp!, {r0-r3, r12, lr}\n"
                                                                "  bl core_interrupt\n"
                                                                "  ldmfd sp!, {r0-r3, r12, pc}^\n"
                                                                "core_reset:\n"
                                                                "  msr cpsr_c, #0xd1\n"
                                                                "  ldr sp, =" TEXT(
                                                                    FIQ_STACK_TOP) "\n"
                                                                                   "  ldr r8, "
                                                                                   "=" TEXT(
                                                                                       CC_BASE) "\n"
                                                                                                "  "
                                                                                                "ld"
                                                                                                "r "
                                                                                                "r9"
                                                                                                ", "
                                                                                                "=" TEXT(
                                                                                                    DTCM_BASE) "\n"
                                                                                                               "  msr cpsr_c, #0xd2\n"
                                                                                                               "  ldr sp, =" TEXT(
                                                                                                                   IRQ_STACK_TOP) "\n"
                                                                                                                                  "  msr cpsr_c, #0xdf\n"
                                                                                                                                  "  ldr sp, =" TEXT(
                                                                                                                                      STACK_TOP) "\n"
                                                                                                                                                 "  b core_main\n"
                                                                                                                                                 "  .ltorg\n"
                                                                                                                                                 ".globl core_wait\n"
                                                                                                                                                 "core_wait:\n" /* until an interrupt is there, masked or not */
                                                                                                                                                 "  mov r0, #0\n"
                                                                                                                                                 "  mcr p15, 0, r0, c7, c0, 4\n"
                                                                                                                                                 "  bx lr\n"
                                                                                                                                                 ".globl core_mask\n"
                                                                                                                                                 "core_mask:\n"
                                                                                                                                                 "  msr cpsr_c, #0xdf\n"
                                                                                                                                                 "  bx lr\n"
                                                                                                                                                 ".globl core_unmask\n"
                                                                                                                                                 "core_unmask:\n"
                                                                                                                                                 "  msr cpsr_c, #0x1f\n"
                                                                                                                                                 "  bx lr\n"
                                                                                                                                                 ".globl core_stopped\n"
                                                                                                                                                 "core_stopped:\n"
                                                                                                                                                 "  b core_stopped\n"
                                                                                                                                                 "  .text\n");

void core_wait(void);
void core_mask(void);
void core_unmask(void);
void core_stopped(void);

static volatile uint32_t *reg(uint32_t address) { return (volatile uint32_t *)(uintptr_t)address; }

void core_interrupt(void) {
  struct core *core = (struct core *)DTCM_BASE;
  uint32_t pending = *reg(VIC_BASE + VIC_IRQ_STATUS);
  if (pending & 1u << INT_DMA_DONE) {
    *reg(DMA_BASE + DMA_CONTROL) = DMA_CLEAR_DONE;
    core_dma_done(core);
  }
  if (pending & 1u << INT_TIMER1) {
    *reg(TIMER_BASE + TIMER_CLEAR) = 1;
    core_tick(core);
  }
}

/* The first bytes of DTCM are struct core; the host has cleared all of it. */
__attribute__((noreturn)) void core_main(void) {
  struct core *core = (struct core *)DTCM_BASE;
  uint32_t memory = (DTCM_BASE + sizeof(struct core) + 7) & ~7u;
  uint32_t processor = *reg(DMA_BASE + DMA_STATUS) >> 24;
  uint32_t vcpu = VCPU_BASE + processor * VCPU_SIZE;
  int failure = core_init(core, (void *)memory, STACK_BOTTOM - memory, *reg(vcpu + VCPU_DATA));
  *reg(vcpu + VCPU_START) = (uint32_t)failure;
  *(volatile uint8_t *)(vcpu + VCPU_STATE) = failure ? VCPU_STATE_FAILED : VCPU_STATE_RUN;
  if (failure)
    core_stopped();
  *reg(VIC_BASE + VIC_SELECT) = 1u << INT_CC_MC;
  *reg(VIC_BASE + VIC_ENABLE) = 1u << INT_CC_MC | 1u << INT_TIMER1 | 1u << INT_DMA_DONE;
  *reg(TIMER_BASE + TIMER_LOAD) = *reg(vcpu + VCPU_TICK);
  *reg(TIMER_BASE + TIMER_BACKGROUND_LOAD) = *reg(vcpu + VCPU_TICK);
  *reg(TIMER_BASE + TIMER_CONTROL) = TIMER_RUN;
  core_unmask();
  for (;;) {
    /* An interrupt between the last look for work and sleep must not be slept through. */
    uint32_t head = core->head, ticks = core->ticks, dma = core->dma;
    if (core_background(core))
      continue;
    core_mask();
    if (core->head == head && core->ticks == ticks && core->dma == dma)
      core_wait();
    core_unmask();
  }
}
