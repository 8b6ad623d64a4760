import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encode, encoded } from '../../src/encode.ts';
import { type BuiltTelegram, telegram } from './built.ts';
import { record } from './built-record.ts';
import { SUBJECTS, type Subject } from './decoders.ts';

function runs({ fast }: Subject): number {
  return fast ? 300 : 100;
}

describe.each(SUBJECTS.map((subject) => [subject.name, subject] as const))('%s', (_, subject) => {
  it('decodes a record back to the values that it was built from', () => {
    fc.assert(
      fc.property(record, ({ record: built, expected }) => {
        const description = { link: { kind: 'none' }, records: [built] } as const;
        // The CI field before bare records.
        const bytes = encoded(description).subarray(1);
        const { records, issues } = subject.decode(bytes, { layer: 'records' });
        expect(records).toMatchObject([expected]);
        expect(issues).toEqual([]);
      }),
      { numRuns: 3 * runs(subject) },
    );
  });

  it('decodes a telegram back to the meter and the values that it was built from', () => {
    fc.assert(
      fc.property(telegram('all'), (built) => {
        expectBack(subject, built);
      }),
      { numRuns: runs(subject) },
    );
  });

  it('decodes the same content alike in format A, in format B, and without CRCs', () => {
    fc.assert(
      fc.property(telegram('all'), ({ description, options }) => {
        fc.pre(description.link?.kind === 'wireless');
        const [a, b, bare] = (['A', 'B', null] as const).map((format) => {
          const result = encode({ ...description, link: { kind: 'wireless', format } });
          return result.ok ? subject.decode(result.bytes, options) : null;
        });
        fc.pre(a !== null && b !== null);
        const content = ({ meter, security, status, records }: NonNullable<typeof a>): unknown => ({
          meter,
          security,
          status,
          records: records.map(({ offset: _offset, ...rest }) => rest),
        });
        expect(content(a!)).toEqual(content(bare!));
        expect(content(b!)).toEqual(content(bare!));
        expect([a!.link.crc, b!.link.crc, bare!.link.crc]).toEqual(['ok', 'ok', 'removed']);
        expect([a!.link.format, b!.link.format, bare!.link.format]).toEqual(['A', 'B', null]);
      }),
      { numRuns: runs(subject) },
    );
  });
});

function expectBack(subject: Subject, { description, options, expected }: BuiltTelegram): void {
  const result = encode(description);
  // Arbitrary records may be more than a frame or fifteen blocks hold: said so, and nothing to decode.
  if (!result.ok) {
    expect(result.issue.code).toBe('encode/too-long');
    return;
  }
  const decoded = subject.decode(result.bytes, options);
  expect(decoded.issues.filter(({ severity }) => severity !== 'info')).toEqual([]);
  const { manufacturer, id, version, mediumCode } = description.meter!;
  expect(decoded.meter).toMatchObject({ manufacturer, id, version, mediumCode });
  expect(decoded.records).toMatchObject([...expected]);
  const { mode } = description.transport?.security ?? { mode: 0 };
  if (mode !== 0)
    expect(decoded.security).toMatchObject({ mode, layer: 'tpl', state: 'decrypted' });
  if (description.afl !== undefined) expect(decoded.security.mac).toBe('ok');
}
