/* A core's program as the machine sees it. Freestanding C without globals: all that changes lies in
   `struct core` and in the memory that core_init is given. A program is one kind of core; all kinds
   have these functions. */
#ifndef ENGRAM_SPINNAKER_CORE_H
#define ENGRAM_SPINNAKER_CORE_H

#include "runtime/spinnaker/Layout.h"
#include "runtime/spinnaker/core/hardware.h"

#ifdef __cplusplus
extern "C" {
#endif

struct core_slot {
  uint32_t key, payload;
};

struct core {
#ifdef CORE_HARDWARE_TABLE
  const struct core_hardware *hardware; /* set before core_init */
  void *machine;
#endif
  uint32_t data;           /* address of the header in SDRAM */
  struct core_data header; /* a copy */
  struct core_counters counters;

  /* The ring of packets: the FIQ writes at head, background work reads at tail; both count up for
   * ever. */
  struct core_slot *packets;
  volatile uint32_t head, tail;
  volatile uint32_t mark;  /* head at the last tick */
  volatile uint32_t ticks; /* timer ticks that have come; counters.ticks are done */
  volatile uint32_t dma;   /* CORE_DMA_ */

  /* In the core's own memory. */
  int32_t *sums; /* [slot][port][stride] */
  uint32_t *records, *shared, *indices, *spikes, *outputs;
  int32_t *biases[CORE_PORTS];
  struct core_entry *table;
  struct core_block *blocks;
  struct core_row *local_rows; /* null if rows are in SDRAM */
  uint32_t *local_words;
  uint32_t *buffers[2];

  /* Work under way. */
  uint32_t purpose; /* of the transfer: CORE_TRANSFER_ */
  uint32_t buffer;  /* that it fills */
  uint32_t *ready;  /* a row to be added, or null */
  uint32_t ready_payload;
  uint32_t payload;           /* of the row that is under way */
  struct core_slot current;   /* the packet whose rows are read */
  uint32_t block, last_block; /* its next row, and the end */
  uint32_t neuron;            /* its neuron in the block */
  uint32_t next_bias;
  uint32_t recorded;        /* bytes of the step */
  uint32_t written, taken;  /* as in core_recording and core_input */
  uint32_t position, chunk; /* of a source: words sent, words of the transfer */
};

enum { CORE_DMA_IDLE = 0, CORE_DMA_BUSY = 1, CORE_DMA_DONE = 2 };

/* What core_init returns: 0, or why the core cannot start. */
enum { CORE_BAD_DATA = 1, CORE_NO_MEMORY = 2 };

/* Once. `memory`: the core's own, cleared, aligned to 8; `data`: address of the header in SDRAM. */
int core_init(struct core *core, void *memory, uint32_t bytes, uint32_t data);

/* FIQ: a packet has come. One without payload has 1. */
void core_packet(struct core *core, uint32_t key, uint32_t payload);

/* Timer interrupt. The first one is tick 0. */
void core_tick(struct core *core);

/* DMA interrupt: the one transfer that was under way has ended. */
void core_dma_done(struct core *core);

/* When no interrupt is pending: does a piece of work. 0 if there is none until the next interrupt.
 */
int core_background(struct core *core);

/* The compiled update program of one neuron in one step: changes its record, sets what it puts out
   (0: nothing), and returns whether it spikes. `index` is the neuron's in its population, `step` is
   counted from the first one. */
uint32_t neuron_update(const struct core *core, uint32_t *record, const uint32_t *shared,
                       const int32_t *sums, uint32_t index, uint32_t step, uint32_t *output);
extern const uint32_t neuron_ports, neuron_record_words, neuron_shared_words;

/* Word 0 of Philox4x32-10, as `neuro_r1` has it, for use number `use` in the model. */
uint32_t core_random(const struct core *core, uint32_t use, uint32_t index, uint32_t step);

/* How many of `count` ascending numbers are at most x: the piece of a function by pieces. */
uint32_t core_piece(const int32_t *starts, uint32_t count, int32_t x);

/* ((a * b << product) + (c << addend)) >> right, of up to 128 bits, to the nearest number, of two
   to the even one; then not below `low` nor above `high`. */
struct core_product {
  int64_t low, high;
  int32_t product, addend, right, reserved;
};
int64_t core_multiply_add(const struct core_product *how, int64_t a, int64_t b, int64_t c);

#ifdef __cplusplus
}
#endif
#endif
