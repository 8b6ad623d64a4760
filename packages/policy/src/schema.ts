/** A JSON Schema, draft 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const text: JsonSchema = { type: 'string', minLength: 1 };
const texts: JsonSchema = { type: 'array', items: text, minItems: 1 };
const ref = (name: string): JsonSchema => ({ $ref: `#/$defs/${name}` });
const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items });
const mapOf = (value: JsonSchema): JsonSchema => ({ type: 'object', additionalProperties: value });

function object(
  required: readonly string[],
  properties: Readonly<Record<string, JsonSchema>>,
): JsonSchema {
  return { type: 'object', required, additionalProperties: false, properties };
}

const DETAILS = 'raw PT1S PT10S PT1M PT5M PT15M PT30M PT1H P1D P1M P1Y deleted'.split(' ');
const OPERATORS = 'eq ne in lt le gt ge isa exists before after subsetOf finerThan activeAt'.split(
  ' ',
);
const BASES = [
  'consent',
  'contract',
  'legal-obligation',
  'vital-interests',
  'public-task',
  'legitimate-interest',
];

const ruleBase: Readonly<Record<string, JsonSchema>> = {
  id: text,
  cite: texts,
  validFrom: ref('date'),
  validTo: ref('date'),
  status: { enum: ['stated', 'inferred', 'proposed'] },
  text: mapOf({ type: 'string' }),
};

const stages: JsonSchema = { type: 'array', items: ref('stage'), minItems: 1 };

const access: JsonSchema = object(['id', 'effect', 'do'], {
  ...ruleBase,
  effect: { enum: ['permit', 'forbid'] },
  who: texts,
  do: texts,
  what: texts,
  for: texts,
  in: texts,
  flow: { type: 'array', items: text, minItems: 2, maxItems: 2 },
  key: text,
  every: ref('duration'),
  finest: ref('detail'),
  basis: ref('basis'),
  if: ref('condition'),
  unless: ref('condition'),
  then: list(ref('obligation')),
  tenancy: { enum: ['holder', 'none'] },
});

const retention: JsonSchema = object(['id', 'effect', 'what', 'clock', 'stages'], {
  ...ruleBase,
  effect: { enum: ['keep', 'cap'] },
  what: texts,
  in: texts,
  for: texts,
  clock: ref('clock'),
  stages,
  if: ref('condition'),
  unless: list(object(['if', 'stages'], { if: ref('condition'), stages })),
  basis: ref('basis'),
  approximate: { type: 'boolean' },
  ambiguous: text,
});

const duty: JsonSchema = object(['id', 'effect', 'on', 'must'], {
  ...ruleBase,
  effect: { const: 'duty' },
  who: texts,
  on: text,
  must: text,
  to: texts,
  within: { anyOf: [ref('duration'), { const: 'undue-delay' }] },
  before: text,
  every: ref('duration'),
  if: ref('condition'),
  unless: ref('condition'),
});

const classify: JsonSchema = object(['id', 'effect', 'what', 'as'], {
  ...ruleBase,
  effect: { const: 'classify' },
  what: texts,
  as: texts,
  if: ref('condition'),
});

const note: JsonSchema = object(['id', 'effect', 'reason'], {
  ...ruleBase,
  effect: { enum: ['inherit', 'info'] },
  from: text,
  who: texts,
  reason: text,
});

const value: JsonSchema = {
  anyOf: [
    { type: ['string', 'number', 'boolean'] },
    list({ type: ['string', 'number'] }),
    ref('period'),
    list(ref('period')),
  ],
};

const clockOf = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema =>
  object(Object.keys(properties), properties);
const withUnstated = (schema: JsonSchema): JsonSchema => ({
  ...schema,
  properties: {
    ...(schema['properties'] as Readonly<Record<string, JsonSchema>>),
    unstated: { type: 'boolean' },
  },
});

const conditions: JsonSchema = { type: 'array', items: ref('condition'), minItems: 1 };
const events: JsonSchema = { type: 'array', items: ref('event'), minItems: 1 };
const states: JsonSchema = { type: 'array', items: ref('state'), minItems: 1 };

const definitions: Readonly<Record<string, JsonSchema>> = {
  date: {
    type: 'string',
    pattern: '^\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,3})?)?(Z|[+-]\\d\\d:\\d\\d))?$',
  },
  duration: {
    type: 'string',
    pattern:
      '^(P(?=.)(\\d+Y)?(\\d+M)?(\\d+W)?(\\d+D)?(T(?=.)(\\d+H)?(\\d+M)?(\\d+S)?)?|\\$[a-z].*)$',
  },
  detail: { enum: DETAILS },
  basis: { enum: BASES },
  period: object([], { from: { type: 'integer' }, to: { type: 'integer' } }),
  condition: {
    anyOf: [
      object(['all'], { all: conditions }),
      object(['any'], { any: conditions }),
      object(['not'], { not: ref('condition') }),
      object(['grant'], {
        grant: object(['to'], {
          from: text,
          to: { enum: ['$actor', '$recipient'] },
          for: text,
          what: text,
          state: { const: 'active' },
          method: text,
          kind: { enum: ['consent', 'delegation'] },
        }),
      }),
      object(['event'], { event: text }),
      object(['state'], { state: text }),
      object(['fact'], { fact: text, op: { enum: OPERATORS }, value }),
    ],
  },
  obligation: {
    anyOf: [
      object(['do'], { do: { enum: ['log', 'deidentify', 'limit-to-order-scope'] } }),
      object(['do', 'except'], { do: { const: 'mask' }, except: texts }),
      object(['do', 'to'], { do: { const: 'coarsen' }, to: ref('detail') }),
      object(['do', 'by'], { do: { const: 'substitute' }, by: text }),
      object(['do', 'who'], { do: { const: 'notify' }, who: text }),
    ],
  },
  event: {
    anyOf: [
      text,
      object(['latest'], { latest: events }),
      object(['earliest'], { earliest: events }),
    ],
  },
  state: {
    anyOf: [
      text,
      object(['any'], { any: states }),
      object(['all'], { all: states }),
      object(['grant'], { grant: object([], { to: text, for: text, what: text }) }),
    ],
  },
  clock: {
    anyOf: [
      clockOf({ base: { const: 'age' }, clock: { enum: ['value-time', 'event-time'] } }),
      clockOf({ base: { enum: ['after', 'until'] }, event: ref('event') }),
      clockOf({ base: { const: 'while' }, state: ref('state') }),
    ].map(withUnstated),
  },
  stage: object(['after', 'to'], {
    after: ref('duration'),
    to: ref('detail'),
    deidentified: { type: 'boolean' },
  }),
  term: object([], {
    is: texts,
    personal: { type: 'boolean' },
    identifier: { enum: ['direct', 'indirect'] },
    dpv: text,
    label: mapOf({ type: 'string' }),
  }),
  terms: mapOf(ref('term')),
  rule: { anyOf: [access, retention, duty, classify, note] },
  activity: {
    type: 'object',
    required: ['id', 'purposes', 'basis'],
    properties: {
      id: text,
      purposes: list(text),
      basis: list(ref('basis')),
      what: texts,
      rules: texts,
      status: { enum: ['stated', 'proposed'] },
    },
  },
};

/**
 * JSON Schema of a policy, `metergram.policy/1`. `compile` checks the same and more (terms, parameters, cycles), with
 * codes; the schema is for editors and for pipelines that have a validator already.
 */
export const policySchema: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:metergram:policy:1',
  title: 'Metergram policy',
  ...object(['id', 'version', 'validFrom', 'tz', 'vocab', 'rules'], {
    $schema: text,
    id: text,
    version: text,
    validFrom: ref('date'),
    validTo: ref('date'),
    noticed: ref('date'),
    tz: text,
    vocab: object(
      [],
      Object.fromEntries(['who', 'do', 'what', 'for', 'in'].map((name) => [name, ref('terms')])),
    ),
    parameters: mapOf(
      object(['type'], {
        type: { enum: ['duration', 'number', 'text', 'terms'] },
        default: { type: ['string', 'number', 'array'] },
        label: mapOf({ type: 'string' }),
        status: { enum: ['stated', 'proposed'] },
      }),
    ),
    facts: mapOf(object([], { label: mapOf({ type: 'string' }), type: text })),
    cites: mapOf(
      object(['title'], { title: text, uri: text, clause: text, quote: text, lang: text }),
    ),
    rules: list(ref('rule')),
    activities: list(ref('activity')),
    systems: list(
      object(['id', 'holds'], {
        id: text,
        supplier: text,
        role: text,
        holds: list(text),
        never: texts,
        agreement: { enum: ['own', 'signed', 'parent', 'missing'] },
        country: text,
      }),
    ),
    flows: list(
      object(['from', 'to'], { from: text, to: text, what: texts, for: texts, every: text }),
    ),
    tenancy: { enum: ['required', 'when-known'] },
  }),
  $defs: definitions,
};
