import type { MeteringPoint, MeteringPointId, Resolution } from '@metergram/model';
import type {
  CallOptions,
  Charge,
  ChargesRequest,
  HubSeries,
  SeriesRequest,
} from '../core/client.ts';
import { HubError, type HubFault, type HubFaultCode } from '../core/fault.ts';
import { bundles, halvePeriod, type Period, splitPeriod } from '../core/period.ts';
import { cutSeries, mergeSeries } from '../core/series.ts';
import { frozenOf, type Transfer, transfer, type UnitAnswer } from '../core/transfer.ts';
import { addDays, dateAt, daysBetween, epoch } from '../core/zone.ts';
import type { EloverblikConnection, EloverblikOptions } from './connection.ts';
import { readCharges, readPoints } from './masterdata.ts';
import { aggregations } from './quality.ts';
import { danishZone, readMarketDocument } from './timeseries.ts';
import type { ResultItem, SeriesItem, WireCharges, WirePointData } from './wire.ts';

/** A bundle of metering points over a part of the period: one request. */
export interface SeriesUnit {
  readonly points: readonly MeteringPointId[];
  readonly period: Period;
}

/** Faults of a whole request that may come from a single metering point in it: then each half is asked for itself. */
const separable: ReadonlySet<HubFaultCode> = new Set<HubFaultCode>([
  'hub/not-permitted',
  'hub/consent-missing',
  'hub/unknown-point',
  'hub/invalid-request',
  'hub/protocol',
]);

/** No period is halved below this many days: a hub that cannot give two weeks of one metering point is out of order. */
const fewestDays = 14;

export type Sizes = Pick<EloverblikOptions, 'bundle' | 'days' | 'concurrency'>;

/** The sizes alone of a client's options: the rest holds secrets. */
export function sizesOf({ bundle, days, concurrency }: EloverblikOptions): Sizes {
  return {
    ...(bundle === undefined ? {} : { bundle }),
    ...(days === undefined ? {} : { days }),
    ...(concurrency === undefined ? {} : { concurrency }),
  };
}

/**
 * The Danish days that a request touches, within what the hub has: the previous five calendar years and this one, up to
 * today. Throws `hub/invalid-request` where nothing is left.
 */
export function daysOf(request: SeriesRequest, now: number): Period {
  const today = dateAt(now, danishZone);
  const earliest = `${Number(today.slice(0, 4)) - 5}-01-01`;
  const start = epoch(request.interval.start);
  const end = epoch(request.interval.end);
  let from = Number.isNaN(start) ? '' : dateAt(start, danishZone);
  let to = Number.isNaN(end) ? '' : addDays(dateAt(end - 1, danishZone), 1);
  if (from < earliest) from = earliest;
  if (to > today) to = today;
  if (from === '' || to === '' || !(start < end) || daysBetween(from, to) <= 0)
    throw invalid(
      `the hub has values from ${earliest} until ${today}, Danish days; nothing of that was asked for`,
    );
  return { from, to };
}

/** Values of many metering points, in bundles and parts, in order. */
export function seriesTransfer(
  connection: EloverblikConnection,
  request: SeriesRequest,
  options: CallOptions,
  sizes: Sizes,
): Transfer<HubSeries> {
  return deferred(() => {
    const points = unique(request.meteringPoints);
    // A transfer that goes on after midnight goes on to the day that it was planned for.
    const planned = frozenOf(options.resume);
    const now = typeof planned === 'number' ? planned : connection.clock.now();
    const days = daysOf(request, now);
    const resolution = request.resolution;
    const units = seriesUnits(points, days, resolution, sizes);
    return transfer<SeriesUnit, HubSeries>(
      {
        hub: 'eloverblik',
        units,
        fingerprint: ['series', points, days, resolution ?? null, sizes.bundle, sizes.days],
        frozen: now,
        pointsOf: (unit) => unit.points,
        run: (unit, signal) => seriesOf(connection, unit, request, signal),
        halve: (unit, fault) => halveUnit(unit, fault, resolution),
        join: mergeSeries,
        traffic: connection.http.traffic,
        ...(sizes.concurrency === undefined ? {} : { concurrency: sizes.concurrency }),
      },
      options,
    );
  });
}

/** The requests that a transfer plans: bundles outside, parts of the period inside. */
export function seriesUnits(
  points: readonly MeteringPointId[],
  days: Period,
  resolution: Resolution | undefined,
  sizes: Sizes,
): SeriesUnit[] {
  const parts = splitPeriod(days, Math.min(sizes.days ?? 730, 730), resolution ?? 'P1M');
  return bundles(points, Math.min(sizes.bundle ?? 10, 10)).flatMap((bundle) =>
    parts.map((period) => ({ points: bundle, period })),
  );
}

async function seriesOf(
  connection: EloverblikConnection,
  unit: SeriesUnit,
  request: SeriesRequest,
  signal: AbortSignal,
): Promise<UnitAnswer<HubSeries>> {
  const { from, to } = unit.period;
  const aggregation =
    request.resolution === undefined ? 'Actual' : aggregations[request.resolution];
  const answers = await connection.forPoints<SeriesItem>(
    {
      operation: 'timeseries',
      path: `/meterdata/gettimeseries/${from}/${to}/${aggregation}`,
      route: '/meterdata/gettimeseries/{dateFrom}/{dateTo}/{aggregation}',
    },
    unit.points,
    signal,
  );
  const items: HubSeries[] = [];
  const faults = new Map<MeteringPointId, HubFault>();
  const issues = [];
  for (const point of unit.points) {
    const answer = answers.get(point) as SeriesItem | HubFault;
    if ('hub' in answer) {
      faults.set(point, answer);
      continue;
    }
    try {
      const read = readMarketDocument(answer.MyEnergyData_MarketDocument ?? {}, point);
      issues.push(...read.issues);
      const cut = read.series
        .map((series) => cutSeries(series, request.interval))
        .filter((series) => series.points.length > 0);
      if (cut.length === 0) faults.set(point, nothing(point));
      items.push(...cut);
    } catch (error) {
      // One document that cannot be read must not spoil the others of its request.
      faults.set(point, unreadable(error, point));
    }
  }
  return { items, faults, issues };
}

/** Two smaller requests for one that failed: fewer points, then fewer days; null where that would not help. */
export function halveUnit(
  unit: SeriesUnit,
  fault: HubFault,
  resolution: Resolution | undefined,
): readonly [SeriesUnit, SeriesUnit] | null {
  const { points, period } = unit;
  const fewer = halvePoints(points, fault);
  if (fewer !== null)
    return [
      { points: fewer[0], period },
      { points: fewer[1], period },
    ];
  if (fault.retry !== 'smaller') return null;
  const halves = halvePeriod(period, resolution ?? 'P1M', fewestDays);
  return halves === null
    ? null
    : [
        { points, period: halves[0] },
        { points, period: halves[1] },
      ];
}

/** Something asked for each metering point, in bundles. */
function bundledTransfer<I extends ResultItem<unknown>, T>(
  connection: EloverblikConnection,
  what: { readonly operation: string; readonly path: string; readonly exact?: boolean },
  meteringPoints: readonly MeteringPointId[],
  options: CallOptions,
  sizes: Sizes,
  read: (item: I, point: MeteringPointId) => readonly T[],
): Transfer<T> {
  return deferred(() => {
    const points = unique(meteringPoints);
    const size = Math.min(sizes.bundle ?? 10, 10);
    return transfer<readonly MeteringPointId[], T>(
      {
        hub: 'eloverblik',
        units: bundles(points, size),
        fingerprint: [what.operation, points, size],
        pointsOf: (unit) => unit,
        run: async (unit, signal) => {
          const answers = await connection.forPoints<I>(what, unit, signal, what.exact);
          const items: T[] = [];
          const faults = new Map<MeteringPointId, HubFault>();
          for (const point of unit) {
            const answer = answers.get(point) as I | HubFault;
            try {
              if ('hub' in answer) faults.set(point, answer);
              else items.push(...read(answer, point));
            } catch (error) {
              faults.set(point, unreadable(error, point));
            }
          }
          return { items, faults };
        },
        halve: halvePoints,
        traffic: connection.http.traffic,
        ...(sizes.concurrency === undefined ? {} : { concurrency: sizes.concurrency }),
      },
      options,
    );
  });
}

/** Two halves of a bundle, where its fault may come of one metering point in it or of their number. */
export function halvePoints(
  points: readonly MeteringPointId[],
  fault: HubFault,
): readonly [readonly MeteringPointId[], readonly MeteringPointId[]] | null {
  if (points.length < 2 || (fault.retry !== 'smaller' && !separable.has(fault.code))) return null;
  const middle = Math.ceil(points.length / 2);
  return [points.slice(0, middle), points.slice(middle)];
}

/** Details of metering points; the root's children follow it. */
export function detailsTransfer(
  connection: EloverblikConnection,
  path: string,
  meteringPoints: readonly MeteringPointId[],
  options: CallOptions,
  sizes: Sizes,
): Transfer<MeteringPoint> {
  return bundledTransfer<ResultItem<WirePointData>, MeteringPoint>(
    connection,
    { operation: 'details', path },
    meteringPoints,
    options,
    sizes,
    (item) => readPoints(item.result ?? {}),
  );
}

/** Charges of now and of later; the hub has no history of them. */
export function chargesTransfer(
  connection: EloverblikConnection,
  path: string,
  request: ChargesRequest,
  options: CallOptions,
  sizes: Sizes,
): Transfer<Charge> {
  return bundledTransfer<ResultItem<WireCharges>, Charge>(
    connection,
    { operation: 'charges', path, exact: true },
    request.meteringPoints,
    options,
    sizes,
    (item, point) => readCharges(item.result ?? {}, point),
  );
}

/** One answer as a transfer of one chunk. */
export function single<T>(
  connection: EloverblikConnection,
  name: string,
  options: CallOptions,
  run: (signal: AbortSignal) => Promise<readonly T[]>,
): Transfer<T> {
  return deferred(() =>
    transfer<null, T>(
      {
        hub: 'eloverblik',
        units: [null],
        fingerprint: [name],
        pointsOf: () => [],
        run: async (_, signal) => ({ items: await run(signal) }),
        traffic: connection.http.traffic,
      },
      options,
    ),
  );
}

/** Starts a transfer at its first step: a wrong request fails there, as everything else does. */
export async function* deferred<T>(
  start: () => AsyncIterable<T>,
): AsyncGenerator<T, void, undefined> {
  yield* start();
}

export function unique(points: readonly MeteringPointId[]): MeteringPointId[] {
  if (points.length === 0) throw invalid('no metering point was asked for');
  return [...new Set(points)];
}

export function invalid(message: string): HubError {
  return new HubError({ code: 'hub/invalid-request', hub: 'eloverblik', message, retry: 'never' });
}

/** The fault of a document that could not be read, ours or that of something in it that nobody foresaw. */
function unreadable(error: unknown, meteringPoint: MeteringPointId): HubFault {
  if (error instanceof HubError) return { ...error.fault, meteringPoint };
  return {
    code: 'hub/protocol',
    hub: 'eloverblik',
    message: 'what the hub sent for this metering point is not what its description allows',
    retry: 'never',
    meteringPoint,
  };
}

function nothing(point: MeteringPointId): HubFault {
  return {
    code: 'hub/no-data',
    hub: 'eloverblik',
    message: 'the hub has no values for this part of the period',
    retry: 'never',
    meteringPoint: point,
  };
}
