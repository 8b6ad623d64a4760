import type { EpochMs } from '@metergram/model';
import type { HubFault, HubFaultCode, RetryAdvice } from './fault.ts';
import { epoch } from './zone.ts';

/** How often and how long a request is tried again. What may be tried again stands in the fault itself. */
export interface RetryPolicy {
  /** Sendings of one request, the first included; a renewed token does not count. */
  readonly attempts: number;
  /** First pause after a broken connection or a timeout; doubled each time, up to `maxBackoff`. Milliseconds. */
  readonly backoff: number;
  readonly maxBackoff: number;
  /** Pause after 429 and 503 that name no time. Milliseconds. */
  readonly busyPause: number;
  /** Longest time that we let a hub make us wait (Retry-After); beyond it the fault is handed to the caller. */
  readonly maxWait: number;
  /** 0 to 1; spreads the pauses of many processes. */
  readonly random: () => number;
}

export const defaultRetry: RetryPolicy = {
  attempts: 4,
  backoff: 1_000,
  maxBackoff: 60_000,
  busyPause: 60_000,
  maxWait: 900_000,
  random: Math.random,
};

/** What a status means, whoever sends it. */
export interface StatusMeaning {
  readonly code: HubFaultCode;
  readonly retry: RetryAdvice;
}

/** The statuses that mean the same at every hub (RFC 9110, 6585, 8470); null for those that each hub has its own mind about. */
export function meaningOf(status: number): StatusMeaning | null {
  if (status >= 300 && status < 400) return { code: 'hub/protocol', retry: 'never' };
  if (status === 408) return { code: 'hub/timeout', retry: 'smaller' };
  if (status === 413) return { code: 'hub/too-much', retry: 'smaller' };
  if (status === 425) return { code: 'hub/unavailable', retry: 'later' };
  if (status === 429) return { code: 'hub/rate-limited', retry: 'later' };
  // 501 and 505 stay as they are; other faults of the server may pass, or come of asking too much at once.
  if (status === 501 || status === 505) return { code: 'hub/unavailable', retry: 'never' };
  return status >= 500 ? { code: 'hub/unavailable', retry: 'smaller' } : null;
}

/** The instant that a Retry-After header names, in seconds or as a date (RFC 9110 §10.2.3); null for none or nonsense. */
export function retryAfter(header: string | null, now: EpochMs): EpochMs | null {
  if (header === null) return null;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return now + Number(text) * 1000;
  const ms = /^[A-Za-z]{3},/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? null : Math.max(ms, now);
}

/** Milliseconds until the next attempt, or null when there should be none. `attempt` counts from 1. */
export function pauseBefore(
  fault: HubFault,
  attempt: number,
  policy: RetryPolicy,
  now: EpochMs,
): number | null {
  if (fault.retry === 'never' || attempt >= policy.attempts) return null;
  // What is too much now is too much in a minute: it is asked for in smaller parts, not again.
  if (fault.code === 'hub/too-much') return null;
  if (fault.retryAt !== undefined) {
    const wait = Math.max(0, epoch(fault.retryAt) - now);
    return wait > policy.maxWait ? null : wait;
  }
  if (fault.status === 429 || fault.status === 503) return policy.busyPause;
  const full = Math.min(policy.maxBackoff, policy.backoff * 2 ** (attempt - 1));
  return Math.round(full * (0.5 + policy.random() / 2));
}
