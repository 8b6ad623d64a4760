import type { Detail, Decision, Limit, Term } from './types/index.ts';
import type { Resolution, TimeSeries } from '@metergram/model';
import { rank } from './lattice.ts';

/** What a filter needs to read of a row. */
export interface RowView<R> {
  /** Start and end (exclusive) of the row's interval, epoch milliseconds; the same twice for a point in time. */
  readonly start: (row: R) => number;
  readonly end: (row: R) => number;
  /** How fine the rows are; default `raw`. */
  readonly detail?: Detail;
  /** Field term of each property; a property that is not listed is withheld where fields are limited. */
  readonly fields?: Readonly<Record<string, Term>>;
  readonly deidentified?: boolean;
}

/** A filtered series, and how much was held back. */
export interface FilteredSeries {
  /** Null where nothing may be shown. */
  readonly series: TimeSeries | null;
  readonly withheld: number;
  /** Set where the series was too fine and nobody coarsened it: what it may be shown at. */
  readonly coarsenTo?: Detail;
}

/** Makes a series coarser, by the calculation package or the host's own sums. */
export type Coarsen = (series: TimeSeries, to: Resolution) => TimeSeries;

const inside = (limit: Limit, start: number, end: number): boolean => {
  const { start: from, end: to } = limit.span;
  return (from === null || from <= start) && (to === null || end <= to);
};

/** Limits that rows of this detail may pass; a plain permit passes everything. */
function passing(
  decision: Decision,
  detail: Detail,
  deidentified: boolean,
): readonly Limit[] | 'all' | 'none' {
  if (decision.outcome === 'permit') return 'all';
  if (decision.outcome === 'deny') return 'none';
  const fine = rank(detail);
  const found = decision.limits.filter(
    (limit) => rank(limit.finest) <= fine && (limit.deidentified !== true || deidentified),
  );
  return found.length === 0 ? 'none' : found;
}

/**
 * Rows that a decision lets through, in their order; properties outside the permitted fields are left out (a copy), rows
 * that are not wholly within a permitted period are dropped. Rows finer than permitted are all dropped: coarsen first.
 */
export function filterRows<R extends object>(
  decision: Decision,
  rows: Iterable<R>,
  view: RowView<R>,
): Partial<R>[] {
  const limits = passing(decision, view.detail ?? 'raw', view.deidentified === true);
  if (limits === 'none') return [];
  if (limits === 'all') return [...rows];
  const result: Partial<R>[] = [];
  for (const row of rows) {
    const start = view.start(row);
    const end = view.end(row);
    const fitting = limits.filter((limit) => inside(limit, start, end));
    if (fitting.length === 0) continue;
    if (fitting.some((limit) => limit.fields === undefined)) {
      result.push(row);
      continue;
    }
    const shown: Partial<R> = {};
    for (const name of Object.keys(row) as (keyof R & string)[]) {
      const term = view.fields?.[name];
      if (term !== undefined && fitting.some((limit) => limit.fields!.includes(term)))
        shown[name] = row[name];
    }
    result.push(shown);
  }
  return result;
}

/**
 * One byte for each row of a batch in columns: 1 where the decision lets it through. `starts` and `ends` are epoch
 * milliseconds and stay the caller's. A decision that limits fields or asks for de-identified rows lets nothing through
 * here unless `deidentified` says that they are.
 */
export function filterColumns(
  decision: Decision,
  starts: ArrayLike<number>,
  ends: ArrayLike<number>,
  detail: Detail,
  deidentified = false,
): Uint8Array {
  const mask = new Uint8Array(starts.length);
  const limits = passing(decision, detail, deidentified);
  if (limits === 'none') return mask;
  if (limits === 'all') return mask.fill(1);
  const whole = limits.filter((limit) => limit.fields === undefined);
  for (let i = 0; i < mask.length; i++)
    if (whole.some((limit) => inside(limit, starts[i]!, ends[i]!))) mask[i] = 1;
  return mask;
}

/**
 * A series as a decision lets it be seen: points outside the permitted periods left out, made coarser where the decision
 * permits no finer and `coarsen` is given. A point that lies across the edge of a period is withheld whole.
 */
export function filterSeries(
  decision: Decision,
  series: TimeSeries,
  coarsen?: Coarsen,
): FilteredSeries {
  let shown = series;
  let limits = passing(decision, series.resolution, false);
  if (limits === 'none' && decision.outcome === 'permit-with') {
    const open = decision.limits.filter((limit) => limit.deidentified !== true);
    const finest = Math.min(...open.map((limit) => rank(limit.finest)));
    const to = open.find((limit) => rank(limit.finest) === finest)?.finest;
    if (to !== undefined && finest > rank(series.resolution)) {
      if (coarsen === undefined)
        return { series: null, withheld: series.points.length, coarsenTo: to };
      shown = coarsen(series, to as Resolution);
      limits = passing(decision, shown.resolution, false);
    }
  }
  if (limits === 'none') return { series: null, withheld: series.points.length };
  if (limits === 'all') return { series: shown, withheld: 0 };
  const allowed = limits;
  const points = shown.points.filter((point) => {
    const start = Date.parse(point.start);
    const end = Date.parse(point.end);
    return allowed.some((limit) => inside(limit, start, end));
  });
  return {
    series: points.length === 0 ? null : { ...shown, points },
    withheld: shown.points.length - points.length,
  };
}
