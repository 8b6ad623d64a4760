import type {
  ConsentGrant,
  Instant,
  Interval,
  MeteringPoint,
  MeteringPointId,
  Resolution,
} from '@metergram/model';
import type {
  CallOptions,
  Charge,
  ChargesRequest,
  HubClient,
  HubFeatures,
  HubSeries,
  SeriesRequest,
} from '../core/client.ts';
import { HubError, type HubFault } from '../core/fault.ts';
import { bundles, type Period, splitPeriod } from '../core/period.ts';
import { Secret } from '../core/secret.ts';
import { type Transfer, transfer } from '../core/transfer.ts';
import { listOf, resultOf } from './answer.ts';
import { EloverblikConnection, type EloverblikOptions, pointsBody } from './connection.ts';
import { readPoints } from './masterdata.ts';
import { aggregations } from './quality.ts';
import { danishZone } from './timeseries.ts';
import {
  chargesTransfer,
  daysOf,
  deferred,
  detailsTransfer,
  seriesTransfer,
  single,
} from './transfers.ts';
import type { ResultItem, WirePointData } from './wire.ts';

/** A file that the hub wrote, as it came: its columns are not described, so they are not read. */
export interface CsvExport {
  readonly meteringPoints: readonly MeteringPointId[];
  /** Absent where an export has no period. */
  readonly period?: Period;
  readonly text: string;
}

export const eloverblikFeatures: HubFeatures = {
  points: true,
  charges: true,
  consents: true,
  resolutions: ['PT15M', 'PT1H', 'P1D', 'P1M', 'P1Y'],
};

/**
 * Eloverblik's customer API: one's own metering points, those of one's company, or those that a relation was made to. The
 * refresh token is the customer's; it must stay on a server.
 *
 * @example
 * const hub = new EloverblikCustomer({ refreshToken: process.env.ELOVERBLIK_TOKEN });
 * const { items: points } = await collect(hub.points());
 */
export class EloverblikCustomer implements HubClient {
  readonly hub = 'eloverblik';
  readonly zone: HubClient['zone'] = danishZone;
  readonly features: HubFeatures = { ...eloverblikFeatures, consents: false };
  readonly #connection: EloverblikConnection;
  readonly #options: Omit<EloverblikOptions, 'refreshToken'>;

  constructor(options: EloverblikOptions) {
    const { refreshToken: _, ...rest } = options;
    this.#options = rest;
    this.#connection = new EloverblikConnection(options, 'customer');
  }

  /** When the refresh token ends; null where it does not say. */
  get refreshTokenExpires(): Instant | null {
    return this.#connection.refreshTokenExpires;
  }

  isAlive(signal?: AbortSignal): Promise<boolean> {
    return this.#connection.isAlive(signal);
  }

  /**
   * Metering points with a relation and their children. With `all`, also those registered to the customer's number without
   * a relation; `source.hasRelation` tells which.
   */
  points(options: CallOptions & { readonly all?: boolean } = {}): Transfer<MeteringPoint> {
    const all = options.all === true;
    return single(this.#connection, `points ${all}`, options, (signal) =>
      this.#connection.send(
        {
          operation: 'points',
          method: 'GET',
          path: `/meteringpoints/meteringpoints?includeAll=${all}`,
          route: '/meteringpoints/meteringpoints',
        },
        (answer) => listOf<WirePointData>(resultOf(answer)).flatMap(readPoints),
        signal,
      ),
    );
  }

  /** Everything that the hub knows of metering points: `source` has its 60 fields and more as sent. */
  details(
    meteringPoints: readonly MeteringPointId[],
    options: CallOptions = {},
  ): Transfer<MeteringPoint> {
    const path = '/meteringpoints/meteringpoint/getdetails';
    return detailsTransfer(this.#connection, path, meteringPoints, options, this.#options);
  }

  series(request: SeriesRequest, options: CallOptions = {}): Transfer<HubSeries> {
    return seriesTransfer(this.#connection, request, options, this.#options);
  }

  charges(request: ChargesRequest, options: CallOptions = {}): Transfer<Charge> {
    const path = '/meteringpoints/meteringpoint/getcharges';
    return chargesTransfer(this.#connection, path, request, options, this.#options);
  }

  /** Refused with `hub/not-supported`: a customer needs nobody's consent, and the hub shows a customer none. */
  consents(_options: CallOptions = {}): Transfer<ConsentGrant> {
    return deferred<never>(() => {
      throw new HubError({
        code: 'hub/not-supported',
        hub: 'eloverblik',
        message: 'the customer API has no consents; the third-party API has',
        retry: 'never',
      });
    });
  }

  /**
   * Makes relations to metering points registered to the customer's own number. Gives each point's fault, or null where it
   * went well.
   */
  async addRelations(
    meteringPoints: readonly MeteringPointId[],
    signal?: AbortSignal,
  ): Promise<Map<MeteringPointId, HubFault | null>> {
    const done = new Map<MeteringPointId, HubFault | null>();
    for (const bundle of bundles([...new Set(meteringPoints)], 10)) {
      const answers = await this.#connection.forPoints<ResultItem<string>>(
        { operation: 'add-relation', path: '/meteringpoints/meteringpoint/relation/add' },
        bundle,
        signal,
      );
      for (const [point, answer] of answers) done.set(point, 'hub' in answer ? answer : null);
    }
    return done;
  }

  /** Makes a relation with the web access code from the electricity bill. The code is a secret: it opens the data. */
  async addRelationByCode(
    meteringPoint: MeteringPointId,
    webAccessCode: string | Secret,
    signal?: AbortSignal,
  ): Promise<void> {
    const code = Secret.of(webAccessCode);
    this.#connection.http.redactor.learn(code);
    const parts = [meteringPoint, code.expose()].map(encodeURIComponent).join('/');
    await this.#connection.send(
      {
        operation: 'add-relation-by-code',
        method: 'PUT',
        path: `/meteringpoints/meteringpoint/relation/add/${parts}`,
        route: '/meteringpoints/meteringpoint/relation/add/{meteringPointId}/{webAccessCode}',
      },
      resultOf,
      signal,
    );
  }

  /** Ends a relation. True where there was one. */
  deleteRelation(meteringPoint: MeteringPointId, signal?: AbortSignal): Promise<boolean> {
    return this.#connection.send(
      {
        operation: 'delete-relation',
        method: 'DELETE',
        path: `/meteringpoints/meteringpoint/relation/${encodeURIComponent(meteringPoint)}`,
        route: '/meteringpoints/meteringpoint/relation/{meteringPointId}',
      },
      (answer) => resultOf(answer) === true,
      signal,
    );
  }

  /** The hub's own CSV of values; the same bundles and parts of the period as {@link EloverblikCustomer.series}. */
  exportSeries(
    request: {
      readonly meteringPoints: readonly MeteringPointId[];
      readonly interval: Interval;
      readonly resolution?: Resolution;
    },
    options: CallOptions = {},
  ): Transfer<CsvExport> {
    return deferred(() => {
      const days = daysOf(request, this.#connection.clock.now());
      const name = request.resolution === undefined ? 'Actual' : aggregations[request.resolution];
      return this.#exports(
        {
          operation: 'export-series',
          route: '/meterdata/timeseries/export/{dateFrom}/{dateTo}/{aggregation}',
          path: (period) => `/meterdata/timeseries/export/${period?.from}/${period?.to}/${name}`,
        },
        request.meteringPoints,
        splitPeriod(days, Math.min(this.#options.days ?? 730, 730), request.resolution ?? 'P1M'),
        options,
      );
    });
  }

  exportMasterData(
    meteringPoints: readonly MeteringPointId[],
    options: CallOptions = {},
  ): Transfer<CsvExport> {
    const path = '/meteringpoints/masterdata/export';
    const what = { operation: 'export-masterdata', route: path, path: () => path };
    return this.#exports(what, meteringPoints, [undefined], options);
  }

  exportCharges(
    meteringPoints: readonly MeteringPointId[],
    options: CallOptions = {},
  ): Transfer<CsvExport> {
    const path = '/meteringpoints/charges/export';
    const what = { operation: 'export-charges', route: path, path: () => path };
    return this.#exports(what, meteringPoints, [undefined], options);
  }

  #exports(
    what: {
      readonly operation: string;
      readonly route: string;
      readonly path: (period: Period | undefined) => string;
    },
    meteringPoints: readonly MeteringPointId[],
    periods: readonly (Period | undefined)[],
    options: CallOptions,
  ): Transfer<CsvExport> {
    const size = Math.min(this.#options.bundle ?? 10, 10);
    const units = bundles([...new Set(meteringPoints)], size).flatMap((points) =>
      periods.map((period) => ({ points, period })),
    );
    return transfer<(typeof units)[number], CsvExport>(
      {
        hub: 'eloverblik',
        units,
        fingerprint: [what.operation, units],
        pointsOf: (unit) => unit.points,
        run: async ({ points, period }, signal) => {
          const text = await this.#connection.send(
            {
              operation: what.operation,
              method: 'POST',
              path: what.path(period),
              route: what.route,
              headers: { accept: 'text/csv' },
              body: pointsBody(points),
            },
            (answer) => answer.text(),
            signal,
          );
          const found: CsvExport = { meteringPoints: points, text };
          return { items: [period === undefined ? found : { ...found, period }] };
        },
        traffic: this.#connection.http.traffic,
      },
      options,
    );
  }

  toJSON(): { hub: string; api: string } {
    return { hub: 'eloverblik', api: 'customer' };
  }
}
