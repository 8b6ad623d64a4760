import { describe, expect, it } from 'vitest';
import { octets } from '../../src/encode/octets.ts';
import { createDecoder } from '../../src/index.ts';

/** Inputs that the fuzzer found once, each with what it showed. */
const FOUND: readonly (readonly [what: string, hex: string])[] = [
  ['scrambled by Diehl, cut short: thrown', '4644a511d5782752b0067ad57ef136'],
  [
    'scrambled by Diehl, not to be uncovered: an offset outside',
    '3a08a51103b7ae8c592a7203b7ae8ca511592a46fd00d4',
  ],
  [
    'a MAC of mode 5 over bytes that had moved',
    '6f44a511ab8e1de9f507900f002c25a62b369973eff9339ccfa98e7a8c475005909a8c69217dbb0b9318944118032b7f',
  ],
];
const keys = [{ manufacturer: '*', id: '*', key: '000102030405060708090a0b0c0d0e0f' }];

describe.each([
  ['baseline build', false],
  ['SIMD build', true],
])('%s', (_, simd) => {
  it.each(FOUND)('%s', async (_what, hex) => {
    const bytes = octets(hex)!;
    const { records, issues } = (await createDecoder({ simd, keys })).decode(bytes);
    expect(issues.length).toBeGreaterThan(0);
    for (const { offset } of [...records, ...issues])
      expect(offset).toBeLessThanOrEqual(bytes.length);
  });
});
