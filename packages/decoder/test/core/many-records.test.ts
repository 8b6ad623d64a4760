import { describe, expect, it } from 'vitest';
import { createDecoderSync } from '../../src/index.ts';

const decoder = createDecoderSync();

/** Records of four bytes behind DIF and VIF. */
function records(values: readonly Uint8Array[], dif: number, vif: number): Uint8Array {
  return Uint8Array.from(values.flatMap((bytes) => [dif, vif, ...bytes]));
}

/** The number of four bytes that comes nearest to `value`, least significant byte first. */
const single = (value: number): Uint8Array => new Uint8Array(Float32Array.of(value).buffer);

/** Day `day` of January 2026, midnight, type F. */
const date = (day: number): Uint8Array => Uint8Array.of(0, 0, 0x40 | day, 0x31);

describe('many records of one telegram', () => {
  // More than the core keeps waiting behind its loop over ordinary records.
  it('that are times, some of which no calendar has: each has its value, or its issue, in order', () => {
    const days = Array.from({ length: 200 }, (_, i) => (i % 7 === 3 ? 0 : (i % 31) + 1));
    const telegram = decoder.decode(records(days.map(date), 0x04, 0x6d), { layer: 'records' });
    expect(telegram.records.map(({ value }) => value)).toEqual(
      days.map((day) => (day === 0 ? null : `2026-01-${String(day).padStart(2, '0')}T00:00`)),
    );
    expect(telegram.issues.map(({ code, offset }) => [code, offset])).toEqual(
      days.flatMap((day, i) => (day === 0 ? [['record/invalid-time', 6 * i]] : [])),
    );
  });

  it('that are reals: each has the fewest digits that read back, also just below a power of ten', () => {
    const given = [
      '0.01',
      '0.09',
      '0.001',
      '1000000',
      '12.5',
      '123456.79',
      '3.1415927',
      '-0.01',
      '16777216',
      '0',
      ...Array.from({ length: 1000 }, (_, i) => (i / 100).toFixed(2).replace(/\.?0+$/, '')),
    ];
    const bytes = records(
      given.map((text) => single(Number(text))),
      0x05,
      0x16,
    );
    const { records: found } = decoder.decode(bytes, { layer: 'records' });
    expect(found.map(({ value }) => value)).toEqual(given);
  });
});
