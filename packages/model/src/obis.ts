import type { Obis } from './identifier.ts';

/** Value groups of an OBIS code (IEC 62056-61), each 0 … 255; A, B and F may be left out, E counts as 0 then. */
export interface ObisGroups {
  /** Medium: 1 electricity, 4 heat cost allocator, 5 cooling, 6 heat, 7 gas, 8 cold water, 9 hot water. */
  readonly a?: number;
  /** Channel. */
  readonly b?: number;
  /** Quantity. */
  readonly c: number;
  /** Kind of processing. */
  readonly d: number;
  /** Tariff. */
  readonly e?: number;
  /** Billing period; 255 is the current one. */
  readonly f?: number;
}

const LETTERS: Readonly<Record<string, number>> = { C: 96, F: 97, L: 98, P: 99 };
const OBIS =
  /^(?:([0-9]{1,3})-)?(?:([0-9]{1,3}):)?([0-9]{1,3}|[CFLP])\.([0-9]{1,3}|[CFLP])(?:\.([0-9]{1,3}))?(?:[*&]([0-9]{1,3}))?$/;
const SIX = /^([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})$/;

function group(text: string | undefined): number | undefined {
  return text === undefined ? undefined : (LETTERS[text] ?? Number(text));
}

/**
 * Value groups of an OBIS code, or null when it is none.
 *
 * Reads `1-0:1.8.0*255`, reduced forms (`1.8.0`, `1.8`), `&` for a manual reset, letters of the optical port (`C.1.0`,
 * `F.F` as 96, 97) and six groups with points (`1.0.1.8.0.255`).
 */
export function obisGroups(text: string): ObisGroups | null {
  if (text.length > 40) return null;
  const match = OBIS.exec(text) ?? SIX.exec(text);
  if (match === null) return null;
  const [a, b, c, d, e, f] = match.slice(1).map(group);
  if (c === undefined || d === undefined) return null;
  if ([a, b, c, d, e, f].some((value) => value !== undefined && value > 255)) return null;
  return {
    ...(a === undefined ? {} : { a }),
    ...(b === undefined ? {} : { b }),
    c,
    d,
    ...(e === undefined ? {} : { e }),
    ...(f === undefined ? {} : { f }),
  };
}

/** The printed form of value groups: `1-0:1.8.0*255`, or less of it where groups are left out. */
export function formatObis(groups: ObisGroups): Obis {
  const a = groups.a === undefined ? '' : `${groups.a}-`;
  const b = groups.b === undefined ? '' : `${groups.b}:`;
  const f = groups.f === undefined ? '' : `*${groups.f}`;
  return `${a}${b}${groups.c}.${groups.d}.${groups.e ?? 0}${f}` as Obis;
}

/** Reads an OBIS code in any form of {@link obisGroups} and gives its printed form; null when it is none. */
export function parseObis(text: string): Obis | null {
  const groups = obisGroups(text);
  return groups === null ? null : formatObis(groups);
}
