import type { ConsentGrant, GrantState, MeteringPointId, PartyId } from '@metergram/model';
import { uuidOf } from './draw.ts';
import type { Market } from './market.ts';

const DAY = 86_400_000;

/** What one after the other of the customers answered; then it begins again. */
const ANSWERS: readonly GrantState[] = ['active', 'active', 'active', 'requested', 'withdrawn'];

/** Somebody who lives at a simulated site. Nobody does. */
export interface Customer {
  readonly party: PartyId;
  readonly name: string;
  /** A Finnish identity code that belongs to nobody: individual numbers from 900 on are given to none. */
  readonly identification: string;
  readonly state: GrantState;
}

/** The customer of the site with this number, from 0. */
export function customerOf(number: number): Customer {
  return {
    party: `customer-${number + 1}` as PartyId,
    name: `Kim Kunde ${number + 1}`,
    identification: artificialCode(number),
    state: ANSWERS[number % ANSWERS.length] as GrantState,
  };
}

/** The consent of a customer to a third party that sees the metering points' values. */
export function consentOf(
  customer: Customer,
  meteringPoints: readonly MeteringPointId[],
  market: Market,
  time: { readonly start: number; readonly now: number },
  seed: number,
): ConsentGrant {
  const asked = customer.state === 'requested';
  const since = asked ? time.now - 2 * DAY : time.start - 30 * DAY;
  const until = asked ? since + 28 * DAY : since + 365 * DAY;
  const span = { start: time.start - 30 * DAY, end: time.start + 335 * DAY };
  const id = uuidOf(seed, 'consent', customer.party);
  return {
    id,
    from: customer.party,
    to: 'third-party' as PartyId,
    what: ['meter-data'],
    purposes: ['presentation'],
    finest: 'PT15M',
    meteringPoints,
    span,
    valid: { start: since, end: customer.state === 'withdrawn' ? time.now - DAY / 2 : until },
    state: customer.state,
    external: { system: market.hub, id },
  };
}

/** DDMMYY-9NNC, a day of January 1980 or later for each hundred of them. */
function artificialCode(number: number): string {
  const born = new Date(Date.UTC(1980, 0, 1 + Math.floor(number / 100)));
  const date = [born.getUTCDate(), born.getUTCMonth() + 1, born.getUTCFullYear() % 100]
    .map((part) => String(part).padStart(2, '0'))
    .join('');
  const individual = String(900 + (number % 100));
  const check = '0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(date + individual) % 31];
  return `${date}-${individual}${check}`;
}
