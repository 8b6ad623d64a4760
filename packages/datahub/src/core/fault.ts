import type { Instant, MeteringPointId, SourceCode } from '@metergram/model';

/** Which hub or source; open, because a host may add its own behind the same interface. */
export type HubId =
  | 'eloverblik'
  | 'elhub'
  | 'fingrid'
  | 'entsoe'
  | 'energidataservice'
  | 'file'
  | (string & {});

/**
 * Whether asking again can help. `never`: not as it stands. `later`: the same, not before `retryAt` where that is given.
 * `smaller`: fewer metering points or a shorter period, not before `retryAt` where that is given.
 */
export type RetryAdvice = 'never' | 'later' | 'smaller';

interface FaultBase {
  readonly hub: HubId;
  /** For people; may change. Holds no secret. */
  readonly message: string;
  readonly retry: RetryAdvice;
  readonly retryAt?: Instant;
  /** The hub's own code, as sent: `{ scheme: 'eloverblik', code: '30014' }`. */
  readonly hubCode?: SourceCode;
  /** HTTP status, where there was an answer. */
  readonly status?: number;
  /** The hub's id of the request, for its support desk. */
  readonly correlationId?: string;
  /** What was being done: `timeseries`, `token`. */
  readonly operation?: string;
  readonly meteringPoint?: MeteringPointId;
}

/** The credential itself is not accepted, or no longer. Says nothing about the consent. */
export interface AuthFault extends FaultBase {
  readonly code: 'hub/credential-refused' | 'hub/token-refused';
}
/** The hub says that its limit was exceeded, although ours was kept: someone else uses the same address or token. */
export interface RateLimitedFault extends FaultBase {
  readonly code: 'hub/rate-limited';
}
/** The hub or the way to it does not work at the moment. */
export interface UnavailableFault extends FaultBase {
  readonly code: 'hub/unavailable' | 'hub/network' | 'hub/timeout';
}
/** The credential is good, but does not reach this: no relation, no authorization, or not for that period. */
export interface NotPermittedFault extends FaultBase {
  readonly code: 'hub/not-permitted' | 'hub/consent-missing';
}
/** The request can never be answered as it stands. */
export interface ValidationFault extends FaultBase {
  readonly code:
    | 'hub/invalid-request'
    | 'hub/too-much'
    | 'hub/unknown-point'
    | 'hub/not-supported'
    | 'hub/conflict'
    | 'hub/resume-mismatch';
}
/** The hub answered that it has nothing. */
export interface NoDataFault extends FaultBase {
  readonly code: 'hub/no-data';
}
/** The answer is not what the hub's description allows, or was cut. */
export interface ProtocolFault extends FaultBase {
  readonly code: 'hub/protocol' | 'hub/cut-answer';
}
/** The caller's signal. */
export interface AbortedFault extends FaultBase {
  readonly code: 'hub/aborted';
}

/** Everything that can go wrong with a hub, told apart by `code`. */
export type HubFault =
  | AuthFault
  | RateLimitedFault
  | UnavailableFault
  | NotPermittedFault
  | ValidationFault
  | NoDataFault
  | ProtocolFault
  | AbortedFault;

export type HubFaultCode = HubFault['code'];

/** Every code, with what a reader should do about it; the documentation is printed from here. */
export const faultCodes: Readonly<Record<HubFaultCode, string>> = {
  'hub/credential-refused': 'The refresh token, key or certificate is not accepted: get a new one.',
  'hub/token-refused':
    'A fresh access token was refused as well: check the credential and its rights.',
  'hub/rate-limited': 'Wait until retryAt; something else uses the same address or token.',
  'hub/unavailable': 'The hub is overloaded or down: try later, or ask for less.',
  'hub/network': 'The connection failed: check the way to the hub, then try again.',
  'hub/timeout': 'No complete answer in time: try again, or ask for less.',
  'hub/not-permitted': 'The credential does not reach this metering point or period.',
  'hub/consent-missing': 'The customer has not given, or has withdrawn, what this needs.',
  'hub/invalid-request': 'The request is wrong as it stands: see message and hubCode.',
  'hub/too-much': 'More points or days than the hub takes at once.',
  'hub/unknown-point': 'The hub does not know this metering point.',
  'hub/not-supported': 'This hub has no such function or resolution.',
  'hub/conflict': 'The hub’s state does not allow it: it exists already, or was ended.',
  'hub/resume-mismatch': 'The resume token belongs to another request.',
  'hub/no-data': 'The hub has nothing for this; nothing is not zero.',
  'hub/protocol': 'The answer is not what the hub’s description allows.',
  'hub/cut-answer': 'The answer ended early: try again, or ask for less.',
  'hub/aborted': 'Stopped by the caller’s signal.',
};

/** What is thrown: a {@link HubFault} with a stack. `fault` is plain data, safe to log and to store. */
export class HubError extends Error {
  override readonly name = 'HubError';
  readonly fault: HubFault;

  constructor(fault: HubFault) {
    super(`${fault.code}: ${fault.message}`);
    this.fault = fault;
  }

  get code(): HubFaultCode {
    return this.fault.code;
  }

  toJSON(): HubFault {
    return this.fault;
  }
}

/**
 * The fault of anything that was caught: its own, `hub/aborted` for an abort, `hub/protocol` for a bug of ours. With
 * `signal`, whatever the caller gave as the reason of an abort is one.
 */
export function faultOf(error: unknown, hub: HubId, signal?: AbortSignal): HubFault {
  if (error instanceof HubError) return error.fault;
  const name = error instanceof Error ? error.name : 'unknown';
  if (name === 'AbortError' || signal?.aborted === true)
    return { code: 'hub/aborted', hub, message: 'stopped by the caller', retry: 'never' };
  return { code: 'hub/protocol', hub, message: `unexpected ${name} while reading`, retry: 'never' };
}
