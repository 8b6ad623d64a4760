import type { Policy } from './types/policy.ts';
import { type CompileOptions, type Engine, makeEngine } from './engine.ts';
import { closeVocabulary } from './vocabulary.ts';

export type { CompileOptions, Engine } from './engine.ts';
export {
  type Coarsen,
  filterColumns,
  type FilteredSeries,
  filterRows,
  filterSeries,
  type RowView,
} from './filter.ts';
export type { Known } from './known.ts';
export type { Planner, PlanOptions } from './plan.ts';
export type * from './types/index.ts';

/**
 * The engine for small devices (gateways, televisions), with the answers of the whole one to the last word. Give it only
 * policies that `check` of `@metergram/policy` has passed and facts that `know` there takes, on the server that hands them
 * out: what is wrong with them is not found here, and they must not be changed afterwards. Nor is anything bounded here: many
 * grants on behalf of one giver, times many delegations from it, take as long as they take (`know` there refuses them with
 * `fact/too-large`). Questions are checked as ever.
 *
 * ```ts
 * const engine = compile(policy);
 * const answer = engine.decide({ at: Date.UTC(2026, 0, 1), actor: { id: 'a', roles: ['tenant'] },
 *   do: 'read', what: 'meter-data', for: 'insight', detail: 'PT1H' }, engine.know(facts));
 * ```
 */
export function compile(
  policies: Policy | readonly Policy[],
  options: CompileOptions = {},
): Engine {
  const list = 'rules' in policies ? [policies] : policies;
  return makeEngine(list, closeVocabulary(list.map((policy) => policy.vocab)), options);
}
