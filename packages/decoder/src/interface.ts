// Numbers that decoder.ts and the module agree on, see assembly/decoder.ts. In a file of their own bundlers put them in place.

/** Flags of `decode`. */
export const RECORDS_ONLY = 1;
export const CALL_KEY = 2;

/** Input bytes of one batch at most; a longer input comes back in several. */
export const BATCH_BYTES = 0x80_0000;
export const BATCH_TELEGRAMS = 0x2_0000;

/** Bytes of a key for AES, and of one for DES, of the security modes 2 and 3. */
export const KEY_BYTES = 16;
export const DES_KEY_BYTES = 8;

/** What `memoryOf` is asked, see assembly/decoder.ts. */
export const FORGET = 3;
export const TICK = 4;

/** Words of the descriptor that assembly/decoder.ts documents. */
export const INPUT = 0;
export const OFFSETS = 1;
export const COLUMNS = 2;
export const KEY = 3;
export const RECORDS = 5;
export const ISSUES = 6;
