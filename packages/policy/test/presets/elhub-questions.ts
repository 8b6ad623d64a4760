import type { Ask } from './case.ts';
import { day, granted, happened } from './case.ts';

export const ME = 'customer-1';
const AREA = 'NO1-50YX';
export const YEARS = { from: day('2024-01-01'), to: day('2027-01-01') };
/** What an external party that plays by the rules brings. */
export const LAWFUL = {
  'actor.lawfulAccess': true,
  'actor.elhubAgreement': YEARS,
  'actor.excluded': false,
  'actor.gridArea': AREA,
  'actor.licenceNVE': true,
  'contract.power': YEARS,
};
export const employee = (need: boolean): Ask => ({
  as: 'elhub.employee',
  do: 'read',
  what: 'elhub.name',
  facts: { 'actor.dutyNeed': need, 'actor.excluded': false },
});
export const grid: Ask = {
  as: 'grid-company',
  do: 'read',
  what: 'elhub.hourly-consumption',
  facts: { ...LAWFUL, 'resource.gridArea': AREA },
};
export const supplier: Ask = {
  as: 'power-supplier',
  id: 'supplier-1',
  do: 'read',
  what: 'elhub.hourly-consumption',
  subject: ME,
  facts: LAWFUL,
};
export const third: Ask = {
  as: 'third-party',
  id: 'app',
  do: 'read',
  what: 'elhub.hourly-consumption',
  for: 'energy-service',
  subject: ME,
  facts: LAWFUL,
};
export const consent = granted({
  from: ME,
  to: 'app',
  what: ['meter-data'],
  purposes: ['energy-service'],
});
export const disclose: Ask = {
  as: 'elhub',
  do: 'disclose',
  what: 'elhub.hourly-consumption',
  for: 'energy-service',
  subject: ME,
  recipient: { id: 'app', roles: ['third-party'] },
};
const vault = {
  'storage.country': 'NO',
  'storage.dedicated': true,
  'storage.shared': false,
  'storage.encrypted': true,
};
export const store = (what: string, facts: Ask['facts']): Ask => ({
  as: 'elhub',
  do: 'store',
  what,
  facts: { ...vault, ...facts },
});
export const operator: Ask = {
  as: 'it-supplier.operator',
  do: 'access',
  what: 'personal-data',
  for: 'operation',
  facts: { 'processor.agreement': YEARS, 'transfer.safeguard': 'scc' },
};
export const settle: Ask = {
  as: 'elhub',
  do: 'use',
  what: 'elhub.name',
  for: 'settlement',
  in: 'elhub.market-process',
  facts: { 'item.purposes': ['settlement'], 'process.needsIdentity': false },
};
export const RECORD = ['elhub.name', 'elhub.hourly-consumption'];
export const request = happened('rectification-or-erasure-request', '2026-01-10', ME);
