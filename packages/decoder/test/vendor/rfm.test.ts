import { describe, expect, it } from 'vitest';
import { createDecoderSync, type Telegram } from '../../src/index.ts';
import { hex, octets } from '../../src/encode/octets.ts';
import { own, values } from './telegrams.ts';

/** What covers the first record under access numbers that end in 3 and C, and the number itself. */
const ROWS: Readonly<Record<number, string>> = { 3: '8E7D79074A16', 12: '87CA4A48E41F' };

/** B Meters RFM-TX1: a record 0C 13 that is covered, and a tail in clear with back flow, clock and months. */
function sent(access: number, record: string, tail = '1D'): Uint8Array {
  const row = octets(ROWS[access & 15]!)!;
  const covered = octets(record)!.map((byte, i) => byte ^ access ^ row[i]!);
  const clock = '590410150226'; // 15 February 2026, 10:04:59
  const months = `640000 C80000 ${'FFFFFF'.repeat(10)}`.replaceAll(' ', '');
  const header = `${access.toString(16).padStart(2, '0')}000010`;
  const body = `${header}${hex(covered)}0F${tail}1E07000000${clock}${months}00`;
  return own('BMT', 0x05, 0x07, 0x7a, body);
}

describe('B Meters RFM-TX1', () => {
  const decode = (bytes: Uint8Array): Telegram => createDecoderSync().decode(bytes);

  it.each([0x03, 0x7c, 0xa3])('is uncovered by its access number %i', (access) => {
    const telegram = decode(sent(access, '0C1378563412'));
    expect(values(telegram)).toEqual([
      'volume 12345.678m3',
      'backward_volume 0.007m3',
      'datetime 2026-02-15T10:04',
      'month_value@1 1.00m3',
      'month_value@2 2.00m3',
    ]);
    expect(telegram.security).toMatchObject({ mode: 16, state: 'decrypted' });
    expect(telegram.issues).toEqual([]);
    const at = telegram.records.map(({ offset, dib, vib }) => [offset, dib, vib]);
    expect(at.slice(0, 3)).toEqual([
      [15, '0c', '13'],
      [24, '', ''],
      [28, '', ''],
    ]);
  });

  it('is not where what it covers is another record, or the tail another', () => {
    const other = decode(sent(0x03, '0C1478563412'));
    expect(other.security.state).not.toBe('decrypted');
    expect(values(other)).not.toContain('volume 12345.678m3');
    const tail = decode(sent(0x03, '0C1378563412', '1C'));
    expect(values(tail)).toEqual(['volume 12345.678m3']);
    expect(tail.records.at(-1)).toMatchObject({ quantity: 'manufacturer_data', kind: 'bytes' });
  });
});
