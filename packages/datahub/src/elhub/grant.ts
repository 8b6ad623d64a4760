import type {
  ConsentGrant,
  EpochMs,
  Granularity,
  GrantState,
  MeteringPointId,
  OpenInterval,
  PartyId,
  ZoneId,
} from '@metergram/model';
import { parseEpochMs } from '@metergram/model';
import { startOfDay } from '../core/zone.ts';
import type { ThirdPartyAccessReturn } from './third-party-access.ts';
import type {
  AuthorizationDocument,
  AuthorizationGrant,
  AuthorizationRequest,
  AuthorizationScope,
  Relationship,
} from './wire.ts';
import { lookup } from '../core/lookup.ts';

/**
 * What a grant means in the host's vocabulary. Elhub's Access API does not say: its grants allow a change of supplier and
 * name no data category, purpose text or granularity. So nothing is allowed to be seen unless the host says what.
 */
export interface GrantTerms {
  readonly what?: readonly string[];
  readonly purposes?: readonly string[];
  readonly finest?: Granularity;
}

const GRANT_STATES: Readonly<Record<string, GrantState>> = {
  Active: 'active',
  Exhausted: 'exhausted',
  Revoked: 'withdrawn',
  Expired: 'expired',
};

const REQUEST_STATES: Readonly<Record<string, GrantState>> = {
  Pending: 'requested',
  Rejected: 'refused',
  Expired: 'lapsed-request',
};

function party(relationship: Relationship | undefined): PartyId {
  return (relationship?.data?.id ?? 'unknown') as PartyId;
}

function openInterval(from: string | undefined, to: string | undefined): OpenInterval {
  return { start: parseEpochMs(from ?? ''), end: parseEpochMs(to ?? '') };
}

/** Elhub has no status for a date that has passed between two reads, so the date decides as well. */
function passed(to: string | undefined, now: EpochMs): boolean {
  const end = parseEpochMs(to ?? '');
  return end !== null && end <= now;
}

function termsOf(terms: GrantTerms, permissions: readonly string[]): Required<GrantTerms> {
  return {
    what: terms.what ?? [],
    purposes: terms.purposes ?? permissions,
    finest: terms.finest ?? 'P1Y',
  };
}

/**
 * An authorization grant as the model's consent. Its `id` is that of the request or document it came from, so that one
 * consent keeps its name from `requested` to `withdrawn`; the grant's own id is in `external`.
 *
 * A status that is not known becomes `draft`: no ground for anything, and nothing said about the past.
 *
 * @param scopes Its scopes, where they were fetched: the metering points come from there.
 * @param now Time of the question; a grant whose `validTo` has passed is expired whatever its status says.
 */
export function elhubGrant(
  grant: AuthorizationGrant,
  scopes: readonly AuthorizationScope[],
  now: EpochMs,
  terms: GrantTerms = {},
): ConsentGrant {
  const { attributes, relationships } = grant;
  const known = lookup(GRANT_STATES, attributes.status) ?? 'draft';
  const state = known === 'active' && passed(attributes.validTo, now) ? 'expired' : known;
  const permissions = [
    ...new Set(scopes.flatMap((scope) => scope.attributes.permissionType ?? [])),
  ];
  const meteringPoints = scopes
    .flatMap((scope) => scope.relationships.authorizedResources?.data ?? [])
    .filter((resource) => resource.type === 'MeteringPoint')
    .map((resource) => resource.id as MeteringPointId);
  const by = relationships.grantedBy?.data?.id;
  const from = party(relationships.grantedFor);
  const valid = openInterval(attributes.validFrom, attributes.validTo);
  return {
    id: relationships.source?.data?.id ?? grant.id,
    from,
    to: party(relationships.grantedTo),
    ...(by === undefined || by === from ? {} : { by: by as PartyId }),
    ...termsOf(terms, permissions),
    meteringPoints: [...new Set(meteringPoints)],
    span: valid,
    valid,
    state,
    external: {
      system: 'elhub',
      id: grant.id,
      state: { scheme: 'elhub-grant', code: attributes.status },
    },
  };
}

interface Asking {
  readonly id: string;
  readonly status: string;
  readonly type: string;
  readonly validTo: string;
  readonly createdAt: string;
  readonly from: Relationship | undefined;
  readonly to: Relationship | undefined;
  readonly agent: Relationship | undefined;
  readonly point: unknown;
  readonly scheme: string;
}

function asked(asking: Asking, now: EpochMs, terms: GrantTerms): ConsentGrant {
  const known = lookup(REQUEST_STATES, asking.status) ?? 'draft';
  const state = known === 'requested' && passed(asking.validTo, now) ? 'lapsed-request' : known;
  const from = party(asking.from);
  const agent = asking.agent?.data?.id;
  const valid = openInterval(asking.createdAt, asking.validTo);
  return {
    id: asking.id,
    from,
    to: party(asking.to),
    ...(agent === undefined || agent === from ? {} : { by: agent as PartyId }),
    ...termsOf(terms, [asking.type]),
    meteringPoints: typeof asking.point === 'string' ? [asking.point as MeteringPointId] : [],
    span: valid,
    valid,
    state,
    external: {
      system: 'elhub',
      id: asking.id,
      state: { scheme: asking.scheme, code: asking.status },
    },
  };
}

/**
 * A request that is not accepted, as the model's consent; null for an accepted one, whose grant is the consent.
 * A pending request whose 28 days have passed is `lapsed-request`.
 */
export function elhubRequest(
  request: AuthorizationRequest,
  now: EpochMs,
  terms: GrantTerms = {},
): ConsentGrant | null {
  const { attributes, relationships } = request;
  if (attributes.status === 'Accepted') return null;
  return asked(
    {
      id: request.id,
      status: attributes.status,
      type: attributes.requestType,
      validTo: attributes.validTo,
      createdAt: attributes.createdAt,
      from: relationships.requestedFrom,
      to: relationships.requestedBy,
      agent: relationships.requestedTo,
      point: request.meta?.['requestedForMeteringPointId'],
      scheme: 'elhub-request',
    },
    now,
    terms,
  );
}

/** A document that is not signed, as the model's consent; null for a signed one, whose grant is the consent. */
export function elhubDocument(
  document: AuthorizationDocument,
  now: EpochMs,
  terms: GrantTerms = {},
): ConsentGrant | null {
  const { attributes, relationships } = document;
  if (attributes.status === 'Signed') return null;
  return asked(
    {
      id: document.id,
      status: attributes.status,
      type: attributes.documentType,
      validTo: attributes.validTo,
      createdAt: attributes.createdAt,
      from: relationships.requestedFrom,
      to: relationships.requestedBy,
      agent: relationships.requestedTo,
      point: document.meta?.['requestedForMeteringPointId'],
      scheme: 'elhub-document',
    },
    now,
    terms,
  );
}

/** What the host knows about a return that the return itself does not say. */
export interface ThirdPartyGrantContext extends GrantTerms {
  /** The end user, by the host's own key. */
  readonly from: PartyId;
  /** The third party. */
  readonly to: PartyId;
  /** When the return came. */
  readonly now: EpochMs;
}

const OSLO = 'Europe/Oslo' as ZoneId;

/** A date as Elhub may send it: with an offset, or a civil date, which is a Norwegian day. */
function returnDate(text: string | null): EpochMs | null {
  if (text === null) return null;
  if (!/^\d{4}-\d\d-\d\d$/u.test(text)) return parseEpochMs(text);
  try {
    return startOfDay(text, OSLO);
  } catch {
    return null;
  }
}

/**
 * The return of a third-party access (BRS-NO-624) as the model's consent; null where it was neither granted nor refused,
 * where its request id is missing, or where an end was sent that cannot be read: what cannot be bounded is no ground.
 *
 * @experimental
 */
export function thirdPartyGrant(
  answer: ThirdPartyAccessReturn,
  context: ThirdPartyGrantContext,
): ConsentGrant | null {
  if (answer.requestId === null || answer.outcome === 'unreadable') return null;
  const granted = answer.outcome === 'granted';
  const start = granted ? returnDate(answer.start) : null;
  const end = granted ? returnDate(answer.end) : null;
  if (granted && answer.end !== null && end === null) return null;
  return {
    id: answer.requestId,
    from: context.from,
    to: context.to,
    ...termsOf(context, []),
    meteringPoints: granted ? answer.meteringPoints : [],
    span: { start, end },
    valid: { start: context.now, end: granted ? end : context.now },
    state: granted ? (end !== null && end <= context.now ? 'expired' : 'active') : 'refused',
    external: {
      system: 'elhub',
      id: answer.requestId,
      state: {
        scheme: 'brs-no-624',
        code: granted ? 'granted' : answer.errorCode,
      },
    },
  };
}
