/* What a host needs of the decoder module, whoever runs it: core-wasm2c.c has it compiled to C, core-wasm3.c interpreted. */
#ifndef CORE_H
#define CORE_H

#include <stdbool.h>
#include <stdint.h>

/* Instantiates the module. False: it cannot be, or it has another layout than metergram.h. */
bool core_start(void);
/* The module's memory; it never moves. */
uint8_t *core_memory(void);
uint32_t core_memory_bytes(void);

/* The module's exports; assembly/decoder.ts documents each. */
uint32_t core_descriptor(void);
bool core_reserve(uint32_t bytes, uint32_t telegrams, uint32_t records, uint32_t issues);
uint32_t core_decode(uint32_t count, uint32_t flags);
bool core_reserve_keys(uint32_t count);
bool core_add_key(uint32_t manufacturer, uint32_t id);
void core_wipe_keys(void);
uint32_t core_memory_of(uint32_t what, uint32_t value);

#endif
