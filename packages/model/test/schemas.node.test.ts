import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { jsonSchema, shapes } from '@metergram/model/schema';

const folder = new URL('../schemas/', import.meta.url);

it('publishes a schema file for each type, printed from its shape', () => {
  expect(readdirSync(folder).sort()).toEqual(
    [...shapes.keys()].map((name) => `${name}.schema.json`).sort(),
  );
  for (const [name, shape] of shapes) {
    const file: unknown = JSON.parse(readFileSync(new URL(`${name}.schema.json`, folder), 'utf8'));
    expect(file).toEqual(jsonSchema(shape));
  }
});
