import { LAYOUTS, norwegianRegister, TERMS, validateRegister } from '@metergram/policy/register';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/lang/language.ts';
import { MOMENT_NAMES } from '../../src/register/moments.ts';

const COUNTS: readonly (readonly [category: string, activities: number])[] = [
  ['employees', 9],
  ['common', 8],
  ['customer-relationship', 7],
  ['metering-billing', 4],
  ['operations-support', 8],
  ['marketing', 3],
  ['grid-planning', 6],
  ['dle', 1],
  ['commercial', 4],
];

const used = (
  field: 'purposes' | 'subjects' | 'data' | 'recipients' | 'measures',
): ReadonlySet<string> =>
  new Set(norwegianRegister.activities.flatMap((activity) => activity[field]));

describe('the library of Norwegian power companies', () => {
  it('has nine categories and fifty activities, in the order of the source', () => {
    expect(norwegianRegister.categories.map(({ id }) => id)).toEqual(COUNTS.map(([id]) => id));
    expect(norwegianRegister.activities).toHaveLength(50);
    for (const [category, count] of COUNTS) {
      const ids = norwegianRegister.activities
        .filter((activity) => activity.category === category)
        .map(({ id }) => id);
      expect(ids).toEqual(Array.from({ length: count }, (_, i) => `no-kraft.${category}.${i + 1}`));
    }
    const lines = norwegianRegister.activities.map(({ source }) => source?.line ?? 0);
    expect(lines).toEqual([...lines].sort((a, b) => a - b));
    expect(new Set(lines).size).toBe(50);
  });

  it('is valid, lacks only the controller, and confirms nothing by itself', () => {
    const issues = validateRegister(norwegianRegister);
    expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(issues.filter(({ severity }) => severity === 'warning').map(({ code }) => code)).toEqual(
      ['register/no-controller'],
    );
    expect(issues.filter(({ code }) => code === 'register/not-confirmed')).toHaveLength(50);
    expect(issues.filter(({ code }) => code === 'register/unknown-moment')).toEqual([]);
    for (const { proposed } of norwegianRegister.activities) expect(proposed).toHaveLength(9);
  });

  it('names every category and activity in five languages, each in its own words', () => {
    for (const { name } of [...norwegianRegister.categories, ...norwegianRegister.activities]) {
      for (const language of LANGUAGES) expect(name[language]?.trim()).toBeTruthy();
      expect(name.fi).not.toBe(name.en);
      expect(name.nb).not.toBe(name.en);
    }
    for (const { summary, note } of norwegianRegister.activities) {
      expect(summary?.nb).toBeTruthy();
      expect(summary?.en).toBeTruthy();
      if (note !== undefined) expect(note.nb).toBeTruthy();
    }
  });

  it('uses every built-in term and moment, so that none is left over', () => {
    expect(used('purposes')).toEqual(new Set(TERMS.purpose.keys()));
    expect(used('subjects')).toEqual(new Set(TERMS.subject.keys()));
    expect(used('data')).toEqual(new Set(TERMS.data.keys()));
    expect(used('recipients')).toEqual(new Set(TERMS.recipient.keys()));
    expect(used('measures')).toEqual(new Set(TERMS.measure.keys()));
    const moments = norwegianRegister.activities.flatMap(({ erasure }) => {
      if (erasure.base === 'after') return [erasure.event];
      if (erasure.base === 'while') return [erasure.state];
      if (erasure.base === 'age') return [];
      return [
        ...erasure.events,
        ...(erasure.atMost?.event === undefined ? [] : [erasure.atMost.event]),
      ];
    });
    expect(new Set(moments)).toEqual(new Set(MOMENT_NAMES.keys()));
  });

  it('marks data of Article 9 where health occurs, and only there', () => {
    for (const { special, data } of norwegianRegister.activities) {
      expect(special).toBe(data.includes('pd:Health'));
    }
  });
});

describe('layouts', () => {
  it.each(Object.values(LAYOUTS))('$id has each column once and ends with the status', (layout) => {
    expect(new Set(layout.columns).size).toBe(layout.columns.length);
    expect(layout.columns.at(-1)).toBe('status');
    for (const key of [
      'purposes',
      'subjects',
      'data',
      'recipients',
      'transfers',
      'erasure',
      'measures',
    ]) {
      expect(layout.columns).toContain(key);
    }
  });

  it('claims an authority’s own order for none that was not read', () => {
    const claims = Object.values(LAYOUTS).map(({ id, evidence }) => [id, evidence]);
    expect(claims).toEqual([
      ['article-30', 'law'],
      ['no', 'list'],
      ['dk', 'unverified'],
      ['se', 'unverified'],
      ['fi', 'unverified'],
      ['fr', 'unverified'],
    ]);
  });
});
