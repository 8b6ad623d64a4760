import type { GrantState } from '@metergram/model';
import { refuse } from '../fault.ts';

/** Systems whose words map onto the one list of states. */
export type StateScheme = 'elhub' | 'eloverblik' | 'eddie' | 'dpv';

/** One state: whether it is a lawful ground now, and what other systems call it. The first word is the one to send. */
export interface StateRow {
  readonly state: GrantState;
  readonly live: boolean;
  /** Who brings it about. */
  readonly by?: 'data-subject' | 'recipient-or-controller' | 'authority' | 'time';
  /** Takes effect from the grant's own start: there never was consent. */
  readonly retroactive?: boolean;
  readonly dpv: readonly string[];
  readonly eddie: readonly string[];
  readonly elhub: readonly string[];
  readonly eloverblik: readonly string[];
}

/**
 * The list of consent states. DPV 2.0 consent status; EDDIE's permission process states; Elhub's request and grant
 * statuses; Eloverblik's authorisations, which are active, gone from the list, or past their date. A word of another
 * system stands in exactly one row.
 */
export const STATES: readonly StateRow[] = [
  {
    state: 'draft',
    live: false,
    dpv: [],
    eddie: ['CREATED', 'VALIDATED', 'MALFORMED', 'UNABLE_TO_SEND'],
    elhub: [],
    eloverblik: [],
  },
  {
    state: 'requested',
    live: false,
    dpv: ['ConsentRequested', 'ConsentRequestDeferred'],
    eddie: ['SENT_TO_PERMISSION_ADMINISTRATOR'],
    elhub: ['request:Pending', 'document:Pending'],
    eloverblik: [],
  },
  {
    state: 'lapsed-request',
    live: false,
    by: 'time',
    dpv: ['ConsentUnknown'],
    eddie: ['TIMED_OUT', 'INVALID'],
    elhub: ['request:Expired', 'document:Expired'],
    eloverblik: [],
  },
  {
    state: 'refused',
    live: false,
    by: 'data-subject',
    dpv: ['ConsentRefused'],
    eddie: ['REJECTED'],
    elhub: ['request:Rejected', 'document:Rejected'],
    eloverblik: [],
  },
  {
    state: 'active',
    live: true,
    by: 'data-subject',
    dpv: ['ConsentGiven', 'RenewedConsentGiven'],
    eddie: ['ACCEPTED'],
    elhub: ['grant:Active', 'request:Accepted', 'document:Signed'],
    eloverblik: ['active'],
  },
  {
    state: 'expired',
    live: false,
    by: 'time',
    dpv: ['ConsentExpired'],
    eddie: [],
    elhub: ['grant:Expired'],
    eloverblik: ['expired'],
  },
  {
    state: 'exhausted',
    live: false,
    by: 'recipient-or-controller',
    dpv: [],
    eddie: ['FULFILLED', 'UNFULFILLABLE'],
    elhub: ['grant:Exhausted'],
    eloverblik: [],
  },
  {
    state: 'withdrawn',
    live: false,
    by: 'data-subject',
    dpv: ['ConsentWithdrawn'],
    eddie: ['REVOKED'],
    elhub: ['grant:Revoked'],
    eloverblik: ['vanished'],
  },
  {
    state: 'terminated',
    live: false,
    by: 'recipient-or-controller',
    dpv: ['ConsentRevoked'],
    eddie: ['TERMINATED'],
    elhub: [],
    eloverblik: [],
  },
  {
    state: 'invalidated',
    live: false,
    by: 'authority',
    retroactive: true,
    dpv: ['ConsentInvalidated'],
    eddie: [],
    elhub: [],
    eloverblik: [],
  },
  {
    state: 'winding-down',
    live: false,
    dpv: [],
    eddie: ['REQUIRES_EXTERNAL_TERMINATION', 'FAILED_TO_TERMINATE', 'EXTERNALLY_TERMINATED'],
    elhub: [],
    eloverblik: [],
  },
];

/** Nearest word of a scheme for a state that it has none for, and why it is only the nearest. */
const NEAREST: Readonly<
  Record<StateScheme, Readonly<Partial<Record<GrantState, readonly [word: string, loss: string]>>>>
> = {
  dpv: {
    draft: ['ConsentUnknown', 'DPV has no state before a request'],
    exhausted: ['ConsentExpired', 'DPV has no state for a purpose that is fulfilled'],
    'winding-down': ['ConsentWithdrawn', 'DPV does not tell that the other side has yet to end it'],
  },
  eddie: {
    expired: ['FULFILLED', 'EDDIE has no expiry: a permission is fulfilled at its end date'],
    invalidated: ['TERMINATED', 'EDDIE cannot say that there never was a permission'],
  },
  elhub: {
    draft: ['request:Pending', 'Elhub knows a request from its sending on'],
    terminated: ['grant:Revoked', 'Elhub does not tell who ended a grant'],
    invalidated: ['grant:Revoked', 'Elhub cannot say that there never was a grant'],
    'winding-down': ['grant:Revoked', 'Elhub ends a grant at once'],
  },
  eloverblik: {
    draft: ['vanished', 'Eloverblik shows active authorisations only'],
    requested: ['vanished', 'Eloverblik shows active authorisations only'],
    'lapsed-request': ['vanished', 'Eloverblik shows active authorisations only'],
    refused: ['vanished', 'Eloverblik shows active authorisations only'],
    exhausted: ['expired', 'Eloverblik knows dates only'],
    terminated: ['vanished', 'Eloverblik does not tell who ended an authorisation'],
    invalidated: ['vanished', 'Eloverblik cannot say that there never was an authorisation'],
    'winding-down': ['vanished', 'Eloverblik ends an authorisation at once'],
  },
};

const SCHEMES: readonly string[] = Object.keys(NEAREST);

/** Throws for a system that is none of ours. */
function checkScheme(scheme: StateScheme): void {
  if (!SCHEMES.includes(scheme)) refuse('question/bad-shape', '/scheme', SCHEMES.join(' or '));
}

/** Row of a state. Throws `PolicyError` `question/bad-shape` for a word that is no state. */
export function stateRow(state: GrantState): StateRow {
  const found = STATES.find((row) => row.state === state);
  return found ?? refuse('question/bad-shape', '/state', 'a state of a grant');
}

/**
 * State that a word of another system means; null for a word that nobody knows. Case must be as the system writes it.
 * Throws `PolicyError` `question/bad-shape` for a system that is none of the four.
 */
export function stateFrom(scheme: StateScheme, word: string): GrantState | null {
  checkScheme(scheme);
  return STATES.find((row) => row[scheme].includes(word))?.state ?? null;
}

/**
 * Word of another system for a state. `exact` is false where the system has none: then `word` is the nearest and `loss`
 * says what it does not tell. Throws `PolicyError` `question/bad-shape` for a state or a system that is none.
 */
export function stateTo(
  scheme: StateScheme,
  state: GrantState,
): { readonly word: string; readonly exact: boolean; readonly loss?: string } {
  checkScheme(scheme);
  const [word] = stateRow(state)[scheme];
  if (word !== undefined) return { word, exact: true };
  const [near, loss] = NEAREST[scheme][state]!;
  return { word: near, exact: false, loss };
}

/**
 * State of an Eloverblik authorisation, which has no status: it is in the list or not, and has a last day. `until` is
 * the first instant after it; one without a time counts as past.
 */
export function stateOfEloverblik(
  authorisation: { readonly listed: boolean; readonly until: number },
  at: number,
): GrantState {
  if (!(at < authorisation.until)) return 'expired';
  return authorisation.listed ? 'active' : 'withdrawn';
}

/** State of what Elhub shows: a word, and a date that ends it even where nobody has changed the word yet. */
export function stateOfElhub(
  shown: { readonly word: string; readonly validTo: number },
  at: number,
): GrantState | null {
  const state = stateFrom('elhub', shown.word);
  if (at < shown.validTo) return state;
  return state === 'active' ? 'expired' : state === 'requested' ? 'lapsed-request' : state;
}

/** Whether a state is a lawful ground now: only `active` is; a word that is no state never. */
export const isLive = (state: GrantState): boolean =>
  STATES.some((row) => row.state === state && row.live);
