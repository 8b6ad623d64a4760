import type { MeteringPointId } from '@metergram/model';
import type { CallOptions, SeriesRequest } from '../core/client.ts';
import { bundles, type Period } from '../core/period.ts';
import { frozenOf, type Transfer, transfer } from '../core/transfer.ts';
import { type EloverblikConnection, pointsBody } from './connection.ts';
import { aggregations } from './quality.ts';
import {
  daysOf,
  deferred,
  halvePoints,
  halveUnit,
  type SeriesUnit,
  seriesUnits,
  type Sizes,
  unique,
} from './transfers.ts';

/** A file that the hub wrote, as it came; `readSeriesExport` and the others read it. */
export interface CsvExport {
  readonly meteringPoints: readonly MeteringPointId[];
  /** What was asked for; the hub may give the day that this ends with as well. Absent where an export has no period. */
  readonly period?: Period;
  readonly text: string;
}

/** The hub's CSV of values: the bundles and parts of the period are those of the same request for series. */
export function seriesExport(
  connection: EloverblikConnection,
  request: SeriesRequest,
  options: CallOptions,
  sizes: Sizes,
): Transfer<CsvExport> {
  return deferred(() => {
    const points = unique(request.meteringPoints);
    const planned = frozenOf(options.resume);
    const now = typeof planned === 'number' ? planned : connection.clock.now();
    const days = daysOf(request, now);
    const { resolution } = request;
    const name = resolution === undefined ? 'Actual' : aggregations[resolution];
    return transfer<SeriesUnit, CsvExport>(
      {
        hub: 'eloverblik',
        units: seriesUnits(points, days, resolution, sizes),
        fingerprint: ['export', points, days, resolution ?? null, sizes.bundle, sizes.days],
        frozen: now,
        pointsOf: (unit) => unit.points,
        run: async ({ points: meteringPoints, period }, signal) => {
          const text = await download(
            connection,
            {
              operation: 'export-series',
              path: `/meterdata/timeseries/export/${period.from}/${period.to}/${name}`,
              route: '/meterdata/timeseries/export/{dateFrom}/{dateTo}/{aggregation}',
            },
            meteringPoints,
            signal,
          );
          return { items: [{ meteringPoints, period, text }] };
        },
        halve: (unit, fault) => halveUnit(unit, fault, resolution),
        traffic: connection.http.traffic,
        ...(sizes.concurrency === undefined ? {} : { concurrency: sizes.concurrency }),
      },
      options,
    );
  });
}

/** The hub's CSV of something that has no period: master data, charges. */
export function pointsExport(
  connection: EloverblikConnection,
  what: { readonly operation: string; readonly path: string },
  meteringPoints: readonly MeteringPointId[],
  options: CallOptions,
  sizes: Sizes,
): Transfer<CsvExport> {
  return deferred(() => {
    const all = unique(meteringPoints);
    const size = Math.min(sizes.bundle ?? 10, 10);
    return transfer<readonly MeteringPointId[], CsvExport>(
      {
        hub: 'eloverblik',
        units: bundles(all, size),
        fingerprint: [what.operation, all, size],
        pointsOf: (unit) => unit,
        run: async (unit, signal) => {
          const text = await download(connection, { ...what, route: what.path }, unit, signal);
          return { items: [{ meteringPoints: unit, text }] };
        },
        halve: halvePoints,
        traffic: connection.http.traffic,
        ...(sizes.concurrency === undefined ? {} : { concurrency: sizes.concurrency }),
      },
      options,
    );
  });
}

function download(
  connection: EloverblikConnection,
  what: { readonly operation: string; readonly path: string; readonly route: string },
  points: readonly MeteringPointId[],
  signal: AbortSignal,
): Promise<string> {
  return connection.send(
    { ...what, method: 'POST', headers: { accept: 'text/csv' }, body: pointsBody(points) },
    (answer) => answer.text(),
    signal,
  );
}
