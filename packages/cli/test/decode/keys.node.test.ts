import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derivation } from '@metergram/decoder/derivation';
import { parseKeys } from '../../src/decode/keys.ts';
import { UsageError } from '../../src/usage.ts';

const KEY = '00112233445566778899AABBCCDDEEFF';
const entry = { manufacturer: 'KAM', id: '12345678', key: KEY.toLowerCase() };

describe('a keys file', () => {
  it.each([
    ['CSV', `manufacturer,id,key\nKAM,12345678,${KEY}\n`],
    [
      'CSV with other columns, order and case',
      `id,note,KEY,Manufacturer\r\n12345678,x,${KEY},kam\r\n`,
    ],
    ['CSV as a Nordic spreadsheet writes it', `\uFEFFmanufacturer;id;key\nKAM;"12345678";${KEY}`],
    [
      'CSV with comments',
      `# ours\n\nmanufacturer,id,key\n# hall\nKAM , 12345678 , ${KEY.toLowerCase()}\n`,
    ],
    ['JSON lines', `{"manufacturer":"KAM","id":"12345678","key":"${KEY}"}\n\n`],
  ])('is read as %s', (_, text) => {
    expect(parseKeys(text, 'keys')).toEqual([entry]);
  });

  it('keeps * and hexadecimal ids', () => {
    const text = `manufacturer,id,key\n*,*,${KEY}\nAPA,00AB12CD,${KEY}\n`;
    expect(parseKeys(text, 'keys').map(({ manufacturer, id }) => [manufacturer, id])).toEqual([
      ['*', '*'],
      ['APA', '00ab12cd'],
    ]);
  });

  it('takes patterns, versions, media and derivations', () => {
    const text = `manufacturer,id,version,medium,derivation,key
K??,6449*,27,7,,${KEY}
*,????1234,,,kdf-a,${KEY}
`;
    const json = `{"manufacturer":"K??","id":"6449*","version":27,"medium":7,"key":"${KEY}"}
{"manufacturer":"*","id":"????1234","derivation":"kdf-a","key":"${KEY}"}`;
    const key = KEY.toLowerCase();
    for (const lines of [text, json])
      expect(parseKeys(lines, 'keys')).toEqual([
        { manufacturer: 'K??', id: '6449*', version: 27, mediumCode: 7, key },
        { manufacturer: '*', id: '????1234', derivation: derivation('kdf-a'), key },
      ]);
  });

  it('may be empty', () => {
    expect(parseKeys('# none yet\n', 'keys')).toEqual([]);
  });

  it.each([
    [`id,key\n12345678,${KEY}`, 'line 1 is not the header'],
    [`manufacturer,id,key\nKAM,12345678,${KEY.slice(1)}`, 'line 2: key is 32'],
    [`manufacturer,id,key\nKAM,1234567,${KEY}`, 'line 2: id is eight digits'],
    [`manufacturer,id,key\nKAMS,12345678,${KEY}`, 'line 2: manufacturer is three letters'],
    [`{"manufacturer":"KAM","id":"12345678","key":"${KEY}"}\n{"manu`, 'line 2 is no JSON'],
    [`{"manufacturer":"KAM","id":12345678,"key":"${KEY}"}`, 'line 1: id is eight digits'],
    [`manufacturer,id,key\nKAM,12345678`, 'line 2: key is 32'],
    [`manufacturer,id,key\nKAM,12*45*78,${KEY}`, 'line 2: id is eight digits'],
    [`manufacturer,id,key\n?,12345678,${KEY}`, 'line 2: manufacturer is three letters'],
    [`manufacturer,id,version,key\nKAM,*,256,${KEY}`, 'line 2: version is a number'],
    [`manufacturer,id,medium,key\nKAM,*,water,${KEY}`, 'line 2: medium is a number'],
    [
      `manufacturer,id,derivation,key\nKAM,*,00 {serial},${KEY}`,
      'line 2: byte 2 of the derivation',
    ],
  ])('that begins %j is refused with its line', (text, message) => {
    expect(() => parseKeys(text, 'keys')).toThrowError(message);
    expect(() => parseKeys(text, 'keys')).toThrowError(UsageError);
  });

  it('never shows a key in an error', () => {
    const almost = fc.stringMatching(/^[0-9A-F]{20,40}$/);
    fc.assert(
      fc.property(
        almost,
        fc.constantFrom('KAM', 'KA'),
        fc.constantFrom('1234', '12345678'),
        (key, m, id) => {
          for (const text of [
            `manufacturer,id,key\n${m},${id},${key}`,
            `manufacturer,id,key\n${key},${id},${m}`,
            `manufacturer,id,derivation,key\n${m},${id},{${key}},${KEY}`,
            `{"manufacturer":"${m}","id":"${id}","key":"${key}"`,
            key,
          ])
            try {
              parseKeys(text, 'keys');
            } catch (error) {
              expect(error).toBeInstanceOf(UsageError);
              expect(
                `${(error as UsageError).message} ${(error as UsageError).hint}`,
              ).not.toContain(key);
            }
        },
      ),
    );
  });
});
