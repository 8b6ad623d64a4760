import type { Fact } from '../types/index.ts';
import { checkFacts } from '../check.ts';
import { fault, isObject, PolicyError, refuse } from '../fault.ts';
import { takeIn } from '../intake.ts';
import type { DecisionRecord, LedgerBody } from './ledger.ts';

/** The same issues under another code, with pointers below another place. */
const moved = (error: unknown, from: string): unknown =>
  error instanceof PolicyError
    ? new PolicyError(
        error.issues.map(({ pointer, message }) => ({
          ...fault('fact/bad-shape', pointer.slice(from.length), ''),
          message,
        })),
      )
    : error;

/**
 * What can stand in a ledger, as a plain copy. Throws `PolicyError` `fact/bad-shape`, with a pointer into the body, for what is
 * neither a fact nor a decision, or is no JSON.
 */
export function checkBody(body: unknown): LedgerBody {
  let plain: unknown;
  try {
    plain = takeIn(body);
  } catch (error) {
    throw moved(error, '');
  }
  if (!isObject(plain) || plain['type'] !== 'decision') {
    try {
      checkFacts([plain as unknown as Fact]);
    } catch (error) {
      throw moved(error, '/0');
    }
    return plain as unknown as LedgerBody;
  }
  const { seen, question, answer, policies } = plain;
  if (!Number.isFinite(seen)) refuse('fact/bad-shape', '/seen', 'an instant');
  if (!isObject(question)) refuse('fact/bad-shape', '/question', 'a question');
  if (!isObject(answer)) refuse('fact/bad-shape', '/answer', 'a decision');
  if (!Array.isArray(policies) || !policies.every((each) => typeof each === 'string'))
    refuse('fact/bad-shape', '/policies', 'a list of text');
  return plain as unknown as DecisionRecord;
}
