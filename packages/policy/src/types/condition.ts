import type { Term } from './term.ts';

/** What a fact is compared by. */
export type FactOperator =
  | 'eq'
  | 'ne'
  | 'in'
  | 'lt'
  | 'le'
  | 'gt'
  | 'ge'
  | 'isa'
  | 'exists'
  | 'before'
  | 'after'
  | 'subsetOf'
  | 'finerThan'
  | 'activeAt';

/** Half-open time as a fact's value, epoch milliseconds; an absent bound is open. */
export interface Period {
  readonly from?: number;
  readonly to?: number;
}

/** Value of a fact: a scalar, a list of terms or numbers, or the periods in which something holds. */
export type FactValue =
  | string
  | number
  | boolean
  | readonly string[]
  | readonly number[]
  | Period
  | readonly Period[];

/**
 * A test of one fact. `value` may refer to another fact with a `$`: `$actor` (the actor's id), `$actor.household`,
 * `$resource.gridArea`, `$now`, `$recipient`, or a parameter. `op` absent means `eq`, `value` absent means `true`.
 *
 * Names that the engine answers itself: `actor` `actor.role` `request.purpose` `request.action` `resource.data`
 * `resource.fields` `resource.resolution` `resource.deidentified` `resource.subject` `resource.object`
 * `resource.system` `resource.restricted` `recipient` `recipient.role`. All others come from the request's `facts`, or
 * from recorded facts about the object, the subject or the actor, in this order. An absent fact makes the test
 * *unknown*, which never helps an access: see {@link Condition}.
 */
export interface FactTest {
  readonly fact: string;
  readonly op?: FactOperator;
  readonly value?: FactValue;
}

/**
 * Which grant is asked for. `from` names the giver by the part it plays (`household`, `account-owner`): the party in the
 * fact `resource.<from>`, else the request's subject, else each holder of the object in the time that it held it. `to` is
 * `$actor` or `$recipient`. A grant always has to cover what is asked: data, purpose, object; its own limits (detail,
 * period) become limits of the answer.
 */
export interface GrantPattern {
  readonly from?: Term;
  readonly to: '$actor' | '$recipient';
  readonly for?: Term;
  readonly what?: Term;
  readonly state?: 'active';
  readonly method?: string;
  readonly kind?: 'consent' | 'delegation';
}

/**
 * A closed language: total, no loops, no code. Three-valued: a test of an absent fact is unknown; a permit needs *true*,
 * a forbid is lifted only by a *true* `unless` and does not apply only where its `if` is *false*.
 */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly grant: GrantPattern }
  /** True from the first recorded event of this name about the subject or object on. */
  | { readonly event: string }
  /** True while a recorded state of this name about the subject or object holds. */
  | { readonly state: string }
  | FactTest;
