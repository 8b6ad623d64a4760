import type {
  ConsentGrant,
  Instant,
  MeteringPoint,
  MeteringPointId,
  PartyId,
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
import { HubError } from '../core/fault.ts';
import { collect, type Transfer } from '../core/transfer.ts';
import { listOf, resultOf } from './answer.ts';
import { EloverblikConnection, type EloverblikOptions } from './connection.ts';
import { type ConsentTerms, readAuthorization } from './consents.ts';
import { eloverblikFeatures } from './customer.ts';
import { readPoints } from './masterdata.ts';
import { danishZone } from './timeseries.ts';
import { chargesTransfer, detailsTransfer, seriesTransfer, single } from './transfers.ts';
import type { WireAuthorization, WirePointData } from './wire.ts';

/** Which authorizations' metering points: of one authorization, of a company, of the key given when asking. */
export type AuthorizationScope = 'authorizationId' | 'customerCVR' | 'customerKey';

export interface ThirdPartyOptions extends EloverblikOptions {
  /** What the hub's authorizations do not say and the model's grants need; nobody and nothing unless told. */
  readonly terms?: Partial<ConsentTerms>;
}

/**
 * Eloverblik's third-party API: what customers gave a power of attorney for. The refresh token is the third party's; it must
 * stay on a server.
 */
export class EloverblikThirdParty implements HubClient {
  readonly hub = 'eloverblik';
  readonly zone: HubClient['zone'] = danishZone;
  readonly features: HubFeatures = eloverblikFeatures;
  readonly #connection: EloverblikConnection;
  readonly #options: Omit<ThirdPartyOptions, 'refreshToken'>;

  constructor(options: ThirdPartyOptions) {
    const { refreshToken: _, ...rest } = options;
    this.#options = rest;
    this.#connection = new EloverblikConnection(options, 'thirdparty');
  }

  /** When the refresh token ends; null where it does not say. */
  get refreshTokenExpires(): Instant | null {
    return this.#connection.refreshTokenExpires;
  }

  isAlive(signal?: AbortSignal): Promise<boolean> {
    return this.#connection.isAlive(signal);
  }

  /** The authorizations as the hub lists them: only those that are active. */
  authorizations(signal?: AbortSignal): Promise<readonly WireAuthorization[]> {
    return this.#connection.send(
      {
        operation: 'authorizations',
        method: 'GET',
        path: '/authorization/authorizations',
        route: '/authorization/authorizations',
      },
      (answer) => listOf<WireAuthorization>(resultOf(answer)),
      signal,
    );
  }

  /**
   * Metering points of one scope. Where the hub cannot give so many at once, their identifiers are fetched and then their
   * details in bundles, as the hub advises.
   */
  async pointsOf(
    scope: AuthorizationScope,
    id: string,
    signal?: AbortSignal,
  ): Promise<readonly MeteringPoint[]> {
    try {
      return await this.#connection.send(
        {
          operation: 'points',
          method: 'GET',
          path: `/authorization/authorization/meteringpoints/${scope}/${encodeURIComponent(id)}`,
          route: '/authorization/authorization/meteringpoints/{scope}/{identifier}',
          attempts: 2,
        },
        (answer) => listOf<WirePointData>(resultOf(answer)).flatMap(readPoints),
        signal,
      );
    } catch (error) {
      if (!(error instanceof HubError) || error.fault.retry !== 'smaller') throw error;
    }
    const ids = await this.idsOf(scope, id, signal);
    if (ids.length === 0) return [];
    const { items, outcomes } = await collect(
      this.details(ids, signal === undefined ? {} : { signal }),
    );
    const failed = outcomes.find(({ state }) => state === 'failed')?.faults[0];
    if (failed !== undefined) throw new HubError(failed);
    return items;
  }

  /** Only the identifiers of one scope: quicker, and the way when there are many. */
  idsOf(
    scope: AuthorizationScope,
    id: string,
    signal?: AbortSignal,
  ): Promise<readonly MeteringPointId[]> {
    return this.#connection.send(
      {
        operation: 'point-ids',
        method: 'GET',
        path: `/authorization/authorization/meteringpointids/${scope}/${encodeURIComponent(id)}`,
        route: '/authorization/authorization/meteringpointids/{scope}/{identifier}',
      },
      (answer) =>
        listOf<unknown>(resultOf(answer)).filter(
          (one): one is MeteringPointId => typeof one === 'string',
        ),
      signal,
    );
  }

  /** The metering points of all active authorizations, each once. */
  points(options: CallOptions = {}): Transfer<MeteringPoint> {
    return single(this.#connection, 'points', options, async (signal) => {
      const found = new Map<MeteringPointId, MeteringPoint>();
      for (const { id } of await this.authorizations(signal)) {
        if (!id) continue;
        for (const point of await this.pointsOf('authorizationId', id, signal))
          if (!found.has(point.id)) found.set(point.id, point);
      }
      return [...found.values()];
    });
  }

  details(
    meteringPoints: readonly MeteringPointId[],
    options: CallOptions = {},
  ): Transfer<MeteringPoint> {
    const path = '/meteringpoint/getdetails';
    return detailsTransfer(this.#connection, path, meteringPoints, options, this.#options);
  }

  series(request: SeriesRequest, options: CallOptions = {}): Transfer<HubSeries> {
    return seriesTransfer(this.#connection, request, options, this.#options);
  }

  charges(request: ChargesRequest, options: CallOptions = {}): Transfer<Charge> {
    const path = '/meteringpoint/getcharges';
    return chargesTransfer(this.#connection, path, request, options, this.#options);
  }

  /** Active authorizations as grants, each with its metering points. Compare two such lists with `consentChanges`. */
  consents(options: CallOptions = {}): Transfer<ConsentGrant> {
    const { to, what = [], purposes = [] } = this.#options.terms ?? {};
    return single(this.#connection, 'consents', options, async (signal) => {
      const grants: ConsentGrant[] = [];
      for (const wire of await this.authorizations(signal)) {
        if (!wire.id) continue;
        const ids = await this.idsOf('authorizationId', wire.id, signal);
        grants.push(
          readAuthorization(wire, ids, {
            to: to ?? ((wire.thirdPartyName || 'eloverblik:third-party') as PartyId),
            what,
            purposes,
          }),
        );
      }
      return grants;
    });
  }

  toJSON(): { hub: string; api: string } {
    return { hub: 'eloverblik', api: 'thirdparty' };
  }
}
