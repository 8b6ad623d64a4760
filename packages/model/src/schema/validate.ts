import type { Issue } from '../issue.ts';
import type { ListShape, Node, ObjectShape, RecordShape, Rule, Shape, TextShape } from './shape.ts';

/** What {@link validate} found: a frozen copy of the value, or every fault. */
export type Validation<T> =
  | { readonly ok: true; readonly value: T; readonly issues: readonly [] }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/** Bounds on work; a value beyond them is refused with a code, never worked on for long. */
export interface ValidationLimits {
  /** Faults that are reported before it gives up with `schema/more-faults`. Default 1000. */
  readonly maxFaults?: number;
  /** Values (objects, lists, texts, numbers …) that are looked at before `schema/too-big`. Default 5 000 000. */
  readonly maxValues?: number;
}

/** Deepest nesting of a JSON value that a source sent and that we keep as it is. */
const MAX_DEPTH = 64;
/** Longest text in such a value. */
const MAX_TEXT = 100_000;

const NOTHING = Symbol('no value');
type Copy = unknown;

class Halt extends Error {}

const patterns = new Map<string, RegExp>();

function matches(pattern: string, text: string): boolean {
  let compiled = patterns.get(pattern);
  if (compiled === undefined) {
    compiled = new RegExp(pattern, 'u');
    patterns.set(pattern, compiled);
  }
  return compiled.test(text);
}

function longerThan(text: string, maximum: number): boolean {
  if (text.length <= maximum) return false;
  if (text.length > 2 * maximum) return true;
  return Array.from(text).length > maximum;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.prototype.toString.call(value) === '[object Object]'
  );
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** One run over one value. */
class Visit {
  readonly issues: Issue[] = [];
  private readonly path: (string | number)[] = [];
  private readonly above = new Set<object>();
  private left: number;
  private readonly maxFaults: number;

  constructor(limits: ValidationLimits) {
    this.left = limits.maxValues ?? 5_000_000;
    this.maxFaults = limits.maxFaults ?? 1000;
  }

  fault(code: string, message: string, more: readonly (string | number)[] = []): typeof NOTHING {
    const steps = [...this.path, ...more].map((step) =>
      String(step).replaceAll('~', '~0').replaceAll('/', '~1'),
    );
    const pointer = steps.map((step) => `/${step}`).join('');
    if (this.issues.length >= this.maxFaults) {
      const last = { code: 'schema/more-faults', message: 'there are more faults than are told' };
      this.issues.push({ ...last, severity: 'error', pointer: '' });
      throw new Halt();
    }
    this.issues.push({ code, severity: 'error', message, pointer });
    return NOTHING;
  }

  /** A frozen copy of `value`, or {@link NOTHING} when it has faults (which are told by then). */
  value(shape: Node, value: unknown): Copy {
    if (this.left-- <= 0) {
      this.fault('schema/too-big', 'the value has too many parts');
      throw new Halt();
    }
    switch (shape.kind) {
      case 'text':
        return this.text(shape, value);
      case 'choice':
        return typeof value === 'string' && shape.values.includes(value)
          ? value
          : this.fault('schema/not-in-list', `must be one of: ${shape.values.join(', ')}`);
      case 'integer':
      case 'number':
        if (
          typeof value !== 'number' ||
          !(shape.kind === 'integer' ? Number.isInteger(value) : Number.isFinite(value))
        ) {
          const wanted = shape.kind === 'integer' ? 'a whole number' : 'a number';
          return this.fault('schema/wrong-type', `must be ${wanted}, not ${nameOf(value)}`);
        }
        if (value < shape.minimum) {
          return this.fault('schema/too-small', `must be ${shape.minimum} or more`);
        }
        return value > shape.maximum
          ? this.fault('schema/too-large', `must be ${shape.maximum} or less`)
          : value;
      case 'flag':
        return typeof value === 'boolean'
          ? value
          : this.fault('schema/wrong-type', `must be true or false, not ${nameOf(value)}`);
      case 'nullable':
        return value === null ? null : this.value(shape.shape, value);
      case 'list':
        return this.list(shape, value);
      case 'record':
        return this.record(shape, value);
      case 'json':
        return this.json(value, 0);
      case 'either':
        return this.either(shape.options, value);
      default:
        return this.object(shape, value);
    }
  }

  private text(shape: TextShape, value: unknown): Copy {
    if (typeof value !== 'string') {
      return this.fault('schema/wrong-type', `must be a text, not ${nameOf(value)}`);
    }
    if (longerThan(value, shape.maxLength)) {
      return this.fault('schema/too-long', `must have at most ${shape.maxLength} characters`);
    }
    if (shape.pattern !== undefined && !matches(shape.pattern, value)) {
      return this.fault('schema/wrong-form', `is not of the form ${shape.pattern}`);
    }
    return shape.format !== undefined && !shape.format.test(value)
      ? this.fault('schema/wrong-form', `is no valid ${shape.format.name}`)
      : value;
  }

  private list(shape: ListShape, value: unknown): Copy {
    if (!Array.isArray(value)) {
      return this.fault('schema/wrong-type', `must be a list, not ${nameOf(value)}`);
    }
    if (value.length > shape.maxItems) {
      return this.fault('schema/too-many', `must have at most ${shape.maxItems} entries`);
    }
    if (value.length < shape.minItems) {
      return this.fault('schema/too-few', `must have at least ${shape.minItems} entries`);
    }
    const copy: unknown[] = [];
    let whole = true;
    for (let i = 0; i < value.length; i++) {
      const part = this.step(i, () => this.value(shape.items, value[i]));
      if (part === NOTHING) whole = false;
      else copy.push(part);
    }
    return whole ? Object.freeze(copy) : NOTHING;
  }

  private record(shape: RecordShape, value: unknown): Copy {
    if (!isObject(value)) {
      return this.fault('schema/wrong-type', `must be an object, not ${nameOf(value)}`);
    }
    const keys = Object.keys(value);
    if (keys.length > shape.maxProperties) {
      return this.fault('schema/too-many', `must have at most ${shape.maxProperties} entries`);
    }
    return this.entries(keys, value, (key) => this.value(shape.values, value[key]));
  }

  private json(value: unknown, depth: number): Copy {
    if (value === null || typeof value === 'boolean') return value;
    if (typeof value === 'string') {
      return value.length > MAX_TEXT
        ? this.fault('schema/too-long', `must have at most ${MAX_TEXT} characters`)
        : value;
    }
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    if (!Array.isArray(value) && !isObject(value)) {
      return this.fault('schema/wrong-type', `must be a JSON value, not ${nameOf(value)}`);
    }
    if (depth >= MAX_DEPTH) return this.fault('schema/too-deep', 'is nested too deeply');
    if (this.above.has(value)) return this.fault('schema/cyclic', 'contains itself');
    this.above.add(value);
    const inner = (part: unknown): Copy => {
      if (this.left-- > 0) return this.json(part, depth + 1);
      this.fault('schema/too-big', 'the value has too many parts');
      throw new Halt();
    };
    let copy: Copy;
    if (Array.isArray(value)) {
      if (value.length > this.left) {
        this.fault('schema/too-big', 'the value has too many parts');
        throw new Halt();
      }
      const parts = Array.from(value, (part: unknown, i) => this.step(i, () => inner(part)));
      copy = parts.includes(NOTHING) ? NOTHING : Object.freeze(parts);
    } else {
      copy = this.entries(Object.keys(value), value, (key) => inner(value[key]));
    }
    this.above.delete(value);
    return copy;
  }

  private either(options: readonly Node[], value: unknown): Copy {
    const before = this.issues.length;
    let best: Issue[] | null = null;
    for (const option of options) {
      const copy = this.value(option, value);
      const found = this.issues.splice(before);
      if (copy !== NOTHING) return copy;
      if (best === null || found.length < best.length) best = found;
    }
    this.issues.push(...(best ?? []));
    return NOTHING;
  }

  private object(shape: ObjectShape, value: unknown): Copy {
    if (!isObject(value)) {
      return this.fault('schema/wrong-type', `must be an object, not ${nameOf(value)}`);
    }
    let whole = true;
    const keys: string[] = [];
    for (const key of Object.keys(value)) {
      if (Object.hasOwn(shape.fields, key)) {
        keys.push(key);
      } else {
        this.fault('schema/unknown-property', 'is not a property of this type', [
          key.slice(0, 200),
        ]);
        whole = false;
      }
    }
    for (const [key, field] of Object.entries(shape.fields)) {
      if (field.required && !Object.hasOwn(value, key)) {
        this.fault('schema/missing-property', 'is required', [key]);
        whole = false;
      }
    }
    const copy = this.entries(keys, value, (key) =>
      this.value((shape.fields[key] as { shape: Node }).shape, value[key]),
    );
    if (copy === NOTHING || !whole) return NOTHING;
    return this.obeys(shape, copy as Readonly<Record<string, unknown>>) ? copy : NOTHING;
  }

  private obeys(shape: ObjectShape, copy: Readonly<Record<string, unknown>>): boolean {
    const before = this.issues.length;
    const rule = shape.nullExactlyWhen;
    if (rule !== undefined && (copy[rule.field] === null) !== (copy[rule.other] === rule.is)) {
      const message = `must be null exactly when ${rule.other} is ${rule.is}`;
      this.fault('schema/null-mismatch', message, [rule.field]);
    }
    for (const check of shape.rules as readonly Rule<unknown>[]) {
      check(copy, (code, path, message) => this.fault(code, message, path));
    }
    return this.issues.length === before;
  }

  private entries(
    keys: readonly string[],
    value: object,
    visit: (key: string) => Copy,
  ): Readonly<Record<string, unknown>> | typeof NOTHING {
    const copy: Record<string, unknown> = {};
    let whole = true;
    for (const key of keys) {
      if (key === '__proto__') {
        this.fault('schema/forbidden-key', 'this key is not taken', [key]);
        whole = false;
        continue;
      }
      const part = this.step(key, () => visit(key));
      if (part === NOTHING) whole = false;
      else copy[key] = part;
    }
    return whole ? Object.freeze(copy) : NOTHING;
  }

  private step(key: string | number, visit: () => Copy): Copy {
    this.path.push(key);
    try {
      return visit();
    } catch (error) {
      if (error instanceof Halt) throw error;
      return this.fault('schema/unreadable', 'cannot be read');
    } finally {
      this.path.pop();
    }
  }
}

/**
 * Checks a value of unknown origin and gives a frozen copy of it, or every fault with its place (an RFC 6901 pointer) and
 * a stable code.
 *
 * Takes any value at all: cyclic, deep, huge, with keys like `__proto__`, with getters that throw. The value is read once
 * and copied, so that nobody can change it afterwards. Codes are `schema/…` for what JSON Schema can say and `model/…` for
 * rules between fields; they are listed in the documentation.
 *
 * @example
 * const result = validate(timeSeries, JSON.parse(text));
 * if (!result.ok) for (const issue of result.issues) report(issue.pointer, issue.code);
 */
export function validate<T>(
  shape: Shape<T>,
  value: unknown,
  limits: ValidationLimits = {},
): Validation<T> {
  const visit = new Visit(limits);
  let copy: Copy = NOTHING;
  try {
    copy = visit.value(shape, value);
  } catch (error) {
    if (!(error instanceof Halt)) {
      return {
        ok: false,
        issues: [
          { code: 'schema/unreadable', severity: 'error', message: 'cannot be read', pointer: '' },
        ],
      };
    }
  }
  return copy === NOTHING || visit.issues.length > 0
    ? { ok: false, issues: visit.issues }
    : { ok: true, value: copy as T, issues: [] };
}

/** {@link validate} of JSON text; `schema/not-json` when it is none. */
export function validateText<T>(
  shape: Shape<T>,
  text: string,
  limits: ValidationLimits = {},
): Validation<T> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return {
      ok: false,
      issues: [{ code: 'schema/not-json', severity: 'error', message: 'is no JSON', pointer: '' }],
    };
  }
  return validate(shape, value, limits);
}
