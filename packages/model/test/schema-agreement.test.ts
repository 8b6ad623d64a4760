import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonSchema, type Node, shapes, validate } from '@metergram/model/schema';
import { damaged, valuesOf } from './shape-values.ts';

function formats(): Record<string, (text: string) => boolean> {
  const found: Record<string, (text: string) => boolean> = {};
  for (const shape of shapes.values()) {
    if (shape.kind === 'text' && shape.format !== undefined) {
      found[shape.format.name] = shape.format.test;
    }
  }
  return found;
}

/** Faults that JSON Schema can see: it has no word against a key `__proto__` deep in what may be anything. */
function faults(shape: Node, value: unknown): readonly string[] {
  return validate(shape, value)
    .issues.filter(({ code }) => code.startsWith('schema/') && code !== 'schema/forbidden-key')
    .map(({ code, pointer }) => `${code} ${pointer}`);
}

describe.each([...shapes])('%s', (name, shape) => {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    strictRequired: false,
    formats: formats(),
  });
  const judge = ajv.compile(jsonSchema(shape));

  it('is checked by our validator as by another that reads its JSON Schema', () => {
    let good = 0;
    let bad = 0;
    const values = valuesOf(shape).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
    fc.assert(
      fc.property(
        values.chain((value) => fc.tuple(fc.constant(value), damaged(value))),
        ([whole, broken]) => {
          for (const value of [whole, broken]) {
            const found = faults(shape, value);
            expect(found.length === 0, `${JSON.stringify(value)} ${found.join()}`).toBe(
              judge(value),
            );
            if (found.length === 0) good++;
            else bad++;
          }
        },
      ),
      { numRuns: 60 },
    );
    expect(good).toBeGreaterThan(10);
    expect(bad).toBeGreaterThan(5);
    expect(name).toMatch(/^[a-z-]+$/);
  });
});
