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

/** What a decision lets through: its limits; of a plain permit what was asked, and no more. */
function limitsOf({ outcome, limits, question }: Decision): readonly Partial<Limit>[] {
  if (outcome !== 'permit') return limits;
  const { detail: finest = 'raw', span, fields, deidentified } = question ?? {};
  return [{ finest, span, fields, deidentified } as Partial<Limit>];
}

/** Finds the limits that let an interval of this detail through whole. */
function fitter(
  limits: readonly Partial<Limit>[],
  detail: Detail,
  deidentified: boolean | undefined,
): (from: number, to: number) => readonly Partial<Limit>[] {
  const fine = limits.filter(
    (limit) => rank(limit.finest!) <= rank(detail) && (!limit.deidentified || deidentified),
  );
  return (from, to) =>
    fine.filter(({ span }) => (span?.start ?? -Infinity) <= from && to <= (span?.end ?? Infinity));
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
  const fits = fitter(limitsOf(decision), view.detail ?? 'raw', view.deidentified);
  const result: Partial<R>[] = [];
  for (const row of rows) {
    const fitting = fits(view.start(row), view.end(row));
    if (fitting.length === 0) continue;
    const whole = fitting.some((each) => each.fields === undefined);
    result.push(
      whole
        ? row
        : (Object.fromEntries(
            Object.entries(row).filter(([name]) =>
              fitting.some((each) => each.fields!.includes(view.fields?.[name] ?? '')),
            ),
          ) as Partial<R>),
    );
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
  const fits = fitter(limitsOf(decision), detail, deidentified);
  const whole = decision.outcome === 'permit';
  return Uint8Array.from(starts, (start, i) =>
    Number(fits(start, ends[i]!).some((each) => whole || each.fields === undefined)),
  );
}

/**
 * A series as a decision lets it be seen: points outside the permitted periods left out, made coarser where the decision
 * permits no finer and `coarsen` is given. A point that lies across the edge of a period is withheld whole. Where fields are
 * limited a series is one of them: `field` is its term, without which nothing of it is shown.
 */
export function filterSeries(
  decision: Decision,
  series: TimeSeries,
  coarsen?: Coarsen,
  field = '',
): FilteredSeries {
  const { resolution, points } = series;
  const plain = decision.outcome === 'permit';
  const limits = limitsOf(decision).filter(
    (each) => (plain || !each.deidentified) && (!each.fields || each.fields.includes(field)),
  );
  const [coarsenTo] = limits.map((each) => each.finest!).sort((a, b) => rank(a) - rank(b));
  let shown = series;
  if (coarsenTo !== undefined && rank(coarsenTo) > rank(resolution)) {
    if (coarsen === undefined) return { series: null, withheld: points.length, coarsenTo };
    shown = coarsen(series, coarsenTo as Resolution);
  }
  const fits = fitter(limits, shown.resolution, plain);
  const left = shown.points.filter(
    ({ start, end }) => fits(Date.parse(start), Date.parse(end)).length > 0,
  );
  return {
    series: left.length === 0 ? null : { ...shown, points: left },
    withheld: shown.points.length - left.length,
  };
}
