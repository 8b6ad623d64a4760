import type { Condition } from './condition.ts';
import type { Detail, DurationOrParameter } from './detail.ts';
import type { Obligation } from './obligation.ts';
import type { Term, TermRef } from './term.ts';

/** Legal bases of GDPR Article 6(1) a to f. */
export type Basis =
  | 'consent'
  | 'contract'
  | 'legal-obligation'
  | 'vital-interests'
  | 'public-task'
  | 'legitimate-interest';

/** What every rule has. */
export interface RuleBase {
  /** Unique within the policy; kept through versions: `ktc.14.no-other-company`. */
  readonly id: string;
  /** Keys of the policy's `cites`. */
  readonly cite?: readonly string[];
  /** Civil date (start of day in the policy's zone) or instant from which the rule holds; default: the policy's. */
  readonly validFrom?: string;
  /** First instant at which it holds no more. */
  readonly validTo?: string;
  /** `proposed`: our reading, not stated by the source (a clock's start, a period). Explanations say so. */
  readonly status?: 'stated' | 'inferred' | 'proposed';
  /** The rule in words, for people. */
  readonly text?: Readonly<Record<string, string>>;
}

/**
 * Permit or forbid. Every dimension that is absent means any. A permit applies where the question lies wholly within
 * its terms; a forbid where the question touches them. No priorities: an exception is the forbid's own `unless`.
 */
export interface AccessRule extends RuleBase {
  readonly effect: 'permit' | 'forbid';
  readonly who?: readonly TermRef[];
  readonly do: readonly TermRef[];
  readonly what?: readonly TermRef[];
  readonly for?: readonly TermRef[];
  readonly in?: readonly TermRef[];
  /** From system, to system: applies to this transfer alone. */
  readonly flow?: readonly [Term, Term];
  /** What the records are keyed by; the fact `resource.key` must be this. */
  readonly key?: Term;
  /** How often at most, as the source tells; not decided upon. */
  readonly every?: DurationOrParameter;
  /** Finest detail that this permit gives; absent: all there is. */
  readonly finest?: Detail;
  /** Legal basis; absent: the grant's or the processing activity's. Personal data without any are denied. */
  readonly basis?: Basis;
  readonly if?: Condition;
  readonly unless?: Condition;
  readonly then?: readonly Obligation[];
  /**
   * Whether the right ends with the holder's time at the object. Default: `holder` for a permit that compares the
   * resource with the actor or asks for a grant; `none` for all others.
   */
  readonly tenancy?: 'holder' | 'none';
}

/** Name of an event, or of several: `latest` has happened when all have (max), `earliest` when any has (min). */
export type EventExpression =
  | string
  | { readonly latest: readonly EventExpression[] }
  | { readonly earliest: readonly EventExpression[] };

/** Name of a state, or `any`/`all` of several, or "a live grant like this one". */
export type StateExpression =
  | string
  | { readonly any: readonly StateExpression[] }
  | { readonly all: readonly StateExpression[] }
  | { readonly grant: { readonly to?: string; readonly for?: Term; readonly what?: Term } };

/** From when a retention period counts. A rule must have one; `unstated` marks that the source names none. */
export type Clock =
  /** From the end of the value's interval, or from the event that the item records. */
  | {
      readonly base: 'age';
      readonly clock: 'value-time' | 'event-time';
      readonly unstated?: boolean;
    }
  /** From an event; before it nothing counts. */
  | { readonly base: 'after'; readonly event: EventExpression; readonly unstated?: boolean }
  /** As long as a state holds; counts from its last end. */
  | { readonly base: 'while'; readonly state: StateExpression; readonly unstated?: boolean }
  /** Until an event: the first stage applies when it happens, whatever its `after`. */
  | { readonly base: 'until'; readonly event: EventExpression; readonly unstated?: boolean };

/** `after` this time on the clock, at most (cap) or at least (keep) this detail. */
export interface Stage {
  readonly after: DurationOrParameter;
  readonly to: Detail;
  /** Link to the person removed at this stage; the property beside the order. */
  readonly deidentified?: boolean;
}

/**
 * `keep` is a floor (the data must exist this fine), `cap` a ceiling (they may exist no finer). With `for`, a cap is the
 * need of that purpose, and a floor's purpose is the only one that may read what only the floor keeps.
 */
export interface RetentionRule extends RuleBase {
  readonly effect: 'keep' | 'cap';
  readonly what: readonly TermRef[];
  readonly in?: readonly TermRef[];
  readonly for?: readonly TermRef[];
  readonly clock: Clock;
  /** In order of time. */
  readonly stages: readonly Stage[];
  readonly if?: Condition;
  /** The first whose condition is true replaces the stages (an ordered ten years instead of three). */
  readonly unless?: readonly { readonly if: Condition; readonly stages: readonly Stage[] }[];
  readonly basis?: Basis;
  /** The source itself says "about"; answers say so. */
  readonly approximate?: boolean;
  /** The source can be read in two ways; which reading this is, in words. */
  readonly ambiguous?: string;
}

/** Something that must be done when an event happens, with its deadline. */
export interface DutyRule extends RuleBase {
  readonly effect: 'duty';
  readonly who?: readonly TermRef[];
  /** Event (recorded as a fact) or state; `access` is every permitted decision, `always` holds at all times. */
  readonly on: string;
  /** What must be done. On `access`, the word of an obligation. Done when an event of this name is recorded. */
  readonly must: string;
  readonly to?: readonly TermRef[];
  /** A period, or `undue-delay`: at once, with no instant to compare with. */
  readonly within?: DurationOrParameter | 'undue-delay';
  /** Must be done before this event or instant fact. */
  readonly before?: string;
  /** Again and again, this long after it was last done. */
  readonly every?: DurationOrParameter;
  readonly if?: Condition;
  readonly unless?: Condition;
}

/** Data of these kinds also count `as` those, where the condition is not false. */
export interface ClassifyRule extends RuleBase {
  readonly effect: 'classify';
  readonly what: readonly TermRef[];
  readonly as: readonly Term[];
  readonly if?: Condition;
}

/** A sentence of the source that no engine can decide; kept so that nothing is lost, and listed with its reason. */
export interface NoteRule extends RuleBase {
  readonly effect: 'inherit' | 'info';
  /** `policy:ID` must be compiled too, or lint says so; `law:…` is only cited. */
  readonly from?: string;
  readonly who?: readonly TermRef[];
  readonly reason: string;
}

export type Rule = AccessRule | RetentionRule | DutyRule | ClassifyRule | NoteRule;
