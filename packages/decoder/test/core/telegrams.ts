import { encoded, type RecordDescription, type TelegramDescription } from '../../src/encode.ts';

/** A heat meter's telegram, and how to change it. */
export const METER = { manufacturer: 'ELS', id: '12345678', version: 51, medium: 'heat' } as const;
export const KEY = '0102030405060708090a0b0c0d0e0f11';
export const OTHER_KEY = 'ffeeddccbbaa99887766554433221100';

export const RECORDS: readonly RecordDescription[] = [
  { quantity: 'energy', unit: 'Wh', value: '1234000' },
  { quantity: 'volume', unit: 'm3', value: '56.789' },
  { quantity: 'flow_temperature', unit: '°C', value: '71.2' },
  { quantity: 'datetime', value: '2026-02-28T23:45' },
];

export const VALUES = ['1234000', '56.789', '71.2', '2026-02-28T23:45'];

export function heat(change: Partial<TelegramDescription> = {}): Uint8Array {
  return encoded({ meter: METER, records: RECORDS, ...change });
}

export const encrypted = (change: Partial<TelegramDescription> = {}): Uint8Array =>
  heat({ transport: { accessNumber: 42, security: { mode: 5, key: KEY } }, ...change });

/** Several telegrams as one buffer with offsets. */
export function packed(telegrams: readonly Uint8Array[]): {
  bytes: Uint8Array;
  offsets: Uint32Array;
} {
  const offsets = new Uint32Array(telegrams.length + 1);
  telegrams.forEach((telegram, i) => {
    offsets[i + 1] = (offsets[i] as number) + telegram.length;
  });
  const bytes = new Uint8Array(offsets[telegrams.length] as number);
  telegrams.forEach((telegram, i) => bytes.set(telegram, offsets[i]));
  return { bytes, offsets };
}
