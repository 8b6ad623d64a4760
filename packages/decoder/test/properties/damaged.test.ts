import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Telegram } from '../../src/index.ts';
import { encode, encoded } from '../../src/encode.ts';
import { hex } from '../../src/encode/octets.ts';
import { telegram } from './built.ts';
import { record } from './built-record.ts';
import { SUBJECTS } from './decoders.ts';

/** Where a record without CRCs and encryption says that it stands, its bytes stand. */
function expectInside(bytes: Uint8Array, { records }: Telegram): void {
  const text = hex(bytes);
  for (const { offset, dib, vib, raw, origin } of records) {
    expect(offset).toBeLessThan(bytes.length);
    if (origin !== undefined) continue;
    const head = text.slice(2 * offset);
    expect(head.startsWith(dib + vib)).toBe(true);
    const behind = head.slice(dib.length + vib.length);
    // An LVAR byte may stand between.
    expect(behind.startsWith(raw) || behind.slice(2).startsWith(raw)).toBe(true);
  }
}

describe.each(SUBJECTS.map((subject) => [subject.name, subject] as const))('%s', (_, subject) => {
  const numRuns = subject.fast ? 300 : 100;

  it('never throws and never reads outside, wherever a telegram is cut', () => {
    fc.assert(
      fc.property(telegram('core'), ({ description }) => {
        const plain = {
          ...description,
          transport: { ...description.transport, security: { mode: 0 as const } },
        };
        const link =
          description.link?.kind === 'wireless' ? { kind: 'wireless' as const } : description.link;
        const result = encode({ ...plain, ...(link === undefined ? {} : { link }) });
        fc.pre(result.ok);
        // From long to short: what was read before still lies in memory behind the cut.
        for (let length = result.bytes.length - 1; length >= 0; length--) {
          const cut = result.bytes.subarray(0, length);
          const decoded = subject.decode(cut);
          expectInside(cut, decoded);
          // A cut telegram is never taken for a whole one.
          expect(decoded.issues.some(({ severity }) => severity === 'error')).toBe(true);
        }
      }),
      { numRuns: Math.ceil(numRuns / 5) },
    );
  });

  it('gives nothing but what was sent, wherever a telegram with CRCs or encryption is cut', () => {
    fc.assert(
      fc.property(telegram('core'), ({ description, key, expected }) => {
        const result = encode(description);
        fc.pre(result.ok);
        const { link } = description;
        const ambiguous =
          link?.kind === 'wireless' && link.format === 'A' ? result.bytes[0]! + 1 : 0;
        for (let length = result.bytes.length - 1; length > 0; length--) {
          // Format A cut before its second CRC to the length that it has without any: nobody can tell.
          if (length === ambiguous && length < 30) continue;
          const decoded = subject.decode(result.bytes.subarray(0, length), { key });
          // Bytes kept as they stand are no values.
          const records = decoded.records.filter(({ quantity }) => quantity !== 'application_data');
          expect(records).toMatchObject(expected.slice(0, records.length));
        }
      }),
      { numRuns: Math.ceil(numRuns / 5) },
    );
  });

  it('keeps the records before the cut, and only those, of bare records', () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 3 }), (built) => {
        const lengths = built.map(
          (one) => encoded({ link: { kind: 'none' }, records: [one.record] }).length - 1,
        );
        const bytes = encoded({ link: { kind: 'none' }, records: built.map((one) => one.record) });
        for (let length = bytes.length - 1; length > 0; length--) {
          const decoded = subject.decode(bytes.subarray(1, length), { layer: 'records' });
          let whole = 0;
          for (let at = 1; whole < built.length && at + lengths[whole]! <= length; whole++) {
            at += lengths[whole]!;
          }
          expect(decoded.records).toMatchObject(built.slice(0, whole).map((one) => one.expected));
        }
      }),
      { numRuns: Math.ceil(numRuns / 5) },
    );
  });

  it('never throws, whichever bit is wrong; and tells a wrong CRC or checksum', () => {
    fc.assert(
      fc.property(telegram('all'), fc.nat(), ({ description, options }, place) => {
        const result = encode(description);
        fc.pre(result.ok);
        const wrong = result.bytes.slice();
        const bit = place % (8 * wrong.length);
        wrong[bit >> 3]! ^= 1 << (bit & 7);
        const decoded = subject.decode(wrong, options);
        for (const { offset } of decoded.records) expect(offset).toBeLessThan(wrong.length);
        // A wrong length makes another frame of it; a frame of format B with a wrong CRC is one whose CRCs were removed.
        const lengthBytes = description.link?.kind === 'wireless' ? 1 : 4;
        const checked = description.link?.kind !== 'wireless' || description.link.format === 'A';
        if (checked && bit >= 8 * lengthBytes) {
          expect(decoded.issues.some(({ severity }) => severity === 'error')).toBe(true);
        }
      }),
      { numRuns: 2 * numRuns },
    );
  });

  it('never throws on bytes of no meaning', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, bare) => {
        const decoded = bare ? subject.decode(bytes, { layer: 'records' }) : subject.decode(bytes);
        expect(decoded.schema).toBe('metergram.telegram/1');
        if (bare) expectInside(bytes, decoded);
      }),
      { numRuns: 3 * numRuns },
    );
  });
});
