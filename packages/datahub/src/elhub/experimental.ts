import type { Issue, MeteringPoint, MeteringPointId, TimeSeries } from '@metergram/model';
import type { CallOptions, SeriesRequest } from '../core/client.ts';
import { HubError } from '../core/fault.ts';
import { asRecord, asText } from '../core/exact-json.ts';
import type { HubHttp } from '../core/http.ts';
import type { TokenCache } from '../core/token.ts';
import { bundles } from '../core/period.ts';
import { type Transfer, transfer } from '../core/transfer.ts';
import { mergeSeries } from '../core/series.ts';
import { elhubJson } from './access.ts';
import type { ElhubCredentialOptions } from './connection.ts';
import { ElhubEnergyData } from './energy-data.ts';
import { JSON_API, resourceOf } from './json-api.ts';
import type {
  AuthorizationRequest,
  ElhubLanguage,
  ElhubPermission,
  PartyIdentifier,
} from './wire.ts';

/**
 * Access API V1, of which only a third party's harvest of October 2026 is known: a request applies to several metering
 * points and allows several dates. Field names are as seen there; that they stand in `attributes` is assumed.
 *
 * @experimental May change or go without notice.
 */
export interface RequestSubmissionV1 {
  readonly requestType: ElhubPermission;
  readonly appliesTo: { readonly meteringPointId: readonly string[] };
  /** Civil dates. */
  readonly allowedChanges?: { readonly validFrom: readonly string[] };
  readonly externalReference?: string;
  /** Required in V1. */
  readonly language: ElhubLanguage;
  readonly requestedBy: PartyIdentifier;
  readonly requestedFrom: PartyIdentifier;
  readonly requestedTo: PartyIdentifier;
  readonly redirectURI?: string;
}

/** Body of a V1 request, as far as it is known. @experimental */
export function requestBodyV1(submission: RequestSubmissionV1): Readonly<Record<string, unknown>> {
  const { requestedBy, requestedFrom, requestedTo, redirectURI, ...attributes } = submission;
  return {
    data: {
      type: 'AuthorizationRequest',
      attributes,
      meta: {
        requestedBy,
        requestedFrom,
        requestedTo,
        ...(redirectURI === undefined ? {} : { redirectURI }),
      },
    },
  };
}

/** What makes per-meter values available: which dataset to ask for, because none is published. */
export interface MeteringValuesOptions {
  readonly dataset: string;
}

/** Norwegian metering points are asked for one by one. */
interface Unit {
  readonly point: MeteringPointId;
}

/**
 * What Elhub has but does not describe in public. Nothing here is stable, and nothing of it was run against Elhub:
 * addresses are documented at second hand, shapes are assumed to be those of the open data.
 *
 * @experimental
 */
export class ElhubExperimental {
  readonly #http: HubHttp;
  readonly #token: TokenCache;
  readonly #options: ElhubCredentialOptions;

  constructor(
    options: ElhubCredentialOptions,
    shared: { readonly http: HubHttp; readonly token: TokenCache },
  ) {
    this.#options = options;
    this.#http = shared.http;
    this.#token = shared.token;
  }

  /** `POST /access/v1/authorization-requests`. @experimental */
  createRequestV1(
    submission: RequestSubmissionV1,
    signal?: AbortSignal,
  ): Promise<AuthorizationRequest> {
    return this.#http.send(
      {
        operation: 'create-request-v1',
        method: 'POST',
        route: '/access/v1/authorization-requests',
        path: '/access/v1/authorization-requests',
        headers: {
          'user-agent': this.#options.userAgent,
          sendergln: this.#options.gln,
          ...(this.#options.onBehalfOfGln === undefined
            ? {}
            : { onbehalfofgln: this.#options.onBehalfOfGln }),
          accept: JSON_API,
          'content-type': JSON_API,
        },
        token: this.#token,
        body: JSON.stringify(requestBodyV1(submission)),
        limits: [{ scope: 'address' }],
        repeatable: false,
      },
      (answer) => {
        const found = resourceOf<AuthorizationRequest>(elhubJson(answer), 'AuthorizationRequest');
        if (found === null) throw protocol('the answer is no AuthorizationRequest');
        return found;
      },
      signal,
    );
  }

  /** `GET /energy-data/v0/metering-points/{id}`: area, grid owner and status of a metering point. @experimental */
  meteringPoint(id: MeteringPointId, signal?: AbortSignal): Promise<MeteringPoint> {
    return this.#http.send(
      {
        operation: 'metering-point',
        method: 'GET',
        route: '/energy-data/v0/metering-points/{id}',
        path: `/energy-data/v0/metering-points/${encodeURIComponent(id)}`,
        headers: {
          accept: JSON_API,
          'user-agent': this.#options.userAgent,
          'x-elhub-gln': this.#options.gln,
          ...(this.#options.onBehalfOfGln === undefined
            ? {}
            : { 'on-behalf-of': this.#options.onBehalfOfGln }),
        },
        token: this.#token,
        limits: [{ scope: 'address' }],
      },
      (answer) => {
        const point = parseMeteringPoint(elhubJson(answer), id);
        if (point === null) throw protocol('the answer names no metering point');
        return point;
      },
      signal,
    );
  }

  /** Hourly values of metering points, read as the open data's rows are. @experimental */
  series(
    request: SeriesRequest,
    values: MeteringValuesOptions,
    options: CallOptions = {},
  ): Transfer<TimeSeries> {
    const data = new ElhubEnergyData(
      { userAgent: this.#options.userAgent },
      {
        http: this.#http,
        restricted: {
          token: this.#token,
          gln: this.#options.gln,
          ...(this.#options.onBehalfOfGln === undefined
            ? {}
            : { onBehalfOfGln: this.#options.onBehalfOfGln }),
        },
      },
    );
    return transfer<Unit, TimeSeries>(
      {
        hub: 'elhub',
        units: bundles(request.meteringPoints, 1).map(([point]) => ({
          point: point as MeteringPointId,
        })),
        fingerprint: ['metering-values', request, values.dataset],
        pointsOf: ({ point }) => [point],
        run: async ({ point }, signal) => {
          const pieces: TimeSeries[] = [];
          const issues: Issue[] = [];
          const months = data.series(
            {
              entity: 'metering-points',
              id: point,
              dataset: values.dataset,
              interval: request.interval,
            },
            { signal },
          );
          for await (const month of months) {
            issues.push(...month.issues);
            pieces.push(
              ...month.items.map(({ series }) => ({
                ...series,
                basis: 'metered' as const,
                meteringPoint: point,
              })),
            );
          }
          if (pieces.length === 0) {
            throw new HubError({
              code: 'hub/no-data',
              hub: 'elhub',
              message: 'Elhub has no values for this metering point and period',
              retry: 'never',
              meteringPoint: point,
            });
          }
          return { items: mergeSeries(pieces), issues };
        },
        concurrency: 1,
        traffic: this.#http.traffic,
      },
      options,
    );
  }
}

function protocol(message: string): HubError {
  return new HubError({ code: 'hub/protocol', hub: 'elhub', message, retry: 'never' });
}

function related(relationships: unknown, name: string): string | null {
  const link = asRecord(asRecord(relationships)?.[name]);
  return asText(asRecord(link?.['data'])?.['id']);
}

/** The metering point of an answer, whose `data` may be the resource or a list that holds it; the whole resource is kept. */
export function parseMeteringPoint(body: unknown, id: MeteringPointId): MeteringPoint | null {
  const data = asRecord(body)?.['data'];
  const resource = (Array.isArray(data) ? data : [data])
    .map(asRecord)
    .find((entry) => entry !== null && entry['id'] === id);
  if (resource === undefined || resource === null) return null;
  const gridArea = related(resource['relationships'], 'grid-area');
  const priceArea = related(resource['relationships'], 'price-area');
  return {
    id,
    kind: 'unknown',
    medium: 'electricity',
    zone: 'Europe/Oslo' as NonNullable<MeteringPoint['zone']>,
    ...(gridArea === null ? {} : { gridArea }),
    ...(priceArea === null ? {} : { priceArea }),
    source: resource,
  };
}
