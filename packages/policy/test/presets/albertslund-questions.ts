import type { Ask } from './case.ts';
import { day } from './case.ts';

export const UTILITY = 'albertslund-forsyning';
export const BILLING = 'albertslund-forsyning.billing';
export const store = (what: string, system: string, facts: Ask['facts'] = {}): Ask => ({
  as: UTILITY,
  do: 'store',
  what,
  in: system,
  facts: { 'resource.kind': 'record', ...facts },
});
export const useCpr = (purpose: string): Ask => ({
  as: BILLING,
  do: 'use',
  what: 'cpr',
  for: purpose,
  in: 'kmd-easy-energy',
});
export const AGREEMENT = { from: day('2025-01-01'), to: day('2026-06-01') };
