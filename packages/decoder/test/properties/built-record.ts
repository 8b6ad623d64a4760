// Arbitrary records: a description, and what a decoder has to say of it.

import fc from 'fast-check';
import type { DataRecord, RecordFunction } from '../../src/index.ts';
import type { Coding, MeaningRecord } from '../../src/encode.ts';
import { VIF_ROWS, type VifRow } from '../../src/tables/vif.ts';
import { VIFE_ROWS } from '../../src/tables/vife.ts';

/** A record to build, and the fields that come back. */
export interface BuiltRecord {
  readonly record: MeaningRecord;
  readonly expected: Partial<DataRecord>;
}

/** An exact decimal, by moving the point in the text of an integer. */
export function moved(digits: string, exponent: number): string {
  const negative = digits.startsWith('-');
  const magnitude = negative ? digits.slice(1) : digits;
  const sign = negative ? '-' : '';
  if (exponent >= 0) return magnitude === '0' ? '0' : `${sign}${magnitude}${'0'.repeat(exponent)}`;
  const padded = magnitude.padStart(1 - exponent, '0');
  return `${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`;
}

const INTEGERS: readonly [Coding, number][] = [
  ['int8', 8],
  ['int16', 16],
  ['int24', 24],
  ['int32', 32],
  ['int48', 48],
  ['int64', 64],
];
const DIGITS: readonly [Coding, number][] = [
  ['bcd2', 2],
  ['bcd4', 4],
  ['bcd6', 6],
  ['bcd8', 8],
  ['bcd12', 12],
];

interface Sent {
  readonly coding: Coding;
  readonly value: bigint;
  readonly length?: number;
}

/** An integer that a coding can hold, not one that means "no value". */
function integer(unsigned: boolean): fc.Arbitrary<Sent> {
  const binary: fc.Arbitrary<Sent> = fc.constantFrom(...INTEGERS).chain(([coding, bits]) => {
    const n = BigInt(bits);
    return fc
      .bigInt({
        min: unsigned ? 0n : -(2n ** (n - 1n)) + 1n,
        max: unsigned ? 2n ** n - 2n : 2n ** (n - 1n) - 1n,
      })
      .map((value) => ({ coding, value }));
  });
  const decimal: fc.Arbitrary<Sent> = fc.constantFrom(...DIGITS).chain(([coding, digits]) => {
    const n = BigInt(digits);
    const min = unsigned ? 0n : -(10n ** (n - 1n)) + 1n;
    return fc.bigInt({ min, max: 10n ** n - 1n }).map((value) => ({ coding, value }));
  });
  const variable: fc.Arbitrary<Sent> = fc
    .tuple(fc.integer({ min: 1, max: 8 }), fc.boolean())
    .chain(([length, bcd]): fc.Arbitrary<Sent> => {
      const n = BigInt(length);
      return bcd
        ? fc
            .bigInt({ min: unsigned ? 0n : -(100n ** n) + 1n, max: 100n ** n - 1n })
            .map((value) => ({ coding: 'lvar-bcd' as const, value, length }))
        : fc
            .bigInt({
              min: unsigned ? 0n : -(2n ** (8n * n - 1n)) + 1n,
              max: 2n ** (8n * n - 1n) - 1n,
            })
            .map((value) => ({ coding: 'lvar-int' as const, value, length }));
    });
  return fc.oneof({ weight: 4, arbitrary: binary }, { weight: 4, arbitrary: decimal }, variable);
}

const NUMERIC = VIF_ROWS.filter(
  (row) =>
    (row.type === 'number' || row.type === 'unsigned' || row.type === 'bits') &&
    row.binaryFraction === undefined &&
    !/^(any|manufacturer_specific)$/.test(row.quantity),
);

const QUALIFIERS = VIFE_ROWS.filter(
  ({ effect, name }) => effect === 'qualify' && !/^(no_error|non_metric)/.test(name),
).map(({ name }) => name);

const about = fc.record({
  function: fc.constantFrom<RecordFunction>('instantaneous', 'maximum', 'minimum', 'error'),
  storage: fc.oneof(fc.constant(0), fc.nat(40), fc.nat(2 ** 41 - 1)),
  tariff: fc.oneof(fc.constant(0), fc.nat(2 ** 20 - 1)),
  subunit: fc.oneof(fc.constant(0), fc.nat(2 ** 10 - 1)),
  modifiers: fc.oneof(
    { weight: 3, arbitrary: fc.constant<string[]>([]) },
    fc.array(fc.constantFrom(...QUALIFIERS), { minLength: 1, maxLength: 3 }),
  ),
});

const number: fc.Arbitrary<BuiltRecord> = fc
  .tuple(fc.constantFrom<VifRow>(...NUMERIC), fc.nat(), about)
  .chain(([row, choice, blocks]) => {
    const i = choice % row.span;
    const unit = typeof row.unit === 'string' ? row.unit : row.unit[i]!;
    const exponent = typeof row.unit === 'string' ? row.scale + i : row.scale;
    return integer(row.type !== 'number').map(({ coding, value, length }) => {
      const text = moved(value.toString(), exponent);
      const said = { quantity: row.quantity, unit, value: text, ...blocks };
      return {
        record: { ...said, coding, exponent, ...(length === undefined ? {} : { length }) },
        expected: { ...said, kind: 'number' as const },
      };
    });
  });

const two = (n: number): string => String(n).padStart(2, '0');

const civil: fc.Arbitrary<BuiltRecord> = fc
  .tuple(
    fc.date({
      min: new Date('2000-01-01T00:00:00Z'),
      max: new Date('2080-12-31T23:59:59Z'),
      noInvalidDate: true,
    }),
    fc.constantFrom<Coding>('date', 'datetime', 'datetime-seconds', 'time'),
    about,
  )
  .map(([date, coding, blocks]) => {
    const iso = date.toISOString();
    const value = {
      date: iso.slice(0, 10),
      datetime: iso.slice(0, 16),
      'datetime-seconds': iso.slice(0, 19),
      time: `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`,
    }[coding as 'date'];
    const quantity = coding === 'date' ? 'date' : 'datetime';
    const kind = coding === 'datetime-seconds' ? 'datetime' : (coding as 'date');
    const said = { quantity, value, ...blocks, modifiers: [] };
    return { record: { ...said, coding }, expected: { ...said, unit: '', kind } };
  });

const text: fc.Arbitrary<BuiltRecord> = fc
  .tuple(
    fc.constantFrom('fabrication_number', 'customer_location', 'customer'),
    fc.oneof(
      fc
        .tuple(fc.stringMatching(/^[0-9]{8}$/), fc.constantFrom<Coding>('bcd8', 'lvar-bcd'))
        .map(([digits, coding]) => ({ value: digits, coding })),
      fc
        // 191 characters are the most that a length byte of text counts.
        .oneof(
          { weight: 9, arbitrary: fc.stringMatching(/^[ -~]{1,20}$/) },
          { weight: 1, arbitrary: fc.stringMatching(/^[ -~]{191}$/) },
        )
        .map((letters) => ({ value: letters, coding: 'text' as Coding })),
    ),
    about,
  )
  .map(([quantity, { value, coding }, blocks]) => {
    const said = { quantity, value, ...blocks, modifiers: [] };
    // Leading zeros are digits too.
    const record = { ...said, coding, ...(coding === 'lvar-bcd' ? { length: 4 } : {}) };
    return { record, expected: { ...said, unit: '', kind: 'text' } };
  });

export const record: fc.Arbitrary<BuiltRecord> = fc.oneof(
  { weight: 5, arbitrary: number },
  { weight: 1, arbitrary: civil },
  { weight: 1, arbitrary: text },
);
