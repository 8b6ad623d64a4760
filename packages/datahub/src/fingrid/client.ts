import type { ConsentGrant, MeteringPoint, MeteringPointId, ZoneId } from '@metergram/model';
import type {
  CallOptions,
  Charge,
  HubClient,
  HubFeatures,
  HubSeries,
  SeriesRequest,
} from '../core/client.ts';
import { systemClock } from '../core/clock.ts';
import { asRecord } from '../core/exact-json.ts';
import { HubError } from '../core/fault.ts';
import { type HubAnswer, HubHttp } from '../core/http.ts';
import { instantOf } from '../core/json.ts';
import { sharedLimiter } from '../core/limiter.ts';
import { halvePeriod, type Period, splitPeriod } from '../core/period.ts';
import { badInterval, refused } from '../core/refusal.ts';
import { Secret } from '../core/secret.ts';
import { type Transfer, transfer } from '../core/transfer.ts';
import { touchedDays } from '../core/window.ts';
import { localInterval, startOfDay } from '../core/zone.ts';
import { NO_DATA_REASON, parseAnswer } from './answer.ts';
import {
  FINGRID_LIMITS,
  fingridFault,
  type FingridOptions,
  type FingridSeriesAnswer,
  type FingridSeriesRequest,
} from './connection.ts';
import { type FingridPoints, fingridPoints } from './customer.ts';
import { joinParts, type Transaction, withSource } from './parts.ts';
import { fingridSeries, HELSINKI } from './series.ts';
import { type FingridFunction, requestBody } from './wire.ts';

/**
 * Fingrid Datahub (Finland) through its data interface: POST over connections with a client certificate.
 *
 * Datahub does not tell "no data" from "no right to it": both are an empty answer, told as `hub/no-data` with the code
 * `fingrid/empty`. Consents are events of another interface; {@link fingridGrant} maps what the host read there.
 */
export class FingridClient implements HubClient {
  readonly hub = 'fingrid';
  readonly zone: ZoneId = HELSINKI;
  readonly features: HubFeatures = {
    points: true,
    charges: false,
    consents: false,
    resolutions: ['PT15M', 'PT1H', 'P1D', 'P1M', 'P1Y'],
  };
  readonly #http: HubHttp;
  readonly #options: FingridOptions;
  readonly #customers: readonly Secret[];

  constructor(options: FingridOptions) {
    const clock = options.clock ?? systemClock;
    const origin = new URL(options.origin).origin;
    this.#options = options;
    this.#customers = (options.customers ?? []).map((customer) => Secret.of(customer));
    this.#http = new HubHttp({
      hub: 'fingrid',
      origin,
      clock,
      limiter: options.limiter ?? sharedLimiter(origin, clock, options.limits ?? FINGRID_LIMITS),
      fault: fingridFault,
      fetch: options.fetch,
      ...(options.hook === undefined ? {} : { hook: options.hook }),
      ...(options.retry === undefined ? {} : { retry: options.retry }),
      ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
    });
  }

  /** `GetCustomerDataPost`: a customer's agreements and metering points. Null where there are none, or no right to them. */
  async customer(customer: string | Secret, signal?: AbortSignal): Promise<FingridPoints | null> {
    const identification = Secret.of(customer);
    const transaction = await this.#call(
      'GetCustomerDataPost',
      identification,
      { customerIdentification: identification.expose() },
      signal,
    );
    return transaction === null ? null : fingridPoints(transaction);
  }

  /**
   * `GetAccountingPointDataPost`: a metering point as it was on a day. What the answer holds is not published; it is kept
   * whole in `source`. Null where there is nothing, or no right to it.
   *
   * @experimental The answer's shape is assumed.
   */
  async accountingPoint(
    meteringPoint: MeteringPointId,
    customer: string | Secret,
    viewDate: string,
    signal?: AbortSignal,
  ): Promise<MeteringPoint | null> {
    const identification = Secret.of(customer);
    const transaction = await this.#call(
      'GetAccountingPointDataPost',
      identification,
      {
        meteringPointEAN: meteringPoint,
        customerIdentification: identification.expose(),
        ViewDate: instantOf(startOfDay(viewDate, HELSINKI)),
      },
      signal,
    );
    if (transaction === null) return null;
    return {
      id: meteringPoint,
      kind: 'unknown',
      medium: 'electricity',
      zone: HELSINKI,
      priceArea: 'FI',
      source: asRecord(transaction['MeteringPoint']) ?? transaction,
    };
  }

  /**
   * `GetTimeSeriesDataPost`: every series of a metering point (by product and reading type) for a period, holes as missing
   * points. A long period is asked for in parts and read as one, so that its length never shows.
   *
   * Throws `hub/no-data` where Datahub has nothing for all of it, or no right to it exists.
   */
  async timeSeries(
    request: FingridSeriesRequest,
    signal?: AbortSignal,
  ): Promise<FingridSeriesAnswer> {
    const wrong = badInterval(request.interval);
    if (wrong !== null) {
      throw new HubError({
        code: 'hub/invalid-request',
        hub: 'fingrid',
        message: wrong,
        retry: 'never',
      });
    }
    const days = touchedDays(request.interval, HELSINKI);
    const transactions: Transaction[] = [];
    for (const part of splitPeriod(days, this.#options.maxDays ?? 366, request.resolution)) {
      transactions.push(...(await this.#part(request, part, signal)));
    }
    if (transactions.length === 0) {
      throw new HubError({
        code: 'hub/no-data',
        hub: 'fingrid',
        message: 'no data, or no right to it: Datahub does not say which',
        retry: 'never',
        hubCode: { scheme: 'fingrid', code: 'empty' },
        meteringPoint: request.meteringPoint,
      });
    }
    const direction = this.#options.directionOf?.(request.meteringPoint);
    const { series, issues } = fingridSeries(
      { TimeSeries: joinParts(transactions) },
      {
        interval: request.interval,
        ...(direction === undefined ? {} : { direction }),
      },
    );
    // A part is asked for in whole days, so values before and after the period are expected there.
    return { series, issues: issues.filter(({ code }) => code !== 'fingrid/outside-period') };
  }

  points(options: CallOptions = {}): Transfer<MeteringPoint> {
    const given: (readonly MeteringPoint[])[] = [];
    const read = async (at: number, signal: AbortSignal): Promise<readonly MeteringPoint[]> =>
      (given[at] ??= (await this.customer(this.#customers[at] as Secret, signal))?.points ?? []);
    return transfer<number, MeteringPoint>(
      {
        hub: 'fingrid',
        units: [...this.#customers.keys()],
        fingerprint: ['points', this.#options.organisationUser, this.#customers.length],
        pointsOf: () => [],
        run: async (at, signal) => {
          // A point of two customers is given once, with the first, also after a resume, which asks for those again.
          const before = new Set<string>();
          for (let earlier = 0; earlier < at; earlier++)
            for (const { id } of await read(earlier, signal)) before.add(id);
          const own = await read(at, signal);
          return { items: own.filter(({ id }) => !before.has(id)) };
        },
        concurrency: 1,
        traffic: this.#http.traffic,
      },
      options,
    );
  }

  /** Each series with Datahub's product and reading type in `source`. */
  series(request: SeriesRequest, options: CallOptions = {}): Transfer<HubSeries> {
    const wrong = badInterval(request.interval);
    if (wrong !== null) return refused('fingrid', 'hub/invalid-request', wrong);
    let owners: Promise<ReadonlyMap<string, Secret>> | null = null;
    return transfer<MeteringPointId, HubSeries>(
      {
        hub: 'fingrid',
        units: request.meteringPoints,
        fingerprint: ['series', request],
        pointsOf: (point) => [point],
        run: async (point, signal) => {
          owners ??= this.#readOwners(signal);
          const customer = (
            await owners.catch((error: unknown) => {
              // Asked for again by the next metering point: a hub that was down may be back.
              owners = null;
              throw error;
            })
          ).get(point);
          if (customer === undefined) {
            throw new HubError({
              code: 'hub/not-permitted',
              hub: 'fingrid',
              message: 'no agreement of the given customers names this metering point',
              retry: 'never',
              meteringPoint: point,
            });
          }
          const found = await this.timeSeries(
            {
              meteringPoint: point,
              customer,
              interval: request.interval,
              ...(request.resolution === undefined ? {} : { resolution: request.resolution }),
            },
            signal,
          );
          return { items: found.series.map((one) => withSource(one)), issues: found.issues };
        },
        traffic: this.#http.traffic,
      },
      options,
    );
  }

  /** Datahub has no tariffs. */
  charges(): Transfer<Charge> {
    return refused('fingrid', 'hub/not-supported', 'Fingrid Datahub gives no tariffs');
  }

  /** Authorizations are events of Datahub's other interface; see {@link fingridGrant}. */
  consents(): Transfer<ConsentGrant> {
    return refused(
      'fingrid',
      'hub/not-supported',
      'authorizations come as events of the B2B interface, not of the data interface',
    );
  }

  /** Which customer each metering point belongs to. */
  async #readOwners(signal: AbortSignal): Promise<ReadonlyMap<string, Secret>> {
    const owners = new Map<string, Secret>();
    for (const customer of this.#customers) {
      const found = await this.customer(customer, signal);
      for (const { id } of found?.points ?? []) owners.set(id, customer);
    }
    return owners;
  }

  async #part(
    request: FingridSeriesRequest,
    part: Period,
    signal: AbortSignal | undefined,
  ): Promise<readonly Transaction[]> {
    const interval = localInterval(part.from, part.to, HELSINKI);
    const identification = Secret.of(request.customer);
    try {
      const transaction = await this.#call(
        'GetTimeSeriesDataPost',
        identification,
        {
          meteringPointEAN: request.meteringPoint,
          customerIdentification: identification.expose(),
          periodStartTS: interval.start,
          periodEndTS: interval.end,
          ...(request.resolution === undefined ? {} : { resolutionDuration: request.resolution }),
          ...(request.productType === undefined ? {} : { productType: request.productType }),
          ...(request.readingType === undefined ? {} : { readingType: request.readingType }),
        },
        signal,
      );
      return transaction === null ? [] : [transaction];
    } catch (error) {
      const halves =
        error instanceof HubError && error.fault.retry === 'smaller'
          ? halvePeriod(part, request.resolution)
          : null;
      if (halves === null) throw error;
      return [
        ...(await this.#part(request, halves[0], signal)),
        ...(await this.#part(request, halves[1], signal)),
      ];
    }
  }

  /** One call; null for the answers that mean nothing found. */
  #call(
    name: FingridFunction,
    customer: Secret,
    filters: Readonly<Record<string, string>>,
    signal: AbortSignal | undefined,
  ): Promise<Transaction | null> {
    this.#http.redactor.learn(customer);
    return this.#http.send(
      {
        operation: name,
        method: 'POST',
        route: `/rest/FGR/${name}`,
        path: `/rest/FGR/${name}`,
        headers: { accept: 'application/json', 'content-type': 'application/json' },
        body: JSON.stringify(requestBody(name, this.#options.organisationUser, filters)),
        limits: [{ scope: 'address' }],
      },
      (answer) => this.#read(answer),
      signal,
    );
  }

  #read(answer: HubAnswer): Transaction | null {
    let body: unknown;
    try {
      body = JSON.parse(answer.text());
    } catch {
      throw new HubError({
        code: 'hub/cut-answer',
        hub: 'fingrid',
        message: 'the answer is no complete JSON',
        retry: 'smaller',
      });
    }
    const read = parseAnswer(body);
    if (read.kind === 'data') return read.transaction;
    if (read.kind === 'empty') return null;
    if (read.kind === 'unreadable') {
      throw new HubError({
        code: 'hub/protocol',
        hub: 'fingrid',
        message: 'the answer has no transaction',
        retry: 'never',
      });
    }
    const [first] = read.reasons;
    if (read.reasons.every((reason) => reason.code === NO_DATA_REASON)) return null;
    const text = read.reasons.map((reason) => `${reason.code} ${reason.text}`.trim()).join('; ');
    throw new HubError({
      code: 'hub/invalid-request',
      hub: 'fingrid',
      message: this.#http.redactor.clean(text),
      retry: 'never',
      hubCode: { scheme: 'fingrid', code: this.#http.redactor.clean(first?.code ?? '', 60) },
    });
  }
}

/**
 * Fingrid Datahub through a client certificate; see {@link FingridClient}.
 *
 * @example
 * const fetch = tlsFetch({ cert, key });
 * const fingrid = createFingrid({ origin, organisationUser: '6430000000000.THP', fetch, customers });
 */
export function createFingrid(options: FingridOptions): FingridClient {
  return new FingridClient(options);
}
