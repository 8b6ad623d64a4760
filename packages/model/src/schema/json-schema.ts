import type { Node, ObjectShape } from './shape.ts';

/** A JSON Schema (2020-12) or a part of one. */
export type JsonSchema = { readonly [keyword: string]: unknown };

function definitionName(node: Node): string | null {
  return node.name ?? null;
}

function objectSchema(node: ObjectShape, inner: (child: Node) => JsonSchema): JsonSchema {
  const fields = Object.entries(node.fields);
  const rule = node.nullExactlyWhen;
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(([key, field]) => [key, inner(field.shape)])),
    required: fields.filter(([, field]) => field.required).map(([key]) => key),
    additionalProperties: false,
    ...(rule === undefined
      ? {}
      : {
          if: { properties: { [rule.other]: { const: rule.is } }, required: [rule.other] },
          // oxlint-disable-next-line unicorn/no-thenable -- `then` is a keyword of JSON Schema
          then: { properties: { [rule.field]: { type: 'null' } } },
          else: { properties: { [rule.field]: { not: { type: 'null' } } } },
        }),
  };
}

function body(node: Node, inner: (child: Node) => JsonSchema): JsonSchema {
  switch (node.kind) {
    case 'text':
      return {
        type: 'string',
        maxLength: node.maxLength,
        ...(node.pattern === undefined ? {} : { pattern: node.pattern }),
        ...(node.format === undefined ? {} : { format: node.format.name }),
      };
    case 'choice':
      return { enum: [...node.values] };
    case 'integer':
      return { type: 'integer', minimum: node.minimum, maximum: node.maximum };
    case 'number':
      return { type: 'number', minimum: node.minimum, maximum: node.maximum };
    case 'flag':
      return { type: 'boolean' };
    case 'nullable':
      return { anyOf: [inner(node.shape), { type: 'null' }] };
    case 'list':
      return {
        type: 'array',
        items: inner(node.items),
        ...(node.minItems === 0 ? {} : { minItems: node.minItems }),
        maxItems: node.maxItems,
      };
    case 'record':
      return {
        type: 'object',
        propertyNames: { not: { const: '__proto__' } },
        additionalProperties: inner(node.values),
        maxProperties: node.maxProperties,
      };
    case 'json':
      return {};
    case 'either':
      return { anyOf: node.options.map(inner) };
    default:
      return objectSchema(node, inner);
  }
}

/**
 * The JSON Schema (draft 2020-12) of a type, complete in itself: types that it is made of stand in `$defs`.
 *
 * `format` names formats of ours (`gsrn`, `eic`, …), which a validator that does not know them leaves unchecked; and
 * rules between fields (an end after its start, points in order) are beyond JSON Schema. `validate` checks both.
 */
export function jsonSchema(shape: Node): JsonSchema {
  const definitions: Record<string, JsonSchema> = {};
  const inner = (node: Node): JsonSchema => {
    const name = definitionName(node);
    const described = node.description === undefined ? {} : { description: node.description };
    if (name === null) return { ...described, ...body(node, inner) };
    if (!Object.hasOwn(definitions, name)) {
      definitions[name] = {};
      definitions[name] = { ...described, ...body(node, inner) };
    }
    return { $ref: `#/$defs/${name}` };
  };
  const top = body(shape, inner);
  const names = Object.keys(definitions).sort();
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...(shape.name === undefined ? {} : { $id: `urn:metergram:schema:${shape.name}` }),
    ...(shape.name === undefined ? {} : { title: shape.name }),
    ...(shape.description === undefined ? {} : { description: shape.description }),
    ...top,
    ...(names.length === 0
      ? {}
      : { $defs: Object.fromEntries(names.map((name) => [name, definitions[name]])) }),
  };
}
