import type { EpochMs } from '@metergram/model';
import type { Decision, Fact, Message, Question } from '../types/index.ts';
import type { Engine } from '../engine.ts';
import type { DecisionRecord, Ledger } from './ledger.ts';

/** Was an access lawful at its time: by what was known then, and by what is known now? */
export interface Audit {
  readonly question: Question;
  /** Up to when recorded facts counted as known then. */
  readonly seen: EpochMs;
  readonly then: Decision;
  readonly now: Decision;
  /** `hindsight`: the two differ in their outcome: what was recorded since changes the judgement. */
  readonly verdict: 'lawful' | 'unlawful' | 'lawful-then-only' | 'lawful-now-only';
  readonly hindsight: boolean;
  readonly because: readonly Message[];
}

/**
 * Judge an access twice. `seen` is what was known when it happened; default: at the time of the question. Policies are
 * those in force at the question's instant, whatever holds today.
 */
export function audit(
  engine: Engine,
  facts: readonly Fact[],
  question: Question,
  seen: EpochMs = question.at,
): Audit {
  const then = engine.decide(question, engine.know(facts, seen));
  const now = engine.decide(question, engine.know(facts));
  const was = then.outcome !== 'deny';
  const is = now.outcome !== 'deny';
  return {
    question,
    seen,
    then,
    now,
    verdict: was && is ? 'lawful' : was ? 'lawful-then-only' : is ? 'lawful-now-only' : 'unlawful',
    hindsight: then.outcome !== now.outcome,
    because: [
      {
        key: was ? 'audit.lawful-then' : 'audit.unlawful-then',
        params: { at: question.at, seen, outcome: then.outcome },
      },
      {
        key: is ? 'audit.lawful-now' : 'audit.unlawful-now',
        params: { at: question.at, outcome: now.outcome },
      },
    ],
  };
}

/** Decisions in a ledger that came out otherwise than the recorded facts and policies say, by what was known then. */
export function auditLedger(
  engine: Engine,
  ledger: Ledger,
): readonly { readonly record: DecisionRecord; readonly audit: Audit; readonly agrees: boolean }[] {
  const facts = ledger.facts();
  return ledger.decisions().map((record) => {
    const found = audit(engine, facts, record.question, record.seen);
    return { record, audit: found, agrees: found.then.outcome === record.answer.outcome };
  });
}

/** The entry for a decision that was given. */
export function recordOf(
  engine: Engine,
  question: Question,
  decision: Decision,
  seen: EpochMs,
): DecisionRecord {
  return {
    type: 'decision',
    seen,
    question,
    answer: decision.toJSON(),
    policies: engine.policies.map(({ id, version }) => `${id} ${version}`).sort(),
  };
}
