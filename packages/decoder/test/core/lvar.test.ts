import { describe, expect, it } from 'vitest';
import { createDecoderSync } from '../../src/index.ts';
import { octets } from '../../src/encode/octets.ts';

const decoder = createDecoderSync();
const decode = (hex: string) => decoder.decode(octets(hex)!, { layer: 'records' });

describe('a variable-length number of more digits than a value holds (EN 13757-3 table 5)', () => {
  it.each([
    ['binary of nine bytes', '0D 14 E9 010203040506070809'],
    ['BCD of twenty digits', '0D 14 CA 01020304050607080910'],
    ['negative BCD of twenty digits', '0D 14 DA 01020304050607080910'],
  ])('%s keeps its bytes, with a warning at the record', (_, hex) => {
    const { records, issues } = decode(`2F 2F ${hex}`);
    expect(records).toMatchObject([{ quantity: 'volume', kind: 'bytes', unit: '' }]);
    expect(records[0]?.raw).toBe(hex.slice(6).replaceAll(' ', '').toLowerCase());
    expect(issues).toMatchObject([{ code: 'record/overflow', severity: 'warning', offset: 2 }]);
  });

  it.each([
    ['binary of eight bytes', '0D 14 E8 0102030405060708', '5784376957523072.01'],
    ['BCD of eighteen digits', '0D 14 C9 010203040506070809', '90807060504030201'],
  ])('%s is a number still', (_, hex, value) => {
    const { records, issues } = decode(hex);
    expect(records).toMatchObject([{ kind: 'number', unit: 'm3' }]);
    expect(records[0]?.value?.replace('.', '')).toBe(value.replace('.', ''));
    expect(issues).toEqual([]);
  });

  it.each([
    ['the vendor says what it is', '0D 7F EB 0E00000006040C99550037'],
    ['anybody may say what it is', '0D 7E E9 010203040506070809'],
    ['the bits are a field of flags', '0D FD17 E9 010203040506070809'],
  ])('is no fault where %s', (_, hex) => {
    const { records, issues } = decode(hex);
    expect(records).toMatchObject([{ kind: 'bytes' }]);
    expect(issues).toEqual([]);
  });
});
