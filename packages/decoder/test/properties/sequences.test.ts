import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeAll, type TelegramDescription } from '../../src/encode.ts';
import { createDecoder, type DataRecord, type Telegram } from '../../src/index.ts';
import { knownFormats } from '../reference/compact.ts';
import { decodeReference } from '../reference/decode.ts';
import { record } from './built-record.ts';

const meter = { manufacturer: 'XMG', id: '12345678', version: 1, mediumCode: 4 };
const records = fc.array(record, { minLength: 3, maxLength: 8 });

/** What a decoder that has seen nothing before says of each telegram of a description that makes several. */
async function decoded(
  simd: boolean,
  description: TelegramDescription,
  key?: Uint8Array,
): Promise<Telegram[] | null> {
  const result = encodeAll(description);
  if (!result.ok) {
    expect(result.issue.code).toBe('encode/too-long');
    return null;
  }
  const decoder = await createDecoder({
    simd,
    ...(key === undefined ? {} : { keys: [{ manufacturer: '*', id: '*', key }] }),
  });
  return result.telegrams.map((bytes) => decoder.decode(bytes));
}

describe.each([
  ['baseline build', false],
  ['SIMD build', true],
])('%s', (_, simd) => {
  it('puts fragments together, and gives the records with the last one', async () => {
    await fc.assert(
      fc.asyncProperty(
        records,
        fc.integer({ min: 20, max: 120 }),
        fc.option(fc.uint8Array({ minLength: 16, maxLength: 16 }), { nil: undefined }),
        fc.nat(0xffffffff),
        async (built, fragmentSize, key, counter) => {
          const telegrams = await decoded(
            simd,
            {
              meter,
              afl: { fragmentSize, ...(key === undefined ? {} : { key, counter }) },
              transport: key === undefined ? {} : { security: { mode: 7, key } },
              records: built.map((one) => one.record),
            },
            key,
          );
          if (telegrams === null) return;
          const last = telegrams.at(-1)!;
          for (const earlier of telegrams.slice(0, -1)) {
            expect(earlier.records).toEqual([]);
            expect(earlier.issues.map(({ code }) => code)).toEqual(['transport/incomplete']);
          }
          expect(last.records).toMatchObject(built.map((one) => one.expected));
          if (key !== undefined)
            expect(last.security).toMatchObject({ state: 'decrypted', mac: 'ok' });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('gives every record of wired telegrams that more follow, once', async () => {
    await fc.assert(
      fc.asyncProperty(records, fc.integer({ min: 60, max: 200 }), async (built, split) => {
        const telegrams = await decoded(simd, {
          link: { kind: 'wired-long' },
          meter,
          split,
          records: built.map((one) => one.record),
        });
        if (telegrams === null) return;
        const all: DataRecord[] = telegrams.flatMap((telegram) => telegram.records);
        expect(all).toMatchObject(built.map((one) => one.expected));
      }),
      { numRuns: 60 },
    );
  });

  it('reads a compact frame as the full one, once it knows the format', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 4 }), async (built) => {
        const frames = (['format', 'compact'] as const).map((content) =>
          encodeAll({
            meter,
            transport: { header: 'none', content },
            records: built.map((one) => one.record),
          }),
        );
        const decoder = await createDecoder({ simd });
        const [, compact] = frames.map((frame) =>
          frame.ok ? decoder.decode(frame.telegrams[0]!) : null,
        );
        expect(compact?.records).toMatchObject(built.map((one) => one.expected));
        expect(compact?.records.every(({ origin }) => origin === 'compact')).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('says of format and compact frames, good or damaged, what the reference says', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { minLength: 1, maxLength: 4 }),
        fc.constantFrom<'none' | 'short' | 'long'>('none', 'short', 'long'),
        fc.constantFrom('good', 'format', 'compact'),
        fc.nat(),
        fc.nat(255),
        async (built, header, hurt, place, value) => {
          const decoder = await createDecoder({ simd });
          const formats = knownFormats();
          for (const content of ['format', 'compact'] as const) {
            const result = encodeAll({
              meter,
              transport: { header, content },
              records: built.map((one) => one.record),
            });
            if (!result.ok) return;
            const bytes = result.telegrams[0]!;
            const from = { none: 11, short: 15, long: 23 }[header];
            if (hurt === content) bytes[from + (place % (bytes.length - from))] = value;
            const [fast, slow] = [decoder.decode(bytes), decodeReference(bytes, { formats })];
            const words = ({ records: list, issues }: Telegram): unknown => [
              list.map(({ obis: _obis, ...one }) => one),
              issues.map(({ code }) => code).toSorted(),
            ];
            expect(words(fast)).toEqual(words(slow));
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
