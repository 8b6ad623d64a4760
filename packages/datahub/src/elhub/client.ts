import type { ConsentGrant, MeteringPoint, MeteringPointId, ZoneId } from '@metergram/model';
import type {
  CallOptions,
  Charge,
  HubClient,
  HubFeatures,
  HubSeries,
  SeriesRequest,
} from '../core/client.ts';
import type { Clock } from '../core/clock.ts';
import { systemClock } from '../core/clock.ts';
import type { HubHttp } from '../core/http.ts';
import { badInterval, refused } from '../core/refusal.ts';
import { type Transfer, transfer } from '../core/transfer.ts';
import { ElhubAccess } from './access.ts';
import { type ElhubCredentialOptions, elhubHttp, maskinportenTokens } from './connection.ts';
import { ElhubEnergyData, OSLO } from './energy-data.ts';
import { ElhubExperimental, type MeteringValuesOptions } from './experimental.ts';
import { elhubDocument, elhubGrant, elhubRequest, type GrantTerms } from './grant.ts';

export interface ElhubOptions extends ElhubCredentialOptions {
  /** What a grant means in the host's vocabulary; nothing may be seen without it. */
  readonly terms?: GrantTerms;
  /** Turns per-meter values on. Their shape is not published: nothing of it is stable. */
  readonly meteringValues?: MeteringValuesOptions;
}

type ConsentSource = 'requests' | 'documents' | 'grants';

/**
 * Elhub (Norway): the common interface, and the APIs in full under {@link access}, {@link energyData} and
 * {@link experimental}.
 *
 * @example
 * const elhub = createElhub({ userAgent: 'my-app/1.0', gln, credential });
 * for await (const { items } of elhub.consents()) console.log(items.map((grant) => grant.state));
 */
export class ElhubClient implements HubClient {
  readonly hub = 'elhub';
  readonly zone: ZoneId = OSLO;
  readonly features: HubFeatures;
  readonly access: ElhubAccess;
  readonly energyData: ElhubEnergyData;
  readonly experimental: ElhubExperimental;
  readonly #http: HubHttp;
  readonly #clock: Clock;
  readonly #options: ElhubOptions;

  constructor(options: ElhubOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#http = elhubHttp(options);
    const shared = { http: this.#http, token: maskinportenTokens(options) };
    this.access = new ElhubAccess(options, shared);
    this.energyData = new ElhubEnergyData(options, { http: this.#http });
    this.experimental = new ElhubExperimental(options, shared);
    this.features = {
      points: true,
      charges: false,
      consents: true,
      resolutions: options.meteringValues === undefined ? [] : ['PT1H'],
    };
  }

  /** The metering points that active grants name; what else a point is, Elhub does not say here. */
  points(options: CallOptions = {}): Transfer<MeteringPoint> {
    const given = new Set<string>();
    return this.#consentTransfer(['grants'], 'points', options, (grant) =>
      grant.state === 'active' ? grant.meteringPoints.flatMap((id) => pointOf(id, given)) : [],
    );
  }

  /** Refused with `hub/not-supported` unless `meteringValues` was given. @experimental */
  series(request: SeriesRequest, options: CallOptions = {}): Transfer<HubSeries> {
    const values = this.#options.meteringValues;
    if (values === undefined) {
      return refused(
        'elhub',
        'hub/not-supported',
        'per-meter values of Elhub are experimental: turn them on with meteringValues',
      );
    }
    if (request.resolution !== undefined && request.resolution !== 'PT1H') {
      return refused('elhub', 'hub/not-supported', 'Elhub is asked for hours only');
    }
    const wrong = badInterval(request.interval);
    if (wrong !== null) return refused('elhub', 'hub/invalid-request', wrong);
    return this.experimental.series(request, values, options);
  }

  /** Elhub has no tariffs. */
  charges(): Transfer<Charge> {
    return refused(
      'elhub',
      'hub/not-supported',
      'Elhub has no tariffs; they come from the grid companies',
    );
  }

  /**
   * Every consent that Elhub lists, once: a request or document that waits or was refused as itself, an accepted or signed
   * one as its grant.
   */
  consents(options: CallOptions = {}): Transfer<ConsentGrant> {
    return this.#consentTransfer(
      ['requests', 'documents', 'grants'],
      'consents',
      options,
      (grant) => [grant],
    );
  }

  #consentTransfer<T>(
    units: readonly ConsentSource[],
    name: string,
    options: CallOptions,
    give: (grant: ConsentGrant) => readonly T[],
  ): Transfer<T> {
    return transfer<ConsentSource, T>(
      {
        hub: 'elhub',
        units,
        fingerprint: [name, this.#options.gln, this.#options.onBehalfOfGln ?? null],
        pointsOf: () => [],
        run: async (source, signal) => {
          const items: T[] = [];
          for await (const grant of this.#read(source, signal)) items.push(...give(grant));
          return { items };
        },
        concurrency: 1,
        traffic: this.#http.traffic,
      },
      options,
    );
  }

  async *#read(
    source: ConsentSource,
    signal: AbortSignal,
  ): AsyncGenerator<ConsentGrant, void, undefined> {
    const terms = this.#options.terms ?? {};
    if (source === 'requests') {
      for await (const request of this.access.requests({}, { signal })) {
        const grant = elhubRequest(request, this.#clock.now(), terms);
        if (grant !== null) yield grant;
      }
    } else if (source === 'documents') {
      for await (const document of this.access.documents({ signal })) {
        const grant = elhubDocument(document, this.#clock.now(), terms);
        if (grant !== null) yield grant;
      }
    } else {
      for await (const grant of this.access.grants({ signal })) {
        const scopes = await this.access.scopes(grant.id, signal);
        yield elhubGrant(grant, scopes, this.#clock.now(), terms);
      }
    }
  }
}

function pointOf(id: MeteringPointId, given: Set<string>): readonly MeteringPoint[] {
  if (given.has(id)) return [];
  given.add(id);
  return [{ id, kind: 'unknown', medium: 'electricity', zone: OSLO }];
}

/** Elhub through its credential; see {@link ElhubClient}. */
export function createElhub(options: ElhubOptions): ElhubClient {
  return new ElhubClient(options);
}

/** Elhub's open data, which needs no credential. */
export function createElhubEnergyData(
  options: ConstructorParameters<typeof ElhubEnergyData>[0],
): ElhubEnergyData {
  return new ElhubEnergyData(options);
}
