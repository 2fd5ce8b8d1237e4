/* Cores of sources: what the host wrote for a step is sent at its tick. */
#include "runtime/spinnaker/core/core.h"

int core_init(struct core *core, void *memory, uint32_t bytes, uint32_t data) {
  struct core_data *h = &core->header;
  core->data = data;
  HW_CALL(core, copy, h, data, sizeof *h);
  if (h->magic != CORE_MAGIC || h->version != CORE_VERSION || h->kind != CORE_KIND_SOURCE)
    return CORE_BAD_DATA;
  uint32_t table = h->entries * sizeof(struct core_segment);
  if (bytes < table || bytes - table < 4 * CORE_INPUT_WORDS)
    return CORE_NO_MEMORY;
  core->shared = memory;
  core->buffers[0] = core->shared + table / 4;
  if (table)
    HW_CALL(core, copy, core->shared, data + h->table, table);
  return 0;
}

/* No route leads here. */
void core_packet(struct core *core, uint32_t key, uint32_t payload) {
  (void)key;
  (void)payload;
  ++core->counters.received;
  ++core->counters.unmatched;
}

void core_tick(struct core *core) {
  uint32_t ticks = core->ticks;
  if (ticks != core->counters.ticks)
    ++core->counters.overruns;
  core->ticks = ticks + 1;
}

void core_dma_done(struct core *core) { core->dma = CORE_DMA_DONE; }

static void finish_tick(struct core *core) {
  ++core->counters.ticks;
  const uint32_t *values = &core->counters.packets_lost;
  for (uint32_t k = 0; k < CORE_COUNTERS; ++k)
    HW_CALL(core, store, core->data + core->header.counters + 4 * k, values[k]);
}

/* Starts the transfer of the next words of the step. */
static void read_chunk(struct core *core, uint32_t capacity) {
  const struct core_data *h = &core->header;
  uint32_t step = core->counters.ticks - h->lag, left = h->neurons - core->position;
  core->chunk = left < CORE_INPUT_WORDS ? left : CORE_INPUT_WORDS;
  core->dma = CORE_DMA_BUSY;
  HW_CALL(core, dma_read, core->buffers[0],
          core->data + h->channel + sizeof(struct core_input) +
              4 * ((step % capacity) * h->neurons + core->position),
          4 * core->chunk);
}

static void send_chunk(struct core *core) {
  const struct core_segment *segment = (const struct core_segment *)core->shared;
  const struct core_segment *end = segment + core->header.entries;
  for (uint32_t k = 0; k < core->chunk; ++k) {
    uint32_t word = core->position + k, value = core->buffers[0][k];
    while (segment < end && word - segment->first >= segment->neurons)
      ++segment;
    if (!value || segment == end)
      continue;
    HW_CALL(core, send, segment->key + (word - segment->first), value, value != 1);
    ++core->counters.sent;
  }
  core->position += core->chunk;
}

static void start_tick(struct core *core) {
  const struct core_data *h = &core->header;
  uint32_t tick = core->counters.ticks, channel = core->data + h->channel;
  if (tick < h->lag || !h->neurons) {
    finish_tick(core);
    return;
  }
  uint32_t capacity = HW_CALL(core, load, channel + 8);
  if (!capacity || (int32_t)(HW_CALL(core, load, channel) - (tick - h->lag)) <= 0) {
    ++core->counters.input_missed;
    HW_CALL(core, store, channel + 4, tick - h->lag + 1);
    finish_tick(core);
    return;
  }
  core->position = 0;
  read_chunk(core, capacity);
}

int core_background(struct core *core) {
  uint32_t channel = core->data + core->header.channel;
  if (core->dma == CORE_DMA_BUSY)
    return 0;
  if (core->dma == CORE_DMA_DONE) {
    core->dma = CORE_DMA_IDLE;
    send_chunk(core);
    if (core->position < core->header.neurons) {
      read_chunk(core, HW_CALL(core, load, channel + 8));
    } else {
      HW_CALL(core, store, channel + 4, core->counters.ticks - core->header.lag + 1);
      finish_tick(core);
    }
    return 1;
  }
  if (core->ticks == core->counters.ticks)
    return 0;
  start_tick(core);
  return 1;
}
