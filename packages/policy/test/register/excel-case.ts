import type { Language } from '@metergram/policy';
import type { Register } from '@metergram/policy/register';
import { changeActivity, norwegianRegister, setController } from '@metergram/policy/register';
import { EXCEL_COLUMNS } from '@metergram/policy/register/excel';
import { cell, cellText } from '../../src/register/cells.ts';
import { columnLabel } from '../../src/register/labels.ts';

/** Texts that spreadsheets like to take for something else. */
const HARD = [
  '=1+1',
  '00123',
  '1e5',
  '2026-01-31',
  'TRUE',
  '-5',
  `"q"; 'a' <b> & æøåäö€`,
  '@x',
  '😀',
];

/** The library with such texts in its first rows, and a controller. */
export function hardRegister(): Register {
  let register = norwegianRegister;
  for (const [i, text] of HARD.entries()) {
    const id = norwegianRegister.activities[i]?.id ?? '';
    register = changeActivity(register, id, {
      name: { en: text },
      note: { en: `a\nb ${text}` },
    }).register;
  }
  const controller = { name: 'Nordlys Nett AS', contact: 'personvern@nordlys.example' };
  return setController(register, { controller }, { on: '2026-02-01' }).register;
}

/** What has to stand in the sheet, from the same cells that the other exports print. */
export function expected(register: Register, language: Language): string[][] {
  return [
    EXCEL_COLUMNS.map(({ key }) => columnLabel(key, language)),
    ...register.activities.map((activity) =>
      EXCEL_COLUMNS.map(({ key }) => cellText(cell(register, activity, key, language), language)),
    ),
  ];
}
