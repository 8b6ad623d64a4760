import type { EpochMs, OpenInterval } from '@metergram/model';
import type { FactValue } from './condition.ts';
import type { Detail } from './detail.ts';
import type { Message } from './message.ts';
import type { Obligation, ObligationKind } from './obligation.ts';
import type { Basis } from './rule.ts';
import type { Term } from './term.ts';

/** Someone in a question. */
export interface Actor {
  readonly id: string;
  /** Terms of `who` that this party plays now; any of them may open a permit, any of them may meet a forbid. */
  readonly roles: readonly Term[];
}

/** May this party do this with these data, this fine, over this period, for this purpose, at this instant? */
export interface Question {
  /** Instant at which the answer is asked for. */
  readonly at: EpochMs;
  readonly actor: Actor;
  /** The actor acts as this party, by guardianship or power of attorney; bounded by what that party itself may do. */
  readonly onBehalfOf?: Actor;
  readonly do: Term;
  /** One kind of data, or several that are all needed. */
  readonly what: Term | readonly Term[];
  readonly for?: Term;
  readonly in?: Term;
  /** From system, to system, when data move. */
  readonly flow?: readonly [Term, Term];
  /** Whose data; absent: each holder of the object in its time. */
  readonly subject?: string;
  /** Metering point, dwelling, household by apartment number: what changes hands. */
  readonly object?: string;
  readonly recipient?: Actor;
  /** Detail asked for; absent: the finest that there is. */
  readonly detail?: Detail;
  /** Period of the data; absent: all. */
  readonly span?: OpenInterval;
  /** Fields of the records asked for. */
  readonly fields?: readonly Term[];
  readonly deidentified?: boolean;
  /** Purposes to which the data are restricted, as a plan said; only they, and the person's own access, may read. */
  readonly restrictedTo?: readonly Term[];
  /** Changes of the data that the asker takes rather than a refusal; coarser and shorter are always taken. */
  readonly accepts?: readonly ObligationKind[];
  /** Facts of the moment that the host knows: `legal.basis`, `actor.dutyNeed`, `storage.country`. */
  readonly facts?: Readonly<Record<string, FactValue>>;
}

export type Outcome = 'permit' | 'permit-with' | 'deny';

/** What may be had: no finer than this, within this period, these fields. Several limits add up (any suffices). */
export interface Limit {
  readonly finest: Detail;
  readonly span: OpenInterval;
  /** Absent: all fields. */
  readonly fields?: readonly Term[];
  readonly deidentified?: boolean;
}

/** One step of a decision's grounds. */
export interface Reason extends Message {
  readonly policy?: string;
  readonly rule?: string;
  readonly grant?: string;
  readonly activity?: string;
  readonly basis?: Basis;
  readonly cite?: readonly string[];
}

/** The answer. Pure data except that `until` and `nearest` are worked out when first read. */
export interface Decision {
  /** What was asked: a plain permit is for this detail, period and these fields, and for no more. */
  readonly question: Question;
  readonly outcome: Outcome;
  /** Empty on a plain permit and on a deny. */
  readonly limits: readonly Limit[];
  readonly obligations: readonly Obligation[];
  /** Rules, grants and clauses that decided, in the order of their ids; the order of rules in the policy never shows. */
  readonly because: readonly Reason[];
  /** On a deny or a limit: what would change it, nearest first. */
  readonly nearest: readonly Reason[];
  /** First later instant at which the answer is another one; null: never, by the facts as they are known. */
  readonly until: EpochMs | null;
  toJSON(): DecisionJson;
}

/** The form of a decision that is stored and printed, `metergram.decision/1`. */
export interface DecisionJson {
  readonly schema: 'metergram.decision/1';
  readonly at: EpochMs;
  readonly outcome: Outcome;
  readonly limits: readonly Limit[];
  readonly obligations: readonly Obligation[];
  readonly because: readonly Reason[];
  readonly nearest: readonly Reason[];
  readonly until: EpochMs | null;
}
