import { isResolution, type Resolution } from '@metergram/model';
import { zoneOf } from './calendar/zone.ts';
import { durationMs } from './duration.ts';
import { AggregateError } from './error.ts';

/** What an aggregator makes of readings. Durations are milliseconds or ISO 8601 of weeks to seconds: `PT45M`. */
export interface AggregatorOptions {
  /** Length of the intervals. */
  readonly resolution: Resolution;
  /** IANA zone of days, months and years; needed for those, without meaning for quarters and hours. */
  readonly zone?: string;
  /**
   * Readings further apart are not interpolated between. Default: 45 minutes for quarters, three hours for hours, 36
   * hours for days and longer.
   */
  readonly maxGap?: number | string;
  /**
   * How far behind its register's newest reading a reading may come; bounds memory. Default 48 hours. `unbounded`: at
   * any time, and every reading is kept.
   */
  readonly lateness?: number | string;
  /** Readings before are refused with `reading/time-range`; epoch milliseconds, default 1970. */
  readonly notBefore?: number;
  /** Readings at or after are refused; epoch milliseconds, default 2100. A clock gone wild would end its register else. */
  readonly notAfter?: number;
}

/** Options, checked and complete; durations in milliseconds. */
export interface Settings {
  readonly resolution: Resolution;
  readonly zone: string;
  readonly maxGap: number;
  /** −1: without bound. */
  readonly lateness: number;
  readonly notBefore: number;
  readonly notAfter: number;
}

const HOUR = 3_600_000;
const MAX_GAP: Partial<Record<Resolution, number>> = { PT15M: 0.75 * HOUR, PT1H: 3 * HOUR };
const LATENESS = 48 * HOUR;
const FROM = 0;
const TO = 4_102_444_800_000;
/** The furthest that instants may be from 1970 for the module to keep them exactly. */
const FURTHEST = 2 ** 46;

/** @throws AggregateError `option/invalid-resolution`, `option/invalid-duration`, `option/missing-zone`, … */
export function settle(options: AggregatorOptions): Settings {
  const { resolution } = options;
  if (!isResolution(resolution))
    throw new AggregateError('option/invalid-resolution', `no resolution ${String(resolution)}`);
  const fixed = resolution === 'PT15M' || resolution === 'PT1H';
  if (!fixed && options.zone === undefined)
    throw new AggregateError('option/missing-zone', `${resolution} needs a zone: days are civil`);
  if (options.zone !== undefined) zoneOf(options.zone);
  const notBefore = options.notBefore ?? FROM;
  const notAfter = options.notAfter ?? TO;
  if (
    !Number.isInteger(notBefore) ||
    !Number.isInteger(notAfter) ||
    notBefore >= notAfter ||
    Math.max(Math.abs(notBefore), Math.abs(notAfter)) > FURTHEST
  )
    throw new AggregateError('option/invalid-bounds', 'notBefore and notAfter bound no time');
  return {
    resolution,
    zone: options.zone ?? 'UTC',
    maxGap: duration('maxGap', options.maxGap ?? MAX_GAP[resolution] ?? 36 * HOUR),
    lateness:
      options.lateness === 'unbounded' ? -1 : duration('lateness', options.lateness ?? LATENESS),
    notBefore,
    notAfter,
  };
}

function duration(name: string, value: number | string): number {
  const ms = typeof value === 'number' ? value : durationMs(value);
  if (ms === null || !Number.isInteger(ms) || ms < 0 || ms > FURTHEST)
    throw new AggregateError('option/invalid-duration', `${name} is no duration: ${String(value)}`);
  return ms;
}
