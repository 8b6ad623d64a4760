/** What bits 1 and 0 say together, one of three, and a word for each bit from bit 2 on. */
const WORDS =
  'application_busy application_error alarm power_low permanent_error temporary_error manufacturer_bit_5 manufacturer_bit_6 manufacturer_bit_7'.split(
    ' ',
  );

/** Words of the status byte from a device (EN 13757-7 table 6), in the order of its bits. */
export function statusFlags(code: number): string[] {
  return WORDS.filter((_, i) => (i < 3 ? (code & 3) === i + 1 : code & (1 << (i - 1))));
}
