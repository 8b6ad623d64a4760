import type { Reason } from './types/decision.ts';
import type { Obligation } from './types/obligation.ts';
import type { GrantEntry } from './grant-index.ts';
import { EMPTY, type Region } from './region.ts';
import type { Access } from './rules.ts';

/** What looking at the rules has brought up, for one question. */
export interface Findings {
  region: Region;
  readonly because: Reason[];
  readonly obligations: Obligation[];
  /** Forbids that stand. */
  readonly fired: Access[];
  /** Permits whose condition does not hold, and permits without a legal basis. */
  readonly failed: Access[];
  readonly baseless: Access[];
  tenancy: boolean;
  noTenancy: boolean;
  order: boolean;
}

export function newFindings(): Findings {
  return {
    region: EMPTY,
    because: [],
    obligations: [],
    fired: [],
    failed: [],
    baseless: [],
    tenancy: false,
    noTenancy: false,
    order: false,
  };
}

/** Add a reason once; the same rule's reason is the same object. */
export function addReason(findings: Findings, reason: Reason): void {
  if (!findings.because.includes(reason)) findings.because.push(reason);
}

/** Reasons for the grants that a rule stands on. */
export function addGrants(findings: Findings, grants: readonly GrantEntry[], rule: Access): void {
  for (const { grant } of grants) {
    const known = findings.because.some(
      (reason) => reason.grant === grant.id && reason.rule === rule.rule.id,
    );
    if (!known)
      findings.because.push({
        key: 'permit.grant',
        params: { grant: grant.id, party: grant.from, rule: rule.rule.id },
        policy: rule.policy.id,
        rule: rule.rule.id,
        grant: grant.id,
      });
  }
}

const keyOf = (obligation: Obligation): string => JSON.stringify(obligation);

/** Each obligation once, in the order of their words. */
export function tidyObligations(list: readonly Obligation[]): readonly Obligation[] {
  if (list.length < 2) return list;
  const map = new Map(list.map((obligation) => [keyOf(obligation), obligation]));
  return [...map.keys()].sort().map((key) => map.get(key)!);
}
