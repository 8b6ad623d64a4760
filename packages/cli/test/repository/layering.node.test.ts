import { describe, expect, it } from 'vitest';
// @ts-expect-error: a script, without types
import { violations as untyped } from '../../../../scripts/rules/layering.mjs';

const violations = untyped as (path: string, text: string) => string[];

describe('layers of the core', () => {
  it.each([
    ['assembly/link/wireless.ts', `import { Cursor } from '../cursor';`],
    ['assembly/tpl/security.ts', `import { decrypt } from '../crypto/aes';`],
    ['assembly/records/value.ts', `import { append } from '../batch/records';`],
    ['assembly/records/value.ts', `import { bcd } from './bcd';`],
    ['assembly/vendor/sink.ts', `import { emit } from '../records/emit';`],
    ['assembly/pipeline.ts', `import { parse } from './link/wired';`],
    ['assembly/decoder.ts', `import { run } from './pipeline';`],
    ['assembly/aggregator.ts', `import { add } from './aggregate/register';`],
  ])('%s may say %s', (path, text) => {
    expect(violations(path, text)).toEqual([]);
  });

  it.each([
    ['assembly/link/wireless.ts', `import { x } from '../tpl/header';`],
    ['assembly/link/wireless.ts', `import { x } from '../pipeline';`],
    ['assembly/link/wireless.ts', `import { x } from '../crypto/aes';`],
    ['assembly/crypto/aes.ts', `import { x } from '../tpl/header';`],
    ['assembly/crypto/aes.ts', `import { x } from '../cursor';`],
    ['assembly/records/value.ts', `export { x } from '../vendor/techem';`],
    ['assembly/vendor/techem.ts', `import { x } from '../tpl/header';`],
    ['assembly/link/wired.ts', `import { x } from '../../packages/decoder/src/telegram';`],
    ['assembly/link/wired.ts', `import { x } from 'somewhere';`],
    ['assembly/pipeline.ts', `import { x } from './aggregate/register';`],
    ['assembly/newroom/x.ts', `import { x } from '../cursor';`],
  ])('%s may not say %s', (path, text) => {
    expect(violations(path, text)).toHaveLength(1);
  });
});

describe('layers of the packages', () => {
  it.each([
    ['packages/decoder/src/a.ts', `import type { Reading } from '@metergram/model';`],
    ['packages/decoder/src/a/b.ts', `import { x } from '../c.ts';`],
    ['packages/datahub/src/a.ts', `import { request } from 'node:https';`],
    ['packages/datahub/src/clock.ts', `export const now = () => Date.now();`],
    ['packages/cli/src/a.ts', `const d = await import('@metergram/decoder');`],
    ['packages/policy/src/a.ts', `export const at = (ms: number) => new Date(ms).getUTCHours();`],
    ['packages/model/src/a.ts', `new Intl.DateTimeFormat('en', { timeZone: zone });`],
    ['packages/model/src/a.ts', `// Date.now() and new Date() are forbidden here`],
    ['packages/model/src/a.ts', `const text = 'fetch(x)';`],
    ['packages/model/test/a.test.ts', `import { readFileSync } from 'node:fs'; Date.now();`],
  ])('%s may say %s', (path, text) => {
    expect(violations(path, text)).toEqual([]);
  });

  it.each([
    ['packages/model/src/a.ts', `import { x } from '@metergram/decoder';`],
    ['packages/aggregate/src/a.ts', `import type { Telegram } from '@metergram/decoder';`],
    ['packages/policy/src/a.ts', `import { x } from '../../model/src/unit.ts';`],
    ['packages/decoder/src/a.ts', `import { readFileSync } from 'node:fs';`],
    ['packages/decoder/src/a.ts', `import fs from 'fs';`],
    ['packages/decoder/src/a.ts', `const fs = await import('node:fs');`],
    ['packages/policy/src/a.ts', `export const now = () => Date.now();`],
    ['packages/policy/src/a.ts', `export const now = new Date();`],
    ['packages/aggregate/src/a.ts', `export const hour = (d: Date) => d.getHours();`],
    ['packages/aggregate/src/a.ts', `export const d = new Date(2026, 1, 1);`],
    ['packages/model/src/a.ts', `await fetch('https://example.org');`],
    ['packages/model/src/a.ts', `new Intl.DateTimeFormat('en');`],
    ['packages/model/src/a.ts', `Intl.DateTimeFormat('en', { hour: '2-digit' });`],
    ['packages/policy/src/a.ts', `export const id = Math.random();`],
    ['packages/datahub/src/a.ts', `export const now = Date.now();`],
    ['packages/datahub/src/a.ts', `export const hour = new Date(0).getHours();`],
    ['packages/datahub/src/a.ts', `import { main } from 'metergram';`],
  ])('%s may not say %s', (path, text) => {
    expect(violations(path, text)).toHaveLength(1);
  });
});

const lines = (count: number): string => 'x;\n'.repeat(count);

describe('length', () => {
  it('ends at 500 lines, but for what a generator wrote', () => {
    expect(violations('scripts/a.mjs', lines(500))).toEqual([]);
    expect(violations('scripts/a.mjs', lines(501))).toHaveLength(1);
    expect(violations('assembly/generated/tables.ts', lines(9000))).toEqual([]);
  });
});
