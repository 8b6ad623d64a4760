import type {
  Basis,
  Detail,
  Dimension,
  FactOperator,
  Language,
  MessageKey,
} from '../types/index.ts';

/** Words that sentences are put together from. */
export interface Words {
  readonly and: string;
  readonly yes: string;
  readonly no: string;
  /** Before an operator that must not hold. */
  readonly not: string;
  /** `{at}`: until when an answer holds. */
  readonly until: string;
  readonly forever: string;
}

/** What stands over the parts of an explanation; no sentences. */
export interface Headings {
  readonly because: string;
  readonly obligations: string;
  readonly nearest: string;
  readonly until: string;
}

/**
 * Everything that the engine can say, in one language. A sentence has parameters `{name}`; a part in square brackets is left out
 * where one of its parameters is not given. The compiler sees to it that no sentence is missing; a test that every language has
 * the same parameters for each.
 */
export interface LanguageTexts {
  readonly language: Language;
  readonly messages: Readonly<Record<MessageKey, string>>;
  readonly details: Readonly<Record<Detail, string>>;
  readonly bases: Readonly<Record<Basis, string>>;
  readonly dimensions: Readonly<Record<Dimension, string>>;
  readonly operators: Readonly<Record<FactOperator, string>>;
  readonly words: Words;
  readonly headings: Headings;
}
