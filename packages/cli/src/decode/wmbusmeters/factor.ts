import type { Factor } from './value.ts';

/** Units at the end of a name that are multiples of each other: what one of them is in the first of its line. */
const FAMILIES: readonly Readonly<Record<string, readonly [bigint, bigint]>>[] = [
  {
    wh: [1n, 1n],
    kwh: [1000n, 1n],
    mwh: [1_000_000n, 1n],
    mj: [2500n, 9n],
    gj: [2_500_000n, 9n],
  },
  { w: [1n, 1n], kw: [1000n, 1n] },
  // What some meters send as plain energy is reactive or apparent energy by its name.
  { kwh: [1n, 1n], kvarh: [1n, 1n], kvah: [1n, 1n] },
  { l: [1n, 1n], m3: [1000n, 1n] },
  { lh: [1n, 1n], m3h: [1000n, 1n] },
  { s: [1n, 1n], min: [60n, 1n], h: [3600n, 1n], d: [86_400n, 1n], y: [31_556_952n, 1n] },
  { bar: [1n, 1n] },
  { c: [1n, 1n] },
  // A difference of temperatures may be called by either.
  { k: [1n, 1n], c: [1n, 1n] },
  { v: [1n, 1n] },
  { a: [1n, 1n] },
  { hz: [1n, 1n] },
  { hca: [1n, 1n] },
];

const unitOf = (name: string): string => /_([a-z0-9]+)$/.exec(name)?.[1] ?? '';

/** What a value of one name is multiplied by for another; undefined where the units are the same, null where they cannot be. */
export function factorBetween(field: string, name: string): Factor | undefined | null {
  const [from, to] = [unitOf(field), unitOf(name)];
  const families = FAMILIES.filter((units) => from in units);
  if (from === to || families.length === 0) return undefined;
  for (const { [from]: a, [to]: b } of families)
    if (a !== undefined && b !== undefined)
      return { numerator: a[0] * b[1], denominator: a[1] * b[0] };
  return null;
}

/** The units that a value under this name can be told in. */
export function unitsFor(field: string): readonly string[] {
  const families = FAMILIES.filter((units) => unitOf(field) in units);
  return [...new Set(families.flatMap((units) => Object.keys(units)))];
}
