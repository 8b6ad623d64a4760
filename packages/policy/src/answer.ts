import type { EpochMs } from '@metergram/model';
import type { Decision, DecisionJson, Limit, Outcome, Question, Reason } from './types/decision.ts';
import type { Obligation } from './types/obligation.ts';
import type { Decider } from './decide.ts';
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
  readonly outcome: Outcome;
  readonly limits: readonly Limit[];
  readonly obligations: readonly Obligation[];
  readonly because: readonly Reason[];
  /** First later instant at which something looked at changes; the answer need not. */
  readonly horizon: number;
  private readonly decider: Decider;
  private readonly question: Question;
  private readonly known: Known;
  private last: EpochMs | null | undefined = undefined;
  private near: readonly Reason[] | undefined = undefined;

  constructor(
    outcome: Outcome,
    limits: readonly Limit[],
    obligations: readonly Obligation[],
    because: readonly Reason[],
    horizon: number,
    decider: Decider,
    question: Question,
    known: Known,
  ) {
    this.outcome = outcome;
    this.limits = limits;
    this.obligations = obligations;
    this.because = because;
    this.horizon = horizon;
    this.decider = decider;
    this.question = question;
    this.known = known;
  }

  get until(): EpochMs | null {
    if (this.last !== undefined) return this.last;
    const same = signature(this);
    let next = this.horizon;
    for (let step = 0; Number.isFinite(next) && step < MOST_STEPS; step++) {
      const later = this.decider.decide({ ...this.question, at: next }, this.known);
      if (signature(later) !== same) break;
      next = later.horizon;
    }
    return (this.last = Number.isFinite(next) ? next : null);
  }

  get nearest(): readonly Reason[] {
    this.near ??=
      this.outcome === 'permit' ? [] : findNearest(this.decider, this.question, this.known, this);
    return this.near;
  }

  toJSON(): DecisionJson {
    const { outcome, limits, obligations, because, nearest, until } = this;
    const at = this.question?.at ?? 0;
    return {
      schema: 'metergram.decision/1',
      at,
      outcome,
      limits,
      obligations,
      because,
      nearest,
      until,
    };
  }
}
