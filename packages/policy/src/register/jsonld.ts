import { BASES } from '../basis.ts';
import type { PartialText } from '../lang/language.ts';
import { LANGUAGES } from '../lang/language.ts';
import type { Activity, Contact, Erasure, Register } from './activity.ts';
import { erasureRules } from './link.ts';
import { NAMESPACES } from './terms.ts';
import { requireRegister } from './usable.ts';

/** A node of a JSON-LD document. */
export interface JsonLdNode {
  readonly [key: string]: string | boolean | JsonLdNode | readonly (string | JsonLdNode)[];
}

const CONTEXT: JsonLdNode = {
  ...NAMESPACES,
  dct: 'http://purl.org/dc/terms/',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  mg: 'urn:metergram:register#',
};

/** A DPV term as a reference; a term of the register's own as one in its own namespace, with its name. */
function term(register: Register, id: string): JsonLdNode {
  const prefix = id.split(':')[0] ?? '';
  if (Object.hasOwn(NAMESPACES, prefix)) return { '@id': id };
  const own =
    register.terms !== undefined && Object.hasOwn(register.terms, id)
      ? register.terms[id]
      : undefined;
  const node = { '@id': `mg:${encodeURIComponent(id)}` };
  return own === undefined ? node : { ...node, 'rdfs:label': texts(own) };
}

function texts(text: PartialText): readonly JsonLdNode[] {
  return LANGUAGES.flatMap((language) => {
    const value = text[language];
    return value === undefined ? [] : [{ '@value': value, '@language': language }];
  });
}

function entity(type: string, { name, contact }: Contact): JsonLdNode {
  return { '@type': type, 'dpv:hasName': name, 'dpv:hasContact': contact };
}

function duration(period: string): JsonLdNode {
  return { '@type': 'dpv:TemporalDuration', 'rdf:value': period };
}

function untilEvent(event: string): JsonLdNode {
  return { '@type': 'dpv:UntilEventDuration', 'rdf:value': event };
}

function durations(erasure: Erasure): readonly JsonLdNode[] {
  switch (erasure.base) {
    case 'age':
      return [{ ...duration(erasure.after), 'mg:countedFrom': erasure.of }];
    case 'after':
      return [{ ...duration(erasure.after), 'mg:countedFrom': erasure.event }];
    case 'while':
      return [
        { '@type': 'dpv:UntilEventDuration', 'rdf:value': `not ${erasure.state}` },
        { ...duration(erasure.after), 'mg:countedFrom': `not ${erasure.state}` },
      ];
    case 'until':
      return [
        ...erasure.events.map(untilEvent),
        ...(erasure.atMost === undefined
          ? []
          : [
              {
                ...duration(erasure.atMost.after),
                'mg:countedFrom': erasure.atMost.event ?? 'event-time',
              },
            ]),
      ];
  }
}

function process(register: Register, activity: Activity): JsonLdNode {
  const { id, name, summary, note, transfers, proposed, source } = activity;
  return {
    '@id': `mg:${encodeURIComponent(id)}`,
    '@type': 'dpv:Process',
    'dct:identifier': id,
    'dct:title': texts(name),
    ...(summary === undefined ? {} : { 'dct:description': texts(summary) }),
    ...(note === undefined ? {} : { 'rdfs:comment': texts(note) }),
    'mg:category': { '@id': `mg:${encodeURIComponent(activity.category)}` },
    'dpv:hasPurpose': activity.purposes.map((entry) => term(register, entry)),
    'dpv:hasLegalBasis': activity.bases.map((basis) => ({ '@id': BASES[basis] })),
    'dpv:hasDataSubject': activity.subjects.map((entry) => term(register, entry)),
    'dpv:hasPersonalData': activity.data.map((entry) => term(register, entry)),
    'dpv:hasRecipient': activity.recipients.map((entry) => term(register, entry)),
    'dpv:hasTechnicalOrganisationalMeasure': activity.measures.map((entry) =>
      term(register, entry),
    ),
    'dpv:hasProcessingCondition': [
      { '@type': 'dpv:StorageDuration', 'dpv:hasDuration': durations(activity.erasure) },
      ...transfers.map(({ country, safeguard }) => ({
        '@type': 'dpv:ProcessingLocation',
        'dpv:hasLocation': country,
        'mg:safeguard': safeguard,
      })),
    ],
    ...(activity.special ? { 'mg:specialCategory': true } : {}),
    'mg:rule': [...(activity.rules ?? []), ...erasureRules(activity).map((rule) => rule.id)],
    ...(source === undefined ? {} : { 'dct:source': `${source.document}, line ${source.line}` }),
    'mg:proposed': proposed,
  };
}

/**
 * The record as JSON-LD with terms of the Data Privacy Vocabulary (DPV 2). `mg:proposed` lists for each activity the fields
 * that nobody has confirmed. Plain data: `JSON.stringify` it.
 *
 * Throws `RegisterError` as `toCsv` does.
 */
export function toJsonLd(register: Register): JsonLdNode {
  requireRegister(register);
  const { controller, jointControllers, representative, dpo } = register.controller;
  return {
    '@context': CONTEXT,
    '@id': `mg:${encodeURIComponent(register.id)}`,
    '@type': 'dpv:RecordsOfActivities',
    'dct:title': texts(register.title),
    ...(register.updated === undefined ? {} : { 'dct:modified': register.updated }),
    ...(controller === undefined
      ? {}
      : { 'dpv:hasDataController': entity('dpv:DataController', controller) }),
    ...(jointControllers === undefined
      ? {}
      : {
          'dpv:hasJointDataControllers': jointControllers.map((entry) =>
            entity('dpv:DataController', entry),
          ),
        }),
    ...(representative === undefined
      ? {}
      : { 'dpv:hasRepresentative': entity('dpv:Representative', representative) }),
    ...(dpo === undefined
      ? {}
      : { 'dpv:hasDataProtectionOfficer': entity('dpv:DataProtectionOfficer', dpo) }),
    'mg:categories': register.categories.map(({ id, name }) => ({
      '@id': `mg:${encodeURIComponent(id)}`,
      'rdfs:label': texts(name),
    })),
    'dpv:hasProcess': register.activities.map((activity) => process(register, activity)),
  };
}
