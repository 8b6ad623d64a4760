import type { Interval, Issue, MeteringPointId, PriceSeries, ZoneId } from '@metergram/model';
import type { CallOptions, PriceRequest, PriceSource } from '../core/client.ts';
import { type Clock, systemClock } from '../core/clock.ts';
import { HubError, type HubFault } from '../core/fault.ts';
import type { Hook } from '../core/hook.ts';
import { type FetchLike, type HubAnswer, HubHttp, retryAt } from '../core/http.ts';
import { type Limit, type Limiter, sharedLimiter } from '../core/limiter.ts';
import { type Period, splitPeriod } from '../core/period.ts';
import { badInterval, refused } from '../core/refusal.ts';
import { meaningOf, retryAfter, type RetryPolicy } from '../core/retry.ts';
import { type Transfer, transfer } from '../core/transfer.ts';
import { touchedDays, withinDays } from '../core/window.ts';
import { dateAt, epoch } from '../core/zone.ts';
import {
  DAY_AHEAD_START,
  type DatasetPage,
  parseDatasetPage,
  type SpotDataset,
  spotPrices,
} from './energi-data-rows.ts';
import { halved, mergePrices } from './merge.ts';
import { parseTariffs, type Tariff } from './tariff.ts';

const COPENHAGEN = 'Europe/Copenhagen' as ZoneId;

/** One request a minute for each dataset and address, since 26 August 2025. */
export const ENERGI_DATA_LIMITS: readonly Limit[] = [{ scope: 'dataset', max: 1, per: 60_000 }];

/** Rows asked for at once: more than two areas have quarters in a year. */
const PAGE = 100_000;

export interface EnergiDataServiceOptions {
  readonly origin?: string;
  readonly clock?: Clock;
  readonly fetch?: FetchLike;
  readonly hook?: Hook;
  readonly retry?: Partial<RetryPolicy>;
  readonly limits?: readonly Limit[];
  readonly limiter?: Limiter;
  readonly timeout?: number;
}

interface Unit {
  readonly dataset: SpotDataset;
  readonly part: Period;
}

/** Which charges are wanted; what is absent is not asked about. */
export interface TariffFilter {
  /** Owner's GLN. */
  readonly gln?: readonly string[];
  readonly owner?: readonly string[];
  /** `D01`, `D02`, `D03`. */
  readonly chargeType?: readonly string[];
  readonly code?: readonly string[];
}

function fault(answer: HubAnswer): HubFault {
  const { status } = answer;
  const at = retryAfter(answer.header('retry-after'), answer.at);
  const base = {
    hub: 'energidataservice' as const,
    status,
    message: `Energi Data Service answered ${status}`,
  };
  const meaning = meaningOf(status) ?? { code: 'hub/invalid-request', retry: 'never' };
  return { ...base, ...meaning, ...retryAt(at) } as HubFault;
}

/**
 * Energinet's open data: Danish day-ahead prices in EUR and DKK, hours up to September 2025 and quarters from then on, and
 * the price list of every Danish grid company. No key is needed; a dataset may be asked once a minute, so all areas are
 * asked for together, and a year at a time.
 */
export class EnergiDataServiceClient implements PriceSource {
  readonly hub = 'energidataservice';
  readonly areas: readonly string[] = ['DK1', 'DK2'];
  readonly #http: HubHttp;

  constructor(options: EnergiDataServiceOptions = {}) {
    const clock = options.clock ?? systemClock;
    const origin = new URL(options.origin ?? 'https://api.energidataservice.dk').origin;
    this.#http = new HubHttp({
      hub: 'energidataservice',
      origin,
      clock,
      limiter:
        options.limiter ?? sharedLimiter(origin, clock, options.limits ?? ENERGI_DATA_LIMITS),
      fault,
      ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
      ...(options.hook === undefined ? {} : { hook: options.hook }),
      ...(options.retry === undefined ? {} : { retry: options.retry }),
      ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
    });
  }

  /** Day-ahead prices; each area twice, in EUR and in DKK. A chunk for each dataset and year, its areas together. */
  prices(request: PriceRequest, options: CallOptions = {}): Transfer<PriceSeries> {
    const wrong = badInterval(request.interval);
    if (wrong !== null) return refused('energidataservice', 'hub/invalid-request', wrong);
    const areas = request.areas as readonly MeteringPointId[];
    return transfer<Unit, PriceSeries>(
      {
        hub: 'energidataservice',
        units: unitsOf(request.interval),
        fingerprint: ['prices', request],
        pointsOf: () => areas,
        run: async ({ dataset, part }, signal) => {
          const page = await this.dataset(
            dataset,
            {
              start: part.from,
              end: part.to,
              filter: JSON.stringify({ PriceArea: request.areas }),
              sort: `${dataset === 'DayAheadPrices' ? 'TimeUTC' : 'HourUTC'} asc`,
            },
            signal,
          );
          const { series, issues } = spotPrices(
            dataset,
            page.rows,
            withinDays(part, request.interval, COPENHAGEN),
          );
          const wanted = series.filter((one) => request.areas.includes(one.area ?? ''));
          const there = new Set(wanted.map((one) => one.area));
          const faults = areas
            .filter((area) => !there.has(area))
            .map((area) => [area, noData(area)] as const);
          return { items: wanted, issues, faults: new Map(faults) };
        },
        halve: halved,
        join: mergePrices,
        concurrency: 1,
        traffic: this.#http.traffic,
      },
      options,
    );
  }

  /**
   * Charges of `DatahubPricelist` that hold at any time within `interval`. The dataset's own period counts by when a
   * charge began, which would leave out what began before and still holds; so all is read, and chosen here.
   */
  async tariffs(
    filter: TariffFilter,
    interval: Interval,
    signal?: AbortSignal,
  ): Promise<{ readonly tariffs: readonly Tariff[]; readonly issues: readonly Issue[] }> {
    const columns = {
      ...(filter.gln === undefined ? {} : { GLN_Number: filter.gln }),
      ...(filter.owner === undefined ? {} : { ChargeOwner: filter.owner }),
      ...(filter.chargeType === undefined ? {} : { ChargeType: filter.chargeType }),
      ...(filter.code === undefined ? {} : { ChargeTypeCode: filter.code }),
    };
    const page = await this.dataset(
      'DatahubPricelist',
      {
        ...(Object.keys(columns).length === 0 ? {} : { filter: JSON.stringify(columns) }),
        sort: 'ValidFrom asc',
      },
      signal,
    );
    const { tariffs, issues } = parseTariffs(page.rows);
    const from = epoch(interval.start);
    const to = epoch(interval.end);
    const holding = tariffs.filter(
      ({ valid }) => valid.from < to && (valid.to === null || valid.to > from),
    );
    return { tariffs: holding, issues };
  }

  /**
   * Rows of any dataset, all pages; a page costs a minute. `query` may hold `start`, `end` (Danish time), `filter`, `sort`
   * and `columns`, as Energinet describes them.
   */
  async dataset(
    name: string,
    query: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<DatasetPage> {
    const rows: Readonly<Record<string, unknown>>[] = [];
    for (;;) {
      const page = await this.#page(name, query, rows.length, signal);
      for (const row of page.rows) rows.push(row);
      if (page.rows.length === 0 || rows.length >= (page.total ?? rows.length)) {
        return { total: page.total, rows };
      }
    }
  }

  #page(
    name: string,
    query: Readonly<Record<string, string>>,
    offset: number,
    signal: AbortSignal | undefined,
  ): Promise<DatasetPage> {
    const search = new URLSearchParams({
      ...query,
      offset: String(offset),
      limit: String(PAGE),
    });
    return this.#http.send(
      {
        operation: name,
        method: 'GET',
        route: `/dataset/${name}`,
        path: `/dataset/${encodeURIComponent(name)}?${search}`,
        headers: { accept: 'application/json' },
        limits: [{ scope: 'dataset', key: name }],
      },
      (answer) => {
        const page = parseDatasetPage(answer.text());
        if (page === null) {
          throw new HubError({
            code: 'hub/cut-answer',
            hub: 'energidataservice',
            message: 'the answer is no complete list of records',
            retry: 'smaller',
          });
        }
        return page;
      },
      signal,
    );
  }
}

function noData(area: MeteringPointId): HubFault {
  return {
    code: 'hub/no-data',
    hub: 'energidataservice',
    message: `no price of ${area} in this period`,
    retry: 'never',
  };
}

/** Danish days of an interval, cut where one dataset follows the other, and into years. */
function unitsOf(interval: Interval): readonly Unit[] {
  const { from, to } = touchedDays(interval, COPENHAGEN);
  const change = dateAt(DAY_AHEAD_START, COPENHAGEN);
  const old = { from, to: to < change ? to : change };
  const fresh = { from: from > change ? from : change, to };
  return [
    ...splitPeriod(old, 366).map((part) => ({ dataset: 'Elspotprices' as const, part })),
    ...splitPeriod(fresh, 366).map((part) => ({ dataset: 'DayAheadPrices' as const, part })),
  ];
}

/** Energinet's open prices; see {@link EnergiDataServiceClient}. */
export function createEnergiDataService(
  options: EnergiDataServiceOptions = {},
): EnergiDataServiceClient {
  return new EnergiDataServiceClient(options);
}
