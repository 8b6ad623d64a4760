import type { Fact } from './types/fact.ts';
import { fault, PolicyError } from './intake.ts';

/** What a fact of each type must say in words. */
const NEEDED = new Map([
  ['grant', []],
  ['tenancy', ['object', 'party']],
  ['value', ['name']],
  ['event', ['name']],
  ['state', ['name']],
  ['hold', ['id']],
  ['right', ['id', 'right', 'subject']],
]);

/** Throws `PolicyError` `fact/bad-shape` for the first that is no fact, with a pointer. */
export function checkFacts(facts: readonly Fact[]): void {
  for (const [place, fact] of facts.entries()) checkFact(fact, place);
}

function checkFact(fact: Fact, place: number): void {
  const need = (holds: boolean, key: string, expected: string): void => {
    if (!holds) throw new PolicyError([fault('fact/bad-shape', `/${place}${key}`, expected)]);
  };
  const words = (of: object, keys: readonly string[], at = '/'): void => {
    for (const key of keys)
      need(typeof (of as Record<string, unknown>)[key] === 'string', at + key, 'text');
  };
  const given = fact as Partial<Extract<Fact, { to?: unknown }>> | null;
  const needed = NEEDED.get(given?.type ?? '');
  need(typeof given === 'object' && needed !== undefined, '/type', 'a type of fact');
  for (const key of ['at', 'seen', 'to'] as const)
    need(
      Number.isFinite(given![key]) || (key === 'to' && given!.to === undefined),
      `/${key}`,
      'epoch milliseconds',
    );
  words(fact, needed!);
  if (fact.type !== 'grant') return;
  const { what, purposes, span, valid } = fact.grant ?? {};
  need(Array.isArray(what) && Array.isArray(purposes), '/grant', 'a grant of data for purposes');
  words(fact.grant, ['id', 'from', 'to'], '/grant/');
  for (const period of [span, valid])
    need(typeof period === 'object' && period !== null, '/grant', 'a grant with its periods');
}
