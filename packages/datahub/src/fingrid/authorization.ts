import type {
  ConsentGrant,
  EpochMs,
  Granularity,
  GrantState,
  MeteringPointId,
  OpenInterval,
  PartyId,
} from '@metergram/model';
import { lookup } from '../core/lookup.ts';
import { parameterOf, type ReturnParameters, returnParameters } from '../core/return-address.ts';

/** Language of the Authorization Service. */
export type FingridLanguage = 'FI' | 'SV' | 'EN';

export interface AuthorizationRedirect {
  /** Host of the Authorization Service; production is `https://dhvp.fingrid.fi`. */
  readonly baseUrl?: string;
  readonly language: FingridLanguage;
  /** The request's ExternalAuthorizationRequestID: a UUID of version 4. */
  readonly requestId: string;
  /** Registered in advance: https, host and path only. */
  readonly returnUrl: string;
  /** State that comes back with the user: at most 62 characters of base64. */
  readonly relay?: string;
  /** The test environment takes http addresses too. */
  readonly allowHttp?: boolean;
}

const UUID4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/iu;

/**
 * Where to send a customer so that they accept a request that was sent to Datahub before (DH-83x, on its event interface,
 * which this package does not speak).
 *
 * @throws TypeError where the service would refuse: no UUID v4, a return address with a query or fragment or without
 *   https, a relay that is longer than 62 characters or no base64.
 */
export function authorizationUrl(redirect: AuthorizationRedirect): URL {
  const { language, requestId, returnUrl, relay } = redirect;
  if (!['FI', 'SV', 'EN'].includes(language)) throw new TypeError('language is FI, SV or EN');
  if (!UUID4.test(requestId)) throw new TypeError('the request id must be a UUID of version 4');
  const target = new URL(returnUrl);
  if (
    target.protocol !== 'https:' &&
    !(redirect.allowHttp === true && target.protocol === 'http:')
  ) {
    throw new TypeError('the return address must be https');
  }
  if (/[?#]/u.test(returnUrl) || target.username !== '' || target.password !== '') {
    throw new TypeError('the return address holds a host and a path only');
  }
  const url = new URL(`/${language}/${requestId}`, redirect.baseUrl ?? 'https://dhvp.fingrid.fi');
  url.searchParams.set('returnUrl', returnUrl);
  if (relay !== undefined) {
    if (relay.length > 62) throw new TypeError('the relay has at most 62 characters');
    if (!/^(?:[\w+/-]{4})*(?:[\w+/-]{2}={0,2}|[\w+/-]{3}=?)?$/u.test(relay)) {
      throw new TypeError('the relay must be base64');
    }
    url.searchParams.set('relay', relay);
  }
  return url;
}

/** A customer who came back. Which parameters Datahub adds is not published beyond the relay, so all are kept. */
export interface AuthorizationReturn {
  readonly relay: string | null;
  /** A parameter named `status` or `result`, where there is one; as sent. */
  readonly status: string | null;
  readonly requestId: string | null;
  readonly parameters: ReturnParameters;
}

/**
 * Reads the address that a customer comes back to. It says that they came back, not what they decided: read the state of
 * the request, or the data, for that.
 *
 * @experimental Parameters beyond `relay` are assumed.
 */
export function parseAuthorizationReturn(address: string | URL): AuthorizationReturn {
  const parameters = returnParameters(address, (name) => name.toLowerCase());
  const one = (...names: string[]): string | null =>
    names.map((name) => parameterOf(parameters, name)).find((value) => value !== null) ?? null;
  return {
    relay: one('relay'),
    status: one('status', 'result'),
    requestId: one('requestid', 'externalauthorizationrequestid'),
    parameters,
  };
}

/** Status of an authorization request (DH-861-2), and the two ways in which an authorization ends. */
export type FingridAuthorizationStatus =
  | 'Open'
  | 'Approved'
  | 'Rejected'
  | 'Expired'
  | 'Cancelled'
  /** The customer ended it: notice DH-82x. */
  | 'TerminatedByCustomer'
  /** The party ended it: DH-84x. */
  | 'TerminatedByParty'
  | (string & {});

const STATES: Readonly<Record<string, GrantState>> = {
  Open: 'requested',
  Approved: 'active',
  Rejected: 'refused',
  Expired: 'lapsed-request',
  Cancelled: 'terminated',
  TerminatedByCustomer: 'withdrawn',
  TerminatedByParty: 'terminated',
};

/** An authorization as the host read it from Datahub's events. */
export interface FingridAuthorization {
  readonly requestId: string;
  readonly status: FingridAuthorizationStatus;
  readonly from: PartyId;
  readonly to: PartyId;
  readonly meteringPoints: readonly MeteringPointId[];
  readonly valid: OpenInterval;
  readonly what: readonly string[];
  readonly purposes: readonly string[];
  readonly finest: Granularity;
}

/**
 * An authorization as the model's consent. One whose time has passed is `expired` although its request still says
 * Approved. A status that is not known becomes `draft`: no ground for anything.
 */
export function fingridGrant(authorization: FingridAuthorization, now: EpochMs): ConsentGrant {
  const { requestId, status, valid } = authorization;
  const known = lookup(STATES, status) ?? 'draft';
  const over = valid.end !== null && valid.end <= now;
  return {
    id: requestId,
    from: authorization.from,
    to: authorization.to,
    what: authorization.what,
    purposes: authorization.purposes,
    finest: authorization.finest,
    meteringPoints: authorization.meteringPoints,
    span: valid,
    valid,
    state: known === 'active' && over ? 'expired' : known,
    external: {
      system: 'fingrid',
      id: requestId,
      state: { scheme: 'fingrid-authorization', code: status },
    },
  };
}
