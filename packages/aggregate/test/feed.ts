import type { ReadingColumns } from '@metergram/model';
import type { Aggregator } from '../src/aggregator.ts';
import type { Given } from './reference.ts';

export const HOUR = 3_600_000;
export const QUARTER = 900_000;
/** 2026-01-01T00:00:00Z */
export const NEW_YEAR = 1_767_225_600_000;

/** Columns of readings, each of its register. */
export function columns(
  rows: readonly { readonly register?: number; readonly t: number; readonly v: bigint }[],
): ReadingColumns {
  return {
    length: rows.length,
    register: Uint32Array.from(rows, ({ register }) => register ?? 0),
    time: Float64Array.from(rows, ({ t }) => t),
    mantissa: BigInt64Array.from(rows, ({ v }) => v),
  };
}

export function push(aggregator: Aggregator, readings: readonly Given[], register = 0): void {
  aggregator.push(columns(readings.map(({ t, v }) => ({ register, t, v }))));
}

/** Boundaries of fixed steps around readings. */
export function fixedGrid(step: number, from: number, to: number): number[] {
  const grid: number[] = [];
  for (let b = Math.floor(from / step) * step; b <= to + step; b += step) grid.push(b);
  return grid;
}
