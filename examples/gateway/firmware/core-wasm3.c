/* The module interpreted by wasm3 0.5, with host.c unchanged. firmware_wasm.h is `xxd -i firmware.wasm`:
 *   cc -O2 host.c core-wasm3.c -lm3 -lm -o metergram-wasm3 */
#include <wasm3.h>

#include "core.h"
#include "firmware_wasm.h"
#include "metergram.h"

/* Bytes of the interpreter's own stack; the module calls a dozen functions deep and never itself. */
#define STACK 8192

static IM3Runtime runtime;
static IM3Function layout, descriptor, reserve, decode, reserve_keys, add_key, wipe_keys, memory_of;

static bool find(IM3Function *function, const char *name) {
  return m3_FindFunction(function, runtime, name) == m3Err_none;
}

/* The result of the call just made; `failed` is what the call returned. A trap ends the program: no input leads there. */
static uint32_t result(IM3Function function, M3Result failed) {
  uint32_t value = 0;
  if (failed != m3Err_none || m3_GetResultsV(function, &value) != m3Err_none) abort();
  return value;
}

bool core_start(void) {
  IM3Environment environment = m3_NewEnvironment();
  IM3Module module;
  if (environment == NULL) return false;
  runtime = m3_NewRuntime(environment, STACK, NULL);
  if (runtime == NULL) return false;
  if (m3_ParseModule(environment, &module, firmware_wasm, firmware_wasm_len) != m3Err_none)
    return false;
  if (m3_LoadModule(runtime, module) != m3Err_none || m3_RunStart(module) != m3Err_none) return false;
  return find(&layout, "layout") && find(&descriptor, "descriptor") && find(&reserve, "reserve") &&
         find(&decode, "decode") && find(&reserve_keys, "reserveKeys") && find(&add_key, "addKey") &&
         find(&wipe_keys, "wipeKeys") && find(&memory_of, "memoryOf") &&
         result(layout, m3_CallV(layout)) == METERGRAM_LAYOUT;
}

uint8_t *core_memory(void) {
  uint32_t bytes;
  return m3_GetMemory(runtime, &bytes, 0);
}

uint32_t core_memory_bytes(void) {
  uint32_t bytes = 0;
  m3_GetMemory(runtime, &bytes, 0);
  return bytes;
}

uint32_t core_descriptor(void) {
  return result(descriptor, m3_CallV(descriptor));
}

bool core_reserve(uint32_t bytes, uint32_t telegrams, uint32_t records, uint32_t issues) {
  return result(reserve, m3_CallV(reserve, bytes, telegrams, records, issues)) != 0;
}

uint32_t core_decode(uint32_t count, uint32_t flags) {
  return result(decode, m3_CallV(decode, count, flags));
}

bool core_reserve_keys(uint32_t count) {
  return result(reserve_keys, m3_CallV(reserve_keys, count)) != 0;
}

bool core_add_key(uint32_t manufacturer, uint32_t id) {
  return result(add_key, m3_CallV(add_key, manufacturer, id)) != 0;
}

void core_wipe_keys(void) {
  if (m3_CallV(wipe_keys) != m3Err_none) abort();
}

uint32_t core_memory_of(uint32_t what, uint32_t value) {
  return result(memory_of, m3_CallV(memory_of, what, value));
}
