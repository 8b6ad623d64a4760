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

/** True everywhere. */
export const FULL: Region = [
  { finest: 0, from: -Infinity, to: Infinity, fields: null, deidentified: false },
];
/** False everywhere. */
export const EMPTY: Region = [];
/** Neither true nor false, because a fact is absent. Recognised by identity; as a region it holds nothing. */
export const UNKNOWN: Region = [];

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
  if (!(from < to)) return null;
  const fields = meetFields(a.fields, b.fields, within);
  if (fields !== null && fields.length === 0) return null;
  return {
    finest: Math.max(a.finest, b.finest),
    from,
    to,
    fields,
    deidentified: a.deidentified || b.deidentified,
  };
}

/** What lies in both. */
export function meet(a: Region, b: Region, within: Within): Region {
  if (a === FULL) return b;
  if (b === FULL || a.length === 0) return a;
  const result: Box[] = [];
  for (const x of a) {
    for (const y of b) {
      const box = meetBoxes(x, y, within);
      if (box !== null) result.push(box);
    }
  }
  return result.length === 0 ? EMPTY : result;
}

/** What lies in either. */
export function join(a: Region, b: Region): Region {
  if (a === b || a === FULL || b.length === 0) return a;
  if (b === FULL || a.length === 0) return b;
  return a.concat(b);
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

const sameFields = (a: readonly Term[] | null, b: readonly Term[] | null): boolean =>
  a === b || (a !== null && b !== null && a.join('\n') === b.join('\n'));

/** One canonical form: adjoining periods joined, boxes inside others dropped, sorted. */
export function normalize(region: Region, within: Within): Region {
  if (region.length < 2) return region;
  const boxes = region.slice();
  boxes.sort(
    (a, b) =>
      a.finest - b.finest ||
      Number(a.deidentified) - Number(b.deidentified) ||
      order(String(a.fields), String(b.fields)) ||
      a.from - b.from ||
      b.to - a.to,
  );
  const joined: Box[] = [];
  for (const box of boxes) {
    const last = joined[joined.length - 1];
    if (
      last !== undefined &&
      last.finest === box.finest &&
      last.deidentified === box.deidentified &&
      sameFields(last.fields, box.fields) &&
      box.from <= last.to
    ) {
      joined[joined.length - 1] = { ...last, to: Math.max(last.to, box.to) };
    } else joined.push(box);
  }
  return joined.filter(
    (box, index) =>
      !joined.some(
        (other, place) =>
          place !== index &&
          holds(other, box, within) &&
          (place < index || !holds(box, other, within)),
      ),
  );
}

const bound = (at: number): number | null => (Number.isFinite(at) ? at : null);

/** A box as users see it. */
export function toLimit({ finest, from, to, fields, deidentified }: Box): Limit {
  const detail = DETAILS[finest]!;
  const span = { start: bound(from), end: bound(to) };
  if (fields === null && !deidentified) return { finest: detail, span };
  return {
    finest: detail,
    span,
    ...(fields === null ? null : { fields }),
    ...(deidentified ? { deidentified } : null),
  };
}
