import type { ConsentGrant, MeteringPoint, MeteringPointId, PartyId } from '@metergram/model';
import type { CallOptions, HubClient, HubFeatures } from '../core/client.ts';
import { HubError } from '../core/fault.ts';
import { collect, type Transfer } from '../core/transfer.ts';
import { listOf, resultOf } from './answer.ts';
import { EloverblikApi } from './api.ts';
import { EloverblikConnection, type EloverblikOptions } from './connection.ts';
import { type ConsentTerms, readAuthorization } from './consents.ts';
import { eloverblikFeatures } from './customer.ts';
import { readPoints } from './masterdata.ts';
import { single, sizesOf } from './transfers.ts';
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
export class EloverblikThirdParty extends EloverblikApi implements HubClient {
  readonly features: HubFeatures = eloverblikFeatures;
  readonly #connection: EloverblikConnection;
  readonly #terms: Partial<ConsentTerms>;

  constructor(options: ThirdPartyOptions) {
    const connection = new EloverblikConnection(options, 'thirdparty');
    super(connection, sizesOf(options), 'thirdparty');
    this.#connection = connection;
    this.#terms = options.terms ?? {};
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

  /** Active authorizations as grants, each with its metering points. Compare two such lists with `consentChanges`. */
  consents(options: CallOptions = {}): Transfer<ConsentGrant> {
    const { to, what = [], purposes = [] } = this.#terms;
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
}
