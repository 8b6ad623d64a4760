import type { PartialText } from '../lang/language.ts';

/** Legal bases of GDPR Article 6(1), points (a) to (f). */
export type LegalBasis =
  | 'consent'
  | 'contract'
  | 'legal-obligation'
  | 'vital-interests'
  | 'public-task'
  | 'legitimate-interest';

/**
 * When an activity's data are to be erased. A register states one period per activity; `link.ts` turns it into retention
 * rules of the engine.
 *
 * - `age`: so long after the value or event itself (`of` says which of its times);
 * - `after`: so long after an event of the case, e.g. `claim-settled`;
 * - `while`: as long as a state holds, and `after` on top;
 * - `until`: at the first of the events, and no longer than `atMost` says where it is given.
 */
export type Erasure =
  | { readonly base: 'age'; readonly of: 'value-time' | 'event-time'; readonly after: string }
  | { readonly base: 'after'; readonly event: string; readonly after: string }
  | { readonly base: 'while'; readonly state: string; readonly after: string }
  | { readonly base: 'until'; readonly events: readonly string[]; readonly atMost?: AtMost };

/** Longest period of an `until`: so long after the event named, or after collection (`event-time`) where none is. */
export interface AtMost {
  readonly after: string;
  readonly event?: string;
}

/** A transfer to a third country or an international organisation (Article 30(1)(e)). */
export interface Transfer {
  readonly country: string;
  readonly recipient?: string;
  /** The safeguard of Chapter V: adequacy, standard clauses, binding corporate rules, or an Article 49 derogation. */
  readonly safeguard: 'adequacy' | 'scc' | 'bcr' | 'derogation';
}

/** The fields of an activity that a register proposes until someone has confirmed them. */
export const PROPOSABLE = [
  'purposes',
  'bases',
  'subjects',
  'data',
  'special',
  'recipients',
  'transfers',
  'erasure',
  'measures',
] as const;

export type ProposableField = (typeof PROPOSABLE)[number];

/** One processing activity: a row of the record that GDPR Article 30(1) asks for. */
export interface Activity {
  /** Stable, and kept through edits: `no-kraft.metering-billing.1`. */
  readonly id: string;
  /** Id of one of the register's categories. */
  readonly category: string;
  readonly name: PartialText;
  /** What is done, in a sentence or two. */
  readonly summary?: PartialText;
  /** (b) Terms of DPV, `dpv:…`, or own terms of the register. */
  readonly purposes: readonly string[];
  /** Article 6(1); more than one where different parts of the activity rest on different ones. */
  readonly bases: readonly LegalBasis[];
  /** (c) Categories of data subjects. */
  readonly subjects: readonly string[];
  /** (c) Categories of personal data, `pd:…` or own terms. */
  readonly data: readonly string[];
  /** Whether data of Article 9 occur; the condition of Article 9(2) as an own note. */
  readonly special: boolean;
  /** (d) Categories of recipients. */
  readonly recipients: readonly string[];
  /** (e) Empty: none is declared. */
  readonly transfers: readonly Transfer[];
  /** (f) */
  readonly erasure: Erasure;
  /** (g) Technical and organisational measures. */
  readonly measures: readonly string[];
  /** Advice to whoever confirms the row. */
  readonly note?: PartialText;
  /** Ids of policy rules that this activity answers to; exports add those that follow from `erasure`. */
  readonly rules?: readonly string[];
  /** Where the row comes from: a document and its line. Absent for rows that a company added. */
  readonly source?: { readonly document: string; readonly line: number };
  /** Fields that were proposed and that nobody has confirmed: each export marks them. Not legal advice. */
  readonly proposed: readonly ProposableField[];
}

/** A heading under which activities stand, in the order in which they are printed. */
export interface Category {
  readonly id: string;
  readonly name: PartialText;
}

/** Name and how to reach: letters, e-mail or telephone, as one line. */
export interface Contact {
  readonly name: string;
  readonly contact: string;
}

/** (a) Who answers for the processing. All of it is for the operating company to fill in; nothing is made up. */
export interface Controller {
  readonly controller?: Contact;
  readonly jointControllers?: readonly Contact[];
  readonly representative?: Contact;
  readonly dpo?: Contact;
}

/** A record of processing activities. Immutable: every edit gives a new one. */
export interface Register {
  readonly id: string;
  readonly title: PartialText;
  readonly controller: Controller;
  /** Day of the last edit, `2026-01-31`, as told by who edited; no clock is read here. */
  readonly updated?: string;
  readonly categories: readonly Category[];
  readonly activities: readonly Activity[];
  /** Own terms and their names, beside the built-in ones of `terms.ts`. */
  readonly terms?: Readonly<Record<string, PartialText>>;
}
