/* What a core program asks of the machine. On a core these are functions of core/arm; on a host the
   machine hands over a table of functions, so that any number of cores share one program. */
#ifndef ENGRAM_SPINNAKER_CORE_HARDWARE_H
#define ENGRAM_SPINNAKER_CORE_HARDWARE_H

#include <stdint.h>

#if !defined(__arm__)
#define CORE_HARDWARE_TABLE
#endif

/* Addresses of SDRAM are 32-bit numbers on a host too. All are multiples of 4, all lengths too. */
struct core_hardware {
  /* Puts a packet into the communications controller; waits until it is taken. */
  void (*send)(void *machine, uint32_t key, uint32_t payload, uint32_t has_payload);
  /* Start a transfer and return; core_dma_done follows. One at a time. */
  void (*dma_read)(void *machine, void *to, uint32_t from, uint32_t bytes);
  void (*dma_write)(void *machine, uint32_t to, const void *from, uint32_t bytes);
  /* Blocking: a copy from SDRAM, a word from and to it. */
  void (*copy)(void *machine, void *to, uint32_t from, uint32_t bytes);
  uint32_t (*load)(void *machine, uint32_t from);
  void (*store)(void *machine, uint32_t to, uint32_t value);
};

#ifndef CORE_HARDWARE_TABLE

void hw_send(uint32_t key, uint32_t payload, uint32_t has_payload);
void hw_dma_read(void *to, uint32_t from, uint32_t bytes);
void hw_dma_write(uint32_t to, const void *from, uint32_t bytes);
void hw_copy(void *to, uint32_t from, uint32_t bytes);
uint32_t hw_load(uint32_t from);
void hw_store(uint32_t to, uint32_t value);
#define HW_CALL(core, name, ...) hw_##name(__VA_ARGS__)

#else

#define HW_CALL(core, name, ...) (core)->hardware->name((core)->machine, __VA_ARGS__)

#endif
#endif
