/* A host of a gateway's size: lines of hex on standard input, lines of integers on standard output.
 *
 *   key MMMM IIIIIIII K…K   keeps a key for a meter: manufacturer's code, identification number, 16 bytes, all in hex
 *   H…H                     a telegram, wired or wireless
 *   with K…K H…H            a telegram with the key for this call
 *   records H…H             bare data records
 *   tick                    one step of the host's time: fragments that two steps find untouched are forgotten
 *   forget                  forgets fragments and formats of compact frames
 *   wipe                    overwrites all keys
 *   memory                  bytes of memory in use, and bytes there are
 *   find H…H                how often these bytes stand in the module's memory
 *
 * A telegram's answer: T and its columns in the order of metergram.h, its frame in hex in place of the address; R and I
 * with the columns of each record and issue; an empty line. `full` when there are more rows than room. The words that
 * follow `?` say what is wrong with a line. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core.h"
#include "metergram.h"

#ifndef TELEGRAM_BYTES
#define TELEGRAM_BYTES 1024
#endif
#ifndef KEYS
#define KEYS 16
#endif
/* The shortest records have two bytes; a record has one issue at most, the layers a few. */
#define RECORDS (TELEGRAM_BYTES / 2)
#define ISSUES (TELEGRAM_BYTES / 2 + 16)

static char line[2 * TELEGRAM_BYTES + 128];
static uint8_t *memory;
static uint32_t reserved_end;

/* The module lays its memory out once, in core_reserve: these are read again after it and hold from then on. */
static struct metergram_descriptor descriptor;
static struct metergram_columns columns;

static void *at(uint32_t address) {
  return memory + address;
}

static void read_layout(void) {
  memcpy(&descriptor, at(core_descriptor()), sizeof descriptor);
  memcpy(&columns, at(descriptor.columns), sizeof columns);
}

/* End of the memory in use: behind the last row of whichever column stands last. */
static uint32_t end_of_columns(void) {
  uint32_t end = 0;
#define END(title, name, type, rows)                                   \
  if (columns.title##_##name + (rows) * (uint32_t)sizeof(type) > end) \
    end = columns.title##_##name + (rows) * (uint32_t)sizeof(type);
#define TELEGRAM_END(name, type) END(telegram, name, type, 1)
#define RECORD_END(name, type) END(record, name, type, RECORDS)
#define ISSUE_END(name, type) END(issue, name, type, ISSUES)
  METERGRAM_TELEGRAM_COLUMNS(TELEGRAM_END)
  METERGRAM_RECORD_COLUMNS(RECORD_END)
  METERGRAM_ISSUE_COLUMNS(ISSUE_END)
  return end;
}

static int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/* Reads bytes of hex up to a space or the end; returns how many, or -1 when that is no hex or there are more than `most`. */
static int32_t bytes_of(const char **text, uint8_t *to, int32_t most) {
  const char *next = *text;
  int32_t count = 0;
  while (*next == ' ') next++;
  while (*next != 0 && *next != ' ') {
    int high = digit(next[0]);
    int low = high < 0 ? -1 : digit(next[1]);
    if (low < 0 || count == most) return -1;
    to[count++] = (uint8_t)(high << 4 | low);
    next += 2;
  }
  *text = next;
  return count;
}

static void print_hex(const uint8_t *bytes, uint32_t count) {
  static const char digits[] = "0123456789abcdef";
  for (uint32_t i = 0; i < count; i++) {
    putchar(digits[bytes[i] >> 4]);
    putchar(digits[bytes[i] & 15]);
  }
}

#define CELL(title, name, type, row) \
  printf(" %" PRId64, (int64_t)((const type *)at(columns.title##_##name))[row]);

#define PLACE(name) offsetof(struct metergram_columns, telegram_##name)

/* Whether the telegram has written the column at this place: without its flag, an address is none. */
static bool written(size_t place, uint8_t flags) {
  if (place == PLACE(manufacturer) || place == PLACE(id) || place == PLACE(version) ||
      place == PLACE(medium))
    return flags & METERGRAM_FLAG_METER;
  if (place >= PLACE(sender_manufacturer) && place <= PLACE(sender_medium))
    return flags & METERGRAM_FLAG_SENDER;
  return true;
}

static void print_telegram(void) {
  uint8_t flags = *(const uint8_t *)at(columns.telegram_flags);
#define TELEGRAM_CELL(name, type)                                    \
  if (PLACE(name) == PLACE(frame)) {                                 \
    putchar(' ');                                                    \
    print_hex(at(*(const uint32_t *)at(columns.telegram_frame)),     \
              *(const uint16_t *)at(columns.telegram_frame_length)); \
  } else if (!written(PLACE(name), flags))                           \
    fputs(" -", stdout);                                             \
  else                                                               \
    CELL(telegram, name, type, 0)
  putchar('T');
  METERGRAM_TELEGRAM_COLUMNS(TELEGRAM_CELL)
  putchar('\n');
}

static void print_rows(void) {
#define RECORD_CELL(name, type) CELL(record, name, type, row)
#define ISSUE_CELL(name, type) CELL(issue, name, type, row)
  for (uint32_t row = 0; row < descriptor.records; row++) {
    putchar('R');
    METERGRAM_RECORD_COLUMNS(RECORD_CELL)
    putchar('\n');
  }
  for (uint32_t row = 0; row < descriptor.issues; row++) {
    putchar('I');
    METERGRAM_ISSUE_COLUMNS(ISSUE_CELL)
    putchar('\n');
  }
  putchar('\n');
}

/* Decodes one telegram of hex. */
static void decode(const char *text, uint32_t flags) {
  int32_t bytes = bytes_of(&text, at(descriptor.input), TELEGRAM_BYTES);
  if (bytes < 0 || *text != 0) {
    puts("? no hex, or more bytes than there is room for");
    return;
  }
  uint32_t offsets[2] = {0, (uint32_t)bytes};
  memcpy(at(descriptor.offsets), offsets, sizeof offsets);
  if (core_decode(1, flags) != 1) {
    puts("full\n");
    return;
  }
  memcpy(&descriptor, at(core_descriptor()), sizeof descriptor);
  print_telegram();
  print_rows();
}

static void add_key(const char *text) {
  uint8_t manufacturer[2], id[4];
  if (bytes_of(&text, manufacturer, 2) != 2 || bytes_of(&text, id, 4) != 4 ||
      bytes_of(&text, at(descriptor.key), 16) != 16)
    puts("? a key is written: key MMMM IIIIIIII and 16 bytes");
  else if (!core_add_key((uint32_t)manufacturer[0] << 8 | manufacturer[1],
                         (uint32_t)id[0] << 24 | (uint32_t)id[1] << 16 | (uint32_t)id[2] << 8 | id[3]))
    puts("? no room for another key");
}

static void find(const char *text) {
  uint8_t wanted[64];
  uint32_t found = 0;
  int32_t bytes = bytes_of(&text, wanted, sizeof wanted);
  for (uint32_t i = 0; bytes > 0 && i + (uint32_t)bytes <= core_memory_bytes(); i++)
    if (memcmp(memory + i, wanted, (size_t)bytes) == 0) found++;
  memset(wanted, 0, sizeof wanted);
  printf("found %" PRIu32 "\n", found);
}

static const char *after(const char *word) {
  size_t length = strlen(word);
  return strncmp(line, word, length) == 0 ? line + length : NULL;
}

static void obey(void) {
  const char *rest;
  if ((rest = after("key "))) {
    add_key(rest);
  } else if ((rest = after("with "))) {
    if (bytes_of(&rest, at(descriptor.key), 16) != 16 || *rest++ != ' ')
      puts("? a key has 16 bytes");
    else
      decode(rest, METERGRAM_DECODE_CALL_KEY);
  } else if ((rest = after("records "))) {
    decode(rest, METERGRAM_DECODE_RECORDS_ONLY);
  } else if ((rest = after("find "))) {
    find(rest);
  } else if (strcmp(line, "tick") == 0) {
    core_memory_of(METERGRAM_TICK, 0);
  } else if (strcmp(line, "forget") == 0) {
    core_memory_of(METERGRAM_FORGET, 0);
  } else if (strcmp(line, "wipe") == 0) {
    core_wipe_keys();
  } else if (strcmp(line, "memory") == 0) {
    printf("memory %" PRIu32 " %" PRIu32 "\n", reserved_end, core_memory_bytes());
  } else {
    decode(line, 0);
  }
}

int main(void) {
  if (!core_start()) {
    fputs("this module is not the decoder that metergram.h describes\n", stderr);
    return 1;
  }
  /* Keys first: they keep their place for good. */
  if (!core_reserve_keys(KEYS) || !core_reserve(TELEGRAM_BYTES, 1, RECORDS, ISSUES)) {
    fputs("the module's memory has no room for this\n", stderr);
    return 1;
  }
  memory = core_memory();
  read_layout();
  reserved_end = end_of_columns();
  if (reserved_end > core_memory_bytes()) {
    fputs("METERGRAM_MEMORY is too small\n", stderr);
    return 1;
  }
  while (fgets(line, sizeof line, stdin)) {
    size_t length = strcspn(line, "\r\n");
    bool whole = line[length] != 0 || feof(stdin);
    line[length] = 0;
    if (whole) {
      obey();
    } else {
      for (int c = getchar(); c != '\n' && c != EOF;) c = getchar();
      puts("? no hex, or more bytes than there is room for");
    }
    /* Lines can hold keys. */
    memset(line, 0, sizeof line);
    fflush(stdout);
  }
  core_wipe_keys();
  return 0;
}
