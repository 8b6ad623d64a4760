import type { Interval, Issue, MeteringPointId, PriceSeries } from '@metergram/model';
import { parseEic } from '@metergram/model';
import type { CallOptions, PriceRequest, PriceSource } from '../core/client.ts';
import { type Clock, systemClock } from '../core/clock.ts';
import { HubError, type HubFault } from '../core/fault.ts';
import type { Hook } from '../core/hook.ts';
import { type FetchLike, type HubAnswer, HubHttp, retryAt } from '../core/http.ts';
import { instantOf } from '../core/json.ts';
import { type Limit, type Limiter, sharedLimiter } from '../core/limiter.ts';
import { type Period, splitPeriod } from '../core/period.ts';
import { badInterval, refused } from '../core/refusal.ts';
import { meaningOf, retryAfter, type RetryPolicy } from '../core/retry.ts';
import { Secret } from '../core/secret.ts';
import { type Transfer, transfer } from '../core/transfer.ts';
import { touchedDays, withinDays } from '../core/window.ts';
import { localInterval } from '../core/zone.ts';
import { PRICE_AREAS, type PriceArea, priceArea } from './areas.ts';
import {
  type AcknowledgementDocument,
  parseEntsoeDocument,
  type PublicationDocument,
} from './entsoe-document.ts';
import { entsoePrices } from './entsoe-series.ts';
import { halved, mergePrices } from './merge.ts';

/** 400 requests a minute for an address, and for a token. More than that is answered with ten minutes of nothing. */
export const ENTSOE_LIMITS: readonly Limit[] = [{ scope: 'address', max: 400, per: 60_000 }];

/** How long ENTSO-E shuts out who exceeded its limit. */
const BAN = 600_000;

/** Days of one query: a year at most, the leap day left out. */
const MAX_DAYS = 365;

export interface EntsoeOptions {
  /** Security token of the Transparency Platform. It stands in the address of every request, which is never shown. */
  readonly token: string | Secret;
  readonly origin?: string;
  /** Position of the auction, where an area has several; see `EntsoeChoice`. 1 unless told. */
  readonly sequence?: number;
  readonly clock?: Clock;
  readonly fetch?: FetchLike;
  readonly hook?: Hook;
  readonly retry?: Partial<RetryPolicy>;
  readonly limits?: readonly Limit[];
  readonly limiter?: Limiter;
  readonly timeout?: number;
}

interface Unit {
  readonly area: PriceArea;
  readonly part: Period;
}

/** `yyyyMMddHHmm` in UTC. */
function stamp(instant: string): string {
  return instant.slice(0, 16).replaceAll(/[-T:]/gu, '');
}

/** ENTSO-E has one code, 999, for everything: what it means stands in the text. */
function acknowledged(
  document: AcknowledgementDocument,
  clean: (text: string) => string,
): HubFault {
  const text = document.reasons.map((reason) => reason.text).join('; ');
  const base = {
    hub: 'entsoe' as const,
    message: clean(text === '' ? 'an acknowledgement without a reason' : text),
    hubCode: { scheme: 'entsoe', code: clean(document.reasons[0]?.code ?? '') },
  };
  if (document.noData) return { ...base, code: 'hub/no-data', retry: 'never' };
  if (/exceed|too (?:many|much)|more than/iu.test(text)) {
    return { ...base, code: 'hub/too-much', retry: 'smaller' };
  }
  return { ...base, code: 'hub/invalid-request', retry: 'never' };
}

function fault(answer: HubAnswer, clean: (text: string) => string): HubFault {
  const { status } = answer;
  const base = { hub: 'entsoe' as const, status, message: `ENTSO-E answered ${status}` };
  if (status === 401 || status === 403) {
    return { ...base, code: 'hub/credential-refused', retry: 'never' };
  }
  const asked = retryAfter(answer.header('retry-after'), answer.at);
  if (status === 429) {
    const until = instantOf(asked ?? answer.at + BAN);
    return { ...base, code: 'hub/rate-limited', retry: 'later', retryAt: until };
  }
  const meaning = meaningOf(status);
  if (meaning !== null) return { ...base, ...meaning, ...retryAt(asked) } as HubFault;
  const document = parseEntsoeDocument(answer.text());
  if (document.kind === 'acknowledgement') return { ...acknowledged(document, clean), status };
  return { ...base, code: 'hub/invalid-request', retry: 'never' };
}

/** Day-ahead prices of the ENTSO-E Transparency Platform (document type A44): every bidding zone of Europe. */
export class EntsoeClient implements PriceSource {
  readonly hub = 'entsoe';
  readonly areas: readonly string[] = PRICE_AREAS.map((area) => area.name);
  readonly #http: HubHttp;
  readonly #token: Secret;
  readonly #options: EntsoeOptions;

  constructor(options: EntsoeOptions) {
    const clock = options.clock ?? systemClock;
    const origin = new URL(options.origin ?? 'https://web-api.tp.entsoe.eu').origin;
    this.#options = options;
    this.#token = Secret.of(options.token);
    this.#http = new HubHttp({
      hub: 'entsoe',
      origin,
      clock,
      limiter: options.limiter ?? sharedLimiter(origin, clock, options.limits ?? ENTSOE_LIMITS),
      fault,
      ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
      ...(options.hook === undefined ? {} : { hook: options.hook }),
      ...(options.retry === undefined ? {} : { retry: options.retry }),
      ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
    });
    this.#http.redactor.learn(this.#token);
  }

  /**
   * Day-ahead prices of areas, by name (`NO1`, `DE-LU`) or EIC: a chunk for each area and year, one series for each
   * resolution in it. {@link mergePrices} joins the years, `joinResolutions` hours and quarters. The outcome of an area
   * stands under its name.
   *
   * An area that is none is `hub/invalid-request`, before anything is sent.
   */
  prices(request: PriceRequest, options: CallOptions = {}): Transfer<PriceSeries> {
    const wrong = badInterval(request.interval);
    if (wrong !== null) return refused('entsoe', 'hub/invalid-request', wrong);
    const areas: PriceArea[] = [];
    for (const name of request.areas) {
      const area = areaOf(name);
      if (area === null) {
        return refused('entsoe', 'hub/invalid-request', `no price area: ${name.slice(0, 40)}`);
      }
      areas.push(area);
    }
    const units = areas.flatMap((area) =>
      splitPeriod(touchedDays(request.interval, area.zone), MAX_DAYS).map((part) => ({
        area,
        part,
      })),
    );
    return transfer<Unit, PriceSeries>(
      {
        hub: 'entsoe',
        units,
        fingerprint: ['prices', request, this.#options.sequence ?? 1],
        pointsOf: ({ area }) => [area.name as MeteringPointId],
        run: async ({ area, part }, signal) => {
          const document = await this.document(
            area,
            localInterval(part.from, part.to, area.zone),
            signal,
          );
          return this.#read(document, area, withinDays(part, request.interval, area.zone));
        },
        halve: halved,
        join: mergePrices,
        concurrency: 4,
        traffic: this.#http.traffic,
      },
      options,
    );
  }

  /** One query's whole document. Throws `hub/no-data` where there is none. */
  document(
    area: PriceArea,
    interval: Interval,
    signal?: AbortSignal,
  ): Promise<PublicationDocument> {
    const search = new URLSearchParams({
      documentType: 'A44',
      'contract_MarketAgreement.type': 'A01',
      in_Domain: area.eic,
      out_Domain: area.eic,
      periodStart: stamp(interval.start),
      periodEnd: stamp(interval.end),
      securityToken: this.#token.expose(),
    });
    return this.#http.send(
      {
        operation: 'day-ahead',
        method: 'GET',
        route: '/api?documentType=A44',
        path: `/api?${search}`,
        headers: { accept: 'application/xml' },
        limits: [{ scope: 'address' }],
      },
      (answer) => this.#decode(answer),
      signal,
    );
  }

  #decode(answer: HubAnswer): PublicationDocument {
    const document = parseEntsoeDocument(answer.text());
    if (document.kind === 'publication') return document;
    if (document.kind === 'acknowledgement') {
      throw new HubError(acknowledged(document, (text) => this.#http.redactor.clean(text)));
    }
    const broken = document.issue.code === 'entsoe/bad-xml';
    throw new HubError({
      code: broken ? 'hub/cut-answer' : 'hub/protocol',
      hub: 'entsoe',
      message: document.issue.message,
      retry: broken ? 'smaller' : 'never',
    });
  }

  #read(
    document: PublicationDocument,
    area: PriceArea,
    interval: Interval,
  ): { readonly items: readonly PriceSeries[]; readonly issues: readonly Issue[] } {
    const sequence = this.#options.sequence ?? 1;
    const { series, issues, sequences } = entsoePrices([document], {
      area: area.name,
      sequence,
      interval,
    });
    if (series.length > 0) return { items: series, issues };
    const others = sequences.filter((other) => other !== sequence);
    throw new HubError({
      code: 'hub/no-data',
      hub: 'entsoe',
      message:
        others.length === 0
          ? 'the document holds no price of the period'
          : `no price of auction ${sequence}; the document holds auction ${others.join(', ')}`,
      retry: 'never',
    });
  }
}

function areaOf(name: string): PriceArea | null {
  const known = priceArea(name);
  if (known !== null) return known;
  const eic = parseEic(name);
  if (eic === null) return null;
  return { name: eic, eic, zone: 'Europe/Brussels' as PriceArea['zone'], country: '' };
}

/** ENTSO-E's prices; see {@link EntsoeClient}. Server side only: the token must not reach a browser. */
export function createEntsoe(options: EntsoeOptions): EntsoeClient {
  return new EntsoeClient(options);
}
