import {
  formatInstant,
  fromScaled,
  type Quality,
  type SeriesPoint,
  type TimeSeries,
} from '@metergram/model';
import type { Aggregator, Drained } from './aggregator.ts';
import { boundaries, fixedStep } from './calendar/boundaries.ts';
import {
  GAP_BY_FAULT,
  GAP_OPEN,
  GAP_UNKNOWN,
  MISSING_BY_FAULT,
  MISSING_FROM,
  QUALITIES,
} from './tables.ts';

/** An interval as last said. Values are mantissas in the register's scale. */
export interface CollectedInterval {
  /** Epoch milliseconds. */
  readonly start: number;
  /** Null exactly when it is missing. */
  readonly value: bigint | null;
  readonly quality: Quality;
  readonly revision: number;
  /**
   * It is missing because of a fault in the readings, not because they are far apart; as of when it was last said, as an
   * interval that is missing for another reason now is not said again.
   */
  readonly fault: boolean;
}

/** As {@link CollectedInterval}, of a momentary quantity; `value` is the time-weighted mean. */
export interface CollectedMoment extends CollectedInterval {
  readonly min: bigint | null;
  readonly minTime: number | null;
  readonly max: bigint | null;
  readonly maxTime: number | null;
}

/** A gap as last said. */
export interface CollectedGap {
  readonly start: number;
  readonly end: number;
  /** Null where it is not known. */
  readonly value: bigint | null;
  readonly fault: boolean;
  /** No reading has ended it yet. */
  readonly open: boolean;
}

/**
 * Keeps what drains say, register by register: of each interval the last that was said, and the gaps that still hold. For
 * those who want series in memory; who writes to a database takes the columns as they are.
 */
export class Collector {
  readonly #intervals = new Map<number, Map<number, CollectedMoment | CollectedInterval>>();
  readonly #gaps = new Map<number, CollectedGap[]>();

  /** Takes over what a drain said. */
  add(drained: Drained): void {
    const { intervals: it, momentary: mo, gaps } = drained;
    for (let row = 0; row < gaps.length; row++) {
      const register = gaps.register[row]!;
      const marks = gaps.marks[row]!;
      const gap: CollectedGap = {
        start: gaps.start[row]!,
        end: gaps.end[row]!,
        value: (marks & GAP_UNKNOWN) === 0 ? gaps.mantissa[row]! : null,
        fault: (marks & GAP_BY_FAULT) !== 0,
        open: (marks & GAP_OPEN) !== 0,
      };
      const others = this.#voided(register, gap.start, gap.end);
      others.push(gap);
      this.#gaps.set(register, others);
    }
    for (let row = 0; row < it.length; row++) {
      const value = it.quality[row]! < MISSING_FROM ? it.mantissa[row]! : null;
      this.#put(it.register[row]!, {
        start: it.start[row]!,
        value,
        quality: QUALITIES[it.quality[row]!]!,
        revision: it.revision[row]!,
        fault: it.quality[row] === MISSING_BY_FAULT,
      });
    }
    for (let row = 0; row < mo.length; row++) {
      const known = mo.quality[row]! < MISSING_FROM;
      const moment: CollectedMoment = {
        start: mo.start[row]!,
        value: known ? mo.mean[row]! : null,
        quality: QUALITIES[mo.quality[row]!]!,
        revision: mo.revision[row]!,
        fault: mo.quality[row] === MISSING_BY_FAULT,
        min: known ? mo.min[row]! : null,
        minTime: known ? mo.minTime[row]! : null,
        max: known ? mo.max[row]! : null,
        maxTime: known ? mo.maxTime[row]! : null,
      };
      this.#put(mo.register[row]!, moment);
    }
  }

  /** Intervals of a register in order of time. */
  intervals(register: number): CollectedInterval[] {
    const found = this.#intervals.get(register);
    return found === undefined ? [] : [...found.values()].sort((a, b) => a.start - b.start);
  }

  /** Intervals of a momentary register in order of time. */
  moments(register: number): CollectedMoment[] {
    return this.intervals(register) as CollectedMoment[];
  }

  /** Gaps of a register that still hold, in order of time. */
  gaps(register: number): CollectedGap[] {
    return [...(this.#gaps.get(register) ?? [])].sort((a, b) => a.start - b.start);
  }

  /** A register's intervals as a series; `about` says what the aggregator does not know. */
  series(
    aggregator: Aggregator,
    register: number,
    about: Pick<TimeSeries, 'quantity' | 'unit'> & Partial<TimeSeries>,
  ): TimeSeries {
    const { resolution, zone } = aggregator.settings;
    const scale = aggregator.scale(register);
    const step = fixedStep(resolution);
    const points = this.intervals(register).map(
      ({ start, value, quality, revision }): SeriesPoint => ({
        start: formatInstant(start),
        end: formatInstant(
          step > 0 ? start + step : boundaries(resolution, zone, start, start)[1]!,
        ),
        value: value === null ? null : fromScaled(value, scale),
        quality,
        revision,
      }),
    );
    return {
      direction: 'consumption',
      basis: 'metered',
      ...about,
      resolution,
      ...(step > 0 ? {} : { zone: zone as NonNullable<TimeSeries['zone']> }),
      points,
    };
  }

  #put(register: number, interval: CollectedInterval): void {
    let found = this.#intervals.get(register);
    if (found === undefined) this.#intervals.set(register, (found = new Map()));
    found.set(interval.start, interval);
    if (interval.value !== null && this.#gaps.has(register))
      this.#gaps.set(register, this.#voided(register, interval.start, interval.start + 1));
  }

  /** The gaps of a register that do not touch [start, end). */
  #voided(register: number, start: number, end: number): CollectedGap[] {
    return (this.#gaps.get(register) ?? []).filter((gap) => gap.end <= start || gap.start >= end);
  }
}
