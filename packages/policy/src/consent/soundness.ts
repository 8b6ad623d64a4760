import type { GrantMethod, PolicyIssue } from '../types/index.ts';
import { BASES } from '../basis.ts';
import { fault, isObject } from '../fault.ts';
import { checkShape } from '../shape.ts';
import { STATES } from './states.ts';

const METHODS: readonly GrantMethod[] = [
  'active-act-in-portal',
  'signature',
  'electronic-signature',
  'paper',
  'court-decision',
  'pre-ticked',
  'other',
];

/** Words that a grant may have beside what the engine reads, which here are to be right too; all but the state may be absent. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  state: STATES.map(({ state }) => state),
  kind: ['consent', 'delegation'],
  method: METHODS,
  basis: Object.keys(BASES),
};

/** How a grant can have been made. */
export const isMethod = (word: unknown): boolean => (METHODS as readonly unknown[]).includes(word);

/**
 * The first thing that keeps something from being a version of a grant, recorded as a fact (`fact/bad-shape`, with a pointer
 * into the fact); null where nothing does.
 */
export function faultOfVersion(fact: unknown): PolicyIssue | null {
  const issues: PolicyIssue[] = [];
  const say = (pointer: string, expected: string): void => {
    issues.push(fault('fact/bad-shape', pointer, expected));
  };
  checkShape('fact', fact, '', (_, pointer, expected) => say(pointer, expected));
  const grant = isObject(fact) && isObject(fact['grant']) ? fact['grant'] : {};
  for (const [part, words] of Object.entries(WORDS))
    if (!words.includes(grant[part] as string) && (part === 'state' || grant[part] !== undefined))
      say(`/grant/${part}`, `one of ${words.join(', ')}`);
  if (grant['given'] !== undefined && !Number.isFinite(grant['given']))
    say('/grant/given', 'an instant');
  if (grant['once'] !== undefined && typeof grant['once'] !== 'boolean')
    say('/grant/once', 'boolean');
  return issues[0] ?? null;
}
