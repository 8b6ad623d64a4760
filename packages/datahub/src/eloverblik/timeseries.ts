import type {
  Decimal,
  EpochMs,
  FlowDirection,
  Instant,
  Issue,
  MeteringPointId,
  Quality,
  Resolution,
  SeriesBasis,
  SeriesPoint,
  SourceCode,
  ZoneId,
} from '@metergram/model';
import type { HubSeries } from '../core/client.ts';
import { decimalOf, epochOf, instantOf } from '../core/json.ts';
import { lookup } from '../core/lookup.ts';
import { mergeSeries } from '../core/series.ts';
import { fixedLength, intervalEnd } from '../core/zone.ts';
import { wrongAnswer } from './answer.ts';
import { qualities, units } from './quality.ts';
import type { MarketDocument, WirePeriod, WireSeries } from './wire.ts';

/** Whose days Eloverblik's days are. */
export const danishZone: ZoneId = 'Europe/Copenhagen' as ZoneId;

/** What a market document holds. */
export interface ReadDocument {
  /** By direction, basis, unit and resolution; a profiled metering point has two. */
  readonly series: readonly HubSeries[];
  readonly issues: readonly Issue[];
}

const hour = 3_600_000;
const day = 24 * hour;

/**
 * Reads one metering point's `MyEnergyData_MarketDocument`. Values keep every digit that was sent. A position that a
 * period leaves out, and quality A02, are points without a value: missing, never zero. Days that the hub leaves out
 * altogether are left out here too (`fillGaps` puts them in). Codes that we do not know are kept and told as issues.
 *
 * Throws `HubError` with `hub/protocol` where times, positions or values cannot be read.
 */
export function readMarketDocument(
  document: MarketDocument,
  meteringPoint: MeteringPointId,
): ReadDocument {
  const issues: Issue[] = [];
  const pieces = (document.TimeSeries ?? []).flatMap((series) =>
    readSeries(series, meteringPoint, issues),
  );
  return { series: mergeSeries(pieces), issues };
}

const businessTypes: Readonly<Record<string, readonly [FlowDirection, SeriesBasis]>> = {
  A01: ['production', 'metered'],
  A04: ['consumption', 'metered'],
  A64: ['consumption', 'profiled'],
};

function readSeries(
  wire: WireSeries,
  meteringPoint: MeteringPointId,
  issues: Issue[],
): HubSeries[] {
  const businessType = wire.businessType ?? '';
  const known = lookup(businessTypes, businessType);
  if (known === undefined) issues.push(oddity('business type', businessType, meteringPoint));
  const [direction, basis] = known ?? (['consumption', 'metered'] as const);
  const unitCode = wire['measurement_Unit.name'] ?? '';
  const unit = lookup(units, unitCode);
  if (unit === undefined) issues.push(oddity('unit', unitCode, meteringPoint));
  const byResolution = new Map<string, HubSeries & { readonly points: SeriesPoint[] }>();
  for (const period of wire.Period ?? []) {
    const [resolution, spelled] = resolutionOf(period);
    let series = byResolution.get(spelled);
    if (series === undefined) {
      series = {
        meteringPoint,
        quantity: unit?.[1] ?? 'unknown',
        unit: unit?.[0] ?? unitCode,
        direction,
        basis,
        resolution,
        zone: danishZone,
        source: { businessType, unit: unitCode, resolution: spelled },
        points: [],
      };
      byResolution.set(spelled, series);
    }
    readPeriod(period, resolution, spelled, series.points, (code) =>
      issues.push(oddity('quality', code, meteringPoint)),
    );
  }
  return [...byResolution.values()];
}

/**
 * The model's resolution and the hub's spelling. The wire says PT1D and PT1Y where the description says P1D and P1Y.
 * Profiled quantities cover any number of days (`PXD`): then the shortest step of ours that is not shorter.
 */
function resolutionOf(period: WirePeriod): readonly [Resolution, string] {
  const spelled = period.resolution ?? '';
  switch (spelled) {
    case 'PT15M':
    case 'PT1H':
      return [spelled, spelled];
    case 'P1D':
    case 'PT1D':
    case 'PT24H':
      return ['P1D', 'P1D'];
    case 'P1M':
    case 'PT1M':
      return ['P1M', 'P1M'];
    case 'P1Y':
    case 'PT1Y':
      return ['P1Y', 'P1Y'];
    default: {
      if (!/^PT?(\d+|X)D$/.test(spelled))
        throw wrongAnswer(`a period has the resolution ${JSON.stringify(spelled)}`, 'never');
      const [start, end] = bounds(period);
      if (end - start <= day + hour) return ['P1D', spelled];
      return [end - start <= 31 * day + hour ? 'P1M' : 'P1Y', spelled];
    }
  }
}

function bounds(period: WirePeriod): readonly [start: number, end: number] {
  const start = epochOf(period.timeInterval?.start);
  const end = epochOf(period.timeInterval?.end);
  if (start === null || end === null || end <= start)
    throw wrongAnswer('a period has no time interval that can be read', 'never');
  return [start, end];
}

function readPeriod(
  period: WirePeriod,
  resolution: Resolution,
  spelled: string,
  into: SeriesPoint[],
  odd: (code: string) => void,
): void {
  const [start, end] = bounds(period);
  const edges = tile(start, end, resolution, /^PT?(\d+|X)D$/.test(spelled) && spelled !== 'P1D');
  const count = edges.length - 1;
  const found: (SeriesPoint | undefined)[] = Array.from({ length: count });
  for (const point of period.Point ?? []) {
    const position = Number(point.position);
    if (!Number.isSafeInteger(position) || position < 1 || position > count)
      throw wrongAnswer(`position ${String(point.position)} lies outside of its period`, 'never');
    const code = point['out_Quantity.quality'] ?? '';
    const sent = point['out_Quantity.quantity'];
    let value: Decimal | null = null;
    if (code !== 'A02' && sent !== undefined && sent !== null && String(sent).trim() !== '') {
      value = decimalOf(String(sent));
      if (value === null) throw wrongAnswer('a quantity is no number', 'never');
    }
    let quality: Quality = lookup(qualities, code) ?? 'unknown';
    if (quality === 'unknown') odd(code);
    if (value === null) quality = 'missing';
    const known = found[position - 1];
    if (known !== undefined && known.value !== null && value === null) continue;
    found[position - 1] = {
      start: edges[position - 1] as Instant,
      end: edges[position] as Instant,
      value,
      quality,
      ...(code === '' ? {} : { source: sourceOf(code) }),
    };
  }
  for (let at = 0; at < count; at++)
    into.push(
      found[at] ?? {
        start: edges[at] as Instant,
        end: edges[at + 1] as Instant,
        value: null,
        quality: 'missing',
      },
    );
}

const sources: Map<string, SourceCode> = new Map();

/** One object for each code, not one for each value: a year of ten metering points has 87 600 of them. */
function sourceOf(code: string): SourceCode {
  let source = sources.get(code);
  if (source === undefined) {
    source = Object.freeze({ scheme: 'eloverblik', code });
    if (sources.size < 100) sources.set(code, source);
  }
  return source;
}

const tiled: Map<string, readonly Instant[]> = new Map();

/**
 * The edges of a period's intervals: in absolute time up to an hour, by the Danish calendar above. All metering points of a
 * hub have the same days, so each is worked out once and its texts are shared.
 */
function tile(
  start: EpochMs,
  end: EpochMs,
  resolution: Resolution,
  whole: boolean,
): readonly Instant[] {
  const key = `${start} ${end} ${whole ? 'whole' : resolution}`;
  const known = tiled.get(key);
  if (known !== undefined) return known;
  const length = fixedLength(resolution);
  if (length !== null && (end - start) % length !== 0)
    throw wrongAnswer('a period is no whole number of its intervals', 'never');
  if (length !== null && (end - start) / length > 40_000)
    throw wrongAnswer('a period is longer than a year', 'never');
  const edges = [instantOf(start)];
  for (let at = start; at < end;) {
    if (whole) at = end;
    else
      at = Math.min(end, length === null ? intervalEnd(at, resolution, danishZone) : at + length);
    edges.push(instantOf(at));
  }
  if (tiled.size >= 2_000) tiled.clear();
  tiled.set(key, edges);
  return edges;
}

function oddity(what: string, code: string, meteringPoint: MeteringPointId): Issue {
  return {
    code: 'eloverblik/unknown-code',
    severity: 'warning',
    message: `unknown ${what} ${JSON.stringify(code.slice(0, 40))} at ${meteringPoint}; kept as sent`,
  };
}
