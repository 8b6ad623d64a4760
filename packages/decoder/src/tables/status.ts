/** What bits 1 and 0 say together, one of three, and a word for each bit from bit 2 on. */
const WORDS =
  'application_busy application_error alarm power_low permanent_error temporary_error manufacturer_bit_5 manufacturer_bit_6 manufacturer_bit_7'.split(
    ' ',
  );

/** CI fields of the fixed data structure; 73 is also that of a compact frame with a long header. */
export const isFixed = (ci: number): boolean => ci === 0x73 || ci === 0x77;

/**
 * Words of the status byte from a device (EN 13757-7 table 6), in the order of its bits. In the fixed data structure (EN 1434-3)
 * bits 0 and 1 tell how the counters are sent, and have no words.
 */
export function statusFlags(code: number, fixed = false): string[] {
  return WORDS.filter((_, i) => (i < 3 ? !fixed && (code & 3) === i + 1 : code & (1 << (i - 1))));
}
