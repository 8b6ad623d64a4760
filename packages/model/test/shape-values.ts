import fc from 'fast-check';
import type { Node } from '@metergram/model/schema';
import { decimalFromNumber, formatInstant } from '@metergram/model';

const samples: Readonly<Record<string, readonly string[]>> = {
  gsrn: ['571313180400000001', '571313179100066516'],
  gln: ['5790000432752'],
  eic: ['10YNO-1--------2', '10Y1001A1001A46L'],
  obis: ['1-0:1.8.0*255', '1.8.0'],
  'zone-id': ['Europe/Oslo', 'UTC'],
  unit: ['kWh', '', 'm3·K', 'NOK/kWh'],
  quantity: ['energy', 'flow_temperature'],
};

function textOf(name: string | undefined, pattern: string | undefined): fc.Arbitrary<unknown> {
  if (name !== undefined && samples[name] !== undefined) return fc.constantFrom(...samples[name]);
  if (name === 'decimal') {
    return fc.double({ noNaN: true, noDefaultInfinity: true }).map(decimalFromNumber);
  }
  if (name === 'instant') return fc.integer({ min: 0, max: 4e12 }).map(formatInstant);
  if (pattern === '^[A-Z]{3}$') return fc.constantFrom('NOK', 'EUR');
  if (pattern === '^[A-Z]{2}$') return fc.constantFrom('NO', 'IN');
  if (pattern?.includes('~[01]') === true) return fc.constantFrom('', '/a/0', '/a~1b');
  if (pattern?.includes(')*/[a-z0-9]') === true) return fc.constantFrom('a/b', 'schema/too-big');
  return fc.constantFrom('a', 'supplier', 'energy/use', 'x-1');
}

/** Values that are of a shape as JSON Schema sees it; rules between fields may be broken. */
export function valuesOf(shape: Node): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'text':
      return textOf(shape.name, shape.pattern);
    case 'choice':
      return fc.constantFrom(...shape.values);
    case 'integer':
      return fc.integer({ min: shape.minimum, max: Math.min(shape.maximum, 2 ** 31 - 1) });
    case 'number':
      return fc.double({ min: shape.minimum, max: shape.maximum, noNaN: true });
    case 'flag':
      return fc.boolean();
    case 'nullable':
      return fc.oneof(valuesOf(shape.shape), fc.constant(null));
    case 'list':
      return fc.array(valuesOf(shape.items), { minLength: shape.minItems, maxLength: 3 });
    case 'record':
      return fc.dictionary(fc.constantFrom('a', 'b', 'nb'), valuesOf(shape.values));
    case 'json':
      return fc.jsonValue({ maxDepth: 2 });
    case 'either':
      return fc.oneof(...shape.options.map(valuesOf));
    default:
      return fc.record(
        Object.fromEntries(
          Object.entries(shape.fields).map(([key, field]) => [key, valuesOf(field.shape)]),
        ),
        {
          requiredKeys: Object.keys(shape.fields).filter((key) => shape.fields[key]?.required),
          noNullPrototype: true,
        },
      );
  }
}

const odd: fc.Arbitrary<unknown> = fc.constantFrom(
  null,
  true,
  0,
  -1,
  1.5,
  '',
  'x',
  '-0',
  'x'.repeat(300),
  [],
  {},
  { start: 1, end: 2 },
  '2026-02-30T00:00:00Z',
);

/** The same value with one part of it replaced, dropped or added. */
export function damaged(value: unknown): fc.Arbitrary<unknown> {
  const places: (readonly (string | number)[])[] = [];
  const walk = (part: unknown, path: readonly (string | number)[]): void => {
    places.push(path);
    if (typeof part !== 'object' || part === null) return;
    for (const [key, inner] of Object.entries(part)) walk(inner, [...path, key]);
  };
  walk(value, []);
  return fc
    .tuple(fc.constantFrom(...places), fc.constantFrom('replace', 'drop', 'add'), odd)
    .map(([path, how, other]) => {
      const copy: unknown = JSON.parse(JSON.stringify(value));
      let at = copy as Record<string, unknown>;
      for (const step of path.slice(0, -1)) at = at[step] as Record<string, unknown>;
      const last = path.at(-1);
      if (last === undefined) return other;
      const target = at[last];
      if (how === 'drop' && !Array.isArray(at)) Reflect.deleteProperty(at, last);
      else if (how === 'add' && typeof target === 'object' && target !== null) {
        Object.assign(target, { surplus: other });
      } else at[last] = other;
      return copy;
    });
}
