import type { EpochMs } from '@metergram/model';
import type { Decision, Fact, Message, Question } from '../types/index.ts';
import { checkTime } from '../check.ts';
import type { Engine } from '../engine.ts';
import type { Known } from '../known.ts';
import { canonical } from './canonical.ts';
import type { DecisionRecord, Ledger } from './ledger.ts';

/** Was an access lawful at its time: by what was known then, and by what is known now? */
export interface Audit {
  readonly question: Question;
  /** Up to when recorded facts counted as known then. */
  readonly seen: EpochMs;
  readonly then: Decision;
  readonly now: Decision;
  /** Whether anything could be had, by each; how much, `then` and `now` tell. */
  readonly verdict: 'lawful' | 'unlawful' | 'lawful-then-only' | 'lawful-now-only';
  /** The two differ in outcome, limits or obligations: what was recorded since changes the judgement. */
  readonly hindsight: boolean;
  readonly because: readonly Message[];
}

/** What an answer lets somebody do. */
const effectOf = ({
  outcome,
  limits,
  obligations,
}: Pick<Decision, 'outcome' | 'limits' | 'obligations'>): string =>
  canonical([outcome, limits, obligations]);

/**
 * Judge an access twice. `seen` is what was known when it happened; default: at the time of the question. Policies are
 * those in force at the question's instant, whatever holds today.
 *
 * Throws `PolicyError` as `engine.know` does for what is no fact, and `question/bad-shape` where `seen` is no instant.
 *
 * ```ts
 * const { verdict } = audit(engine, ledger.facts(), question); // 'lawful-then-only': consent was invalidated later
 * ```
 */
export function audit(
  engine: Engine,
  facts: readonly Fact[],
  question: Question,
  seen: EpochMs = question.at,
): Audit {
  checkTime(seen, '/seen');
  return judge(engine, question, seen, engine.know(facts, seen), engine.know(facts));
}

function judge(
  engine: Engine,
  question: Question,
  seen: EpochMs,
  knownThen: Known,
  knownNow: Known,
): Audit {
  const then = engine.decide(question, knownThen);
  const now = engine.decide(question, knownNow);
  const was = then.outcome !== 'deny';
  const is = now.outcome !== 'deny';
  return {
    question,
    seen,
    then,
    now,
    verdict: was && is ? 'lawful' : was ? 'lawful-then-only' : is ? 'lawful-now-only' : 'unlawful',
    hindsight: effectOf(then) !== effectOf(now),
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

/**
 * Every decision in a ledger, judged again: `agrees` where outcome, limits and obligations are those that the recorded facts and
 * the engine's policies say, by what was known then. Facts are indexed anew where some were recorded between two decisions.
 */
export function auditLedger(
  engine: Engine,
  ledger: Ledger,
): readonly { readonly record: DecisionRecord; readonly audit: Audit; readonly agrees: boolean }[] {
  const facts = ledger.facts();
  const now = engine.know(facts);
  let then = engine.know([]);
  let count = 0;
  return ledger.decisions().map((record) => {
    // In a ledger nothing is recorded as seen before what stands before it.
    const before = count;
    while (count < facts.length && facts[count]!.seen <= record.seen) count++;
    if (count > before) then = count < facts.length ? engine.know(facts.slice(0, count)) : now;
    const found = judge(engine, record.question, record.seen, then, now);
    return { record, audit: found, agrees: effectOf(found.then) === effectOf(record.answer) };
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
