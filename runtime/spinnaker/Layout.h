/* What lies in a core's memory in SDRAM: shared by compiler, core programs and simulator, so it is
   C. docs/spinnaker.md has the same as tables. All words are little-endian, all offsets in bytes
   from the header. */
#ifndef ENGRAM_SPINNAKER_LAYOUT_H
#define ENGRAM_SPINNAKER_LAYOUT_H

#include <stdint.h>

enum {
  CORE_MAGIC = 0x4e475345, /* "ESGN" */
  CORE_VERSION = 2,
  CORE_NEURONS = 256, /* the most: an index has 8 bits */
  CORE_SLOTS = 16,    /* of the ring of sums: delays of 1 to 16 steps, in 4 bits */
  CORE_TYPES = 16,    /* pairs of port and shift: 4 bits */
  CORE_PORTS = 4,
  CORE_ROW_HEADER = 3,    /* words before the synapses of a row */
  CORE_ROW_WORDS = 256,   /* the most that one transfer reads, header included */
  CORE_INPUT_WORDS = 256, /* of a source's step that one transfer reads */
  /* An ARM968's DTCM from 0x400000 on: struct core and the like, then stacks, then what core_init
     gets. */
  CORE_STATIC_BYTES = 1024,
  CORE_STACK_BYTES = 3072,
  CORE_MEMORY_BYTES = 65536 - CORE_STATIC_BYTES - CORE_STACK_BYTES,
  /* SpiNNaker 2, a core's 128 kB from 0 on: code, then the same. */
  CORE2_CODE_BYTES = 24576,
  CORE2_MEMORY_BYTES = 131072 - CORE2_CODE_BYTES - CORE_STATIC_BYTES - CORE_STACK_BYTES
};

/* What a core is. */
enum { CORE_KIND_NEURONS = 0, CORE_KIND_SOURCE = 1 };

/* core_data.flags */
enum {
  CORE_SENDS = 1,          /* a synapse leaves one of its neurons */
  CORE_LOCAL_ROWS = 2,     /* rows are copied to the core's own memory when it starts */
  CORE_RECORDS_SPIKES = 4, /* what a step writes, in this order */
  CORE_RECORDS_OUTPUTS = 8,
  CORE_RECORDS_STATES = 16
};

/* What a synapse's type stands for: the product of weight and payload is shifted to the left and
   added to the sum of the port. */
struct core_type {
  uint32_t port, shift;
};

/* The header. Fields that a kind does not name are 0 in it. */
struct core_data {
  uint32_t magic, version;
  uint32_t kind;     /* CORE_KIND_ */
  uint32_t flags;    /* CORE_SENDS ... */
  uint32_t neurons;  /* of the slice; of a source, all of its segments' */
  uint32_t bytes;    /* of all that is described here */
  uint32_t counters; /* offset of struct core_counters, which the core writes after each tick */
  uint32_t lag;      /* of a source: sends step t at tick t + lag */

  uint32_t first_step;  /* neurons are idle before, and what arrives is lost */
  uint32_t key;         /* of the first neuron; the next ones follow */
  uint32_t first_index; /* in the population, of the first neuron */
  uint32_t indices;     /* offset of the index of each neuron; 0: they follow the first */
  uint32_t stream;      /* of random numbers */
  uint32_t seed_low, seed_high;
  uint32_t ports;

  uint32_t stride;       /* of sums[slot][port][stride]: at least `neurons` */
  uint32_t record_words; /* of a neuron: states, then parameters of its own */
  uint32_t records;      /* offset of what they are before step 0: [neuron][record_words] */
  uint32_t shared_words; /* parameters that all neurons have in common */
  uint32_t shared;       /* their offset */
  uint32_t biases;       /* number of struct core_bias */
  uint32_t bias;         /* their offset */
  uint32_t bias_ports;   /* bit p: port p has a bias */

  uint32_t entries;     /* number of struct core_entry; of a source, of struct core_segment */
  uint32_t table;       /* their offset */
  uint32_t blocks;      /* number of struct core_block; with CORE_LOCAL_ROWS of struct core_row */
  uint32_t block_table; /* their offset */
  uint32_t rows;        /* offset of rows */
  uint32_t rows_bytes;
  uint32_t packet_slots; /* of the ring of packets: a power of two */
  uint32_t channel;      /* offset of struct core_recording, of a source of struct core_input */

  struct core_type types[CORE_TYPES];
};

/* Entry of the master population table, ascending by key: packets with key & mask == this key,
   whose neuron is key - this key and less than neurons, have a row in each of the blocks
   first_block, first_block + 1, ... */
struct core_entry {
  uint32_t key, mask, neurons;
  uint16_t first_block, blocks;
};

/* Rows of one length: that of neuron n begins at rows + offset + 4 * n * words. */
struct core_block {
  uint32_t offset, words;
};

/* With CORE_LOCAL_ROWS the table has these instead, and an entry's blocks are its rows: those of
   neurons with synapses here, ascending by neuron. A row is its synapses alone, the words of `rows`
   from `start` to the next one's; a last one, of no entry, has the end. */
struct core_row {
  uint32_t neuron, start;
};

/* A row: [0: words of plastic synapses][F][0: plastic synapses][F words], then anything up to the
   block's length. A word is weight << 16 | (delay - 1) << 12 | type << 8 | index, the weight with
   its sign. */
enum { CORE_DELAY_SHIFT = 12, CORE_TYPE_SHIFT = 8, CORE_WEIGHT_SHIFT = 16 };

/* From step first_step on, values[neuron] (at this offset) is added to the sums of a port in each
   step. Ascending by step. */
struct core_bias {
  uint32_t first_step, port, values, reserved;
};

/* Keys of a part of a source: words first, first + 1, ... of a step. */
struct core_segment {
  uint32_t key, first, neurons, reserved;
};

/* What a core has recorded; [capacity][step_bytes] follows. Step t lies in t % capacity. The core
   counts `written` after a step is there; the host counts `taken`. A step that finds no place is
   lost and counted. */
struct core_recording {
  uint32_t written; /* steps, lost ones included */
  uint32_t taken;
  uint32_t capacity, step_bytes;
  uint32_t lost;
  uint32_t reserved[3];
};
/* A step: (neurons + 31) / 32 words of spikes, neuron i in bit i % 32 of word i / 32; then a word a
   neuron of outputs; then [neuron][record_words]. Each only if the flags say so. */

/* What the host gives a source; [capacity][neurons] words follow: raw outputs, 0 for none. Step t
   lies in t % capacity. The host counts `written` when a step is there, the core counts `taken`. */
struct core_input {
  uint32_t written, taken;
  uint32_t capacity, step_bytes;
  uint32_t reserved[4];
};

/* What a core counts, from its start. The first five are faults. */
struct core_counters {
  uint32_t packets_lost;   /* came while the ring of packets was full */
  uint32_t unmatched;      /* no entry of the table has their key */
  uint32_t overruns;       /* ticks that came before the work of the last one was done */
  uint32_t recording_lost; /* steps */
  uint32_t input_missed;   /* steps that the host had not written in time */
  uint32_t ticks;          /* done */
  uint32_t received, sent; /* packets */
  uint32_t rows, synapses, updates;
  uint32_t most_waiting; /* packets in the ring at one time */
};
enum { CORE_FAULTS = 5, CORE_COUNTERS = 12 };

#endif
