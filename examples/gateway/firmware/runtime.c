/* What wasm2c's output asks of its surroundings: one memory that lies still, and an end for what cannot go on.
 * METERGRAM_MEMORY may be less than the page that the module declares: every access is checked against it. */
#include "wasm-rt.h"

#ifndef METERGRAM_MEMORY
#define METERGRAM_MEMORY 65536
#endif

static uint8_t page[METERGRAM_MEMORY] __attribute__((aligned(16)));
uint32_t wasm_rt_call_stack_depth;

void wasm_rt_init(void) {}

bool wasm_rt_is_initialized(void) {
  return true;
}

void wasm_rt_allocate_memory(wasm_rt_memory_t *memory, uint32_t pages, uint32_t most) {
  memory->data = page;
  memory->pages = pages;
  memory->max_pages = most;
  memory->size = sizeof page;
}

uint32_t wasm_rt_grow_memory(wasm_rt_memory_t *memory, uint32_t pages) {
  return pages == 0 ? memory->pages : UINT32_MAX;
}

void wasm_rt_free_memory(wasm_rt_memory_t *memory) {
  memset(memory->data, 0, memory->size);
}

/* There are no tables: nobody asks for a type. */
uint32_t wasm_rt_register_func_type(uint32_t parameters, uint32_t results, ...) {
  (void)parameters;
  (void)results;
  return 0;
}

/* No input leads here (the module checks what it reads); a host that is to outlive a fault of its own resets. */
void wasm_rt_trap(wasm_rt_trap_t code) {
  (void)code;
  abort();
}
