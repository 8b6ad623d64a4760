import type { EpochMs } from '@metergram/model';
import type {
  Basis,
  Detail,
  Fact,
  Grant,
  GrantFact,
  PolicyIssue,
  Vocabulary,
} from '../types/index.ts';
import { checkFacts } from '../check.ts';
import { fault, isObject, PolicyError, refuse } from '../fault.ts';
import { faultOfVersion } from './soundness.ts';
import { BASES } from '../basis.ts';
import { parseInstant, zoneOf } from '../zone.ts';
import { historyOf } from './transition.ts';
import { STATES, stateFrom, stateRow, stateTo } from './states.ts';

const SCHEMA = 'metergram.receipt/1';

/** Meaning of each field in the Data Privacy Vocabulary and Dublin Core. */
const CONTEXT = {
  dct: 'http://purl.org/dc/terms/',
  dpv: 'https://w3id.org/dpv#',
  'eu-gdpr': 'https://w3id.org/dpv/legal/eu/gdpr#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  metergram: 'urn:metergram:vocabulary:',
  record_id: 'dct:identifier',
  schema_version: 'dct:hasVersion',
  pii_principal_id: 'dpv:hasDataSubject',
  pii_controllers: 'dpv:hasDataController',
  recipient_third_parties: 'dpv:hasRecipient',
  pii_processing: 'dpv:hasProcess',
  purposes: 'dpv:hasPurpose',
  lawful_basis: 'dpv:hasLegalBasis',
  pii_information: 'dpv:hasPersonalData',
  privacy_notice: 'dpv:hasNotice',
  language: 'dct:language',
  withdrawal_method: 'dpv:hasConsentControl',
  validity_duration: 'dpv:hasDuration',
  events: 'dpv:hasConsentStatus',
  event_time: { '@id': 'dpv:isIndicatedAtTime', '@type': 'xsd:dateTime' },
  entity_id: 'dpv:isIndicatedBy',
  event_type: 'metergram:event',
  event_state: '@type',
} as const;

/** What the receipt needs that no grant carries. */
export interface ReceiptOptions {
  readonly controller: { readonly id: string; readonly name: string; readonly contact?: string };
  /** Address of the notice that the person saw. */
  readonly notice: string;
  readonly language: string;
  /** How consent is withdrawn; it must be as easy as giving it (GDPR Art. 7(3)). */
  readonly withdrawal: string;
  /** Gives terms their DPV names where the vocabulary has them. */
  readonly vocab?: Vocabulary;
}

/** One event of a consent's life. */
export interface ReceiptEvent {
  readonly event_time: string;
  readonly event_type: 'explicit' | 'state-change';
  readonly event_state: string;
  /** Who brought it about: the person or who acts for it, the recipient, an authority, or, where time did, the controller. */
  readonly entity_id: string;
  /** Our own word, where the DPV has none or another. */
  readonly 'metergram:state': string;
  /** From when it is true, where that is not when it happened: an invalidation says that there never was consent. */
  readonly 'metergram:effectiveFrom'?: string;
}

/** Consent receipt: the structure of ISO/IEC TS 27560:2023 clause 6 with DPV terms, as JSON-LD. */
export interface Receipt {
  readonly '@context': typeof CONTEXT;
  readonly '@type': 'dpv:ConsentRecord';
  readonly schema_version: string;
  readonly record_id: string;
  readonly pii_principal_id: string;
  readonly pii_controllers: readonly {
    readonly '@id': string;
    readonly 'dct:title': string;
    readonly 'dpv:hasContact'?: string;
  }[];
  readonly recipient_third_parties: readonly { readonly '@id': string }[];
  readonly privacy_notice: string;
  readonly language: string;
  readonly withdrawal_method: string;
  readonly pii_processing: readonly {
    readonly purposes: readonly TermReference[];
    readonly pii_information: readonly TermReference[];
    readonly lawful_basis: string;
    readonly 'metergram:finest': string;
    readonly 'metergram:dataFrom': string | null;
    readonly 'metergram:dataTo': string | null;
    readonly 'metergram:meteringPoints'?: readonly string[];
    readonly 'metergram:withdrawn'?: readonly string[];
  }[];
  readonly validity_duration: { readonly start: string | null; readonly end: string | null };
  readonly 'metergram:method'?: string;
  readonly 'metergram:kind'?: 'consent' | 'delegation';
  readonly 'metergram:by'?: string;
  readonly 'metergram:given'?: string;
  readonly 'metergram:once'?: boolean;
  readonly 'metergram:external'?: Grant['external'];
  readonly events: readonly ReceiptEvent[];
}

/** A term: our word, and its DPV name where there is one. */
export interface TermReference {
  readonly '@id': string;
  readonly 'metergram:term': string;
}

const iso = (at: EpochMs | null): string | null =>
  at === null ? null : new Date(at).toISOString();

/** Who brought a state about. */
function entityOf({ state, by, from, to }: Grant, controller: string): string {
  const author = state === 'requested' ? 'recipient-or-controller' : stateRow(state).by;
  if (author === 'data-subject') return by ?? from;
  if (author === 'recipient-or-controller') return to;
  return author === 'authority' ? 'dpv:Authority' : controller;
}

/** One version as an event. An invalidation happened when it was recorded, and is true from the start. */
function eventOf({ at, seen, grant }: GrantFact, controller: string): ReceiptEvent {
  const { state } = grant;
  const { by, retroactive } = stateRow(state);
  const happened = retroactive === true ? Math.max(at, seen) : at;
  return {
    event_time: iso(happened)!,
    event_type: by === 'data-subject' ? 'explicit' : 'state-change',
    event_state: `dpv:${stateTo('dpv', state).word}`,
    entity_id: entityOf(grant, controller),
    'metergram:state': state,
    ...(happened === at ? null : { 'metergram:effectiveFrom': iso(at)! }),
  };
}

/** In the order of what happened; nothing comes after an invalidation. */
const isOver = ({ grant }: GrantFact): number => (stateRow(grant.state).retroactive ? 1 : 0);

/**
 * The receipt of a grant, with every event that is recorded of it. `facts` may hold other things too.
 *
 * ISO/IEC TS 27560:2023, 6.3 (record) and 6.4 (receipt); W3C DPV, guide for consent records.
 *
 * Throws `PolicyError` `fact/bad-shape` for what is no grant or no fact, and `question/bad-shape` where an option is missing,
 * with a pointer.
 *
 * ```ts
 * const receipt = receiptOf(given.grant, facts, { controller: { id: 'utility', name: 'Utility' }, language: 'sv',
 *   notice: 'https://utility.example/privacy', withdrawal: 'https://utility.example/my-consents' });
 * ```
 */
export function receiptOf(grant: Grant, facts: readonly Fact[], options: ReceiptOptions): Receipt {
  const broken = faultOfVersion({ type: 'grant', at: 0, seen: 0, grant });
  if (broken !== null) throw new PolicyError([broken]);
  checkFacts(facts);
  checkOptions(options);
  const { vocab, controller } = options;
  const versions = historyOf(facts, grant.id);
  for (const version of versions) {
    const wrong = faultOfVersion(version);
    if (wrong !== null)
      refuse('fact/bad-shape', `/${facts.indexOf(version)}${wrong.pointer}`, 'as in a grant');
  }
  const reference = (dimension: 'what' | 'for', term: string): TermReference => ({
    '@id': vocab?.[dimension]?.[term]?.dpv ?? `metergram:${term}`,
    'metergram:term': term,
  });
  return {
    '@context': CONTEXT,
    '@type': 'dpv:ConsentRecord',
    schema_version: SCHEMA,
    record_id: grant.id,
    pii_principal_id: grant.from,
    pii_controllers: [
      {
        '@id': controller.id,
        'dct:title': controller.name,
        ...(controller.contact === undefined ? null : { 'dpv:hasContact': controller.contact }),
      },
    ],
    recipient_third_parties: [{ '@id': grant.to }],
    privacy_notice: options.notice,
    language: options.language,
    withdrawal_method: options.withdrawal,
    pii_processing: [
      {
        purposes: grant.purposes.map((term) => reference('for', term)),
        pii_information: grant.what.map((term) => reference('what', term)),
        lawful_basis: BASES[grant.basis ?? 'consent'],
        'metergram:finest': grant.finest,
        'metergram:dataFrom': iso(grant.span.start),
        'metergram:dataTo': iso(grant.span.end),
        ...(grant.meteringPoints === undefined
          ? null
          : { 'metergram:meteringPoints': grant.meteringPoints }),
        ...(grant.withdrawn === undefined ? null : { 'metergram:withdrawn': grant.withdrawn }),
      },
    ],
    validity_duration: { start: iso(grant.valid.start), end: iso(grant.valid.end) },
    ...(grant.method === undefined ? null : { 'metergram:method': grant.method }),
    ...(grant.kind === undefined ? null : { 'metergram:kind': grant.kind }),
    ...(grant.by === undefined ? null : { 'metergram:by': grant.by }),
    ...(grant.given === undefined ? null : { 'metergram:given': iso(grant.given)! }),
    ...(grant.once === undefined ? null : { 'metergram:once': grant.once }),
    ...(grant.external === undefined ? null : { 'metergram:external': grant.external }),
    events: [...versions]
      .sort((a, b) => isOver(a) - isOver(b))
      .map((version) => eventOf(version, controller.id)),
  };
}

function checkOptions(options: ReceiptOptions): void {
  if (!isObject(options)) refuse('question/bad-shape', '', 'options of a receipt');
  const { controller, notice, language, withdrawal } = options;
  if (!isObject(controller)) refuse('question/bad-shape', '/controller', 'an object');
  const texts = { 'controller/id': controller.id, 'controller/name': controller.name };
  for (const [part, value] of Object.entries({ ...texts, notice, language, withdrawal }))
    if (typeof value !== 'string' || value === '') refuse('question/bad-shape', `/${part}`, 'text');
}

type Read =
  | { readonly grant: Grant; readonly issues: readonly [] }
  | { readonly grant: null; readonly issues: readonly PolicyIssue[] };

const bad = (pointer: string, message: string): Read => ({
  grant: null,
  issues: [{ ...fault('fact/bad-shape', pointer, ''), message }],
});

const instant = (text: string | null | undefined): number | null =>
  text === null || text === undefined ? null : (parseInstant(text, zoneOf('UTC')!) ?? NaN);

/** Where in a receipt the parts of a grant stand. */
const PLACES: Readonly<Record<string, string>> = {
  id: '/record_id',
  from: '/pii_principal_id',
  to: '/recipient_third_parties/0/@id',
  what: '/pii_processing/0/pii_information',
  purposes: '/pii_processing/0/purposes',
  finest: '/pii_processing/0/metergram:finest',
  meteringPoints: '/pii_processing/0/metergram:meteringPoints',
  withdrawn: '/pii_processing/0/metergram:withdrawn',
  'span/start': '/pii_processing/0/metergram:dataFrom',
  'span/end': '/pii_processing/0/metergram:dataTo',
  valid: '/validity_duration',
  state: '/events',
};

/**
 * The grant that a receipt tells of, in the state of its last event. Issues (`fact/bad-shape`, with a pointer) where it is none
 * of ours; an instant needs an offset, a date is the start of its day in UTC.
 */
export function grantOf(receipt: unknown): Read {
  try {
    return read(receipt);
  } catch (error) {
    // A list that is none, an object that is absent: whoever wrote it did not write a receipt.
    if (error instanceof TypeError) return bad('', 'is no receipt of this form');
    throw error;
  }
}

function read(receipt: unknown): Read {
  const r = receipt as Partial<Receipt> | null;
  if (typeof r !== 'object' || r === null || r.schema_version !== SCHEMA)
    return bad('/schema_version', `is not ${SCHEMA}`);
  const [process, ...more] = r.pii_processing ?? [];
  const [recipient, ...others] = r.recipient_third_parties ?? [];
  if (process === undefined || recipient === undefined)
    return bad('/pii_processing', 'names no processing or recipient');
  if (more.length > 0 || others.length > 0)
    return bad('/pii_processing', 'has several processings or recipients, a grant has one');
  const basis = (Object.keys(BASES) as Basis[]).find((key) => BASES[key] === process.lawful_basis);
  if (basis === undefined) return bad('/pii_processing/0/lawful_basis', 'is no legal basis');
  const last = r.events?.[r.events.length - 1];
  const word = last?.event_state.replace('dpv:', '');
  const meant = word === undefined ? 'draft' : stateFrom('dpv', word);
  const own = last === undefined ? 'draft' : last['metergram:state'];
  // Our own word is the exact one; believed where the event's DPV word is the one that we write for it.
  const row = STATES.find((each) => each.state === own);
  const state = row !== undefined && stateTo('dpv', row.state).word === word ? row.state : meant;
  if (state === null) return bad('/events', 'has a state that we do not know');
  const grant: Grant = {
    id: r.record_id!,
    from: r.pii_principal_id!,
    to: recipient['@id'],
    what: process.pii_information.map((term) => term['metergram:term']),
    purposes: process.purposes.map((term) => term['metergram:term']),
    finest: process['metergram:finest'] as Detail,
    span: {
      start: instant(process['metergram:dataFrom']),
      end: instant(process['metergram:dataTo']),
    },
    valid: { start: instant(r.validity_duration?.start), end: instant(r.validity_duration?.end) },
    state,
    ...(basis === 'consent' ? null : { basis }),
    ...known(
      'given',
      r['metergram:given'] === undefined ? undefined : instant(r['metergram:given']),
    ),
    ...known('method', r['metergram:method']),
    ...known('kind', r['metergram:kind']),
    ...known('by', r['metergram:by']),
    ...known('once', r['metergram:once']),
    ...known('external', r['metergram:external']),
    ...known('meteringPoints', process['metergram:meteringPoints']),
    ...known('withdrawn', process['metergram:withdrawn']),
  };
  const wrong = faultOfVersion({ type: 'grant', at: 0, seen: 0, grant });
  if (wrong === null) return { grant, issues: [] };
  // Of a pointer into the fact, `/grant/what/0`, the longest part that a place is known of.
  const [, , ...path] = wrong.pointer.split('/');
  for (let length = path.length; length > 0; length--) {
    const part = path.slice(0, length).join('/');
    if (Object.hasOwn(PLACES, part))
      return bad([PLACES[part], ...path.slice(length)].join('/'), wrong.message);
  }
  return bad(`/metergram:${path.join('/')}`, wrong.message);
}

/** A part of a grant that a receipt may leave out. */
const known = (part: keyof Grant, value: unknown): Partial<Grant> | null =>
  value === undefined ? null : { [part]: value };
