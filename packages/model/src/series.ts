import type { Decimal } from './decimal.ts';
import type { MeteringPointId, RegisterId, ZoneId } from './identifier.ts';
import type { Interval } from './instant.ts';
import type { Quality, SourceCode } from './quality.ts';
import type { Quantity } from './quantity.ts';
import type { Resolution } from './resolution.ts';
import type { Unit } from './unit.ts';

/** Which way the quantity flows, seen from the customer; `net` only for series that were netted. */
export type FlowDirection = 'consumption' | 'production' | 'net';

/** What kind of value a series carries; a netted or profiled series is always labelled as such. */
export type SeriesBasis = 'metered' | 'netted' | 'profiled' | 'calculated';

/** One interval of a series. `value` is null exactly when `quality` is `missing`: missing is never zero. */
export interface SeriesPoint extends Interval {
  readonly value: Decimal | null;
  readonly quality: Quality;
  /** The hub's or file's own quality code, as sent. */
  readonly source?: SourceCode;
  /** 0 when first given, higher each time late data changed it. */
  readonly revision?: number;
}

/** Intervals in order of time, without overlap; a hole in the source is a point with quality `missing`. */
export interface TimeSeries {
  readonly meteringPoint?: MeteringPointId;
  readonly register?: RegisterId;
  readonly quantity: Quantity;
  readonly unit: Unit;
  readonly direction: FlowDirection;
  readonly basis: SeriesBasis;
  readonly resolution: Resolution;
  /** IANA zone whose civil days, months and years the intervals are; needed for P1D and coarser. */
  readonly zone?: ZoneId;
  readonly points: readonly SeriesPoint[];
}
