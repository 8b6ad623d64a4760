import type { PolicyCode, PolicyIssue } from './types/issue.ts';
import type { JsonSchema } from './schema.ts';

/** Most values in one document, deepest nesting, longest text: past these a document is refused, not read. */
const MOST = 500_000;
const DEEPEST = 48;
const LONGEST = 20_000;

/** Faults that stop everything; `issues` says what and where. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
  readonly code: PolicyCode;
  readonly issues: readonly PolicyIssue[];

  constructor(issues: readonly PolicyIssue[]) {
    const first = issues[0]!;
    super(`${first.code} at ${first.pointer || '/'}: ${first.message}`);
    this.code = first.code;
    this.issues = issues;
  }
}

/** An issue of severity error. */
export function fault(code: PolicyCode, pointer: string, message: string): PolicyIssue {
  return { code, severity: 'error', pointer, message };
}

export const escapePointer = (key: string): string => key.replace(/~/g, '~0').replace(/\//g, '~1');

const refuse = (code: PolicyCode, pointer: string, message: string): never => {
  throw new PolicyError([fault(code, pointer, message)]);
};

/**
 * A plain copy of what someone handed in: later changes to theirs do not reach ours, and what is not JSON (functions,
 * cycles, `__proto__`) is refused with a code before anything else looks at it.
 */
export function takeIn(given: unknown): unknown {
  let count = 0;
  const stack: unknown[] = [];
  const copy = (value: unknown, pointer: string): unknown => {
    count += 1;
    if (count > MOST) refuse('policy/too-large', pointer, `more than ${MOST} values`);
    if (value === null || typeof value === 'boolean') return value;
    if (typeof value === 'string') {
      if (value.length > LONGEST) refuse('policy/too-large', pointer, 'text too long');
      return value;
    }
    if (typeof value === 'number') {
      if (!Number.isFinite(value)) refuse('policy/bad-shape', pointer, 'not a finite number');
      return value;
    }
    if (typeof value !== 'object') refuse('policy/bad-shape', pointer, `a ${typeof value}`);
    if (stack.includes(value)) refuse('policy/cyclic', pointer, 'contains itself');
    if (stack.length >= DEEPEST) refuse('policy/too-deep', pointer, `deeper than ${DEEPEST}`);
    stack.push(value);
    let result: unknown;
    if (Array.isArray(value)) {
      if (value.length > MOST) refuse('policy/too-large', pointer, `more than ${MOST} values`);
      const items: unknown[] = [];
      for (let i = 0; i < value.length; i++) items.push(copy(value[i], `${pointer}/${i}`));
      result = items;
    } else {
      const source = value as Record<string, unknown>;
      const proto: unknown = Object.getPrototypeOf(source);
      if (proto !== null && Object.getPrototypeOf(proto) !== null)
        refuse('policy/bad-shape', pointer, 'not a plain object');
      const target: Record<string, unknown> = {};
      for (const key of Object.keys(source)) {
        const place = `${pointer}/${escapePointer(key)}`;
        if (key === '__proto__') refuse('policy/bad-key', place, 'a key that is not allowed');
        if (source[key] !== undefined) target[key] = copy(source[key], place);
      }
      result = target;
    }
    stack.pop();
    return result;
  };
  return copy(given, '');
}

const own = (value: object, key: string): boolean =>
  Object.prototype.hasOwnProperty.call(value, key);

const typeOf = (value: unknown): string =>
  Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;

/** How near a failed alternative came: a wrong discriminator is furthest off, then the number of faults. */
const merit = (issues: readonly PolicyIssue[]): number => {
  let sum = 0;
  for (const issue of issues)
    sum -= issue.message.startsWith('must be') || issue.message.startsWith('has ') ? 10 : 1;
  return sum;
};

/**
 * Check JSON against the part of JSON Schema that our own schemas use. Of alternatives that all fail, the one that came
 * furthest tells why.
 */
export function checkShape(given: unknown, schema: JsonSchema, root: JsonSchema): PolicyIssue[] {
  const definitions = root['$defs'] as Readonly<Record<string, JsonSchema>>;

  const visit = (at: unknown, rule: JsonSchema, pointer: string): PolicyIssue[] => {
    const issues: PolicyIssue[] = [];
    const say = (message: string, code: PolicyCode = 'policy/bad-shape', place = pointer): void => {
      issues.push(fault(code, place, message));
    };
    const name = rule['$ref'] as string | undefined;
    if (name !== undefined) return visit(at, definitions[name.slice(8)]!, pointer);
    const choices = rule['anyOf'] as readonly JsonSchema[] | undefined;
    if (choices !== undefined) {
      let best: PolicyIssue[] | null = null;
      for (const choice of choices) {
        const found = visit(at, choice, pointer);
        if (found.length === 0) return found;
        if (best === null || merit(found) > merit(best)) best = found;
      }
      return best!;
    }
    const constant = rule['const'];
    if (constant !== undefined && at !== constant) say(`must be ${String(constant)}`);
    const allowed = rule['enum'] as readonly unknown[] | undefined;
    if (allowed !== undefined && !allowed.includes(at)) say(`must be one of ${allowed.join(', ')}`);
    const types = rule['type'] as string | readonly string[] | undefined;
    if (types === undefined) return issues;
    const is = typeOf(at);
    if (![types].flat().includes(is) && !(types === 'integer' && Number.isInteger(at))) {
      say(`must be ${[types].flat().join(' or ')}, is ${is}`);
      return issues;
    }
    if (is === 'string') {
      if (rule['minLength'] === 1 && at === '') say('must not be empty');
      const pattern = rule['pattern'] as string | undefined;
      if (pattern !== undefined && !new RegExp(pattern).test(at as string)) {
        const code = pattern.includes('\\$') ? 'policy/bad-duration' : 'policy/bad-date';
        say(
          `does not have the form ${code === 'policy/bad-date' ? 'of a date' : 'of a duration'}`,
          code,
        );
      }
    } else if (is === 'array') {
      const items = at as readonly unknown[];
      if (items.length < ((rule['minItems'] as number | undefined) ?? 0)) say('too few entries');
      if (items.length > ((rule['maxItems'] as number | undefined) ?? Infinity))
        say('too many entries');
      const each = rule['items'] as JsonSchema | undefined;
      if (each !== undefined)
        for (const [i, item] of items.entries())
          issues.push(...visit(item, each, `${pointer}/${i}`));
    } else if (is === 'object') {
      const record = at as Record<string, unknown>;
      for (const key of (rule['required'] as readonly string[] | undefined) ?? [])
        if (!own(record, key))
          say(`lacks ${key}`, key === 'clock' ? 'policy/no-clock' : 'policy/bad-shape');
      const properties = rule['properties'] as Readonly<Record<string, JsonSchema>> | undefined;
      const rest = rule['additionalProperties'] as JsonSchema | boolean | undefined;
      for (const key of Object.keys(record)) {
        const place = `${pointer}/${escapePointer(key)}`;
        if (properties !== undefined && own(properties, key))
          issues.push(...visit(record[key], properties[key]!, place));
        else if (rest === false) say(`has ${key}, which nothing means`, 'policy/bad-shape', place);
        else if (typeof rest === 'object') issues.push(...visit(record[key], rest, place));
      }
    }
    return issues;
  };

  return visit(given, schema, '');
}
