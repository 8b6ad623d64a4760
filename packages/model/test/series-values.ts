import fc from 'fast-check';
import {
  addIntervals,
  type Decimal,
  formatInstant,
  fromScaled,
  type MeteringPointId,
  type Quality,
  type Resolution,
  type SeriesPoint,
  startOfInterval,
  type TimeSeries,
  type ZoneId,
} from '@metergram/model';

export const ZONES: readonly ZoneId[] = [
  'Europe/Oslo',
  'Europe/Stockholm',
  'Europe/Copenhagen',
  'Europe/Helsinki',
] as unknown as readonly ZoneId[];

const decimals: fc.Arbitrary<Decimal> = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.integer({ min: -6, max: 0 }))
  .map(([mantissa, scale]) => fromScaled(mantissa, scale));

export interface Allowed {
  readonly resolutions: readonly Resolution[];
  /** Qualities that the format under test holds without loss, `missing` aside. */
  readonly qualities: readonly Quality[];
  readonly values?: fc.Arbitrary<Decimal>;
}

/** Series without holes, over a change of clocks now and then, of one resolution. */
export function seriesOf(allowed: Allowed): fc.Arbitrary<TimeSeries> {
  const point = fc.tuple(
    fc.option(allowed.values ?? decimals, { nil: null, freq: 5 }),
    fc.constantFrom(...allowed.qualities),
  );
  return fc
    .record({
      zone: fc.constantFrom(...ZONES),
      resolution: fc.constantFrom(...allowed.resolutions),
      from: fc.integer({ min: 1_000_000_000_000, max: 1_900_000_000_000 }),
      values: fc.array(point, { minLength: 1, maxLength: 120 }),
      direction: fc.constantFrom('consumption' as const, 'production' as const),
    })
    .map(({ zone, resolution, from, values, direction }) => {
      const first = startOfInterval(zone, from, resolution);
      const points = values.map(([value, quality], i): SeriesPoint => {
        const start = formatInstant(addIntervals(zone, first, resolution, i));
        const end = formatInstant(addIntervals(zone, first, resolution, i + 1));
        return { start, end, value, quality: value === null ? 'missing' : quality };
      });
      return {
        meteringPoint: '571313179100066516' as MeteringPointId,
        quantity: 'energy',
        unit: 'kWh',
        direction,
        basis: 'metered',
        resolution,
        zone,
        points,
      };
    });
}

/** The series without the codes that a format adds. */
export function withoutCodes(series: TimeSeries): TimeSeries {
  return { ...series, points: series.points.map(({ source: _, ...point }) => point) };
}
