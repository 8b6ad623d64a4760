import type { PolicyCode, PolicyIssue } from './types/issue.ts';

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

/** RFC 6901 pointer to a key below a place. */
export const pointerTo = (place: string, key: string): string =>
  `${place}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`;

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
        const place = pointerTo(pointer, key);
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
