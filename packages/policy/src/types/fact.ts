import type { EpochMs } from '@metergram/model';
import type { FactValue } from './condition.ts';
import type { Grant } from './grant.ts';
import type { Term, TermRef } from './term.ts';

/** What every recorded fact has. */
export interface FactBase {
  /** From when it is true in the world. */
  readonly at: EpochMs;
  /** When it was recorded; facts with a later `seen` are not known to a question that is asked as seen before. */
  readonly seen: EpochMs;
}

/** A version of a grant, true from `at` until the next version of the same id. */
export interface GrantFact extends FactBase {
  readonly type: 'grant';
  readonly grant: Grant;
}

/** Who holds an object, from `at` until `to` (exclusive; open when absent). A later record of the same `id` replaces it. */
export interface TenancyFact extends FactBase {
  readonly type: 'tenancy';
  readonly id?: string;
  readonly object: string;
  readonly party: string;
  readonly to?: EpochMs;
}

/** A fact by name about a party, an object, or (without `about`) everything; until `to`, or the next of the same name. */
export interface ValueFact extends FactBase {
  readonly type: 'value';
  readonly name: string;
  readonly about?: string;
  readonly value: FactValue;
  readonly to?: EpochMs;
}

/** Something that happened at `at`; `ref` ties what was done to what demanded it (a duty, a request, a breach). */
export interface EventFact extends FactBase {
  readonly type: 'event';
  readonly name: string;
  readonly about?: string;
  readonly ref?: string;
}

/** A state that holds from `at` to `to`: `service-active`, `purpose:billing`, `power-agreement`. */
export interface StateFact extends FactBase {
  readonly type: 'state';
  readonly name: string;
  readonly about?: string;
  readonly to?: EpochMs;
}

/** A legal hold: a floor over everything in scope while it lasts. A later record of the same `id` replaces it. */
export interface HoldFact extends FactBase {
  readonly type: 'hold';
  readonly id: string;
  readonly about?: string;
  readonly what?: readonly TermRef[];
  readonly in?: readonly TermRef[];
  readonly to?: EpochMs;
  /** The purpose that may read what only the hold keeps. */
  readonly for?: Term;
  readonly cite?: readonly string[];
}

/**
 * A person's demand under GDPR Articles 15 to 21. An `accepted` erasure is a cap on all of the subject's data that it names,
 * whatever they are still needed for: name in `what` the kinds of data that were answered with `erase` or `reduce`.
 */
export interface RightFact extends FactBase {
  readonly type: 'right';
  readonly id: string;
  readonly right:
    | 'access'
    | 'erasure'
    | 'rectification'
    | 'portability'
    | 'restriction'
    | 'objection';
  readonly subject: string;
  readonly what?: readonly TermRef[];
  readonly accepted?: boolean;
}

export type Fact =
  | GrantFact
  | TenancyFact
  | ValueFact
  | EventFact
  | StateFact
  | HoldFact
  | RightFact;
