import type { AccessRule, NoteRule, RetentionRule, Rule } from './types/rule.ts';

export const isAccess = (rule: Rule): rule is AccessRule =>
  rule.effect === 'permit' || rule.effect === 'forbid';

export const isRetention = (rule: Rule): rule is RetentionRule =>
  rule.effect === 'keep' || rule.effect === 'cap';

export const isNote = (rule: Rule): rule is NoteRule =>
  rule.effect === 'inherit' || rule.effect === 'info';
