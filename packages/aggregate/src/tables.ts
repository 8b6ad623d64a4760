import type { Quality } from '@metergram/model';

/**
 * Values of the `quality` column. The last two are both `missing`: the one because readings are too far apart, the other
 * because a fault in the readings took the value.
 */
export const QUALITIES: readonly Quality[] = ['measured', 'interpolated', 'missing', 'missing'];

/** First value of the `quality` column that stands for a missing value. */
export const MISSING_FROM = 2;
/** Value of the `quality` column for a value that a fault took. */
export const MISSING_BY_FAULT = 3;

/**
 * Intervals of counters, new or changed, in columns. Row `i` of each belongs together; an interval that comes again
 * replaces what was said of it. Views into the module's memory: they hold until the aggregator is used again.
 */
export interface IntervalColumns {
  readonly length: number;
  readonly register: Uint32Array;
  /** Epoch milliseconds; the end is the next boundary of the grid. */
  readonly start: Float64Array;
  /** Energy of the interval, in the register's own scale; 0 where it is missing. */
  readonly mantissa: BigInt64Array;
  /** 0 when first said, higher each time it was said again. */
  readonly revision: Uint32Array;
  /** Index into {@link QUALITIES}. */
  readonly quality: Uint8Array;
}

/** Intervals of momentary quantities, as {@link IntervalColumns}. Figures are in the register's own scale. */
export interface MomentaryColumns {
  readonly length: number;
  readonly register: Uint32Array;
  readonly start: Float64Array;
  /** Time-weighted mean of the line through the readings. */
  readonly mean: BigInt64Array;
  readonly min: BigInt64Array;
  /** Epoch milliseconds of the first instant with the minimum. */
  readonly minTime: Float64Array;
  readonly max: BigInt64Array;
  readonly maxTime: Float64Array;
  readonly revision: Uint32Array;
  readonly quality: Uint8Array;
}

/** The energy since the gap's start is not known. */
export const GAP_UNKNOWN = 1;
/** A fault in the readings made the gap, or made it wider. */
export const GAP_BY_FAULT = 2;
/** No reading has ended the gap: it reaches to the register's last reading, and more may come. */
export const GAP_OPEN = 4;

/**
 * Gaps: stretches without values between two boundaries that have one, with their energy. A gap is void where an
 * interval with a value, or another gap, is said later for part of it.
 */
export interface GapColumns {
  readonly length: number;
  readonly register: Uint32Array;
  /** The last boundary with a value before the gap; the register's first reading where there is none. */
  readonly start: Float64Array;
  /** The first boundary with a value after it; the register's last reading while the gap is open. */
  readonly end: Float64Array;
  /** What the register counted from `start` to `end`; 0 where that is not known. */
  readonly mantissa: BigInt64Array;
  /** Sum of {@link GAP_UNKNOWN}, {@link GAP_BY_FAULT}, {@link GAP_OPEN}. */
  readonly marks: Uint8Array;
}

const WIDTHS = [
  [4, 8, 8, 4, 1],
  [4, 8, 8, 8, 8, 8, 8, 4, 1],
  [4, 8, 8, 8, 1],
  [4, 8, 8, 8, 8, 1],
] as const;
const STRIDE = 48;

/** Rows of table `table` and byte addresses of its columns. */
export function locate(
  memory: ArrayBuffer,
  descriptor: number,
  table: number,
): { length: number; at: readonly number[] } {
  const words = new Uint32Array(memory, descriptor + table * STRIDE, STRIDE / 4);
  return { length: words[0]!, at: WIDTHS[table]!.map((_, column) => words[2 + column]!) };
}

export function intervalColumns(memory: ArrayBuffer, descriptor: number): IntervalColumns {
  const { length, at } = locate(memory, descriptor, 0);
  return {
    length,
    register: new Uint32Array(memory, at[0], length),
    start: new Float64Array(memory, at[1], length),
    mantissa: new BigInt64Array(memory, at[2], length),
    revision: new Uint32Array(memory, at[3], length),
    quality: new Uint8Array(memory, at[4], length),
  };
}

export function momentaryColumns(memory: ArrayBuffer, descriptor: number): MomentaryColumns {
  const { length, at } = locate(memory, descriptor, 1);
  return {
    length,
    register: new Uint32Array(memory, at[0], length),
    start: new Float64Array(memory, at[1], length),
    mean: new BigInt64Array(memory, at[2], length),
    min: new BigInt64Array(memory, at[3], length),
    minTime: new Float64Array(memory, at[4], length),
    max: new BigInt64Array(memory, at[5], length),
    maxTime: new Float64Array(memory, at[6], length),
    revision: new Uint32Array(memory, at[7], length),
    quality: new Uint8Array(memory, at[8], length),
  };
}

export function gapColumns(memory: ArrayBuffer, descriptor: number): GapColumns {
  const { length, at } = locate(memory, descriptor, 2);
  return {
    length,
    register: new Uint32Array(memory, at[0], length),
    start: new Float64Array(memory, at[1], length),
    end: new Float64Array(memory, at[2], length),
    mantissa: new BigInt64Array(memory, at[3], length),
    marks: new Uint8Array(memory, at[4], length),
  };
}

/** The table of issues as the module writes it. */
export interface IssueColumns {
  readonly length: number;
  readonly register: Uint32Array;
  readonly time: Float64Array;
  readonly a: BigInt64Array;
  readonly b: BigInt64Array;
  readonly row: Float64Array;
  readonly code: Uint8Array;
}

export function issueColumns(memory: ArrayBuffer, descriptor: number): IssueColumns {
  const { length, at } = locate(memory, descriptor, 3);
  return {
    length,
    register: new Uint32Array(memory, at[0], length),
    time: new Float64Array(memory, at[1], length),
    a: new BigInt64Array(memory, at[2], length),
    b: new BigInt64Array(memory, at[3], length),
    row: new Float64Array(memory, at[4], length),
    code: new Uint8Array(memory, at[5], length),
  };
}
