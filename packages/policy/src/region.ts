import type { Limit } from './types/decision.ts';
import type { Term } from './types/term.ts';
import { DETAILS } from './lattice.ts';

/** One rectangle of what may be had: no finer than `finest` (rank), within `from` to `to`, these fields. */
export interface Box {
  readonly finest: number;
  readonly from: number;
  readonly to: number;
  readonly fields: readonly Term[] | null;
  readonly deidentified: boolean;
}

/** What may be had, as a union of boxes. */
export type Region = readonly Box[];

/** A box; what is left out is everything. */
export const box = (
  finest: number = 0,
  from: number = -Infinity,
  to: number = Infinity,
  fields: readonly Term[] | null = null,
  deidentified: boolean = false,
): Box => ({ finest, from, to, fields, deidentified });

/** True everywhere. */
export const FULL: Region = [box()];
/** False everywhere. */
export const EMPTY: Region = [];
/** Neither true nor false, because a fact is absent. Recognised by identity; as a region it holds nothing. */
export const UNKNOWN: Region = [];

/** Whether something is certainly not so. */
export const isFalse = (region: Region): boolean => region.length === 0 && region !== UNKNOWN;

/** Whether one term lies within another, by the vocabulary of `what`. */
export type Within = (term: Term, broader: Term) => boolean;

function meetFields(
  a: readonly Term[] | null,
  b: readonly Term[] | null,
  within: Within,
): readonly Term[] | null {
  if (a === null || a === b) return b;
  if (b === null) return a;
  const both = a.filter((x) => b.some((y) => within(x, y)));
  for (const y of b) if (!both.includes(y) && a.some((x) => within(y, x))) both.push(y);
  return both.sort();
}

/** The common part of two boxes; null where there is none. */
export function meetBoxes(a: Box, b: Box, within: Within): Box | null {
  const from = Math.max(a.from, b.from);
  const to = Math.min(a.to, b.to);
  const fields = meetFields(a.fields, b.fields, within);
  return from < to && fields?.length !== 0
    ? box(Math.max(a.finest, b.finest), from, to, fields, a.deidentified || b.deidentified)
    : null;
}

/** What lies in both. */
export function meet(a: Region, b: Region, within: Within): Region {
  if (a === FULL) return b;
  if (b === FULL || a === b) return a;
  let result: Box[] | null = null;
  for (const x of a)
    for (const y of b) {
      const common = meetBoxes(x, y, within);
      if (common === null) continue;
      // A list of one takes less room than one that is pushed to.
      if (result === null) result = [common];
      else result.push(common);
    }
  return result ?? EMPTY;
}

/** What lies in either. */
export function join(a: Region, b: Region): Region {
  if (a === b || a === FULL) return a;
  return b === FULL || a.length === 0 ? b : [...a, ...b];
}

/** Whether all of `b` lies in `a`. */
export function holds(a: Box, b: Box, within: Within): boolean {
  return (
    a.finest <= b.finest &&
    a.from <= b.from &&
    a.to >= b.to &&
    (!a.deidentified || b.deidentified) &&
    (a.fields === null ||
      (b.fields !== null && b.fields.every((x) => a.fields!.some((y) => within(x, y)))))
  );
}

/** Order of code units: the same on every machine. */
export function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What two boxes must have in common to be joined over time. */
const keyOf = ({ deidentified, fields }: Box): string => JSON.stringify([deidentified, fields]);

/** One canonical form: adjoining periods joined, boxes inside others dropped, sorted. */
export function normalize(region: Region, within: Within): Region {
  if (region.length < 2) return region;
  const boxes = [...region].sort(
    (a, b) => a.finest - b.finest || order(keyOf(a), keyOf(b)) || a.from - b.from || b.to - a.to,
  );
  const joined: Box[] = [];
  for (const next of boxes) {
    const place = joined.length - 1;
    const last = joined[place];
    if (
      last !== undefined &&
      last.finest === next.finest &&
      next.from <= last.to &&
      keyOf(last) === keyOf(next)
    )
      joined[place] = { ...last, to: Math.max(last.to, next.to) };
    else joined.push(next);
  }
  return joined.filter(
    (one, index) =>
      !joined.some(
        (other, place) =>
          place !== index &&
          holds(other, one, within) &&
          (place < index || !holds(one, other, within)),
      ),
  );
}

/** A bound as users see it: null where there is none. */
export const bound = (at: number): number | null => (Number.isFinite(at) ? at : null);

/** A box as users see it. */
export const toLimit = ({ finest, from, to, fields, deidentified }: Box): Limit => ({
  finest: DETAILS[finest]!,
  span: { start: bound(from), end: bound(to) },
  ...(fields && { fields }),
  ...(deidentified && { deidentified }),
});
