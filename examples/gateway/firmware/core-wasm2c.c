/* The module as wasm2c of wabt 1.0.32 translates it (module name: metergram). */
#include "core.h"
#include "firmware.h"
#include "metergram.h"

static Z_metergram_instance_t module;

bool core_start(void) {
  wasm_rt_init();
  Z_metergram_init_module();
  Z_metergram_instantiate(&module);
  return Z_metergramZ_layout(&module) == METERGRAM_LAYOUT;
}

uint8_t *core_memory(void) {
  return Z_metergramZ_memory(&module)->data;
}

uint32_t core_memory_bytes(void) {
  return Z_metergramZ_memory(&module)->size;
}

uint32_t core_descriptor(void) {
  return Z_metergramZ_descriptor(&module);
}

bool core_reserve(uint32_t bytes, uint32_t telegrams, uint32_t records, uint32_t issues) {
  return Z_metergramZ_reserve(&module, bytes, telegrams, records, issues) != 0;
}

uint32_t core_decode(uint32_t count, uint32_t flags) {
  return Z_metergramZ_decode(&module, count, flags);
}

bool core_reserve_keys(uint32_t count) {
  return Z_metergramZ_reserveKeys(&module, count) != 0;
}

bool core_add_key(uint32_t manufacturer, uint32_t id) {
  return Z_metergramZ_addKey(&module, manufacturer, id) != 0;
}

void core_wipe_keys(void) {
  Z_metergramZ_wipeKeys(&module);
}

uint32_t core_memory_of(uint32_t what, uint32_t value) {
  return Z_metergramZ_memoryOf(&module, what, value);
}
