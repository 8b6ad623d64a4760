import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { compile, filterRows } from '../src/index.ts';
import { ask, consent, day, grantFact, house, tenancy } from './house.ts';

const recorded = [tenancy('anna', '2020-01-01'), grantFact(consent())];

/** An entry as one script for an old page: nothing is imported when it runs. */
async function bundleOf(entry: string): Promise<string> {
  const found = await build({
    entryPoints: [fileURLToPath(new URL(`../src/${entry}.ts`, import.meta.url))],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    globalName: 'policy',
  });
  return found.outputFiles[0]!.text;
}

describe.each(['index', 'core'])('%s', (entry) => {
  it('runs where no code is made of text, and nothing tells the time or reaches a network', async () => {
    const script = await bundleOf(entry);
    const page = createContext(
      Object.assign(Object.create(null) as object, {
        given: JSON.stringify({ house, facts: recorded, question: ask() }),
      }),
      { codeGeneration: { strings: false, wasm: false } },
    );
    const answer = runInContext(
      `'use strict';
       const none = () => { throw new Error('this page has none'); };
       Date.now = none;
       Math.random = none;
       globalThis.Date = new Proxy(Date, {
         construct: (target, args) => (args.length === 0 ? none() : new target(...args)),
         apply: none,
       });
       delete globalThis.WebAssembly;
       ${script}
       const { house, facts, question } = JSON.parse(given);
       const engine = policy.compile(house);
       const known = engine.know(facts);
       const items = [{ id: 'v', what: 'meter-data.hourly', detail: 'PT1H', end: 0 }];
       JSON.stringify([
         engine.decide(question, known),
         [...engine.plan(items, known, { now: question.at })].map(({ op }) => op),
         policy.filterRows(engine.decide(question, known), [{ at: Date.UTC(2026, 4, 1) }], {
           start: (row) => row.at, end: (row) => row.at,
         }),
         typeof fetch, typeof setTimeout, typeof process, typeof require,
       ])`,
      page,
    ) as string;
    const engine = compile(house);
    const known = engine.know(recorded);
    const items = [{ id: 'v', what: 'meter-data.hourly', detail: 'PT1H', end: 0 } as const];
    expect(JSON.parse(answer)).toEqual([
      JSON.parse(JSON.stringify(engine.decide(ask(), known))),
      [...engine.plan(items, known, { now: ask().at })].map(({ op }) => op),
      filterRows(engine.decide(ask(), known), [{ at: day('2026-05-01') }], {
        start: (row) => row.at,
        end: (row) => row.at,
      }),
      ...Array.from({ length: 4 }, () => 'undefined'),
    ]);
    expect(script).not.toMatch(/\beval\b|\bnew Function\b|\bimport\b|\bWebAssembly\b/);
  });
});
