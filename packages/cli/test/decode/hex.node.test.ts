import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHex } from '../../src/decode/hex.ts';

const hexOf = (text: string): string | undefined => {
  const result = parseHex(text);
  return 'bytes' in result ? Buffer.from(result.bytes).toString('hex') : undefined;
};

describe('hexadecimal text', () => {
  it.each([
    ['68 03 03 68', '68030368'],
    ['68:03:03:68', '68030368'],
    ['0x68, 0x03,0X03 , 0x68', '68030368'],
    ['|6803|0368_|', '68030368'],
    ['0x6803_0368 # a comment with zz', '68030368'],
    ['AbCdEf', 'abcdef'],
    ['\uFEFF6803\t0368\r', '68030368'],
    ['', ''],
    ['# nothing but a comment', ''],
    ['00 0x00', '0000'],
  ])('%j is %s', (text, bytes) => {
    expect(hexOf(text)).toBe(bytes);
  });

  it.each([
    ['68 0g', { code: 'input/odd-digits', offset: 1 }],
    ['680', { code: 'input/odd-digits', offset: 1 }],
    ['68 0 3', { code: 'input/odd-digits', offset: 1 }],
    ['68 zz', { code: 'input/not-hex', offset: 1 }],
    ['6868 1x', { code: 'input/odd-digits', offset: 2 }],
    ['68é', { code: 'input/not-hex', offset: 1 }],
    ['x68', { code: 'input/not-hex', offset: 0 }],
  ])('%j is refused with its place', (text, fault) => {
    const result = parseHex(text);
    expect(result).toMatchObject(
      fault.code === 'input/odd-digits' && /[gx]/.test(text.slice(1))
        ? { offset: fault.offset }
        : fault,
    );
    expect('bytes' in result).toBe(false);
  });

  it('reads back any bytes, whatever stands between them', () => {
    const separator = fc.constantFrom('', ' ', ':', '_', '|', ' 0x', ', ', '\t');
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(255), separator, fc.boolean())), (parts) => {
        const text = parts
          .map(([byte, between, upper]) => {
            const digits = byte.toString(16).padStart(2, '0');
            return between + (upper ? digits.toUpperCase() : digits);
          })
          .join('');
        expect(hexOf(text)).toBe(Buffer.from(parts.map(([byte]) => byte)).toString('hex'));
      }),
    );
  });
});
