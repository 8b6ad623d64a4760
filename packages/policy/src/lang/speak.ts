import type {
  Decision,
  Dimension,
  Language,
  Message,
  MessageKey,
  Obligation,
  Policy,
  Reason,
  Texts,
} from '../types/index.ts';
import { type Zone, zoneOf } from '../zone.ts';
import type { Headings, LanguageTexts } from './texts.ts';

/** A ground in words, with what it rests on. */
export interface Line {
  readonly text: string;
  /** The rule in the words of its policy, where it has them. */
  readonly rule?: string;
  /** Titles and clauses, `GDPR, Art. 6(1)`. */
  readonly cites: readonly string[];
}

/** A decision in words. */
export interface Explanation {
  readonly outcome: string;
  readonly because: readonly Line[];
  readonly obligations: readonly string[];
  /** What would change it; empty on a plain permit. */
  readonly nearest: readonly string[];
  readonly until: string;
}

/** Puts into words what an engine says. */
export interface Speaker {
  readonly language: Language;
  /** What stands over the parts of an explanation. */
  readonly headings: Headings;
  /** One sentence. */
  say(message: Message): string;
  /** A duty, in words, of whoever was given a permit. */
  obligation(obligation: Obligation): string;
  /** A decision with its grounds, duties, and what would change it. */
  explain(decision: Decision): Explanation;
}

/** What a speaker may know beside the language. */
export interface SpeakerOptions {
  /** Policies whose labels, rule texts and citations are used; without them terms and rules are named by their ids. */
  readonly policies?: readonly Policy[];
  /** IANA zone in which instants are told; default that of the first policy, else UTC. */
  readonly zone?: string;
}

type Value = NonNullable<NonNullable<Message['params']>[string]>;

/** Parameters whose values are terms of the vocabulary, with their dimension. */
const DIMENSION_OF: Readonly<Record<string, Dimension>> = {
  data: 'what',
  do: 'do',
  fields: 'what',
  for: 'for',
  purpose: 'for',
  role: 'who',
  system: 'in',
  term: 'what',
  what: 'what',
  who: 'who',
};

/** What is said where an operator must not hold. */
const OPPOSITE: Readonly<Record<string, 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge'>> = {
  eq: 'ne',
  ne: 'eq',
  lt: 'ge',
  ge: 'lt',
  le: 'gt',
  gt: 'le',
};

/** Parameters that are instants where they are numbers. */
const INSTANTS: ReadonlySet<string> = new Set(['at', 'from', 'seen', 'to']);

const two = (number: number): string => String(number).padStart(2, '0');

/** `2026-01-15`, or with the time of day where it is not midnight, in the zone. */
function instant(at: number, zone: Zone): string {
  if (!Number.isFinite(at) || Math.abs(at) > 8.6e15) return String(at);
  const civil = new Date(at + zone.offset(at));
  const date = `${civil.getUTCFullYear()}-${two(civil.getUTCMonth() + 1)}-${two(civil.getUTCDate())}`;
  const time = `${two(civil.getUTCHours())}:${two(civil.getUTCMinutes())}`;
  const seconds = civil.getUTCSeconds() === 0 ? '' : `:${two(civil.getUTCSeconds())}`;
  return `${time}${seconds}` === '00:00' ? date : `${date} ${time}${seconds}`;
}

const OPTIONAL = /\[([^\]]*)\]/g;
const PLACEHOLDER = /\{([a-z-]+)\}/g;

/** Names of the parameters that a sentence has. */
export function placeholders(sentence: string): readonly string[] {
  return [...sentence.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
}

/** Fill a sentence in; optional parts without all their parameters go, what else is missing shows as `…`. */
function fill(sentence: string, value: (name: string) => string | undefined): string {
  return sentence
    .replace(OPTIONAL, (_, part: string) =>
      placeholders(part).every((name) => value(name) !== undefined) ? part : '',
    )
    .replace(PLACEHOLDER, (_, name: string) => value(name) ?? '…');
}

function labelIn(texts: Texts | undefined, language: Language): string | undefined {
  return texts?.[language] ?? texts?.['en'];
}

/** Labels of terms, joined over policies: the first policy that has one wins. */
function labelOf(
  policies: readonly Policy[],
  dimension: Dimension,
  term: string,
  language: Language,
): string {
  for (const { vocab } of policies) {
    const terms = vocab[dimension];
    const found =
      terms !== undefined && Object.hasOwn(terms, term)
        ? labelIn(terms[term]?.label, language)
        : undefined;
    if (found !== undefined) return found;
  }
  return term;
}

/**
 * A speaker of one language.
 *
 * @example
 *   import { nb } from '@metergram/policy/lang/nb';
 *   const norwegian = speaker(nb, { policies: [elhub] });
 *   norwegian.explain(engine.decide(question, known)).outcome;   // "Avslått."
 */
export function speaker(texts: LanguageTexts, options: SpeakerOptions = {}): Speaker {
  const { language, messages, details, bases, dimensions, operators, words, headings } = texts;
  const { policies = [] } = options;
  const zone = zoneOf(options.zone ?? policies[0]?.tz ?? 'UTC') ?? zoneOf('UTC')!;

  const one = (name: string, value: Value, given: Message['params']): string => {
    if (typeof value === 'number') {
      return INSTANTS.has(name) ? instant(value, zone) : String(value);
    }
    if (typeof value === 'boolean') return value ? words.yes : words.no;
    if (typeof value !== 'string') {
      return value.map((each) => one(name, each, given)).join(name === 'path' ? ' → ' : ', ');
    }
    if (name === 'detail') return Object.hasOwn(details, value) ? details[value as 'raw'] : value;
    if (name === 'basis') return Object.hasOwn(bases, value) ? bases[value as 'consent'] : value;
    if (name === 'dimension') {
      return Object.hasOwn(dimensions, value) ? dimensions[value as Dimension] : value;
    }
    if (name === 'op') {
      const negated = value.startsWith('not ');
      const plain = negated ? value.slice(4) : value;
      const opposite = negated && Object.hasOwn(OPPOSITE, plain) ? OPPOSITE[plain] : undefined;
      if (opposite !== undefined) return operators[opposite];
      const operator = Object.hasOwn(operators, plain) ? operators[plain as 'eq'] : plain;
      return negated ? `${words.not} ${operator}` : operator;
    }
    const own = given?.['dimension'];
    const dimension =
      name === 'term' && typeof own === 'string' && Object.hasOwn(dimensions, own)
        ? (own as Dimension)
        : DIMENSION_OF[name];
    return dimension === undefined ? value : labelOf(policies, dimension, value, language);
  };

  const say = ({ key, params }: Message): string => {
    const sentence = Object.hasOwn(messages, key) ? messages[key] : key;
    return fill(sentence, (name) => {
      const value = params !== undefined && Object.hasOwn(params, name) ? params[name] : undefined;
      return value === undefined ? undefined : one(name, value, params);
    });
  };

  const line = (reason: Reason): Line => {
    const policy = policies.find(({ id }) => id === reason.policy);
    const rule = policy?.rules.find(({ id }) => id === reason.rule);
    const text = labelIn(rule?.text, language);
    const cites = (reason.cite ?? []).map((key) => {
      const cite =
        policy?.cites !== undefined && Object.hasOwn(policy.cites, key)
          ? policy.cites[key]
          : undefined;
      if (cite === undefined) return key;
      return cite.clause === undefined ? cite.title : `${cite.title}, ${cite.clause}`;
    });
    return { text: say(reason), ...(text === undefined ? null : { rule: text }), cites };
  };

  const obligation = (given: Obligation): string => {
    const key: MessageKey = `obligation.${given.do}`;
    switch (given.do) {
      case 'mask':
        return say({ key, params: { fields: given.except } });
      case 'coarsen':
        return say({ key, params: { detail: given.to } });
      case 'substitute':
        return say({ key, params: { term: given.by } });
      case 'notify':
        return say({ key, params: { who: given.who } });
      default:
        return say({ key });
    }
  };

  return {
    language,
    headings,
    say,
    obligation,
    explain: (decision) => ({
      outcome: say({ key: `outcome.${decision.outcome}` }),
      because: decision.because.map(line),
      obligations: decision.obligations.map(obligation),
      nearest: decision.outcome === 'permit' ? [] : decision.nearest.map(say),
      until:
        decision.until === null
          ? words.forever
          : fill(words.until, () => instant(decision.until ?? 0, zone)),
    }),
  };
}
