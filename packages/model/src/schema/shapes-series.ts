import type { Meter } from '../meter.ts';
import type { MeteringPoint, Register, Tenancy } from '../metering-point.ts';
import type { PricePoint, PriceSeries } from '../price.ts';
import type { Reading } from '../reading.ts';
import { resolutionMs, type Resolution } from '../resolution.ts';
import type { FlowDirection, SeriesBasis, SeriesPoint, TimeSeries } from '../series.ts';
import type { OpenInterval } from '../instant.ts';
import { signDecimal, toScaled, trimDecimal } from '../decimal.ts';
import {
  choice,
  either,
  type Fault,
  integer,
  json,
  list,
  nullable,
  object,
  optional,
  record,
  type Shape,
  text,
} from './shape.ts';
import {
  decimal,
  endsAfterStart,
  identifier,
  instant,
  interval,
  meterId,
  meteringPointId,
  openInterval,
  quality,
  quantity,
  registerId,
  resolution,
  sourceCode,
  unit,
  zoneId,
} from './shapes-identifier.ts';

/** Most points of one series: 28 years of quarter-hours. */
export const MAX_POINTS: number = 1_000_000;

const DIRECTIONS: readonly FlowDirection[] = ['consumption', 'production', 'net'];
const BASES: readonly SeriesBasis[] = ['metered', 'netted', 'profiled', 'calculated'];

function inOrder(
  points: readonly { readonly start: string; readonly end: string | null }[],
  length: number | null,
  fault: Fault,
): void {
  let last: string | null = null;
  for (const [i, { start, end }] of points.entries()) {
    if (i > 0 && (last === null || Date.parse(start) < Date.parse(last))) {
      fault('model/out-of-order', ['points', i, 'start'], 'must not be before the end before it');
    }
    if (length !== null && end !== null && Date.parse(end) - Date.parse(start) !== length) {
      fault('model/wrong-length', ['points', i], 'must be as long as the resolution says');
    }
    last = end;
  }
}

export const reading: Shape<Reading> = object<Reading>(
  { name: 'reading', description: 'One value of one register of a meter at one instant' },
  {
    meter: meterId,
    register: registerId,
    time: instant,
    value: decimal,
    unit,
    quantity,
    kind: choice(['cumulative', 'momentary']),
    status: optional(list(text({ maxLength: 200 }), { maxItems: 100 })),
  },
);

export const seriesPoint: Shape<SeriesPoint> = object<SeriesPoint>(
  {
    name: 'series-point',
    description: 'One interval of a series; value is null exactly when quality is missing',
    nullExactlyWhen: { field: 'value', other: 'quality', is: 'missing' },
    rules: [endsAfterStart],
  },
  {
    start: instant,
    end: instant,
    value: nullable(decimal),
    quality,
    source: optional(sourceCode),
    revision: optional(integer(0, Number.MAX_SAFE_INTEGER)),
  },
);

export const timeSeries: Shape<TimeSeries> = object<TimeSeries>(
  {
    name: 'time-series',
    description: 'Intervals in order of time, without overlap',
    rules: [
      (series, fault) => inOrder(series.points, resolutionMs(series.resolution), fault),
      (series, fault) => {
        const civil: readonly Resolution[] = ['P1D', 'P1M', 'P1Y'];
        if (civil.includes(series.resolution) && series.zone === undefined) {
          fault(
            'model/zone-missing',
            ['zone'],
            'days and longer need the zone whose days they are',
          );
        }
      },
    ],
  },
  {
    meteringPoint: optional(meteringPointId),
    register: optional(registerId),
    quantity,
    unit,
    direction: choice(DIRECTIONS),
    basis: choice(BASES),
    resolution,
    zone: optional(zoneId),
    points: list(seriesPoint, { maxItems: MAX_POINTS }),
  },
);

export const pricePoint: Shape<PricePoint> = object<PricePoint>(
  {
    name: 'price-point',
    description: 'One validity interval of a price; end null means until further notice',
    rules: [endsAfterStart as never],
  },
  { start: instant, end: nullable(instant), value: nullable(decimal) },
);

export const priceSeries: Shape<PriceSeries> = object<PriceSeries>(
  {
    name: 'price-series',
    description: 'A price as a list of validity intervals, in order of time, without overlap',
    rules: [(series, fault) => inOrder(series.points, null, fault)],
  },
  {
    name: identifier,
    currency: text({ maxLength: 3, pattern: '^[A-Z]{3}$' }),
    per: unit,
    vat: choice(['exclusive', 'inclusive']),
    area: optional(identifier),
    resolution: optional(resolution),
    source: optional(sourceCode),
    points: list(pricePoint, { maxItems: MAX_POINTS }),
  },
);

const MEDIA = ['electricity', 'heat', 'cooling', 'water', 'gas', 'unknown'] as const;

export const meter: Shape<Meter> = object<Meter>(
  { name: 'meter', description: 'A meter as a thing' },
  {
    id: meterId,
    manufacturer: optional(text({ maxLength: 3, pattern: '^[A-Z]{3}$' })),
    serial: optional(identifier),
    version: optional(integer(0, 255)),
    medium: choice(MEDIA),
    model: optional(identifier),
  },
);

export const register: Shape<Register> = object<Register>(
  {
    name: 'register',
    description: 'A register of a meter',
    rules: [
      (value, fault) => {
        if (value.capacity === undefined) return;
        const { scale } = toScaled(trimDecimal(value.capacity));
        if (signDecimal(value.capacity) <= 0) {
          fault('model/capacity-range', ['capacity'], 'must be more than nothing');
        } else if (scale < value.scale) {
          fault('model/capacity-range', ['capacity'], 'has more decimals than the register');
        }
      },
    ],
  },
  {
    id: registerId,
    meter: meterId,
    quantity,
    unit,
    scale: integer(-30, 30),
    capacity: optional(decimal),
  },
);

function apart(
  intervals: readonly OpenInterval[],
  path: (i: number) => readonly (string | number)[],
  fault: Fault,
): void {
  const sorted = intervals.map((held, i) => ({ held, i }));
  sorted.sort((a, b) => (a.held.start ?? -Infinity) - (b.held.start ?? -Infinity));
  for (const [n, { held, i }] of sorted.entries()) {
    const before = sorted[n - 1];
    if (before === undefined) continue;
    if (before.held.end === null || held.start === null || held.start < before.held.end) {
      fault('model/overlap', path(i), 'overlaps another one');
    }
  }
}

export const meteringPoint: Shape<MeteringPoint> = object<MeteringPoint>(
  {
    name: 'metering-point',
    description: 'Where a grid or network hands over to a customer',
    rules: [
      (point, fault) =>
        apart(
          (point.meters ?? []).map(({ installed }) => installed),
          (i) => ['meters', i, 'installed'],
          fault,
        ),
    ],
  },
  {
    id: meteringPointId,
    kind: choice(['consumption', 'production', 'net', 'exchange', 'unknown']),
    medium: choice(MEDIA),
    parent: optional(meteringPointId),
    resolution: optional(resolution),
    gridArea: optional(identifier),
    priceArea: optional(identifier),
    zone: optional(zoneId),
    meters: optional(
      list(
        object<{ readonly meter: MeteringPointMeter['meter']; readonly installed: OpenInterval }>(
          {},
          { meter: meterId, installed: openInterval },
        ),
        { maxItems: 1000 },
      ),
    ),
    source: optional(record(json('What the source said, unchanged'))),
  },
);

type MeteringPointMeter = NonNullable<MeteringPoint['meters']>[number];

export const tenancy: Shape<Tenancy> = object<Tenancy>(
  { name: 'tenancy', description: "Who has the right to a metering point's data for which time" },
  { meteringPoint: meteringPointId, party: identifier, interval: either(interval, openInterval) },
);
