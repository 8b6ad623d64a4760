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

/** Whether some limit holds an interval whole. */
const inside = ({ span: { start, end } }: Limit, from: number, to: number): boolean =>
  (start === null || start <= from) && (end === null || to <= end);

/** Limits that rows of this detail may pass; a plain permit is one without bounds. */
const passing = (
  { outcome, limits }: Decision,
  detail: Detail,
  deidentified: boolean,
): readonly Limit[] =>
  outcome === 'permit'
    ? [{ finest: 'raw', span: { start: null, end: null } }]
    : limits.filter(
        (limit) =>
          rank(limit.finest) <= rank(detail) && (limit.deidentified !== true || deidentified),
      );

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
  const result: Partial<R>[] = [];
  for (const row of rows) {
    const fitting = limits.filter((limit) => inside(limit, view.start(row), view.end(row)));
    if (fitting.length === 0) continue;
    if (fitting.some(({ fields }) => fields === undefined)) {
      result.push(row);
      continue;
    }
    const shown: Partial<R> = {};
    for (const name of Object.keys(row) as (keyof R & string)[]) {
      const term = view.fields?.[name];
      if (term !== undefined && fitting.some(({ fields }) => fields!.includes(term)))
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
  const whole = passing(decision, detail, deidentified).filter(
    ({ fields }) => fields === undefined,
  );
  const mask = new Uint8Array(starts.length);
  for (let i = 0; i < mask.length; i++)
    mask[i] = Number(whole.some((limit) => inside(limit, starts[i]!, ends[i]!)));
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
  if (decision.outcome === 'permit') return { series, withheld: 0 };
  let shown = series;
  let limits = passing(decision, series.resolution, false);
  const [coarser] = passing(decision, 'P1Y', false)
    .map(({ finest }) => finest)
    .sort((a, b) => rank(a) - rank(b));
  if (limits.length === 0 && coarser !== undefined) {
    if (coarsen === undefined)
      return { series: null, withheld: series.points.length, coarsenTo: coarser };
    shown = coarsen(series, coarser as Resolution);
    limits = passing(decision, shown.resolution, false);
  }
  const points = shown.points.filter(({ start, end }) =>
    limits.some((limit) => inside(limit, Date.parse(start), Date.parse(end))),
  );
  return {
    series: points.length === 0 ? null : { ...shown, points },
    withheld: shown.points.length - points.length,
  };
}
