import fc from 'fast-check';
import type { TimeSeries } from '@metergram/model';
import { describe, expect, it } from 'vitest';
import {
  compile,
  type Decision,
  type Detail,
  filterColumns,
  filterRows,
  filterSeries,
  type Limit,
} from '../src/index.ts';
import { ask, consent, grantFact, house, tenancy } from './house.ts';

const HOUR = 3_600_000;
const DETAILS = ['raw', 'PT15M', 'PT1H', 'P1D', 'P1M'] as const;
const detail = fc.constantFrom(...DETAILS);
const edge = fc.option(fc.integer({ min: 0, max: 20 }).map((hours) => hours * HOUR));
const limit: fc.Arbitrary<Limit> = fc.record(
  {
    finest: detail,
    span: fc.record({ start: edge, end: edge }),
    fields: fc.subarray(['value', 'name', 'address']),
    deidentified: fc.boolean(),
  },
  { requiredKeys: ['finest', 'span'] },
);
const decision = fc
  .record({
    outcome: fc.constantFrom('permit' as const, 'permit-with' as const, 'deny' as const),
    limits: fc.array(limit, { minLength: 1, maxLength: 3 }),
    asked: limit.map(({ finest, ...rest }) => ({ detail: finest, ...rest })),
    all: fc.boolean(),
  })
  .map(({ outcome, limits, asked, all }) => ({
    outcome,
    limits: outcome === 'permit-with' ? limits : [],
    question: all ? {} : asked,
  }))
  .map((parts) => parts as object as Decision);

interface Row {
  readonly from: number;
  readonly to: number;
  readonly name: string;
  readonly secret: string;
}
const rows: fc.Arbitrary<Row[]> = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 3 }))
    .map(([at, hours]) => ({ from: at * HOUR, to: (at + hours) * HOUR, name: 'a', secret: 's' })),
  { maxLength: 8 },
);

/** What a plain permit is for: what was asked, and no more. */
const askedOf = ({ question: { detail: finest = 'raw', span, ...rest } }: Decision): Limit => ({
  ...rest,
  finest,
  span: span ?? { start: null, end: null },
});

/** Fields of a row of this detail that may be shown, from the words of the limits; null: all; undefined: not the row. */
function allowed(
  d: Decision,
  row: Row,
  as: Detail,
  unlinked: boolean,
): Set<string> | null | undefined {
  const limits = d.outcome === 'permit' ? [askedOf(d)] : d.limits;
  let shown: Set<string> | null | undefined;
  for (const { finest, span, fields, deidentified } of limits) {
    const fine = DETAILS.indexOf(finest as 'raw') <= DETAILS.indexOf(as as 'raw');
    const after = span.start === null || row.from >= span.start;
    const before = span.end === null || row.to <= span.end;
    if (!fine || !after || !before || (deidentified === true && !unlinked)) continue;
    shown = shown === null || fields === undefined ? null : new Set([...(shown ?? []), ...fields]);
  }
  return shown;
}

const seriesOf = (list: readonly Row[], resolution: Detail): TimeSeries =>
  ({
    resolution,
    points: list.map(({ from, to }) => ({
      start: new Date(from).toISOString(),
      end: new Date(to).toISOString(),
      value: '1',
    })),
  }) as unknown as TimeSeries;

describe('filters show what the limits say', () => {
  it('of rows, property by property', () => {
    fc.assert(
      fc.property(decision, rows, detail, fc.boolean(), (d, list, as, deidentified) => {
        const view = {
          start: (row: Row) => row.from,
          end: (row: Row) => row.to,
          detail: as,
          deidentified,
          fields: { name: 'name' },
        };
        const expected = list.flatMap((row): Partial<Row>[] => {
          const shown = allowed(d, row, as, deidentified);
          if (shown === undefined) return [];
          return [shown === null ? row : shown.has('name') ? { name: row.name } : {}];
        });
        expect(filterRows(d, list, view)).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('of columns, where whole rows may be shown', () => {
    fc.assert(
      fc.property(decision, rows, detail, fc.boolean(), (d, list, as, deidentified) => {
        const starts = Float64Array.from(list, (row) => row.from);
        const ends = Float64Array.from(list, (row) => row.to);
        // Of a plain permit the caller hands over the columns that it asked for.
        const plain = d.outcome === 'permit';
        const expected = list.map((row) => {
          const shown = allowed(d, row, as, deidentified);
          return Number(shown === null || (plain && shown !== undefined));
        });
        expect([...filterColumns(d, starts, ends, as, deidentified)]).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('of series: coarser where they must be, and points across an edge not at all', () => {
    const field = fc.constantFrom('value', undefined);
    fc.assert(
      fc.property(decision, rows, detail, fc.boolean(), field, (d, list, as, able, own) => {
        const asked: Detail[] = [];
        const coarsen = (series: TimeSeries, to: Detail): TimeSeries => {
          asked.push(to);
          return { ...series, resolution: to } as TimeSeries;
        };
        const series = seriesOf(list, as);
        const found = filterSeries(d, series, able ? coarsen : undefined, own);
        const plain = d.outcome === 'permit';
        const left = (plain ? [askedOf(d)] : d.limits).filter(
          (one) =>
            (plain || one.deidentified !== true) &&
            (one.fields === undefined || (own !== undefined && one.fields.includes(own))),
        );
        const finest = Math.min(...left.map((one) => DETAILS.indexOf(one.finest as 'raw')));
        const coarse = finest > DETAILS.indexOf(as);
        const to = coarse && finest < Infinity ? DETAILS[finest] : undefined;
        if (to !== undefined && !able) {
          expect(found).toEqual({ series: null, withheld: list.length, coarsenTo: to });
          return;
        }
        expect(asked).toEqual(to === undefined ? [] : [to]);
        const view: Decision = {
          ...d,
          outcome: 'permit-with',
          limits: left.map(({ fields: _, deidentified: _own, ...one }) => one),
        };
        const kept = list.filter((row) => allowed(view, row, to ?? as, false) === null);
        expect(found.withheld).toBe(list.length - kept.length);
        expect(found.series?.points ?? []).toEqual(seriesOf(kept, as).points);
      }),
      { numRuns: 1000 },
    );
  });

  it('of what was asked alone: a permit for days of January shows no hours, and nothing of March', () => {
    const facts = { 'resource.household': 'h', 'actor.household': 'h' };
    const january = { start: Date.UTC(2026, 0, 1), end: Date.UTC(2026, 1, 1) };
    const answer = compile(house).decide(ask({ detail: 'P1D', span: january, facts }));
    expect(answer.outcome).toBe('permit');
    const list = [0, 2].map((month) => ({
      from: Date.UTC(2026, month, 5),
      to: Date.UTC(2026, month, 6),
    }));
    const view = {
      start: (row: Pick<Row, 'from'>) => row.from,
      end: (row: Pick<Row, 'to'>) => row.to,
    };
    expect(filterRows(answer, list, { ...view, detail: 'P1D' })).toEqual([list[0]]);
    expect(filterRows(answer, list, { ...view, detail: 'PT1H' })).toEqual([]);
    expect(filterRows(answer, list, view)).toEqual([]);
  });

  it('of a television under a grant for days: no hours, and none of the tenant before', () => {
    const engine = compile(house);
    const facts = [
      tenancy('berit', '2020-01-01', '2026-02-01'),
      tenancy('anna', '2026-02-01'),
      grantFact(consent({ finest: 'P1D' })),
    ];
    const answer = engine.decide(
      ask({
        actor: { id: 'tv', roles: ['tv-provider'] },
        for: 'presentation',
        object: 'apt-1103',
        detail: 'PT1H',
        facts: {},
      }),
      engine.know(facts),
    );
    expect(answer.outcome).toBe('permit-with');
    const day = 24 * HOUR;
    const start = Date.UTC(2026, 0, 31);
    const days = [0, 1, 2].map((i) => ({ at: start + i * day }));
    const view = {
      start: (row: { at: number }) => row.at,
      end: (row: { at: number }) => row.at + day,
    };
    expect(filterRows(answer, days, { ...view, detail: 'PT1H' })).toEqual([]);
    expect(filterRows(answer, days, { ...view, detail: 'P1D' }).length).toBeGreaterThan(0);
    expect(filterRows(answer, days, { ...view, detail: 'P1D' })).not.toContainEqual(days[0]);
  });
});
