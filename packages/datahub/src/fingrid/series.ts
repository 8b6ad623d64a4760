import type {
  Decimal,
  EpochMs,
  FlowDirection,
  Interval,
  Issue,
  MeteringPointId,
  Quality,
  Resolution,
  SeriesBasis,
  SeriesPoint,
  TimeSeries,
  ZoneId,
} from '@metergram/model';
import {
  addIntervals,
  formatInstant,
  parseDecimal,
  parseEpochMs,
  parseResolution,
  startOfInterval,
} from '@metergram/model';
import { asList, asRecord, asText } from '../core/exact-json.ts';
import { fingridQuality } from './quality.ts';
import type { FingridObservation, FingridTimeSeries } from './wire.ts';

/** Finnish days, months and years are civil ones of this zone. */
export const HELSINKI: ZoneId = 'Europe/Helsinki' as ZoneId;

/** Active and reactive energy, by the product's GTIN. */
const QUANTITIES: Readonly<Record<string, string>> = {
  '8716867000030': 'energy',
  '8716867000047': 'reactive_energy',
};

const BASES: Readonly<Record<string, SeriesBasis>> = {
  BN01: 'metered',
  BN02: 'netted',
  BN03: 'calculated',
};

/** A series with the codes that the model has no word for. */
export interface FingridSeries {
  readonly series: TimeSeries;
  readonly productType: string | null;
  readonly readingType: string | null;
}

export interface FingridSeriesOptions {
  /** What was asked for; the series covers exactly this, holes and all. */
  readonly interval: Interval;
  /** From the accounting point's own data: the series itself does not say which way energy flows. */
  readonly direction?: FlowDirection;
}

interface Placed {
  readonly value: Decimal | null;
  readonly quality: Quality;
  readonly code: string | null;
}

/**
 * The time series of a transaction. Each value stands where its own `PeriodStartTime` puts it: Datahub leaves holes
 * instead of sending empty places, so an index would shift everything after a hole. What is asked for and not sent is a
 * missing point; a value on no boundary of its resolution, twice, or outside of what was asked for is told.
 */
export function fingridSeries(
  transaction: Readonly<Record<string, unknown>>,
  options: FingridSeriesOptions,
): { readonly series: readonly FingridSeries[]; readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  const series: FingridSeries[] = [];
  for (const [at, entry] of asList(transaction['TimeSeries']).entries()) {
    const wire = asRecord(entry) as FingridTimeSeries | null;
    const raw = asText(wire?.ResolutionDuration);
    const resolution = raw === null ? null : parseResolution(raw);
    if (wire === null || resolution === null) {
      issues.push({
        code: 'fingrid/unknown-resolution',
        severity: 'error',
        message: `a series of resolution ${raw ?? '(none)'} was left out`,
        pointer: `/Transaction/TimeSeries/${at}`,
      });
      continue;
    }
    series.push(readSeries(wire, resolution, options, `/Transaction/TimeSeries/${at}`, issues));
  }
  return { series, issues };
}

function readSeries(
  wire: FingridTimeSeries,
  resolution: Resolution,
  options: FingridSeriesOptions,
  pointer: string,
  issues: Issue[],
): FingridSeries {
  const placed = placeObservations(asList(wire.Observations), pointer, issues);
  const productType = asText(wire.ProductType);
  const readingType = asText(wire.ReadingType);
  const basis = BASES[readingType ?? ''] ?? 'metered';
  const point = asText(wire.MeteringPointEAN);
  return {
    series: {
      ...(point === null ? {} : { meteringPoint: point as MeteringPointId }),
      quantity: QUANTITIES[productType ?? ''] ?? (productType === null ? 'energy' : productType),
      unit: asText(wire.UnitType) ?? 'kWh',
      direction: basis === 'netted' ? 'net' : (options.direction ?? 'consumption'),
      basis,
      resolution,
      zone: HELSINKI,
      points: tile(placed, resolution, options.interval, pointer, issues),
    },
    productType,
    readingType,
  };
}

function placeObservations(
  entries: readonly unknown[],
  pointer: string,
  issues: Issue[],
): Map<EpochMs, Placed> {
  const placed = new Map<EpochMs, Placed>();
  for (const [at, entry] of entries.entries()) {
    const observation = (asRecord(entry) ?? {}) as FingridObservation;
    const start = parseEpochMs(asText(observation.PeriodStartTime) ?? '');
    const where = `${pointer}/Observations/${at}`;
    if (start === null) {
      issues.push(issue('fingrid/bad-time', 'a value without a readable time was left out', where));
      continue;
    }
    const now = readObservation(observation, where, issues);
    const before = placed.get(start);
    if (before !== undefined && (before.value !== now.value || before.code !== now.code)) {
      issues.push(
        issue(
          'fingrid/duplicate-time',
          `${formatInstant(start)} is given twice; ${before.code === 'REVISED' ? 'the revised one' : 'the last one'} holds`,
          where,
        ),
      );
      if (before.code === 'REVISED' && now.code !== 'REVISED') continue;
    }
    placed.set(start, now);
  }
  return placed;
}

/** A value is null exactly when its quality is `missing`, whatever number stands beside a code that says so. */
function readObservation(observation: FingridObservation, where: string, issues: Issue[]): Placed {
  const code = asText(observation.Quality);
  const quality = fingridQuality(code);
  const text = asText(observation.Quantity);
  const value = text === null ? null : parseDecimal(text);
  if (text !== null && value === null) {
    issues.push(
      issue('fingrid/bad-quantity', 'a quantity that is no number counts as missing', where),
    );
  }
  if (quality === 'missing' && value !== null) {
    issues.push(
      issue(
        'fingrid/value-of-missing',
        `${value} was sent with quality ${code}; it counts as missing`,
        where,
      ),
    );
    return { value: null, quality, code };
  }
  return value === null ? { value, quality: 'missing', code } : { value, quality, code };
}

function issue(code: string, message: string, pointer: string): Issue {
  return { code, severity: 'warning', message, pointer };
}

/** The first boundary of a resolution at or after an instant. */
function boundaryFrom(at: EpochMs, resolution: Resolution): EpochMs {
  const start = startOfInterval(HELSINKI, at, resolution);
  return start === at ? at : addIntervals(HELSINKI, start, resolution, 1);
}

/** Every interval that begins inside of the window, with what was sent for it. */
function tile(
  placed: ReadonlyMap<EpochMs, Placed>,
  resolution: Resolution,
  interval: Interval,
  pointer: string,
  issues: Issue[],
): readonly SeriesPoint[] {
  const from = parseEpochMs(interval.start) ?? 0;
  const to = parseEpochMs(interval.end) ?? 0;
  const points: SeriesPoint[] = [];
  let used = 0;
  for (let start = boundaryFrom(from, resolution); start < to;) {
    const end = addIntervals(HELSINKI, start, resolution, 1);
    const found = placed.get(start);
    if (found !== undefined) used += 1;
    points.push({
      start: formatInstant(start),
      end: formatInstant(end),
      value: found?.value ?? null,
      quality: found?.quality ?? 'missing',
      ...(found === undefined || found.code === null
        ? {}
        : { source: { scheme: 'fingrid', code: found.code } }),
    });
    start = end;
  }
  const outside = [...placed.keys()].filter((start) => start < from || start >= to).length;
  if (outside > 0) {
    issues.push(
      issue('fingrid/outside-period', `${outside} values outside of the period asked for`, pointer),
    );
  }
  if (used + outside < placed.size) {
    issues.push(
      issue(
        'fingrid/off-boundary',
        `${placed.size - used - outside} values on no boundary of ${resolution} were left out`,
        pointer,
      ),
    );
  }
  return points;
}
