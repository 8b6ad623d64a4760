import type { FactValue } from './condition.ts';
import type { Basis, Rule } from './rule.ts';
import type { Term, TermRef, Texts, Vocabulary } from './term.ts';

/** A law, a clause or a document that a rule stands on. */
export interface Citation {
  readonly title: string;
  readonly uri?: string;
  /** Where in it: `Art. 17(3)(b)`. */
  readonly clause?: string;
  readonly quote?: string;
  readonly lang?: string;
}

/** A value that a service chooses: how long hours are kept, from what heat use a consumer is "red". */
export interface ParameterDeclaration {
  readonly type: 'duration' | 'number' | 'text' | 'terms';
  /** Used when the host gives none. Without a default and a value, what depends on it is unknown. */
  readonly default?: string | number | readonly string[];
  readonly label?: Texts;
  readonly status?: 'stated' | 'proposed';
}

/** What the engine reads of a processing activity (GDPR Article 30); the register's own type has all its fields. */
export interface ActivityReference {
  readonly id: string;
  readonly purposes: readonly TermRef[];
  readonly basis: readonly Basis[];
  /** Data that it covers; absent: all. */
  readonly what?: readonly TermRef[];
  /** Rules whose permits it carries, whatever the purpose of the question. */
  readonly rules?: readonly string[];
  readonly status?: 'stated' | 'proposed';
}

/** A system that holds data. */
export interface SystemDeclaration {
  readonly id: Term;
  readonly supplier?: string;
  readonly role?: string;
  /** What it holds. */
  readonly holds: readonly TermRef[];
  /** What must never reach it. */
  readonly never?: readonly TermRef[];
  /** Party of the processor agreement; absent for an own system; `missing` is what lint looks for. */
  readonly agreement?: 'own' | 'signed' | 'parent' | 'missing';
  readonly country?: string;
}

/** A flow between two systems; without `what` it may carry everything that its source holds. */
export interface FlowDeclaration {
  readonly from: Term;
  readonly to: Term;
  readonly what?: readonly TermRef[];
  readonly for?: readonly TermRef[];
  readonly every?: string;
}

/** One version of one policy: declarative, JSON through and through. */
export interface Policy {
  readonly $schema?: string;
  readonly id: string;
  readonly version: string;
  /** Civil date in `tz`, or instant with offset. The version with the latest start that is not after the instant holds. */
  readonly validFrom: string;
  readonly validTo?: string;
  /** When people were told of this version; lint finds a version in force before. */
  readonly noticed?: string;
  /** IANA zone of civil days, months and years. */
  readonly tz: string;
  readonly vocab: Vocabulary;
  readonly parameters?: Readonly<Record<string, ParameterDeclaration>>;
  /** Facts that the host supplies, with what they are. Facts outside this list are found by lint. */
  readonly facts?: Readonly<Record<string, { readonly label?: Texts; readonly type?: string }>>;
  readonly cites?: Readonly<Record<string, Citation>>;
  readonly rules: readonly Rule[];
  readonly activities?: readonly ActivityReference[];
  readonly systems?: readonly SystemDeclaration[];
  readonly flows?: readonly FlowDeclaration[];
  /**
   * `required`: a holder's right to an object is denied where its time there is not known. `when-known` (default): bounded
   * where any holder of the object is known.
   */
  readonly tenancy?: 'required' | 'when-known';
}

/** Values of parameters, by name without the `$`. */
export type Parameters = Readonly<Record<string, FactValue>>;
