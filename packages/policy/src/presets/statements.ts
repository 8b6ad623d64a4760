import type { Policy } from '../types/index.ts';

/** A sentence of a document that no engine can decide, and why. */
export interface Undecided {
  readonly id: string;
  readonly reason: string;
}

/** What a preset leaves to people: its notes, with the reason of each. */
export function undecided(policy: Policy): readonly Undecided[] {
  return policy.rules.flatMap((rule) =>
    rule.effect === 'inherit' || rule.effect === 'info'
      ? [{ id: rule.id, reason: rule.reason }]
      : [],
  );
}
