const APPLICATION = ['', 'application_busy', 'application_error', 'alarm'] as const;
const BITS =
  'power_low permanent_error temporary_error manufacturer_bit_5 manufacturer_bit_6 manufacturer_bit_7'.split(
    ' ',
  );

/** Words of the status byte from a device (EN 13757-7 table 6), in the order of its bits. */
export function statusFlags(code: number): string[] {
  const flags = BITS.filter((_, i) => code & (4 << i));
  const application = APPLICATION[code & 3];
  return application ? [application, ...flags] : flags;
}
