import type { ConsentGrant, EpochMs, GrantState, MeteringPointId, PartyId } from '@metergram/model';
import { HubError } from '../core/fault.ts';
import { daysBetween, epoch, type LocalDate } from '../core/zone.ts';
import { danishInstant } from './masterdata.ts';
import type { WireAuthorization } from './wire.ts';

/** What a power of attorney does not say, and its holder knows. */
export interface ConsentTerms {
  /** The third party, as the host's policy names it. */
  readonly to: PartyId;
  /** Data categories and purposes in the policy's vocabulary: the hub has no words for them. */
  readonly what: readonly string[];
  readonly purposes: readonly string[];
}

/**
 * An authorization as the model's grant. It is `active`: the hub lists no others. `from` is the key that was given when the
 * customer was asked, else the company's number, else the authorization itself. `span` is the time whose data may be read,
 * taken as half-open; `valid` begins when it was registered and has no end of its own.
 */
export function readAuthorization(
  wire: WireAuthorization,
  meteringPoints: readonly MeteringPointId[],
  terms: ConsentTerms,
): ConsentGrant {
  const id = wire.id ?? '';
  return {
    id,
    from: (wire.customerKey || wire.customerCVR || `eloverblik:${id}`) as PartyId,
    to: terms.to,
    what: terms.what,
    purposes: terms.purposes,
    finest: 'PT15M',
    meteringPoints,
    span: { start: epochIn(wire.validFrom), end: epochIn(wire.validTo) },
    valid: { start: epochIn(wire.timeStamp), end: null },
    state: 'active',
    external: { system: 'eloverblik', id, state: { scheme: 'eloverblik', code: 'listed' } },
  };
}

function epochIn(text: string | null | undefined): EpochMs | null {
  const instant = danishInstant(text);
  return instant === null ? null : epoch(instant);
}

/** A grant that changed between two lists, with its new state. */
export interface ConsentChange {
  readonly before: ConsentGrant | null;
  readonly after: ConsentGrant;
}

/**
 * What happened between two lists of authorizations: Eloverblik has neither states nor notices, what ends simply vanishes
 * from the list. So: new is `active`; gone after its end is `expired`; gone before is `withdrawn`. A grant that the host
 * keeps as `requested` becomes active when one with the same `from` appears, and lapses after `lapse` milliseconds.
 *
 * Call it only with a list that came whole. A call that failed, with 401 too, says nothing about consents.
 */
export function consentChanges(
  before: readonly ConsentGrant[],
  listed: readonly ConsentGrant[],
  now: EpochMs,
  lapse: number = 28 * 86_400_000,
): ConsentChange[] {
  const changes: ConsentChange[] = [];
  const current = new Map(listed.map((grant) => [grant.external?.id ?? grant.id, grant]));
  const seen = new Set<string>();
  for (const grant of before) {
    const id = grant.external?.id ?? grant.id;
    const here = current.get(id);
    if (grant.state === 'requested' && here === undefined) {
      const given = listed.find((one) => one.from === grant.from && !known(before, one));
      if (given !== undefined) {
        seen.add(given.external?.id ?? given.id);
        changes.push({ before: grant, after: given });
      } else if (grant.valid.start !== null && now >= grant.valid.start + lapse)
        changes.push({ before: grant, after: { ...grant, state: 'lapsed-request' } });
      continue;
    }
    if (here !== undefined) {
      seen.add(id);
      if (grant.state !== here.state || !same(grant, here))
        changes.push({ before: grant, after: here });
      continue;
    }
    if (grant.state !== 'active') continue;
    const end = Math.min(grant.span.end ?? Infinity, grant.valid.end ?? Infinity);
    const state: GrantState = now >= end ? 'expired' : 'withdrawn';
    changes.push({
      before: grant,
      after: { ...grant, state, valid: { ...grant.valid, end: Math.min(end, now) } },
    });
  }
  for (const [id, grant] of current)
    if (!seen.has(id)) changes.push({ before: null, after: grant });
  return changes;
}

function known(before: readonly ConsentGrant[], grant: ConsentGrant): boolean {
  return before.some((one) => (one.external?.id ?? one.id) === (grant.external?.id ?? grant.id));
}

function same(a: ConsentGrant, b: ConsentGrant): boolean {
  return extent(a) === extent(b);
}

function extent(grant: ConsentGrant): string {
  return JSON.stringify([grant.span, grant.meteringPoints.toSorted()]);
}

function wrong(message: string): never {
  throw new HubError({ code: 'hub/invalid-request', hub: 'eloverblik', message, retry: 'never' });
}

/** What a customer is sent to the hub with, to give a power of attorney there. */
export interface AuthorizationLink {
  /** The hub's id of the third party. */
  readonly thirdPartyId: string;
  /** Data from this Danish day on … */
  readonly from: LocalDate;
  /** … until this one. */
  readonly to: LocalDate;
  /** Comes back in the authorization: whose it is. Not a national identity number. */
  readonly customerKey: string;
  readonly returnUrl: string;
}

/**
 * The address to send a customer to. The hub reports nothing back: look for the authorization with this `customerKey`
 * ({@link consentChanges}). Throws `hub/invalid-request` for dates that are none or backward, an address that is not https,
 * and a key that looks like a national identity number.
 */
export function authorizationLink(
  link: AuthorizationLink,
  origin = 'https://eloverblik.dk',
): string {
  let days = 0;
  try {
    days = daysBetween(link.from, link.to);
  } catch {
    wrong('from and to must be dates');
  }
  if (days <= 0) wrong('to must be after from');
  if (!URL.canParse(link.returnUrl) || new URL(link.returnUrl).protocol !== 'https:')
    wrong('returnUrl must be an https address');
  if (/^\d{6}-?\d{4}$/.test(link.customerKey))
    wrong('customerKey looks like a national identity number');
  const url = new URL('/authorization/authorization', origin);
  url.searchParams.set('thirdPartyId', link.thirdPartyId);
  url.searchParams.set('fromDate', link.from);
  url.searchParams.set('toDate', link.to);
  url.searchParams.set('customerKey', link.customerKey);
  url.searchParams.set('returnUrl', link.returnUrl);
  return url.toString();
}
