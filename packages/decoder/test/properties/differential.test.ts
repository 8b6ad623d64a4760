import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encode, encoded } from '../../src/encode.ts';
import { bareFrame, formatA, wiredFrame } from '../../src/encode/frame.ts';
import type { DataRecord, Telegram } from '../../src/index.ts';
import { telegram } from './built.ts';
import { record } from './built-record.ts';
import { BUILDS, REFERENCE } from './decoders.ts';

/**
 * What both have to agree on: everything but the words of an issue, where exactly it is put, and the order of two about
 * one record. Of a float the digits count, not how many zeros stand behind the point.
 */
function agreed({ issues, records, ...rest }: Telegram): unknown {
  return {
    ...rest,
    // OBIS codes follow from the rest; core/obis.test.ts has them.
    records: records.map(({ obis: _, ...one }) =>
      isFloat(one as DataRecord) ? { ...one, value: withoutZeros(one.value) } : one,
    ),
    issues: issues.map(({ code, severity, layer }) => `${code} ${severity} ${layer}`).toSorted(),
  };
}

function isFloat({ dib, raw }: DataRecord): boolean {
  const field = Number.parseInt(dib.slice(1, 2), 16);
  return field === 5 || (field === 13 && raw.startsWith('f8'));
}

function withoutZeros(value: string | null): string | null {
  return value?.includes('.') === true ? value.replace(/\.?0+$/, '') : value;
}

/** Bytes put in, taken out or changed. */
const faults = fc.array(
  fc.tuple(fc.nat(), fc.nat(255), fc.constantFrom('change', 'insert', 'remove')),
  {
    minLength: 1,
    maxLength: 4,
  },
);

function damaged(
  good: Uint8Array,
  places: readonly (readonly [number, number, string])[],
): Uint8Array {
  const bytes = [...good];
  for (const [place, value, how] of places) {
    const at = place % (bytes.length + 1);
    if (how === 'change' && at < bytes.length) bytes[at] = value;
    if (how === 'insert') bytes.splice(at, 0, value);
    if (how === 'remove') bytes.splice(at, 1);
  }
  return Uint8Array.from(bytes);
}

const damagedRecords = fc
  .tuple(fc.array(record, { minLength: 1, maxLength: 3 }), faults)
  .map(([built, places]) =>
    damaged(
      encoded({ link: { kind: 'none' }, records: built.map((one) => one.record) }).subarray(1),
      places,
    ),
  );

/** A telegram whose layers inside the link layer were damaged and then framed anew, with right CRCs or checksum. */
const damagedInside = fc
  .tuple(telegram('all'), faults)
  .map(([{ description, options }, places]) => {
    const wired = description.link?.kind !== 'wireless';
    const result = encode(wired ? description : { ...description, link: { kind: 'wireless' } });
    if (!result.ok) return null;
    const inner = damaged(wired ? result.bytes.subarray(6, -2) : result.bytes.subarray(10), places);
    if (inner.length < 2 || inner.length > 230) return null;
    const bytes = wired
      ? wiredFrame({ kind: 'wired-long' }, inner)
      : formatA(bareFrame(0x44, result.bytes.subarray(2, 10), inner));
    return { bytes, options };
  })
  .filter((framed) => framed !== null);

/** Only records and issues about records: what the layers before them make of nonsense is each decoder's own choice. */
function cameToRecords(telegrams: readonly Telegram[]): boolean {
  const [first, second] = telegrams.map(({ security, link, issues }) =>
    issues.every(({ layer }) => layer === 'records') ? JSON.stringify([security, link]) : null,
  );
  return first !== null && first === second;
}

describe.skipIf(BUILDS.length === 0)('the core says what the reference says', () => {
  describe.each(BUILDS.map((build) => [build.name, build] as const))('%s', (_, build) => {
    it('of telegrams that were built', () => {
      fc.assert(
        fc.property(telegram('all'), ({ description, options }) => {
          const result = encode(description);
          fc.pre(result.ok);
          const { bytes } = result;
          expect(agreed(build.decode(bytes, options))).toEqual(
            agreed(REFERENCE.decode(bytes, options)),
          );
        }),
        { numRuns: 200 },
      );
    });

    it('of records that were built and then damaged', () => {
      fc.assert(
        fc.property(damagedRecords, (bytes) => {
          const options = { layer: 'records' } as const;
          expect(agreed(build.decode(bytes, options))).toEqual(
            agreed(REFERENCE.decode(bytes, options)),
          );
        }),
        { numRuns: 1000 },
      );
    });

    it('of telegrams that were damaged inside, where both come to records', () => {
      let compared = 0;
      fc.assert(
        fc.property(damagedInside, ({ bytes, options }) => {
          const pair = [build.decode(bytes, options), REFERENCE.decode(bytes, options)] as const;
          if (!cameToRecords(pair)) return;
          compared++;
          expect(agreed(pair[0])).toEqual(agreed(pair[1]));
        }),
        { numRuns: 800 },
      );
      expect(compared).toBeGreaterThan(100);
    });

    it('of fixed data structures', () => {
      fc.assert(
        fc.property(
          fc.constantFrom(0x73, 0x77),
          fc.uint8Array({ minLength: 16, maxLength: 16 }),
          (ci, body) => {
            const bytes = wiredFrame({ kind: 'wired-long' }, Uint8Array.of(ci, ...body));
            expect(agreed(build.decode(bytes))).toEqual(agreed(REFERENCE.decode(bytes)));
          },
        ),
        { numRuns: 1000 },
      );
    });

    it('of bytes of no meaning, read as records', () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
          const options = { layer: 'records' } as const;
          expect(agreed(build.decode(bytes, options))).toEqual(
            agreed(REFERENCE.decode(bytes, options)),
          );
        }),
        { numRuns: 1000 },
      );
    });
  });
});
