/* The smallest program around the module, to weigh it on a microcontroller: a telegram in, the number of records out. How the
 * bytes come in and where the records go is the board's business. */
#include <string.h>

#include "core.h"
#include "metergram.h"

/* Longest wireless telegram of format A, and then some. */
#define BYTES 320

static uint8_t received[BYTES];
static volatile uint32_t length, records;

int main(void) {
  struct metergram_descriptor descriptor;
  if (!core_start() || !core_reserve_keys(4) || !core_reserve(BYTES, 1, BYTES / 2, 64)) return 1;
  uint8_t *memory = core_memory();
  for (;;) {
    uint32_t offsets[2] = {0, length};
    memcpy(&descriptor, memory + core_descriptor(), sizeof descriptor);
    memcpy(memory + descriptor.input, received, sizeof received);
    memcpy(memory + descriptor.offsets, offsets, sizeof offsets);
    if (core_decode(1, 0) == 1) {
      memcpy(&descriptor, memory + core_descriptor(), sizeof descriptor);
      records = descriptor.records;
    }
  }
}
