import type { EpochMs } from '@metergram/model';
import type { Decision, DecisionJson, Limit, Outcome, Question, Reason } from './types/decision.ts';
import type { Obligation } from './types/obligation.ts';
import type { Decider } from './decide.ts';
import type { Known } from './known.ts';

/** Finds what would change an answer, nearest first. */
export type FindNearest = (
  decider: Decider,
  question: Question,
  known: Known,
  answer: Decision,
) => readonly Reason[];

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
    if (this.last === undefined) {
      const same = signature(this);
      let at = this.horizon;
      for (let step = 0; at < Infinity && step < MOST_STEPS; step++) {
        const later = this.decider.decide({ ...this.question, at }, this.known);
        if (signature(later) !== same) break;
        at = later.horizon;
      }
      this.last = at < Infinity ? at : null;
    }
    return this.last;
  }

  get nearest(): readonly Reason[] {
    return (this.near ??=
      this.outcome === 'permit'
        ? []
        : this.decider.findNearest(this.decider, this.question, this.known, this));
  }

  toJSON(): DecisionJson {
    const { outcome, limits, obligations, because, nearest, until } = this;
    const at = this.question?.at ?? 0;
    const schema = 'metergram.decision/1';
    return { schema, at, outcome, limits, obligations, because, nearest, until };
  }
}
