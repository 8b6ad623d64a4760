import type { PolicyIssue } from './types/issue.ts';
import type { Policy } from './types/policy.ts';
import { checkFacts, checkItem, readPolicies } from './check.ts';
import { type CompileOptions, type Engine, makeEngine } from './engine.ts';
import { PolicyError } from './fault.ts';

/** Everything that is wrong with policies, without compiling them. An empty list means that `compile` will not throw. */
export function check(policies: unknown): readonly PolicyIssue[] {
  try {
    return readPolicies(policies).issues;
  } catch (error) {
    if (error instanceof PolicyError) return error.issues;
    throw error;
  }
}

/**
 * Compile one policy or several (versions of one, or of several organisations) into an engine. All that hold at an
 * instant hold together: any forbid of any of them stands, any permit of any of them counts.
 *
 * Throws `PolicyError` with all issues (`policy/…` codes, RFC 6901 pointers) where something is wrong with them.
 *
 * ```ts
 * const engine = compile(policy, { parameters: { 'service.hourlyFor': 'P3M' } });
 * const answer = engine.decide({ at: Date.UTC(2026, 0, 1), actor: { id: 'a', roles: ['tenant'] },
 *   do: 'read', what: 'meter-data', for: 'insight', detail: 'PT1H' }, engine.know(facts));
 * ```
 */
export function compile(given: Policy | readonly Policy[], options: CompileOptions = {}): Engine {
  const { policies, terms, issues } = readPolicies(given);
  if (issues.length > 0) throw new PolicyError(issues);
  return makeEngine(policies, terms, options, checkFacts, checkItem);
}
