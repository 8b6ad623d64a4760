import type { FlowDirection, Interval, Issue, MeteringPointId, Resolution } from '@metergram/model';
import type { Clock } from '../core/clock.ts';
import type { HubFault } from '../core/fault.ts';
import type { Hook } from '../core/hook.ts';
import { type FetchLike, type HubAnswer, retryAt } from '../core/http.ts';
import type { Limit, Limiter } from '../core/limiter.ts';
import { meaningOf, retryAfter, type RetryPolicy } from '../core/retry.ts';
import type { Secret } from '../core/secret.ts';
import type { FingridSeries } from './series.ts';

export interface FingridOptions {
  /** The interface's host, which Fingrid gives to each party: `https://…`. */
  readonly origin: string;
  /** `{GLN}.THP` for a third party. */
  readonly organisationUser: string;
  /**
   * A `fetch` whose connections show the client certificate: `tlsFetch({ cert, key, ca })` of `@metergram/datahub/node`.
   */
  readonly fetch: FetchLike;
  /** Identifications of the customers whose data is asked for. They are personal: none is ever shown. */
  readonly customers?: readonly (string | Secret)[];
  /** Which way a point's energy flows; the data interface does not say. `consumption` unless told. */
  readonly directionOf?: (point: MeteringPointId) => FlowDirection;
  readonly clock?: Clock;
  readonly hook?: Hook;
  readonly retry?: Partial<RetryPolicy>;
  readonly limits?: readonly Limit[];
  readonly limiter?: Limiter;
  readonly timeout?: number;
  /** Days of one request; 366 unless told. Datahub publishes no limit. */
  readonly maxDays?: number;
}

/** Datahub publishes no limit for its data interface; this many are sent at most unless the host knows better. */
export const FINGRID_LIMITS: readonly Limit[] = [{ scope: 'address', max: 120, per: 60_000 }];

/** What is asked of one metering point. */
export interface FingridSeriesRequest {
  readonly meteringPoint: MeteringPointId;
  readonly customer: string | Secret;
  readonly interval: Interval;
  /** Absent: as it is stored. Finer than stored gives no data; coarser is summed by Datahub. */
  readonly resolution?: Resolution;
  /** `8716867000030` active energy, `8716867000047` reactive; absent: both. */
  readonly productType?: string;
  /** `BN01` metered, `BN02` netted, `BN03` energy community; absent: all. */
  readonly readingType?: string;
}

/** The series of a metering point, and what was odd about them although all is there. */
export interface FingridSeriesAnswer {
  readonly series: readonly FingridSeries[];
  readonly issues: readonly Issue[];
}

/** The fault of an answer that is none of success; Datahub's reasons come with 200. */
export function fingridFault(answer: HubAnswer): HubFault {
  const { status } = answer;
  const base = { hub: 'fingrid' as const, status, message: `Datahub answered ${status}` };
  if (status === 401 || status === 403) {
    return { ...base, code: 'hub/credential-refused', retry: 'never' };
  }
  const meaning = meaningOf(status) ?? { code: 'hub/invalid-request', retry: 'never' };
  const at = retryAfter(answer.header('retry-after'), answer.at);
  return { ...base, ...meaning, ...retryAt(at) } as HubFault;
}
