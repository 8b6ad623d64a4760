import type { Activity, Register } from '@metergram/policy/register';
import {
  addActivity,
  addCategory,
  changeActivity,
  confirmActivity,
  nameTerm,
  norwegianRegister,
  removeActivity,
  removeCategory,
  setController,
  validateRegister,
} from '@metergram/policy/register';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const READING = 'no-kraft.metering-billing.1';
const find = (register: Register, id: string): Activity | undefined =>
  register.activities.find((activity) => activity.id === id);
const base = find(norwegianRegister, READING) as Activity;
const codes = (issues: readonly { code: string; severity: string }[]): string[] =>
  issues.filter(({ severity }) => severity === 'error').map(({ code }) => code);

describe('edits', () => {
  it('change one field, take its mark away, and leave the old register as it was', () => {
    const before = JSON.stringify(norwegianRegister);
    const { register, issues } = changeActivity(
      norwegianRegister,
      READING,
      { recipients: ['elhub'] },
      { on: '2026-02-01' },
    );
    expect(codes(issues)).toEqual([]);
    expect(find(register, READING)?.recipients).toEqual(['elhub']);
    expect(find(register, READING)?.proposed).not.toContain('recipients');
    expect(find(register, READING)?.proposed).toHaveLength(8);
    expect(register.updated).toBe('2026-02-01');
    expect(JSON.stringify(norwegianRegister)).toBe(before);
    expect(register.activities[0]).toBe(norwegianRegister.activities[0]);
  });

  it('keep id, source and marks out of reach of a patch', () => {
    const patch = { id: 'other', proposed: [], source: undefined, special: false } as object;
    const { register } = changeActivity(norwegianRegister, READING, patch);
    expect(find(register, READING)?.source).toEqual(base.source);
    expect(find(register, READING)?.proposed).toEqual(base.proposed.filter((f) => f !== 'special'));
    expect(find(register, 'other')).toBeUndefined();
  });

  it('take an optional field away by undefined', () => {
    const { register } = changeActivity(norwegianRegister, READING, { note: undefined } as object);
    expect(find(register, READING)).not.toHaveProperty('note');
  });

  it('add and remove activities', () => {
    const own: Activity = { ...base, id: 'own.1', proposed: [] };
    const added = addActivity(norwegianRegister, own);
    expect(codes(added.issues)).toEqual([]);
    expect(added.register.activities).toHaveLength(51);
    const removed = removeActivity(added.register, 'own.1');
    expect(removed.register.activities).toEqual(norwegianRegister.activities);
  });

  it('refuse what would break the register, with its place, and give the old one back', () => {
    const twice = addActivity(norwegianRegister, base);
    expect(codes(twice.issues)).toEqual(['register/duplicate-id']);
    expect(twice.issues.find(({ severity }) => severity === 'error')?.pointer).toBe(
      '/activities/50/id',
    );
    expect(twice.register).toBe(norwegianRegister);

    const place = norwegianRegister.activities.indexOf(base);
    const unknown = changeActivity(norwegianRegister, READING, { purposes: ['world-peace'] });
    expect(unknown.issues.find(({ severity }) => severity === 'error')).toMatchObject({
      code: 'register/unknown-term',
      pointer: `/activities/${place}/purposes/0`,
    });
    expect(unknown.register).toBe(norwegianRegister);

    for (const failed of [
      changeActivity(norwegianRegister, 'none', {}),
      removeActivity(norwegianRegister, 'none'),
      confirmActivity(norwegianRegister, 'none'),
      removeCategory(norwegianRegister, 'none'),
    ]) {
      expect(codes(failed.issues)).toEqual(['register/not-found']);
      expect(failed.register).toBe(norwegianRegister);
    }
    expect(codes(removeCategory(norwegianRegister, 'dle').issues)).toEqual([
      'register/category-in-use',
    ]);
  });

  it('confirm fields as they stand', () => {
    const some = confirmActivity(norwegianRegister, READING, ['purposes', 'bases']);
    expect(find(some.register, READING)?.proposed).toHaveLength(7);
    const all = confirmActivity(some.register, READING);
    expect(find(all.register, READING)?.proposed).toEqual([]);
    expect(find(all.register, READING)?.purposes).toEqual(base.purposes);
  });

  it('say who the controller is, in steps', () => {
    const controller = { name: 'Nordlys Nett AS', contact: 'personvern@nordlys.example' };
    const dpo = { name: 'Kari Nordmann', contact: 'kari@nordlys.example' };
    const first = setController(norwegianRegister, { controller });
    const second = setController(first.register, { dpo });
    expect(second.register.controller).toEqual({ controller, dpo });
    expect(second.issues.map(({ code }) => code)).not.toContain('register/no-controller');
  });

  it('add terms and categories of the company’s own', () => {
    const term = nameTerm(norwegianRegister, 'ev-charging', { en: 'charging of electric cars' });
    const category = addCategory(term.register, { id: 'charging', name: { en: 'Charging' } });
    const own: Activity = { ...base, id: 'own.1', category: 'charging', purposes: ['ev-charging'] };
    const { register, issues } = addActivity(category.register, own);
    expect(codes(issues)).toEqual([]);
    const back = removeCategory(removeActivity(register, 'own.1').register, 'charging');
    expect(back.register.categories).toEqual(norwegianRegister.categories);
  });

  it('never make a register with an error out of one without (law)', () => {
    const ids = norwegianRegister.activities.map(({ id }) => id);
    const patch = fc.record(
      {
        purposes: fc.array(fc.constantFrom('dpv:SellProducts', 'nothing', '')),
        category: fc.constantFrom('dle', 'common', 'none'),
        special: fc.boolean(),
        erasure: fc.constantFrom(
          { base: 'age', of: 'event-time', after: 'P1Y' } as const,
          { base: 'age', of: 'event-time', after: 'a year' } as const,
          { base: 'until', events: [] } as const,
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.constantFrom(...ids), patch, (id, change) => {
        const { register, issues } = changeActivity(norwegianRegister, id, change);
        const failed = codes(issues).length > 0;
        expect(codes(validateRegister(register))).toEqual([]);
        expect(register === norwegianRegister).toBe(failed);
      }),
      { numRuns: 60 },
    );
  });
});
