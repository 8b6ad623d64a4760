import { describe, expect, it } from 'vitest';
import { createDecoderSync } from '../../src/index.ts';
import { own, values } from './telegrams.ts';

const decoder = createDecoderSync();

describe("Diehl's PRIOS", () => {
  /** The register's bytes, as assembly/vendor/diehl.ts makes them, bit by bit. */
  function keyStream(seed: number, length: number): number[] {
    let state = seed >>> 0;
    return Array.from({ length }, () => {
      for (let i = 0; i < 8; i++) {
        const bit = ((state >>> 1) ^ (state >>> 2) ^ (state >>> 11) ^ (state >>> 31)) & 1;
        state = ((state << 1) | bit) >>> 0;
      }
      return state & 0xff;
    });
  }

  /** On air version and type come first: 85 07, then the number 12345678. `vif` is the last byte before the data. */
  function scrambled(start: number, vif: number): Uint8Array {
    const head = [
      0x19,
      0x44,
      0x24,
      0x23,
      0x85,
      0x07,
      0x78,
      0x56,
      0x34,
      0x12,
      0xa2,
      0x02,
      0x0a,
      0x00,
      vif,
    ];
    const be = (at: number): number =>
      ((head[at]! << 24) | (head[at + 1]! << 16) | (head[at + 2]! << 8) | head[at + 3]!) >>> 0;
    const seed = (start ^ be(2) ^ be(6) ^ be(10)) >>> 0;
    const data = [0x4b, 0x88, 0x13, 0, 0, 0xa0, 0x0f, 0, 0, 0x3f, 0x33];
    const stream = keyStream(seed, data.length);
    return Uint8Array.of(...head, ...data.map((byte, i) => byte ^ stream[i]!));
  }

  it.each([0xdfd109e8, 0xb71f0ae8])(
    'is unscrambled from start value %i, its address put in order',
    (start) => {
      const telegram = decoder.decode(scrambled(start, 0x13));
      expect(telegram.meter).toMatchObject({
        manufacturer: 'HYD',
        id: '12345678',
        version: 0x85,
        medium: 'water',
      });
      expect(values(telegram)).toEqual([
        'volume 5.000m3',
        'transmission_period 16s',
        'battery_remaining 5.0year',
        'vendor_status 0',
        'volume@1 4.000m3',
        'date@1 2025-03-31',
      ]);
      // Where their bytes stand, still scrambled: battery and interval before the register.
      expect(telegram.records.map(({ offset, raw }) => [offset, raw.length / 2])).toEqual([
        [16, 4],
        [11, 1],
        [12, 1],
        [11, 3],
        [20, 4],
        [24, 2],
      ]);
    },
  );

  it.each([0x0b, 0x1b])('with a VIF that is no volume (%i) stays what it is', (vif) => {
    const telegram = decoder.decode(scrambled(0xdfd109e8, vif));
    expect(telegram.records.map(({ kind }) => kind)).toEqual(['bytes']);
    expect(telegram.issues.map(({ code }) => code)).toEqual(['tpl/ci-unknown']);
  });

  it('with a wrong check byte stays what it is', () => {
    const telegram = decoder.decode(
      own('HYD', 0x85, 0x07, 0xa2, '020A0013 0102030405060708090A0B'),
    );
    expect(telegram.records.map(({ kind, vendor }) => [kind, vendor])).toEqual([['bytes', true]]);
    expect(telegram.issues.map(({ code }) => code)).toEqual(['tpl/ci-unknown']);
  });
});
