/* Follows one call of decode(): every address it reads or writes and every block of code it enters, each folded into a
 * number. firmware.c is compiled with -fsanitize=thread -fsanitize-coverage=trace-pc, which make the compiler call what
 * stands here; neither sanitizer's own library is linked. Linked with --wrap=core_decode. */
#include <inttypes.h>
#include <stdio.h>

#include "core.h"

static bool following;
static uint64_t accesses, blocks, addresses, path;

static uint64_t folded(uint64_t sum, uintptr_t next) {
  return (sum ^ next) * UINT64_C(0x100000001b3);
}

static void access(const void *address, unsigned size) {
  if (!following) return;
  accesses++;
  addresses = folded(addresses, (uintptr_t)address ^ (uintptr_t)size << 56);
}

void __sanitizer_cov_trace_pc(void);
void __sanitizer_cov_trace_pc(void) {
  if (!following) return;
  blocks++;
  path = folded(path, (uintptr_t)__builtin_return_address(0));
}

#define ACCESS(name, size)    \
  void __tsan_##name(void *); \
  void __tsan_##name(void *address) { access(address, size); }
#define ACCESSES(size)             \
  ACCESS(read##size, size)         \
  ACCESS(write##size, size | 32)   \
  ACCESS(unaligned_read##size, size) \
  ACCESS(unaligned_write##size, size | 32)
ACCESSES(1)
ACCESSES(2)
ACCESSES(4)
ACCESSES(8)
ACCESSES(16)

void __tsan_read_range(void *, uintptr_t);
void __tsan_read_range(void *address, uintptr_t size) { access(address, (unsigned)size); }
void __tsan_write_range(void *, uintptr_t);
void __tsan_write_range(void *address, uintptr_t size) { access(address, (unsigned)size | 32); }
void __tsan_init(void);
void __tsan_init(void) {}
void __tsan_func_entry(void *);
void __tsan_func_entry(void *caller) { (void)caller; }
void __tsan_func_exit(void);
void __tsan_func_exit(void) {}

uint32_t __real_core_decode(uint32_t count, uint32_t flags);
uint32_t __wrap_core_decode(uint32_t count, uint32_t flags);
uint32_t __wrap_core_decode(uint32_t count, uint32_t flags) {
  accesses = blocks = 0;
  addresses = path = UINT64_C(0xcbf29ce484222325);
  following = true;
  uint32_t done = __real_core_decode(count, flags);
  following = false;
  printf("trace %" PRIu64 " %016" PRIx64 " %" PRIu64 " %016" PRIx64 "\n", accesses, addresses, blocks,
         path);
  return done;
}
