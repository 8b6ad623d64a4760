import type { Issue } from '@metergram/model';
import type {
  ActivityReference,
  Clock,
  Policy,
  RetentionRule,
  Rule,
  Stage,
  TermDeclaration,
} from '../types/index.ts';
import type { Activity, Register } from './activity.ts';
import { Faults, step } from './check.ts';
import { requireRegister } from './usable.ts';

/** Broadest term of what a register's policy speaks of. */
const PERSONAL_DATA = 'personal-data';

function cap(activity: Activity, suffix: string, clock: Clock, after: string): RetentionRule {
  const stages: readonly Stage[] = [{ after, to: 'deleted' }];
  return {
    id: `${activity.id}.${suffix}`,
    effect: 'cap',
    what: [activity.id],
    clock,
    stages,
    status: activity.proposed.includes('erasure') ? 'proposed' : 'stated',
    text: activity.name,
    cite: ['gdpr:A5-1-e'],
  };
}

/**
 * The retention rules that follow from one activity's time limit for erasure. What the activity stores has the activity's id as
 * its kind of data. An `until` with a longest period gives two caps; the one that is due first erases.
 */
export function erasureRules(activity: Activity): readonly RetentionRule[] {
  const { erasure } = activity;
  switch (erasure.base) {
    case 'age':
      return [cap(activity, 'erasure', { base: 'age', clock: erasure.of }, erasure.after)];
    case 'after':
      return [cap(activity, 'erasure', { base: 'after', event: erasure.event }, erasure.after)];
    case 'while':
      return [cap(activity, 'erasure', { base: 'while', state: erasure.state }, erasure.after)];
    case 'until': {
      const { events, atMost } = erasure;
      const [first = ''] = events;
      const event = events.length === 1 ? first : { earliest: events };
      const clock: Clock =
        atMost?.event === undefined
          ? { base: 'age', clock: 'event-time' }
          : { base: 'after', event: atMost.event };
      return [
        cap(activity, 'erasure', { base: 'until', event }, 'P0D'),
        ...(atMost === undefined ? [] : [cap(activity, 'at-most', clock, atMost.after)]),
      ];
    }
  }
}

/** What the engine reads of each activity: its purposes, its bases and the rules that it carries. */
export function activityReferences(register: Register): readonly ActivityReference[] {
  return register.activities.map(({ id, purposes, bases, rules, proposed }) => ({
    id,
    purposes,
    basis: bases,
    what: [id],
    ...(rules === undefined ? {} : { rules }),
    status: proposed.includes('bases') || proposed.includes('purposes') ? 'proposed' : 'stated',
  }));
}

/** What a register does not say of itself, and a policy must. */
export interface RegisterPolicyOptions {
  readonly version: string;
  /** Civil date in `tz`. */
  readonly validFrom: string;
  /** IANA zone of civil days, months and years; default `Europe/Oslo`. */
  readonly tz?: string;
}

/**
 * A policy made from a register: a kind of data for each activity, its time limit as retention rules, its purposes and bases as
 * activities. Compile it beside the access rules, and the same record that is shown to the authority is what erases.
 *
 * Throws `RegisterError` for a register that cannot be used, with the codes of `validateRegister`.
 */
export function registerPolicy(register: Register, options: RegisterPolicyOptions): Policy {
  requireRegister(register);
  const what: Record<string, TermDeclaration> = { [PERSONAL_DATA]: {} };
  const purposes: Record<string, TermDeclaration> = {};
  for (const { id, name, purposes: list } of register.activities) {
    what[id] = { is: [PERSONAL_DATA], label: name };
    for (const purpose of list) {
      purposes[purpose] = purpose.startsWith('dpv:') ? { dpv: purpose } : {};
    }
  }
  return {
    id: register.id,
    version: options.version,
    validFrom: options.validFrom,
    tz: options.tz ?? 'Europe/Oslo',
    vocab: { what, for: purposes },
    cites: {
      'gdpr:A5-1-e': { title: 'GDPR', clause: 'Art. 5(1)(e)' },
    },
    rules: register.activities.flatMap(erasureRules),
    activities: activityReferences(register),
  };
}

/** Purposes that a permit names, without those that stand for everything. */
function purposesOf(rule: Rule): readonly string[] {
  if (rule.effect !== 'permit') return [];
  return (rule.for ?? []).filter((purpose) => purpose !== '*');
}

/**
 * How a register and policies hold together: an activity that names a rule which no policy has (`register/rule-missing`), and a
 * permit for a purpose that no activity has, by its own name or its DPV term (`register/purpose-missing`, with a pointer into
 * the policy as `/policy-id/rules/3/for/0`). Throws `RegisterError` for a register that cannot be used.
 */
export function linkRegister(register: Register, policies: readonly Policy[]): readonly Issue[] {
  requireRegister(register);
  const faults = new Faults();
  const rules = new Set(policies.flatMap((policy) => policy.rules.map(({ id }) => id)));
  const known = new Set(register.activities.flatMap(({ purposes }) => purposes));
  for (const [i, activity] of register.activities.entries()) {
    for (const [j, rule] of (activity.rules ?? []).entries()) {
      if (!rules.has(rule)) {
        faults.add(
          'register/rule-missing',
          `/activities/${i}/rules/${j}`,
          `no policy has a rule ${rule}`,
        );
      }
    }
  }
  for (const policy of policies) {
    for (const [i, rule] of policy.rules.entries()) {
      for (const [j, purpose] of purposesOf(rule).entries()) {
        const term = purpose.replace(/\.\*$/, '');
        const dpv = policy.vocab.for?.[term]?.dpv;
        if (known.has(term) || (dpv !== undefined && known.has(dpv))) continue;
        faults.add(
          'register/purpose-missing',
          `${step('', policy.id)}/rules/${i}/for/${j}`,
          `no activity has the purpose ${term}`,
          'warning',
        );
      }
    }
  }
  return faults.issues;
}
