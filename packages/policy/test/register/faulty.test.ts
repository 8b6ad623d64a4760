import type { Language } from '@metergram/policy';
import {
  addActivity,
  addCategory,
  changeActivity,
  confirmActivity,
  linkRegister,
  nameTerm,
  norwegianRegister,
  type Register,
  RegisterError,
  registerPolicy,
  removeActivity,
  removeCategory,
  setController,
  toCsv,
  toHtml,
  toJsonLd,
} from '@metergram/policy/register';
import { toExcel } from '@metergram/policy/register/excel';
import { describe, expect, it } from 'vitest';

const [first, second] = norwegianRegister.activities as readonly [
  Register['activities'][number],
  Register['activities'][number],
];
const contact = { name: 'Nett AS', contact: 'personvern@nett.example' };
/** Two activities with every part that a register can have. */
const whole: Register = {
  ...norwegianRegister,
  updated: '2026-01-31',
  controller: {
    controller: contact,
    jointControllers: [contact],
    representative: contact,
    dpo: contact,
  },
  categories: norwegianRegister.categories.slice(0, 2),
  terms: { own: { en: 'own', nb: 'egen' } },
  activities: [
    {
      ...first,
      note: { en: 'note' },
      rules: ['r'],
      purposes: ['own'],
      transfers: [{ country: 'US', recipient: 'own', safeguard: 'scc' }],
    },
    {
      ...second,
      erasure: { base: 'until', events: ['left'], atMost: { after: 'P3Y', event: 'left' } },
    },
  ],
};
const { id, category } = first;
const uses: Readonly<Record<string, (register: Register) => unknown>> = {
  toCsv: (register) => toCsv(register),
  toHtml: (register) => toHtml(register),
  toJsonLd: (register) => toJsonLd(register),
  registerPolicy: (register) => registerPolicy(register, { version: '1', validFrom: '2026-01-01' }),
  linkRegister: (register) => linkRegister(register, []),
};
const edits: typeof uses = {
  addActivity: (register) => addActivity(register, first),
  changeActivity: (register) => changeActivity(register, id, { recipients: [] }),
  removeActivity: (register) => removeActivity(register, id),
  confirmActivity: (register) => confirmActivity(register, id),
  setController: (register) => setController(register, { dpo: contact }),
  addCategory: (register) => addCategory(register, { id: 'x', name: { en: 'x' } }),
  removeCategory: (register) => removeCategory(register, category),
  nameTerm: (register) => nameTerm(register, 'x', { en: 'x' }),
};

/** What is thrown, as its code and place; null where nothing is. */
function refusal(use: () => unknown): string | null {
  try {
    use();
    return null;
  } catch (error) {
    if (!(error instanceof RegisterError)) throw error;
    expect(error.code).toBe(error.issues[0]!.code);
    expect(error.issues.every(({ severity }) => severity === 'error')).toBe(true);
    return `${error.code} ${error.issues[0]!.pointer}`;
  }
}

const placesIn = (value: unknown, at: readonly string[] = []): (readonly string[])[] =>
  typeof value === 'object' && value !== null
    ? [at, ...Object.entries(value).flatMap(([key, each]) => placesIn(each, [...at, key]))]
    : [at];

/** A copy with something else at one place. */
function broken(place: readonly string[], odd: unknown): unknown {
  if (place.length === 0) return odd;
  const copy = structuredClone(whole) as unknown as Record<string, unknown>;
  let inner = copy;
  for (const key of place.slice(0, -1)) inner = inner[key] as Record<string, unknown>;
  inner[place.at(-1)!] = odd;
  return copy;
}

describe('what is no register, or a broken one', () => {
  it('is whole to begin with', async () => {
    for (const use of Object.values({ ...uses, ...edits }))
      expect(refusal(() => use(whole))).toBeNull();
    expect((await toExcel(whole)).length).toBeGreaterThan(1000);
  });

  it('is refused by every export with a code and a place, and never half written', () => {
    for (const place of placesIn(whole))
      for (const odd of [null, 7, '', {}, [], undefined]) {
        const register = broken(place, odd) as Register;
        const answers = Object.values(uses).map((use) => refusal(() => use(register)));
        expect(answers).toEqual(answers.map(() => answers[0]));
        for (const edit of Object.values(edits)) refusal(() => edit(register));
      }
    for (const odd of [null, undefined, 'x', []])
      for (const use of Object.values({ ...uses, ...edits }))
        expect(refusal(() => use(odd as never))).toBe('register/bad-shape ');
  });

  it('is refused by the workbook too', async () => {
    await expect(toExcel(null as never)).rejects.toThrow('register/bad-shape at /');
    const activities = [{ ...first, purposes: 7 }] as never;
    await expect(toExcel({ ...whole, activities })).rejects.toThrow(
      'register/bad-shape at /activities/0/purposes',
    );
    await expect(toExcel(whole, { language: 'xx' as never })).rejects.toThrow(
      'register/unknown-option at /language',
    );
  });

  it('can still be mended by an edit', () => {
    const lacking = { ...whole, terms: {} };
    expect(refusal(() => toCsv(lacking))).toBe('register/unknown-term /activities/0/purposes/0');
    const { register } = nameTerm(lacking, 'own', { en: 'own' });
    expect(refusal(() => toCsv(register))).toBeNull();
  });

  it('tells of layouts, languages and separators that there are none of', () => {
    const language = 'toString' as Language;
    expect(refusal(() => toCsv(whole, { layout: 'toString' as never }))).toBe(
      'register/unknown-option /layout',
    );
    expect(refusal(() => toCsv(whole, { separator: '|' as never }))).toBe(
      'register/unknown-option /separator',
    );
    for (const use of [toCsv, toHtml])
      expect(refusal(() => use(whole, { language }))).toBe('register/unknown-option /language');
  });
});
