/* What a core program asks of the machine, on the registers of a core. */
#include "runtime/spinnaker/core/hardware.h"
#include "runtime/spinnaker/core/arm/registers.h"

static volatile uint32_t *reg(uint32_t address) { return (volatile uint32_t *)(uintptr_t)address; }

void hw_send(uint32_t key, uint32_t payload, uint32_t has_payload) {
  while (!(*reg(CC_BASE + CC_TCR) & CC_TX_NOT_FULL))
    ;
  if (has_payload)
    *reg(CC_BASE + CC_TXDATA) = payload;
  *reg(CC_BASE + CC_TXKEY) = key;
}

static void start(uint32_t system, uint32_t tcm, uint32_t description) {
  *reg(DMA_BASE + DMA_SYSTEM) = system;
  *reg(DMA_BASE + DMA_TCM) = tcm;
  *reg(DMA_BASE + DMA_DESCRIPTION) = DMA_DOUBLE_WORDS | DMA_BURST | description;
}

/* The transfer reads and writes what the compiler does not see. */
#define BARRIER() __asm__ volatile("" ::: "memory")

void hw_dma_read(void *to, uint32_t from, uint32_t bytes) {
  BARRIER();
  start(from, (uint32_t)(uintptr_t)to, bytes);
}

void hw_dma_write(uint32_t to, const void *from, uint32_t bytes) {
  BARRIER();
  start(to, (uint32_t)(uintptr_t)from, DMA_TO_SYSTEM | bytes);
}

void hw_copy(void *to, uint32_t from, uint32_t bytes) {
  uint32_t *words = to;
  for (uint32_t k = 0; k < bytes / 4; ++k)
    words[k] = *reg(from + 4 * k);
}

uint32_t hw_load(uint32_t from) { return *reg(from); }
void hw_store(uint32_t to, uint32_t value) { *reg(to) = value; }
