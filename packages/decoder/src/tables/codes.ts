// What the numbers in the columns of tables/layout.ts stand for. The order is the number in WebAssembly: append, never
// insert. Apart from the layout, so that the host carries no word of its documentation.

export const LINK_KINDS = [
  'none',
  'wireless',
  'wired-long',
  'wired-control',
  'wired-short',
  'wired-ack',
] as const;

export const SECURITY_STATES = [
  'none',
  'decrypted',
  'plain',
  'key-missing',
  'key-wrong',
  'unsupported',
] as const;

/** Bits of a telegram's flags. */
export const TELEGRAM_FLAGS = {
  meter: 1,
  sender: 2,
  header: 4,
  anonymous: 8,
  msbFirst: 16,
  toMeter: 32,
  vendor: 64,
  counter: 128,
} as const;

/** Bits of a record's flags; origin is what is left after a shift by one. */
export const RECORD_FLAGS = { vendor: 1, originShift: 1 } as const;

/** `origin` of a record, by number. */
export const ORIGINS = [undefined, 'compact', 'fragments', 'profile', 'vendor'] as const;

export const RECORD_KINDS = [
  'none',
  'number',
  'date',
  'datetime-minute',
  'datetime-second',
  'time',
  'text',
  'bytes',
  'digits',
  'real64',
  'unsigned',
  'unsigned-text',
] as const;

export const VALIDITIES = [
  'valid',
  'no data',
  'digits that are none',
  'marked invalid',
  'not a number',
  'impossible time',
  'more digits than fit',
  'record error',
] as const;
