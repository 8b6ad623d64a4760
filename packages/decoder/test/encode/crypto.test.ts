import { describe, expect, it } from 'vitest';
import { aesKey, applyCtr, encryptBlock, encryptCbc } from '../../src/encode/aes.ts';
import { cmac, deriveKey } from '../../src/encode/cmac.ts';
import { crc16 } from '../../src/encode/crc.ts';
import { desBlock, desKey, encryptDesCbc } from '../../src/encode/des.ts';
import { hex, octets } from '../../src/encode/octets.ts';

const bytes = (text: string): Uint8Array => octets(text)!;
const KEY = '2b7e151628aed2a6abf7158809cf4f3c';
const PLAIN =
  '6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51' +
  '30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710';

describe('AES-128', () => {
  it('encrypts the example of FIPS 197, appendix B', () => {
    const block = bytes('3243f6a8885a308d313198a2e0370734');
    encryptBlock(aesKey(bytes(KEY)), block);
    expect(hex(block)).toBe('3925841d02dc09fbdc118597196a0b32');
  });

  it('chains blocks as NIST SP 800-38A F.2.1 prints it', () => {
    const text = bytes(PLAIN);
    encryptCbc(aesKey(bytes(KEY)), bytes('000102030405060708090a0b0c0d0e0f'), text);
    expect(hex(text)).toBe(
      '7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2' +
        '73bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7',
    );
  });

  it('counts blocks as NIST SP 800-38A F.5.1 prints it', () => {
    const text = bytes(PLAIN);
    applyCtr(aesKey(bytes(KEY)), bytes('f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff'), text);
    expect(hex(text)).toBe(
      '874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff' +
        '5ae4df3edbd5d35e5b4f09020db03eab1e031dda2fbe03d1792170a0f3009cee',
    );
  });
});

describe('AES-CMAC, RFC 4493 section 4', () => {
  it.each([
    [0, 'bb1d6929e95937287fa37d129b756746'],
    [16, '070a16b46b4d4144f79bdd9dd04a287c'],
    [40, 'dfa66747de9ae63030ca32611497c827'],
    [64, '51f0bebf7e3b9d92fc49741779363cfe'],
  ])('over %i bytes', (length, expected) => {
    expect(hex(cmac(aesKey(bytes(KEY)), bytes(PLAIN).subarray(0, length)))).toBe(expected);
  });

  it('derives the keys that CEN/TR 17167 F.3 prints (KDF-A, EN 13757-7)', () => {
    const master = bytes('000102030405060708090a0b0c0d0e0f');
    const ident = bytes('78563412');
    const derive = (purpose: Parameters<typeof deriveKey>[1]): string =>
      hex(deriveKey(master, purpose, 0x0ab3, ident));
    expect(derive('encryption-from-meter')).toBe('eccf39d475d730b8284fdfdc1995d52f');
    expect(derive('mac-from-meter')).toBe('c9cd19ff5a9aad5a6bbda13bd2c4c7ad');
  });
});

describe('DES', () => {
  it('encrypts the well-known worked example, and the round keys backwards decrypt', () => {
    const key = desKey(bytes('133457799bbcdff1'));
    const cipher = desBlock(key, bytes('0123456789abcdef'));
    expect(hex(cipher)).toBe('85e813540f0ab405');
    expect(hex(desBlock(key.toReversed(), cipher))).toBe('0123456789abcdef');
  });

  it('chains blocks as FIPS 81 table C1 prints it', () => {
    const text = new TextEncoder().encode('Now is the time for all ');
    const cipher = encryptDesCbc(
      desKey(bytes('0123456789abcdef')),
      bytes('1234567890abcdef'),
      text,
    );
    expect(hex(cipher)).toBe('e5c7cdde872bf27c43e934008c389c0f683788499a7c05f6');
  });
});

describe('CRC-16/EN-13757', () => {
  it('has the check value C2B7h, and FFFFh of nothing', () => {
    expect(crc16(new TextEncoder().encode('123456789'))).toBe(0xc2b7);
    expect(crc16(new Uint8Array(0))).toBe(0xffff);
  });
});
