import { compile } from '@metergram/policy';
import { speaker } from '@metergram/policy/lang';
import { ktc } from '@metergram/policy/presets';
import {
  changeActivity,
  norwegianRegister,
  setController,
  toHtml,
} from '@metergram/policy/register';
import { toExcel } from '@metergram/policy/register/excel';
import { expect, it } from 'vitest';

it('does what docs/register.md shows', async () => {
  const { register } = setController(norwegianRegister, {
    controller: { name: 'Nordlys Nett AS', contact: 'personvern@nordlys.example' },
  });
  const edited = changeActivity(
    register,
    'no-kraft.metering-billing.1',
    { recipients: ['elhub'] },
    { on: '2026-02-01' },
  );
  expect(edited.issues.filter(({ severity }) => severity !== 'info')).toEqual([]);
  expect(toHtml(edited.register, { language: 'nb' })).toContain('Nordlys Nett AS');
  const workbook = await toExcel(edited.register, { language: 'nb' });
  expect([...workbook.subarray(0, 2)]).toEqual([0x50, 0x4b]);
});

it('says what docs/languages.md shows', () => {
  const engine = compile(ktc);
  const swedish = speaker('sv', { policies: [ktc] });
  const told = swedish.explain(
    engine.decide({
      at: Date.UTC(2026, 0, 15),
      actor: { id: 'ads', roles: ['third-party'] },
      do: 'fetch',
      what: 'meter-data',
      for: 'advertising',
    }),
  );
  expect(told.outcome).toBe('Nekat.');
});
