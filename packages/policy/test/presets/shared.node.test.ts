import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Policy } from '@metergram/policy';
import { albertslund, elhub, ELHUB_ITEMS, karleby, ktc } from '@metergram/policy/presets';
import { norwegianRegister } from '@metergram/policy/register';
import { describe, expect, it } from 'vitest';
import { ALBERTSLUND } from './albertslund.cases.ts';
import { ELHUB } from './elhub.cases.ts';
import { KARLEBY } from './karleby.cases.ts';
import { KTC } from './ktc.cases.ts';

/** The source data lie beside the repository where they are at hand; nothing of them is in it. */
const folder = ['../../../../../shared/policy/', '../../../../../../shared/policy/']
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .find((path) => existsSync(`${path}ktc-principles.json`));

const read = (name: string): never =>
  JSON.parse(readFileSync(`${folder ?? ''}${name}.json`, 'utf8')) as never;

interface Sources {
  readonly statements: readonly { readonly id: string; readonly line: number }[];
}
interface Row {
  readonly id: string;
  readonly line: number;
  readonly retention: { readonly rule: string | null };
}
interface Tables {
  readonly retentionRules: readonly { readonly id: string }[];
  readonly items: readonly Row[];
  readonly webTraces: readonly Row[];
}
interface Library {
  readonly categories: readonly {
    readonly id: string;
    readonly activities: readonly { readonly id: string; readonly line: number }[];
  }[];
}

describe.skipIf(folder === undefined)('against the source data', () => {
  it.each([
    ['ktc-principles', ktc, KTC],
    ['karleby-rules', karleby, KARLEBY],
    ['albertslund-systems', albertslund, ALBERTSLUND],
    ['elhub-rules', elhub, ELHUB],
  ] as const)(
    '%s: every statement has its rule, its line and its test',
    (name, policy: Policy, cases) => {
      const { statements } = read(name) as Sources;
      expect(cases.map(({ id }) => id)).toEqual(statements.map(({ id }) => id));
      for (const { id, line } of statements) {
        const rule = policy.rules.find((entry) => entry.id === id);
        const clauses = rule?.cite?.map((key) => policy.cites?.[key]?.clause);
        expect([id, clauses]).toEqual([id, expect.arrayContaining([`line ${line}`])]);
      }
    },
  );

  it('has 105 statements in all', () => {
    expect([...KTC, ...KARLEBY, ...ALBERTSLUND, ...ELHUB]).toHaveLength(105);
  });

  it('has every period and item of the datahub, at its line and under its period', () => {
    const { retentionRules, items, webTraces } = read('elhub-retention') as Tables;
    const rules = elhub.rules.map(({ id }) => id);
    for (const { id } of retentionRules) expect(rules).toContain(id);
    expect(ELHUB_ITEMS.map(({ id, line, retention }) => [id, line, retention])).toEqual(
      [...items, ...webTraces].map(({ id, line, retention }) => [id, line, retention.rule]),
    );
  });

  it('has every category and activity of the register, at its line', () => {
    const { categories } = read('processing-activities') as Library;
    expect(norwegianRegister.categories.map(({ id }) => id)).toEqual(
      categories.map(({ id }) => id),
    );
    expect(norwegianRegister.activities.map(({ id, source }) => [id, source?.line])).toEqual(
      categories.flatMap(({ activities }) => activities.map(({ id, line }) => [id, line])),
    );
  });
});
