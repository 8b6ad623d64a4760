import type { ConsentGrant, MeteringPoint, MeteringPointId } from '@metergram/model';
import type { CallOptions, HubClient, HubFeatures, SeriesRequest } from '../core/client.ts';
import { HubError, type HubFault } from '../core/fault.ts';
import { bundles } from '../core/period.ts';
import { Secret } from '../core/secret.ts';
import type { Transfer } from '../core/transfer.ts';
import { listOf, resultOf } from './answer.ts';
import { EloverblikApi } from './api.ts';
import { EloverblikConnection, type EloverblikOptions } from './connection.ts';
import { type CsvExport, pointsExport, seriesExport } from './exports.ts';
import { readPoints } from './masterdata.ts';
import { deferred, single, type Sizes, sizesOf } from './transfers.ts';
import type { ResultItem, WirePointData } from './wire.ts';

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
export class EloverblikCustomer extends EloverblikApi implements HubClient {
  readonly features: HubFeatures = { ...eloverblikFeatures, consents: false };
  readonly #connection: EloverblikConnection;
  readonly #sizes: Sizes;

  constructor(options: EloverblikOptions) {
    const connection = new EloverblikConnection(options, 'customer');
    const sizes = sizesOf(options);
    super(connection, sizes, 'customer');
    this.#connection = connection;
    this.#sizes = sizes;
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

  /**
   * The hub's own CSV of values; the same bundles and parts of the period as {@link EloverblikCustomer.series}.
   * `readSeriesExport` reads it.
   */
  exportSeries(request: SeriesRequest, options: CallOptions = {}): Transfer<CsvExport> {
    return seriesExport(this.#connection, request, options, this.#sizes);
  }

  /** The hub's own CSV of master data; `readMasterDataExport` reads it. */
  exportMasterData(
    meteringPoints: readonly MeteringPointId[],
    options: CallOptions = {},
  ): Transfer<CsvExport> {
    const what = { operation: 'export-masterdata', path: '/meteringpoints/masterdata/export' };
    return pointsExport(this.#connection, what, meteringPoints, options, this.#sizes);
  }

  /** The hub's own CSV of charges; `readChargesExport` reads it. */
  exportCharges(
    meteringPoints: readonly MeteringPointId[],
    options: CallOptions = {},
  ): Transfer<CsvExport> {
    const what = { operation: 'export-charges', path: '/meteringpoints/charges/export' };
    return pointsExport(this.#connection, what, meteringPoints, options, this.#sizes);
  }
}
