import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aesKey, encryptCbc } from '../../src/encode/aes.ts';
import { encoded } from '../../src/encode.ts';
import { hex } from '../../src/encode/octets.ts';
import { createDecoderSync, type Telegram } from '../../src/index.ts';
import { KEY, OTHER_KEY } from '../core/telegrams.ts';

const ACCESS = 0x2a;
/** M(2) ID(4) version type, as the link layer has them: APA, 12345678, 14, water. */
const ADDRESS = [0x01, 0x06, 0x78, 0x56, 0x34, 0x12, 0x14, 0x07];

/** Seconds since 2000-01-01 of 2026-01-02 03:00:00. */
const NOW = (Date.UTC(2026, 0, 2, 3) - Date.UTC(2000, 0, 1)) / 1000;

/** Litres in `unit`s, hours since the history, and how many units less it was then. */
function block(litres: number, power: number, age: number, delta: number): Uint8Array {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  bytes[0] = 0x2f;
  view.setUint32(1, ((litres >> 4) << 8) | (power << 4) | (litres & 15), true);
  view.setUint32(5, NOW, true);
  bytes[9] = age & 255;
  bytes[10] = ((age >> 8) << 2) | (delta & 3);
  const high = delta >> 2;
  bytes.set([high & 255, (high >> 8) & 255, high >> 16, 0x51, 0x62], 11);
  return bytes;
}

function sent(plain: Uint8Array, ci = 0xa0): Uint8Array {
  const iv = Uint8Array.of(...ADDRESS, ...Array<number>(8).fill(ACCESS));
  const body = plain.slice();
  encryptCbc(aesKey(octetsOf(KEY)), iv, body);
  return encoded({
    meter: { manufacturer: 'APA', id: '12345678', version: 0x14, mediumCode: 0x07 },
    transport: { ci, header: 'none' },
    body: `${ACCESS.toString(16)}04${hex(body)}`,
  });
}
const octetsOf = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../g)!, (byte) => Number.parseInt(byte, 16));
const rows = ({ records }: Telegram): string[] =>
  records.map(
    ({ quantity, value, unit, storage, tariff, subunit, offset, raw, dib, vib, modifiers }) =>
      `${quantity} ${value}${unit} ${[storage, tariff, subunit].join('.')} ${offset}+${raw.length / 2}${dib}${vib}${modifiers.join(',')}`,
  );

describe('Apator NA-1', () => {
  const decoder = createDecoderSync({ keys: [{ manufacturer: 'APA', id: '*', key: KEY }] });

  it('is decrypted, and every record stands where it says', () => {
    const telegram = decoder.decode(sent(block(123_456, 1, 27, 5)));
    expect(telegram.security).toMatchObject({ mode: 5, state: 'decrypted' });
    expect(rows(telegram)).toEqual([
      'volume 1234.560m3 0.0.0 14+4',
      'datetime 2026-01-02T03:00:00 0.0.0 18+4',
      'vendor_status 81 0.0.0 27+1',
      'frame_status 4 0.0.0 12+1',
      'volume 1234.510m3 1.0.0 24+3',
      'actuality_duration 27h 1.0.0 22+2',
      'datetime 2026-01-01T00:00:00 1.0.0 22+2',
      'vendor_status 98 1.0.0 28+1',
    ]);
    expect(telegram.issues).toEqual([]);
  });

  it('reads whatever it may count', () => {
    fc.assert(
      fc.property(
        fc.nat((1 << 28) - 1),
        fc.nat(3),
        fc.nat((1 << 14) - 1),
        fc.nat((1 << 26) - 1),
        (litres, power, age, delta) => {
          const { records } = decoder.decode(sent(block(litres, power, age, delta)));
          const [total, history] = records.filter(({ quantity }) => quantity === 'volume');
          const unit = 10n ** BigInt(power);
          const of = (value: string | null | undefined): bigint => BigInt(value!.replace('.', ''));
          expect(of(total?.value)).toBe(BigInt(litres) * unit);
          expect(of(history?.value)).toBe(BigInt(litres - delta) * unit);
          const then = new Date(Date.UTC(2026, 0, 2, 3 - age)).toISOString().slice(0, 19);
          const times = records.filter(({ kind }) => kind === 'datetime');
          expect(times.map(({ value }) => value)).toEqual(['2026-01-02T03:00:00', then]);
        },
      ),
    );
  });

  it('is told to be without key, or with a wrong one, and makes nothing up', () => {
    const bytes = sent(block(123_456, 0, 27, 5));
    const keyless = createDecoderSync().decode(bytes);
    expect([keyless.security.state, keyless.issues.map(({ code }) => code)]).toEqual([
      'key-missing',
      ['security/key-missing'],
    ]);
    const other = createDecoderSync({ keys: [{ manufacturer: '*', id: '*', key: OTHER_KEY }] });
    const wrong = other.decode(bytes);
    expect(wrong.security.state).toBe('key-wrong');
    for (const { records } of [keyless, wrong])
      expect(records.filter(({ kind }) => kind !== 'bytes')).toEqual([]);
  });

  it('is none behind another CI field, or cut short', () => {
    const other = decoder.decode(sent(block(1, 0, 0, 0), 0xa2));
    expect(other.records.map(({ kind }) => kind)).toEqual(['bytes']);
    const short = encoded({
      meter: { manufacturer: 'APA', id: '12345678', version: 0x14, mediumCode: 0x07 },
      transport: { ci: 0xa0, header: 'none' },
      body: '2a04'.padEnd(34, '0'),
    });
    expect(decoder.decode(short).issues.map(({ code }) => code)).toEqual(['tpl/ci-unknown']);
  });
});
