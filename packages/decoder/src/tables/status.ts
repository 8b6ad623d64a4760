/** Words of the status byte from a device (EN 13757-7 table 6), in the order of its bits. */
export function statusFlags(code: number): string[] {
  const flags: string[] = [];
  const application = code & 0x03;
  if (application === 1) flags.push('application_busy');
  if (application === 2) flags.push('application_error');
  if (application === 3) flags.push('alarm');
  if (code & 0x04) flags.push('power_low');
  if (code & 0x08) flags.push('permanent_error');
  if (code & 0x10) flags.push('temporary_error');
  if (code & 0x20) flags.push('manufacturer_bit_5');
  if (code & 0x40) flags.push('manufacturer_bit_6');
  if (code & 0x80) flags.push('manufacturer_bit_7');
  return flags;
}

/** Words of the application error (CI 70, 6E, 6F): EN 13757-3 annex, and OMS volume 2 from 0x10 on. */
export const APPLICATION_ERRORS: Readonly<Record<number, string>> = {
  0x00: 'unspecified error',
  0x01: 'unimplemented CI field',
  0x02: 'buffer too long, truncated',
  0x03: 'too many records',
  0x04: 'premature end of record',
  0x05: 'more than 10 DIFEs',
  0x06: 'more than 10 VIFEs',
  0x08: 'application too busy for handling a readout request',
  0x09: 'too many readouts',
  0x10: 'access denied',
  0x11: 'application or command unknown',
  0x12: 'parameter missing or wrong',
  0x13: 'unknown receiver address',
  0x14: 'decryption key fails',
  0x15: 'encryption method not supported',
  0x16: 'signature method not supported',
  0xf0: 'dynamic application error',
};
