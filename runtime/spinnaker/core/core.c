/* Cores of neurons: rows are added as packets come, neurons are updated at ticks. docs/spinnaker.md
 * has the order. */
#include "runtime/spinnaker/core/core.h"

enum { TRANSFER_ROW, TRANSFER_SPIKES, TRANSFER_OUTPUTS, TRANSFER_STATES };

/* === memory === */

struct arena {
  char *next, *end;
};

static void *take(struct arena *arena, uint32_t words) {
  uint32_t bytes = (4 * words + 7) & ~7u;
  if (bytes > (uint32_t)(arena->end - arena->next))
    return 0;
  void *result = arena->next;
  arena->next += bytes;
  return result;
}

/* Memory for words that are read from the core's data; null if there is no more. */
static void *fetch(struct core *core, struct arena *arena, uint32_t offset, uint32_t words) {
  void *result = take(arena, words);
  if (result && words)
    HW_CALL(core, copy, result, core->data + offset, 4 * words);
  return result;
}

static uint32_t spike_words(const struct core *core) { return (core->header.neurons + 31) / 32; }

int core_init(struct core *core, void *memory, uint32_t bytes, uint32_t data) {
  struct arena arena = {memory, (char *)memory + bytes};
  struct core_data *h = &core->header;
  core->data = data;
  HW_CALL(core, copy, h, data, sizeof *h);
  if (h->magic != CORE_MAGIC || h->version != CORE_VERSION || h->kind != CORE_KIND_NEURONS ||
      h->neurons > CORE_NEURONS || h->stride < h->neurons || h->stride > CORE_NEURONS ||
      h->ports != neuron_ports || h->record_words != neuron_record_words ||
      h->shared_words < neuron_shared_words || (h->packet_slots & (h->packet_slots - 1)))
    return CORE_BAD_DATA;
  core->sums = take(&arena, CORE_SLOTS * neuron_ports * h->stride);
  core->records = fetch(core, &arena, h->records, h->neurons * neuron_record_words);
  core->shared = fetch(core, &arena, h->shared, h->shared_words);
  core->spikes = take(&arena, spike_words(core));
  core->outputs = take(&arena, h->flags & CORE_RECORDS_OUTPUTS ? h->neurons : 0);
  core->table = fetch(core, &arena, h->table, h->entries * (sizeof(struct core_entry) / 4));
  void *blocks = fetch(core, &arena, h->block_table, h->blocks * (sizeof(struct core_block) / 4));
  core->packets = take(&arena, 2 * h->packet_slots);
  if (h->indices)
    core->indices = fetch(core, &arena, h->indices, h->neurons);
  for (uint32_t port = 0; port < CORE_PORTS; ++port)
    if (h->bias_ports >> port & 1)
      if (!(core->biases[port] = take(&arena, h->neurons)))
        return CORE_NO_MEMORY;
  if (h->flags & CORE_LOCAL_ROWS) {
    core->local_rows = blocks;
    core->local_words = fetch(core, &arena, h->rows, h->rows_bytes / 4);
    if (!core->local_words)
      return CORE_NO_MEMORY;
  } else {
    core->blocks = blocks;
    core->buffers[0] = take(&arena, CORE_ROW_WORDS);
    core->buffers[1] = take(&arena, CORE_ROW_WORDS);
    if (!core->buffers[1])
      return CORE_NO_MEMORY;
  }
  if (!core->sums || !core->records || !core->shared || !core->spikes || !core->outputs ||
      !core->table || !blocks || !core->packets || (h->indices && !core->indices))
    return CORE_NO_MEMORY;
  return 0;
}

/* === interrupts === */

void core_packet(struct core *core, uint32_t key, uint32_t payload) {
  uint32_t head = core->head, waiting = head - core->tail;
  ++core->counters.received;
  if (waiting >= core->header.packet_slots) {
    ++core->counters.packets_lost;
    return;
  }
  struct core_slot *slot = &core->packets[head & (core->header.packet_slots - 1)];
  slot->key = key;
  slot->payload = payload;
  __asm__ volatile("" ::: "memory");
  core->head = head + 1;
  if (waiting >= core->counters.most_waiting)
    core->counters.most_waiting = waiting + 1;
}

void core_tick(struct core *core) {
  core->mark = core->head;
  __asm__ volatile("" ::: "memory");
  uint32_t ticks = core->ticks;
  if (ticks != core->counters.ticks)
    ++core->counters.overruns;
  core->ticks = ticks + 1;
}

void core_dma_done(struct core *core) { core->dma = CORE_DMA_DONE; }

/* === rows === */

/* Of rows in the core's own memory: the one of the current packet, if its neuron has one. */
static void find_local_row(struct core *core) {
  uint32_t low = core->block, high = core->last_block;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (core->local_rows[middle].neuron < core->neuron)
      low = middle + 1;
    else
      high = middle;
  }
  int found = low < core->last_block && core->local_rows[low].neuron == core->neuron;
  core->block = low;
  core->last_block = low + (uint32_t)found;
}

/* Sets the blocks of the current packet; 0 if none is for it. */
static int find_entry(struct core *core) {
  uint32_t key = core->current.key, low = 0, high = core->header.entries;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (core->table[middle].key <= key)
      low = middle + 1;
    else
      high = middle;
  }
  if (low) {
    const struct core_entry *entry = &core->table[low - 1];
    if ((key & entry->mask) == entry->key && key - entry->key < entry->neurons) {
      core->neuron = key - entry->key;
      core->block = entry->first_block;
      core->last_block = entry->first_block + entry->blocks;
      if (core->local_rows)
        find_local_row(core);
      return 1;
    }
  }
  ++core->counters.unmatched;
  return 0;
}

/* The next row that may be added now; 0 if there is none. What came after a tick waits for its
 * update. */
static int next_row(struct core *core) {
  while (core->block == core->last_block) {
    /* In this order: what is before `head` now came before any tick that is not seen yet. */
    uint32_t end = core->head;
    __asm__ volatile("" ::: "memory");
    if (core->ticks != core->counters.ticks)
      end = core->mark;
    uint32_t tail = core->tail;
    /* Signed: after a tick, packets behind an older mark may have been added already. */
    if ((int32_t)(end - tail) <= 0)
      return 0;
    core->current = core->packets[tail & (core->header.packet_slots - 1)];
    __asm__ volatile("" ::: "memory");
    core->tail = tail + 1;
    find_entry(core);
  }
  return 1;
}

static void add_synapses(struct core *core, const uint32_t *word, uint32_t count, int32_t payload) {
  const struct core_type *types = core->header.types;
  uint32_t stride = core->header.stride;
  int32_t *sums = core->sums;
  uint32_t now = core->counters.ticks - 1;
  const uint32_t *end = word + count;
  ++core->counters.rows;
  core->counters.synapses += count;
  for (; word < end; ++word) {
    uint32_t synapse = *word;
    const struct core_type *type = &types[synapse >> CORE_TYPE_SHIFT & (CORE_TYPES - 1)];
    uint32_t slot = ((synapse >> CORE_DELAY_SHIFT) + now) & (CORE_SLOTS - 1);
    uint32_t product = (uint32_t)((int32_t)synapse >> CORE_WEIGHT_SHIFT) * (uint32_t)payload;
    int32_t *sum = &sums[(slot * neuron_ports + type->port) * stride + (synapse & 0xff)];
    *sum = (int32_t)((uint32_t)*sum + (product << type->shift));
  }
}

static void add_row(struct core *core, const uint32_t *row, int32_t payload) {
  uint32_t count = row[1];
  /* A row has no more words than a transfer. */
  if (count > CORE_ROW_WORDS - CORE_ROW_HEADER)
    count = CORE_ROW_WORDS - CORE_ROW_HEADER;
  add_synapses(core, row + CORE_ROW_HEADER, count, payload);
}

static void add_local_row(struct core *core) {
  const struct core_row *row = &core->local_rows[core->block++];
  add_synapses(core, core->local_words + row->start, row[1].start - row->start,
               (int32_t)core->current.payload);
}

/* Starts the transfer of the next row; what it does not find it leaves. */
static void start_row(struct core *core) {
  const struct core_block *block = &core->blocks[core->block++];
  uint32_t bytes = 4 * block->words;
  if (bytes > 4 * CORE_ROW_WORDS)
    bytes = 4 * CORE_ROW_WORDS;
  core->purpose = TRANSFER_ROW;
  core->payload = core->current.payload;
  core->buffer ^= 1;
  core->dma = CORE_DMA_BUSY;
  HW_CALL(core, dma_read, core->buffers[core->buffer],
          core->data + core->header.rows + block->offset + 4 * core->neuron * block->words, bytes);
}

/* === neurons === */

uint32_t core_random(const struct core *core, uint32_t use, uint32_t index, uint32_t step) {
  uint32_t c0 = index, c1 = 0, c2 = step, c3 = core->header.stream + use;
  uint32_t k0 = core->header.seed_low, k1 = core->header.seed_high;
  for (int round = 0; round < 10; ++round) {
    uint64_t p0 = (uint64_t)0xD2511F53u * c0, p1 = (uint64_t)0xCD9E8D57u * c2;
    c0 = (uint32_t)(p1 >> 32) ^ c1 ^ k0;
    c1 = (uint32_t)p1;
    c2 = (uint32_t)(p0 >> 32) ^ c3 ^ k1;
    c3 = (uint32_t)p0;
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  return c0;
}

/* Once in a program, however many functions by pieces it has. */
__attribute__((noinline)) uint32_t core_piece(const int32_t *starts, uint32_t count, int32_t x) {
  uint32_t low = 0;
  while (count) {
    uint32_t half = count / 2;
    if (starts[low + half] <= x) {
      low += half + 1;
      count -= half + 1;
    } else {
      count = half;
    }
  }
  return low;
}

struct wide {
  uint64_t low, high;
};

static struct wide shifted_left(struct wide x, uint32_t by) {
  if (by >= 64)
    return (struct wide){0, x.low << (by - 64)};
  if (by == 0)
    return x;
  return (struct wide){x.low << by, x.high << by | x.low >> (64 - by)};
}

static struct wide shifted_right(struct wide x, uint32_t by) {
  int64_t high = (int64_t)x.high;
  if (by >= 64)
    return (struct wide){(uint64_t)(high >> (by - 64)), (uint64_t)(high >> 63)};
  if (by == 0)
    return x;
  return (struct wide){x.low >> by | x.high << (64 - by), (uint64_t)(high >> by)};
}

static struct wide sum_of(struct wide a, struct wide b) {
  uint64_t low = a.low + b.low;
  return (struct wide){low, a.high + b.high + (low < a.low)};
}

static struct wide product_of(int64_t a, int64_t b) {
  uint64_t al = (uint32_t)a, ah = (uint64_t)a >> 32, bl = (uint32_t)b, bh = (uint64_t)b >> 32;
  uint64_t low = al * bl, middle = ah * bl + (low >> 32), other = al * bh + (uint32_t)middle;
  struct wide result = {other << 32 | (uint32_t)low, ah * bh + (middle >> 32) + (other >> 32)};
  /* As if both had no sign; what that adds is taken away. */
  result.high -= (a < 0 ? (uint64_t)b : 0) + (b < 0 ? (uint64_t)a : 0);
  return result;
}

__attribute__((noinline)) int64_t core_multiply_add(const struct core_product *how, int64_t a,
                                                    int64_t b, int64_t c) {
  struct wide addend = {(uint64_t)c, (uint64_t)(c >> 63)};
  struct wide x = sum_of(shifted_left(product_of(a, b), (uint32_t)how->product),
                         shifted_left(addend, (uint32_t)how->addend));
  uint32_t right = (uint32_t)how->right;
  if (right) {
    /* What is shifted out, at the top of a word: half is the top bit alone. */
    struct wide out = shifted_left(x, 128 - right), y = shifted_right(x, right);
    uint64_t half = (uint64_t)1 << 63;
    int isHalf = out.high == half && out.low == 0;
    uint64_t up = isHalf ? y.low & 1 : out.high >> 63;
    x = sum_of(y, (struct wide){up, 0});
  }
  int64_t low = (int64_t)x.low, high = (int64_t)x.high;
  if (high != low >> 63)
    return high < 0 ? how->low : how->high;
  return low < how->low ? how->low : low > how->high ? how->high : low;
}

/* Biases that begin in this step. */
static void start_biases(struct core *core, uint32_t step) {
  const struct core_data *h = &core->header;
  for (; core->next_bias < h->biases; ++core->next_bias) {
    struct core_bias bias;
    HW_CALL(core, copy, &bias, core->data + h->bias + core->next_bias * sizeof bias, sizeof bias);
    if (bias.first_step > step)
      return;
    int32_t *values = bias.port < CORE_PORTS ? core->biases[bias.port] : 0;
    for (uint32_t i = 0; values && i < h->neurons; ++i)
      values[i] =
          (int32_t)((uint32_t)values[i] + HW_CALL(core, load, core->data + bias.values + 4 * i));
  }
}

static void update_neurons(struct core *core, uint32_t step) {
  const struct core_data *h = &core->header;
  int32_t *slot = core->sums + (step & (CORE_SLOTS - 1)) * neuron_ports * h->stride;
  uint32_t *record = core->records, bits = 0;
  int records_outputs = h->flags & CORE_RECORDS_OUTPUTS, sends = h->flags & CORE_SENDS;
  for (uint32_t i = 0; i < h->neurons; ++i, record += neuron_record_words) {
    int32_t sums[CORE_PORTS];
    uint32_t output = 0;
    for (uint32_t port = 0; port < neuron_ports; ++port) {
      int32_t *sum = &slot[port * h->stride + i];
      sums[port] = *sum;
      *sum = 0;
      if (core->biases[port])
        sums[port] = (int32_t)((uint32_t)sums[port] + (uint32_t)core->biases[port][i]);
    }
    uint32_t index = core->indices ? core->indices[i] : h->first_index + i;
    bits |= neuron_update(core, record, core->shared, sums, index, step - h->first_step, &output)
            << (i & 31);
    if ((i & 31) == 31 || i + 1 == h->neurons) {
      core->spikes[i / 32] = bits;
      bits = 0;
    }
    if (records_outputs)
      core->outputs[i] = output;
    if (output && sends) {
      HW_CALL(core, send, h->key + i, output, output != 1);
      ++core->counters.sent;
    }
  }
  core->counters.updates += h->neurons;
}

/* What arrives before the first step is lost. */
static void skip_neurons(struct core *core, uint32_t step) {
  const struct core_data *h = &core->header;
  int32_t *slot = core->sums + (step & (CORE_SLOTS - 1)) * neuron_ports * h->stride;
  for (uint32_t i = 0; i < neuron_ports * h->stride; ++i)
    slot[i] = 0;
}

/* === recording === */

static void store_counters(struct core *core) {
  const uint32_t *values = &core->counters.packets_lost;
  for (uint32_t k = 0; k < CORE_COUNTERS; ++k)
    HW_CALL(core, store, core->data + core->header.counters + 4 * k, values[k]);
}

/* Starts the transfer of the first part from `part` on that is recorded; 0 if none is left. */
static int record_part(struct core *core, uint32_t part) {
  const struct core_data *h = &core->header;
  uint32_t channel = core->data + h->channel, words = 0;
  const uint32_t *from = 0;
  for (; !words && part <= TRANSFER_STATES; ++part) {
    core->purpose = part;
    if (part == TRANSFER_SPIKES && (h->flags & CORE_RECORDS_SPIKES)) {
      words = spike_words(core);
      from = core->spikes;
    } else if (part == TRANSFER_OUTPUTS && (h->flags & CORE_RECORDS_OUTPUTS)) {
      words = h->neurons;
      from = core->outputs;
    } else if (part == TRANSFER_STATES && (h->flags & CORE_RECORDS_STATES)) {
      words = h->neurons * neuron_record_words;
      from = core->records;
    }
  }
  if (!words)
    return 0;
  uint32_t place = channel + sizeof(struct core_recording) + core->recorded;
  core->recorded += 4 * words;
  core->dma = CORE_DMA_BUSY;
  HW_CALL(core, dma_write, place, from, 4 * words);
  return 1;
}

static void finish_recording(struct core *core) {
  HW_CALL(core, store, core->data + core->header.channel, ++core->written);
}

static void record_step(struct core *core) {
  const uint32_t recorded = CORE_RECORDS_SPIKES | CORE_RECORDS_OUTPUTS | CORE_RECORDS_STATES;
  if (!(core->header.flags & recorded))
    return;
  uint32_t channel = core->data + core->header.channel;
  uint32_t capacity = HW_CALL(core, load, channel + 8), bytes = HW_CALL(core, load, channel + 12);
  core->taken = HW_CALL(core, load, channel + 4);
  core->recorded = core->position * bytes;
  core->position = core->position + 1 >= capacity ? 0 : core->position + 1;
  if (core->written - core->taken >= capacity) {
    HW_CALL(core, store, channel + 16, ++core->counters.recording_lost);
    finish_recording(core);
    return;
  }
  if (!record_part(core, TRANSFER_SPIKES))
    finish_recording(core);
}

/* === background === */

/* Tick t does step t - 1; tick 0 does none. */
static void do_tick(struct core *core) {
  uint32_t tick = core->counters.ticks;
  if (tick) {
    uint32_t step = tick - 1;
    start_biases(core, step);
    if (step < core->header.first_step)
      skip_neurons(core, step);
    else
      update_neurons(core, step);
  }
  core->counters.ticks = tick + 1;
  if (tick)
    record_step(core);
  store_counters(core);
}

static void finish_transfer(struct core *core) {
  core->dma = CORE_DMA_IDLE;
  if (core->purpose == TRANSFER_ROW) {
    core->ready = core->buffers[core->buffer];
    core->ready_payload = core->payload;
  } else if (!record_part(core, core->purpose + 1)) {
    finish_recording(core);
  }
}

int core_background(struct core *core) {
  if (core->local_rows && next_row(core)) {
    add_local_row(core);
    return 1;
  }
  if (core->dma == CORE_DMA_DONE)
    finish_transfer(core);
  /* The next row comes while this one is added. */
  if (!core->local_rows && core->dma == CORE_DMA_IDLE && next_row(core))
    start_row(core);
  if (core->ready) {
    const uint32_t *row = core->ready;
    core->ready = 0;
    add_row(core, row, (int32_t)core->ready_payload);
    return 1;
  }
  if (core->dma != CORE_DMA_IDLE || core->ticks == core->counters.ticks)
    return 0;
  do_tick(core);
  return 1;
}
