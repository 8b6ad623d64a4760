import type { EpochMs } from '@metergram/model';
import type { Decision, DecisionJson, Limit, Outcome, Question, Reason } from './types/decision.ts';
import type { Obligation } from './types/obligation.ts';
import type { Context } from './context.ts';
import { decide } from './decide.ts';
import type { Known } from './known.ts';
import { findNearest } from './nearest.ts';

/** Steps that are tried on the way to the instant at which an answer changes. */
const MOST_STEPS = 4096;

/** Everything by which one answer differs from another. */
const signature = ({ outcome, limits, obligations, because }: Decision): string =>
  JSON.stringify([
    outcome,
    limits,
    obligations,
    because.map(({ key, rule, grant, activity }) => [key, rule, grant, activity]),
  ]);

/** A decision; see the interface for what its parts mean. */
export class Answer implements Decision {
  declare readonly outcome: Outcome;
  declare readonly limits: readonly Limit[];
  declare readonly obligations: readonly Obligation[];
  declare readonly because: readonly Reason[];
  /** First later instant at which something looked at changes; the answer need not. */
  declare readonly horizon: number;
  declare private readonly context: Context;
  declare readonly question: Question;
  declare private readonly known: Known;
  declare private last: EpochMs | null | undefined;
  declare private near: readonly Reason[] | undefined;

  constructor(
    context: Context,
    question: Question,
    known: Known,
    horizon: number,
    outcome: Outcome,
    because: readonly Reason[],
    obligations: readonly Obligation[],
    limits: readonly Limit[],
  ) {
    this.outcome = outcome;
    this.limits = limits;
    this.obligations = obligations;
    this.because = because;
    this.horizon = horizon;
    this.context = context;
    this.question = question;
    this.known = known;
    this.last = this.near = undefined;
  }

  get until(): EpochMs | null {
    if (this.last === undefined) {
      const same = signature(this);
      let at = this.horizon;
      for (let step = 0; at < Infinity && step < MOST_STEPS; step++) {
        const later = decide(this.context, { ...this.question, at }, this.known);
        if (signature(later) !== same) break;
        at = later.horizon;
      }
      this.last = at < Infinity ? at : null;
    }
    return this.last;
  }

  get nearest(): readonly Reason[] {
    return (this.near ??=
      this.outcome === 'permit' ? [] : findNearest(this.context, this.question, this.known, this));
  }

  toJSON(): DecisionJson {
    const { outcome, limits, obligations, because, nearest, until } = this;
    const at = this.question?.at ?? 0;
    const schema = 'metergram.decision/1';
    return { schema, at, outcome, limits, obligations, because, nearest, until };
  }
}
