import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TelegramDescription, encodeAll, encoded } from '../../src/encode.ts';
import { createDecoderSync, type DataRecord, type Telegram } from '../../src/index.ts';
import { TelegramJoiner } from '../../src/sequence.ts';
import { record } from './built-record.ts';

const decoder = createDecoderSync();
type Records = NonNullable<TelegramDescription['records']>;

/** Begins every list: its header is no other's, so that a telegram which begins anew is known. */
const FIRST = { dib: '0d', vib: '78', data: '0441424344' } as Records[number];
const body = (records: Records): Uint8Array =>
  encoded({ link: { kind: 'none' }, transport: { header: 'none' }, records }).subarray(1);

const LINKS = { wired: { link: { kind: 'wired-long' } }, wireless: {} } as const;

/** The records in telegrams of so many each, as a meter with this number sends them. */
function cut(
  records: Records,
  sizes: readonly number[],
  id: string,
  way: keyof typeof LINKS,
  access = 250,
): Telegram[] {
  const groups: Records[number][][] = [];
  let rest = [...records];
  for (const size of sizes) groups.push(rest.splice(0, size));
  if (rest.length > 0 || groups.length === 0) groups.push(rest);
  return groups.map((group, i) => {
    const more = i < groups.length - 1 ? [0x1f] : [];
    const bytes = encoded({
      ...LINKS[way],
      meter: { manufacturer: 'ELS', id, version: 1, mediumCode: 4 },
      body: Uint8Array.of(...body(group), ...more),
      transport: {
        ci: way === 'wired' ? 0x72 : 0x7a,
        accessNumber: (access + i) & 255,
      },
    });
    return decoder.decode(bytes);
  });
}

const bare = (records: readonly DataRecord[]): unknown[] =>
  records.map(({ offset: _offset, origin: _origin, ...all }) => all);
const codes = ({ issues }: Telegram): string[] => issues.map(({ code }) => code);

const list = fc
  .array(record, { minLength: 1, maxLength: 12 })
  .map((built) => [FIRST, ...built.map((one) => one.record)])
  // Uncut they must fit one telegram.
  .filter((records) => body(records).length <= 220);
const sizes = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 8 });
const way = fc.constantFrom('wired', 'wireless') as fc.Arbitrary<keyof typeof LINKS>;

describe('records cut anywhere into telegrams', () => {
  it('are put together what they are uncut, with other meters and repetitions between', () => {
    const meters = fc.array(fc.tuple(list, sizes, way), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(meters, fc.array(fc.nat()), fc.array(fc.boolean()), (all, order, twice) => {
        const joiner = new TelegramJoiner();
        const queues = all.map(([records, parts, link], i) =>
          cut(records, parts, `0000000${i}`, link),
        );
        const counts = queues.map(({ length }) => length);
        const results: Telegram[][] = queues.map(() => []);
        for (let step = 0; queues.some(({ length }) => length > 0); step++) {
          const open = queues.flatMap((queue, i) => (queue.length > 0 ? [i] : []));
          const i = open[(order[step] ?? 0) % open.length] as number;
          const telegram = queues[i]!.shift() as Telegram;
          results[i]!.push(joiner.join(telegram));
          // The master did not hear it and asks again; the last one completes, and is no part of what is under way.
          if (twice[step] === true && queues[i]!.length > 0)
            expect(joiner.join(telegram)).toEqual(results[i]!.at(-1));
        }
        all.forEach(([records, , link], i) => {
          const last = results[i]!.pop() as Telegram;
          const [whole] = cut(records, [], `0000000${i}`, link) as [Telegram];
          expect(bare(last.records)).toEqual(bare(whole.records));
          expect(codes(last)).not.toContain('transport/sequence-gap');
          expect(results[i]).toHaveLength(counts[i]! - 1);
          for (const earlier of results[i]!) {
            expect(earlier.records).toEqual([]);
            expect(codes(earlier)).toContain('transport/incomplete');
            expect(codes(earlier)).not.toContain('record/more-follow');
          }
          const own = (cut(records, all[i]![1], `0000000${i}`, link).at(-1) as Telegram).records;
          const early = last.records.length - own.length;
          expect(last.records.slice(early)).toEqual(own);
          expect(last.records.slice(0, early).every(({ origin }) => origin === 'telegrams')).toBe(
            true,
          );
        });
        expect(joiner.size).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});

const three = cut([FIRST, ...energies(5)], [2, 2], '12345678', 'wired') as [
  Telegram,
  Telegram,
  Telegram,
];

function energies(count: number): Records {
  return Array.from({ length: count }, (_, storage) => ({
    quantity: 'energy',
    unit: 'Wh',
    value: `${1000 * storage}`,
    storage,
  })) as unknown as Records;
}

describe('a sequence', () => {
  it('of which a telegram is missing says so, and keeps what is there', () => {
    const joiner = new TelegramJoiner();
    joiner.join(three[0]);
    const last = joiner.join(three[2]);
    expect(codes(last)).toEqual(['transport/sequence-gap']);
    expect(last.records).toHaveLength(4);
  });

  it('that begins anew forgets what it had not completed, and says so', () => {
    const joiner = new TelegramJoiner();
    joiner.join(three[0]);
    joiner.join(three[1]);
    const again = { ...three[0], accessNumber: 252 };
    expect(codes(joiner.join(again))).toEqual([
      'transport/incomplete',
      'transport/sequence-restarted',
    ]);
    joiner.join({ ...three[1], accessNumber: 253 });
    const last = joiner.join({ ...three[2], accessNumber: 254 });
    expect(last.records).toHaveLength(6);
    expect(codes(last)).toEqual([]);
  });

  it('that nothing comes for is given up at the second tick, as far as it came', () => {
    const joiner = new TelegramJoiner();
    joiner.join(three[0]);
    expect(joiner.tick()).toEqual([]);
    joiner.join(three[1]);
    expect(joiner.tick()).toEqual([]);
    const [cutShort, ...others] = joiner.tick();
    expect(others).toEqual([]);
    expect(cutShort!.records).toHaveLength(4);
    expect(codes(cutShort!)).toContain('transport/sequence-gap');
    expect(joiner.size).toBe(0);
    // Its last telegram stands alone then.
    expect(joiner.join(three[2])).toBe(three[2]);
  });

  it('is one of as many as were asked for, and as long', () => {
    const joiner = new TelegramJoiner({ meters: 2, telegrams: 3 });
    for (const id of ['00000001', '00000002', '00000003'])
      joiner.join(cut([FIRST, ...energies(3)], [2], id, 'wired')[0] as Telegram);
    expect(joiner.size).toBe(2);
    expect(joiner.tick().map(({ meter }) => meter?.id)).toEqual(['00000001']);
    const endless = cut([FIRST, ...energies(9)], [2, 2, 2, 2], '00000009', 'wired');
    const results = endless.slice(0, 3).map((one) => joiner.join(one));
    expect(results.map(({ records }) => records.length)).toEqual([0, 0, 6]);
    expect(codes(results[2]!)).toContain('transport/sequence-gap');
    expect(joiner.end().length).toBe(2);
    expect(() => new TelegramJoiner({ meters: 0 })).toThrow('sequence/options');
  });

  it('is not touched by what is no answer, or damaged', () => {
    const joiner = new TelegramJoiner();
    joiner.join(three[0]);
    const request = decoder.decode(encoded({ link: { kind: 'wired-short', address: 1 } }));
    const damaged = {
      ...three[1],
      issues: [{ ...three[0].issues[0]!, code: 'link/checksum', severity: 'error', layer: 'link' }],
    } as Telegram;
    for (const other of [request, decoder.decode(Uint8Array.of(0xe5)), damaged])
      expect(joiner.join(other)).toBe(other);
    joiner.join(three[1]);
    expect(joiner.join(three[2]).records).toHaveLength(6);
  });

  it('comes from the encoder as from a meter, and keeps manufacturer data in its place', () => {
    const joiner = new TelegramJoiner();
    const result = encodeAll({
      link: { kind: 'wired-long' },
      meter: { manufacturer: 'ELS', id: '12345678', medium: 'heat' },
      records: energies(4),
      split: 10,
    });
    const telegrams = result.ok ? result.telegrams : [];
    const lengths = telegrams.map((bytes) => joiner.join(decoder.decode(bytes)).records.length);
    expect(lengths.at(-1)).toBe(4);
    const tail = (data: string, access: number): Telegram =>
      decoder.decode(
        encoded({
          link: { kind: 'wired-long' },
          meter: { manufacturer: 'ELS', id: '12345678', medium: 'heat' },
          transport: { accessNumber: access },
          body: data,
        }),
      );
    joiner.join(tail('04060a0000001fcafe', 1));
    const { records } = joiner.join(tail('04130b0000000fbabe', 2));
    expect(records.map(({ raw, vendor }) => [raw, vendor ?? false])).toEqual([
      ['0a000000', false],
      ['cafe', true],
      ['0b000000', false],
      ['babe', true],
    ]);
  });
});
