/** A word of the policy's own vocabulary, `meter-data.hourly`. Undeclared words deny. */
export type Term = string;

/**
 * Reference to terms inside a rule: a term means itself and everything narrower, `x.*` everything strictly narrower
 * than `x`, `*` every declared term of its dimension.
 */
export type TermRef = string;

/** The five dimensions of a question: who does what with which data, for what purpose, in which system. */
export type Dimension = 'who' | 'do' | 'what' | 'for' | 'in';

/** Languages in which the product explains itself. */
export type Language = 'nb' | 'sv' | 'da' | 'fi' | 'en';

/** Text in some of the languages; other keys are BCP 47 tags of source documents. */
export type Texts = Readonly<Partial<Record<Language, string>> & Record<string, string>>;

/** Declaration of one term. */
export interface TermDeclaration {
  /** Directly broader terms of the same dimension. A term may have several; a cycle is `policy/term-cycle`. */
  readonly is?: readonly Term[];
  /** Only for `what`: false marks data about no person (a spot price). Inherited from broader terms; default true. */
  readonly personal?: boolean;
  /** Only for `what`: an identity number or another direct identifier, which the data-flow check follows. */
  readonly identifier?: 'direct' | 'indirect';
  /** Term of the W3C Data Privacy Vocabulary, `dpv:ServiceProvision`. */
  readonly dpv?: string;
  readonly label?: Texts;
}

/** The finite vocabulary, one map for each dimension. */
export type Vocabulary = Readonly<
  Partial<Record<Dimension, Readonly<Record<Term, TermDeclaration>>>>
>;
