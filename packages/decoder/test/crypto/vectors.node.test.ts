import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hex, octets } from '../../src/encode/octets.ts';
import { type Build, BUILDS, primitives } from './module.ts';

const bytes = (text: string): Uint8Array => octets(text)!;
const KEY = bytes('2b7e151628aed2a6abf7158809cf4f3c');
const TEXT = bytes(
  '6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51' +
    '30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710',
);

/** The text of the GCM test cases 3 and 4, as far as both have it. */
const GCM_TEXT =
  'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72' +
  '1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39';
const GCM_CIPHER =
  '42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e' +
  '21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091';

const octetsOf = (n: number): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength: n, maxLength: n });

/** The two digits as often as makes `length` bytes, or the bytes as they are. */
const filled = (digits: string, length: number): Uint8Array =>
  bytes(digits.length === 2 ? digits.repeat(length) : digits);

describe.each(Object.keys(BUILDS) as Build[])(
  'the ciphers of the core, %s build',
  async (build) => {
    const core = await primitives(build);

    it('AES-128: FIPS 197 appendix B, both directions', () => {
      const cipher = core.run('aesEncrypt', 1, KEY, bytes('3243f6a8885a308d313198a2e0370734'));
      expect(hex(cipher)).toBe('3925841d02dc09fbdc118597196a0b32');
      expect(hex(core.run('aesDecrypt', 1, KEY, cipher))).toBe('3243f6a8885a308d313198a2e0370734');
    });

    it('AES-128: what OpenSSL makes of any key and block', () => {
      fc.assert(
        fc.property(octetsOf(16), octetsOf(16), (key, block) => {
          const cipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false);
          const sent = new Uint8Array(Buffer.concat([cipher.update(block), cipher.final()]));
          expect(core.run('aesEncrypt', 1, key, block)).toEqual(sent);
          expect(core.run('aesDecrypt', 1, key, sent)).toEqual(block);
        }),
        { numRuns: 500 },
      );
    });

    it('CBC: SP 800-38A F.2.2', () => {
      const cipher = bytes(
        '7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2' +
          '73bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7',
      );
      const iv = bytes('000102030405060708090a0b0c0d0e0f');
      expect(core.run('aesDecryptCbc', 2, KEY, iv, cipher, 64)).toEqual(TEXT);
    });

    it('CTR: SP 800-38A F.5.1', () => {
      const counter = bytes('f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff');
      expect(hex(core.run('aesCtr', 2, KEY, counter, TEXT, 64))).toBe(
        '874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff' +
          '5ae4df3edbd5d35e5b4f09020db03eab1e031dda2fbe03d1792170a0f3009cee',
      );
    });

    it.each([
      [0, 'bb1d6929e95937287fa37d129b756746'],
      [16, '070a16b46b4d4144f79bdd9dd04a287c'],
      [40, 'dfa66747de9ae63030ca32611497c827'],
      [64, '51f0bebf7e3b9d92fc49741779363cfe'],
    ])('CMAC over %i bytes: RFC 4493 section 4, SP 800-38B D.1', (length, code) => {
      expect(hex(core.run('cmac', 3, KEY, TEXT, length, new Uint8Array(16)))).toBe(code);
    });

    // McGrew and Viega, The Galois/Counter Mode of Operation, test cases 1 to 4.
    it.each([
      ['1', '00', '00', '', '', '', '58e2fccefa7e3061367f1d57a4e7455a'],
      [
        '2',
        '00',
        '00',
        '',
        '00000000000000000000000000000000',
        '0388dace60b6a392f328c2b971b2fe78',
        'ab6e47d42cec13bdf53a67b21257bddf',
      ],
      [
        '3',
        'feffe9928665731c6d6a8f9467308308',
        'cafebabefacedbaddecaf888',
        '',
        `${GCM_TEXT}1aafd255`,
        `${GCM_CIPHER}473f5985`,
        '4d5c2af327cd64a62cf35abd2ba6fab4',
      ],
      [
        '4',
        'feffe9928665731c6d6a8f9467308308',
        'cafebabefacedbaddecaf888',
        'feedfacedeadbeeffeedfacedeadbeefabaddad2',
        GCM_TEXT,
        GCM_CIPHER,
        '5bc94fbc3221a5db94fae95ae7121a47',
      ],
    ])('GCM: test case %s', (_, key, iv, added, text, cipher, tag) => {
      const open = (with_: string): [string, number] => {
        const [body, data] = [bytes(cipher), bytes(added)];
        const given = [
          filled(key, 16),
          filled(iv, 12),
          data,
          data.length,
          body,
          body.length,
          bytes(with_),
          16,
          new Uint8Array(1),
        ];
        return [hex(core.run('gcm', 4, ...given)), core.run('gcm', 8, ...given)[0]!];
      };
      expect(open(tag)).toEqual([text, 1]);
      const wrong = tag.slice(0, -1) + (tag.endsWith('0') ? '1' : '0');
      expect(open(wrong)).toEqual([text, 0]);
    });

    it.each([
      [
        'SP 800-38C example 1',
        '404142434445464748494a4b4c4d4e4f',
        '10111213141516',
        '0001020304050607',
        '20212223',
        '7162015b',
        '4dac255d',
      ],
      [
        'SP 800-38C example 2',
        '404142434445464748494a4b4c4d4e4f',
        '1011121314151617',
        '000102030405060708090a0b0c0d0e0f',
        '202122232425262728292a2b2c2d2e2f',
        'd2a1f0e051ea5f62081a7792073d593d',
        '1fc64fbfaccd',
      ],
      [
        'SP 800-38C example 3',
        '404142434445464748494a4b4c4d4e4f',
        '101112131415161718191a1b',
        '000102030405060708090a0b0c0d0e0f10111213',
        '202122232425262728292a2b2c2d2e2f3031323334353637',
        'e3b201a9f5b71a7a9b1ceaeccd97e70b6176aad9a4428aa5',
        '484392fbc1b09951',
      ],
      [
        'RFC 3610 packet vector 1',
        'c0c1c2c3c4c5c6c7c8c9cacbcccdcecf',
        '00000003020100a0a1a2a3a4a5',
        '0001020304050607',
        '08090a0b0c0d0e0f101112131415161718191a1b1c1d1e',
        '588c979a61c663d2f066d0c2c0f989806d5f6b61dac384',
        '17e8d12cfdf926e0',
      ],
    ])('CCM: %s', (_, key, nonce, added, text, cipher, tag) => {
      const open = (with_: string): [string, number] => {
        const [body, data] = [bytes(cipher), bytes(added)];
        const given = [
          bytes(key),
          bytes(nonce),
          nonce.length / 2,
          data,
          data.length,
          body,
          body.length,
          bytes(with_),
          tag.length / 2,
          new Uint8Array(1),
        ];
        return [hex(core.run('ccm', 5, ...given)), core.run('ccm', 9, ...given)[0]!];
      };
      expect(open(tag)).toEqual([text, 1]);
      const wrong = tag.slice(0, -1) + (tag.endsWith('0') ? '1' : '0');
      expect(open(wrong)).toEqual([text, 0]);
    });

    it('DES-CBC: FIPS 81 table C1', () => {
      const cipher = bytes('e5c7cdde872bf27c43e934008c389c0f683788499a7c05f6');
      const plain = core.run(
        'desDecryptCbc',
        2,
        bytes('0123456789abcdef'),
        bytes('1234567890abcdef'),
        cipher,
        24,
      );
      expect(new TextDecoder().decode(plain)).toBe('Now is the time for all ');
    });

    // NBS Special Publication 500-20 (1980): the substitution table test reaches every entry of every S-box.
    it.each([
      ['7ca110454a1a6e57', '01a1d6d039776742', '690f5b0d9a26939b'],
      ['0131d9619dc1376e', '5cd54ca83def57da', '7a389d10354bd271'],
      ['07a1133e4a0b2686', '0248d43806f67172', '868ebb51cab4599a'],
      ['3849674c2602319e', '51454b582ddf440a', '7178876e01f19b2a'],
      ['04b915ba43feb5b6', '42fd443059577fa2', 'af37fb421f8c4095'],
      ['0113b970fd34f2ce', '059b5e0851cf143a', '86a560f10ec6d85b'],
      ['0170f175468fb5e6', '0756d8e0774761d2', '0cd3da020021dc09'],
      ['43297fad38e373fe', '762514b829bf486a', 'ea676b2cb7db2b7a'],
      ['07a7137045da2a16', '3bdd119049372802', 'dfd64a815caf1a0f'],
      ['04689104c2fd3b2f', '26955f6835af609a', '5c513c9c4886c088'],
      ['37d06bb516cb7546', '164d5e404f275232', '0a2aeeae3ff4ab77'],
      ['1f08260d1ac2465e', '6b056e18759f5cca', 'ef1bf03e5dfa575a'],
      ['584023641aba6176', '004bd6ef09176062', '88bf0db6d70dee56'],
      ['025816164629b007', '480d39006ee762f2', 'a1f9915541020b56'],
      ['49793ebc79b3258f', '437540c8698f3cfa', '6fbf1cafcffd0556'],
      ['4fb05e1515ab73a7', '072d43a077075292', '2f22e49bab7ca1ac'],
      ['49e95d6d4ca229bf', '02fe55778117f12a', '5a6b612cc26cce4a'],
      ['018310dc409b26d6', '1d9d5c5018f728c2', '5f4c038ed12b2e41'],
      ['1c587f1c13924fef', '305532286d6f295a', '63fac0d034d9f793'],
    ])('DES: SP 500-20 with key %s', (key, plain, cipher) => {
      const zero = new Uint8Array(8);
      expect(hex(core.run('desDecryptCbc', 2, bytes(key), zero, bytes(cipher), 8))).toBe(plain);
    });

    it('DES: what OpenSSL encrypts (triple DES with one key is DES)', () => {
      fc.assert(
        fc.property(octetsOf(8), octetsOf(8), octetsOf(32), (key, iv, text) => {
          const tripled = Buffer.concat([key, key, key]);
          const cipher = createCipheriv('des-ede3-cbc', tripled, iv).setAutoPadding(false);
          const sent = new Uint8Array(Buffer.concat([cipher.update(text), cipher.final()]));
          expect(core.run('desDecryptCbc', 2, key, iv, sent, 32)).toEqual(text);
        }),
        { numRuns: 50 },
      );
    });
  },
);
