import type { EpochMs } from '@metergram/model';
import type { Decision, DecisionJson, Limit, Outcome, Reason } from './types/decision.ts';
import type { Obligation } from './types/obligation.ts';

/** What an answer asks its maker for when someone reads it. */
export interface AnswerSource {
  until(answer: Answer): EpochMs | null;
  nearest(answer: Answer): readonly Reason[];
}

/** A decision; see the interface for what its parts mean. */
export class Answer implements Decision {
  readonly at: EpochMs;
  readonly outcome: Outcome;
  readonly limits: readonly Limit[];
  readonly obligations: readonly Obligation[];
  readonly because: readonly Reason[];
  /** First later instant at which something looked at changes; the answer need not. */
  readonly horizon: number;
  private readonly source: AnswerSource;
  private horizonFound: EpochMs | null | undefined = undefined;
  private nearestFound: readonly Reason[] | undefined = undefined;

  constructor(
    at: EpochMs,
    outcome: Outcome,
    limits: readonly Limit[],
    obligations: readonly Obligation[],
    because: readonly Reason[],
    horizon: number,
    source: AnswerSource,
  ) {
    this.at = at;
    this.outcome = outcome;
    this.limits = limits;
    this.obligations = obligations;
    this.because = because;
    this.horizon = horizon;
    this.source = source;
  }

  get until(): EpochMs | null {
    if (this.horizonFound === undefined) this.horizonFound = this.source.until(this);
    return this.horizonFound;
  }

  get nearest(): readonly Reason[] {
    if (this.nearestFound === undefined) this.nearestFound = this.source.nearest(this);
    return this.nearestFound;
  }

  toJSON(): DecisionJson {
    const { at, outcome, limits, obligations, because, nearest, until } = this;
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
