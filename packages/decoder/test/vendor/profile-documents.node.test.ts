import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { jsonSchema } from '@metergram/model/schema';
import { deviceProfile, PROFILES } from '../../src/profile.ts';

it('the JSON Schema of a profile takes those of the package, and not what has no meters', () => {
  const check = new Ajv2020({ strict: false }).compile(jsonSchema(deviceProfile));
  for (const profile of PROFILES) {
    const taken = check(JSON.parse(JSON.stringify(profile)));
    expect([profile.name, taken, check.errors]).toEqual([profile.name, true, null]);
  }
  expect(check({ ...PROFILES[0], match: [] })).toBe(false);
  expect(check({ ...PROFILES[0], flags: [{ record: { storage: -1 }, bits: {} }] })).toBe(false);
});

it('docs/profiles.md lists every profile, and no other', () => {
  const page = readFileSync(new URL('../../../../docs/profiles.md', import.meta.url), 'utf8');
  const table = page.slice(page.indexOf('## The profiles of the package'));
  const listed = [...table.matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map(([, name]) => name);
  expect(listed.sort()).toEqual(PROFILES.map(({ name }) => name).sort());
});
