import type { Interval, Issue, ZoneId } from '@metergram/model';
import type { CallOptions } from '../core/client.ts';
import { HubError } from '../core/fault.ts';
import type { HubAnswer, HubHttp } from '../core/http.ts';
import { halvePeriod, type Period, splitPeriod } from '../core/period.ts';
import { badInterval, refused } from '../core/refusal.ts';
import type { TokenCache } from '../core/token.ts';
import { type Transfer, transfer } from '../core/transfer.ts';
import { touchedDays, withinDays } from '../core/window.ts';
import { type LocalDate, startOfDay } from '../core/zone.ts';
import { type ElhubConnectionOptions, elhubHttp } from './connection.ts';
import {
  type EnergyDataEntity,
  type EnergyDataSeries,
  energyDataSeries,
  type EnergyDataSet,
  parseEnergyData,
} from './energy-data-rows.ts';
import { JSON_API } from './json-api.ts';

export const OSLO: ZoneId = 'Europe/Oslo' as ZoneId;

/** Days of one request: about a month, which Elhub gives at most. */
const MAX_DAYS = 31;

/** Datasets that were seen in use; Elhub adds more, and any name can be asked for. */
export type EnergyDataset =
  | 'CONSUMPTION_PER_GROUP_MBA_HOUR'
  | 'CONSUMPTION_PER_GROUP_MUNICIPALITY_HOUR'
  | 'PRODUCTION_PER_GROUP_MBA_HOUR'
  | 'EXCHANGE_PER_MBA_HOUR'
  | 'LOSS_PER_MBA_HOUR'
  | (string & {});

export interface EnergyDataRequest {
  readonly entity: EnergyDataEntity;
  /** One of them, `NO1`; absent: all. */
  readonly id?: string;
  readonly dataset: EnergyDataset;
  readonly interval: Interval;
  /** `{ consumptionGroup: 'household' }`. */
  readonly filter?: Readonly<Record<string, string>>;
}

/** Norwegian time of a day's beginning with its offset, `2023-09-01T00:00:00+02:00`. */
export function localMidnight(date: LocalDate): string {
  const minutes = (Date.parse(`${date}T00:00:00Z`) - startOfDay(date, OSLO)) / 60_000;
  const hours = String(Math.floor(Math.abs(minutes) / 60)).padStart(2, '0');
  const rest = String(Math.abs(minutes) % 60).padStart(2, '0');
  return `${date}T00:00:00${minutes < 0 ? '-' : '+'}${hours}:${rest}`;
}

/** What the restricted datasets add to a request. */
export interface RestrictedAccess {
  readonly token: TokenCache;
  readonly gln: string;
  readonly onBehalfOfGln?: string;
}

/**
 * Elhub's open Energy Data API: consumption and production by group, hour by hour, by price area, grid area or
 * municipality. No key is needed. A month is asked for at a time.
 */
export class ElhubEnergyData {
  readonly #http: HubHttp;
  readonly #userAgent: string;
  readonly #restricted: RestrictedAccess | undefined;

  constructor(
    options: ElhubConnectionOptions,
    shared?: { readonly http?: HubHttp; readonly restricted?: RestrictedAccess },
  ) {
    this.#http = shared?.http ?? elhubHttp(options);
    this.#userAgent = options.userAgent;
    this.#restricted = shared?.restricted;
  }

  /**
   * Rows as they are sent, a month a chunk, in order. A month that Elhub has nothing for (204, or no rows) gives none.
   * Rows may reach past the end of their month, because Elhub's end is inclusive; {@link series} cuts them.
   */
  rows(request: EnergyDataRequest, options: CallOptions = {}): Transfer<EnergyDataSet> {
    return this.#transfer(request, options, (sets) => ({ items: sets }));
  }

  /** Hourly series, a month a chunk; a month that is not there has no points, an hour that is not there is `missing`. */
  series(request: EnergyDataRequest, options: CallOptions = {}): Transfer<EnergyDataSeries> {
    return this.#transfer(request, options, (sets, part) => {
      const { series, issues } = energyDataSeries(sets, withinDays(part, request.interval, OSLO));
      return { items: series, issues };
    });
  }

  #transfer<T>(
    request: EnergyDataRequest,
    options: CallOptions,
    give: (
      sets: readonly EnergyDataSet[],
      part: Period,
    ) => { readonly items: readonly T[]; readonly issues?: readonly Issue[] },
  ): Transfer<T> {
    const wrong = badInterval(request.interval);
    if (wrong !== null) return refused('elhub', 'hub/invalid-request', wrong);
    const units = splitPeriod(touchedDays(request.interval, OSLO), MAX_DAYS, 'P1M');
    return transfer<Period, T>(
      {
        hub: 'elhub',
        units,
        fingerprint: ['energy-data', request],
        pointsOf: () => [],
        run: async (part, signal) => give(await this.#month(request, part, signal), part),
        halve: (part, fault) => (fault.retry === 'smaller' ? halvePeriod(part) : null),
        concurrency: 1,
        traffic: this.#http.traffic,
      },
      options,
    );
  }

  async #month(
    request: EnergyDataRequest,
    part: Period,
    signal: AbortSignal,
  ): Promise<readonly EnergyDataSet[]> {
    const search = new URLSearchParams({
      dataset: request.dataset,
      startDate: localMidnight(part.from),
      endDate: localMidnight(part.to),
      ...request.filter,
    });
    const one = request.id === undefined ? '' : `/${encodeURIComponent(request.id)}`;
    return this.#http.send(
      {
        operation: 'energy-data',
        method: 'GET',
        route: `/energy-data/v0/${request.entity}${request.id === undefined ? '' : '/{id}'}`,
        path: `/energy-data/v0/${encodeURIComponent(request.entity)}${one}?${search}`,
        headers: this.#headers(),
        limits: [{ scope: 'address' }],
        ...(this.#restricted === undefined ? {} : { token: this.#restricted.token }),
      },
      readSets,
      signal,
    );
  }

  #headers(): Record<string, string> {
    return {
      accept: JSON_API,
      'user-agent': this.#userAgent,
      ...(this.#restricted === undefined ? {} : { 'x-elhub-gln': this.#restricted.gln }),
      ...(this.#restricted?.onBehalfOfGln === undefined
        ? {}
        : { 'on-behalf-of': this.#restricted.onBehalfOfGln }),
    };
  }
}

function readSets(answer: HubAnswer): readonly EnergyDataSet[] {
  if (answer.status === 204) return [];
  const sets = parseEnergyData(answer.text());
  if (sets === null) {
    throw new HubError({
      code: 'hub/cut-answer',
      hub: 'elhub',
      message: 'the answer is no complete list of rows',
      retry: 'smaller',
    });
  }
  return sets;
}
