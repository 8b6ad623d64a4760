import type { EpochMs } from '@metergram/model';
import type { Basis, Detail, Fact, Grant, PolicyIssue, Vocabulary } from '../types/index.ts';
import { rank } from '../lattice.ts';
import { parseInstant, zoneOf } from '../zone.ts';
import { historyOf } from './transition.ts';
import { stateFrom, stateRow, stateTo } from './states.ts';

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
  event_time: { '@id': 'dct:date', '@type': 'xsd:dateTime' },
  entity_id: 'dpv:isIndicatedBy',
  event_type: 'metergram:event',
  event_state: '@type',
} as const;

const BASES: Readonly<Record<Basis, string>> = {
  consent: 'eu-gdpr:A6-1-a',
  contract: 'eu-gdpr:A6-1-b',
  'legal-obligation': 'eu-gdpr:A6-1-c',
  'vital-interests': 'eu-gdpr:A6-1-d',
  'public-task': 'eu-gdpr:A6-1-e',
  'legitimate-interest': 'eu-gdpr:A6-1-f',
};

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
  readonly entity_id: string;
  /** Our own word, where the DPV has none or another. */
  readonly 'metergram:state': string;
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
  readonly events: readonly ReceiptEvent[];
}

/** A term: our word, and its DPV name where there is one. */
export interface TermReference {
  readonly '@id': string;
  readonly 'metergram:term': string;
}

const iso = (at: EpochMs | null): string | null =>
  at === null ? null : new Date(at).toISOString();

/**
 * The receipt of a grant, with every event that is recorded of it. `facts` may hold other things too.
 *
 * ISO/IEC TS 27560:2023, 6.3 (record) and 6.4 (receipt); W3C DPV, guide for consent records.
 */
export function receiptOf(grant: Grant, facts: readonly Fact[], options: ReceiptOptions): Receipt {
  const { vocab, controller } = options;
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
    events: historyOf(facts, grant.id).map(({ at, grant: version }) => ({
      event_time: new Date(at).toISOString(),
      event_type: stateRow(version.state).by === 'data-subject' ? 'explicit' : 'state-change',
      event_state: `dpv:${stateTo('dpv', version.state).word}`,
      entity_id: version.by ?? version.from,
      'metergram:state': version.state,
    })),
  };
}

const bad = (
  pointer: string,
  message: string,
): { readonly grant: null; readonly issues: readonly PolicyIssue[] } => ({
  grant: null,
  issues: [{ code: 'fact/bad-shape', severity: 'error', pointer, message }],
});

const instant = (text: string | null | undefined): number | null =>
  text === null || text === undefined ? null : (parseInstant(text, zoneOf('UTC')!) ?? NaN);

type Read =
  | { readonly grant: Grant; readonly issues: readonly [] }
  | { readonly grant: null; readonly issues: readonly PolicyIssue[] };

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
  const [process] = r.pii_processing ?? [];
  const to = r.recipient_third_parties?.[0]?.['@id'];
  if (process === undefined || to === undefined)
    return bad('/pii_processing', 'names no processing or recipient');
  const basis = (Object.keys(BASES) as Basis[]).find((key) => BASES[key] === process.lawful_basis);
  if (basis === undefined) return bad('/pii_processing/0/lawful_basis', 'is no legal basis');
  if (rank(process['metergram:finest']) < 0)
    return bad('/pii_processing/0', 'has no detail that we know');
  const last = r.events?.[r.events.length - 1];
  const state =
    last === undefined ? 'draft' : (stateFrom('dpv', last.event_state.replace('dpv:', '')) ?? null);
  const exact = last === undefined ? 'draft' : (last['metergram:state'] as Grant['state']);
  if (state === null) return bad('/events', 'has a state that we do not know');
  const method = r['metergram:method'] as Grant['method'];
  const span = {
    start: instant(process['metergram:dataFrom']),
    end: instant(process['metergram:dataTo']),
  };
  const valid = {
    start: instant(r.validity_duration?.start),
    end: instant(r.validity_duration?.end),
  };
  if ([span.start, span.end].some(Number.isNaN))
    return bad('/pii_processing/0', 'has a period without an offset');
  if ([valid.start, valid.end].some(Number.isNaN))
    return bad('/validity_duration', 'has an instant without an offset');
  return {
    issues: [],
    grant: {
      id: r.record_id!,
      from: r.pii_principal_id!,
      to,
      what: process.pii_information.map((term) => term['metergram:term']),
      purposes: process.purposes.map((term) => term['metergram:term']),
      finest: process['metergram:finest'] as Detail,
      span,
      valid,
      state: stateTo('dpv', exact).word === last?.event_state.replace('dpv:', '') ? exact : state,
      ...(basis === 'consent' ? null : { basis }),
      ...(method === undefined ? null : { method }),
      ...(r['metergram:kind'] === undefined ? null : { kind: r['metergram:kind'] }),
      ...(r['metergram:by'] === undefined ? null : { by: r['metergram:by'] }),
      ...(process['metergram:meteringPoints'] === undefined
        ? null
        : { meteringPoints: process['metergram:meteringPoints'] }),
      ...(process['metergram:withdrawn'] === undefined
        ? null
        : { withdrawn: process['metergram:withdrawn'] }),
    },
  };
}
