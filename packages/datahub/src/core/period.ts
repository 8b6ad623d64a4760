import type { Resolution } from '@metergram/model';
import { addDays, addMonths, daysBetween, type LocalDate } from './zone.ts';

/** Civil days of a hub's zone, half-open: `to` is not inside. */
export interface Period {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/**
 * Cuts a period into parts of at most `maxDays`, in order, without gap or overlap. For months and years the cuts are on the
 * first of a month or year wherever `maxDays` allows, so that no sum is torn in two.
 *
 * An empty or backward period has no parts. Throws RangeError unless `maxDays` is a positive whole number.
 */
export function splitPeriod(
  period: Period,
  maxDays: number,
  resolution: Resolution = 'P1D',
): Period[] {
  if (!Number.isSafeInteger(maxDays) || maxDays < 1)
    throw new RangeError('maxDays must be 1 or more');
  const parts: Period[] = [];
  let from = period.from;
  while (daysBetween(from, period.to) > 0) {
    let to = addDays(from, maxDays);
    if (daysBetween(to, period.to) <= 0) to = period.to;
    else to = boundaryBefore(to, from, resolution);
    parts.push({ from, to });
    from = to;
  }
  return parts;
}

/**
 * Two halves, the first not the shorter; on a boundary of `resolution` where there is one inside. Null when the period is
 * a single interval of the resolution, or would give parts under `minDays`.
 */
export function halvePeriod(
  period: Period,
  resolution: Resolution = 'P1D',
  minDays = 1,
): readonly [Period, Period] | null {
  const days = daysBetween(period.from, period.to);
  if (days < 2 * minDays) return null;
  let middle = addDays(period.from, Math.ceil(days / 2));
  if (resolution === 'P1M' || resolution === 'P1Y') {
    const before = boundaryAtOrBefore(middle, resolution);
    const after = addMonths(before, resolution === 'P1M' ? 1 : 12);
    if (daysBetween(period.from, before) > 0) middle = before;
    else if (daysBetween(after, period.to) > 0) middle = after;
    else return null;
  }
  return [
    { from: period.from, to: middle },
    { from: middle, to: period.to },
  ];
}

/** Joins parts that touch or overlap; the result is in order. */
export function mergePeriods(parts: readonly Period[]): Period[] {
  const merged: Period[] = [];
  for (const part of parts.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = merged.at(-1);
    if (last !== undefined && part.from <= last.to)
      merged[merged.length - 1] = { from: last.from, to: part.to > last.to ? part.to : last.to };
    else merged.push(part);
  }
  return merged;
}

/** Lists of at most `size`, in order. Throws RangeError unless `size` is a positive whole number. */
export function bundles<T>(items: readonly T[], size: number): T[][] {
  if (!Number.isSafeInteger(size) || size < 1) throw new RangeError('size must be 1 or more');
  const out: T[][] = [];
  for (let at = 0; at < items.length; at += size) out.push(items.slice(at, at + size));
  return out;
}

function boundaryAtOrBefore(date: LocalDate, resolution: Resolution): LocalDate {
  if (resolution === 'P1M') return `${date.slice(0, 8)}01`;
  return resolution === 'P1Y' ? `${date.slice(0, 5)}01-01` : date;
}

function boundaryBefore(date: LocalDate, from: LocalDate, resolution: Resolution): LocalDate {
  const boundary = boundaryAtOrBefore(date, resolution);
  return daysBetween(from, boundary) > 0 ? boundary : date;
}
