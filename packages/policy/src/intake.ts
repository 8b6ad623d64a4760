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
    const { code, pointer, message } = issues[0]!;
    super(`${code} at ${pointer || '/'}: ${message}`);
    this.code = code;
    this.issues = issues;
  }
}

/** An issue of severity error: at this place there has to be something else. */
export const fault = (code: PolicyCode, pointer: string, expected: string): PolicyIssue => ({
  code,
  severity: 'error',
  pointer,
  message: `must be ${expected}`,
});

/** RFC 6901 pointer to a key below a place. */
export const pointerTo = (place: string, key: string): string =>
  `${place}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`;

/**
 * A plain copy of what someone handed in: later changes to theirs do not reach ours, and what is not JSON (functions,
 * cycles, `__proto__`) is refused with a code before anything else looks at it.
 */
export function takeIn(given: unknown): unknown {
  let count = 0;
  const stack: unknown[] = [];
  const copy = (value: unknown, pointer: string): unknown => {
    const limit = (broken: boolean, code: PolicyCode, expected: string): void => {
      if (broken) throw new PolicyError([fault(code, pointer, expected)]);
    };
    const list = Array.isArray(value);
    count += 1;
    limit(
      count > MOST || (list && value.length > MOST),
      'policy/too-large',
      `at most ${MOST} values`,
    );
    if (typeof value === 'string') limit(value.length > LONGEST, 'policy/too-large', 'shorter');
    if (value === null || /^(string|boolean)$/.test(typeof value) || Number.isFinite(value))
      return value;
    const proto: unknown = typeof value === 'object' ? Object.getPrototypeOf(value) : 0;
    const plain = list || proto === null || (proto !== 0 && Object.getPrototypeOf(proto) === null);
    limit(!plain, 'policy/bad-shape', 'JSON');
    limit(stack.includes(value), 'policy/cyclic', 'free of cycles');
    limit(stack.length >= DEEPEST, 'policy/too-deep', `at most ${DEEPEST} levels`);
    stack.push(value);
    const source = value as Readonly<Record<string, unknown>>;
    const target: unknown[] & Record<string, unknown> = (list ? [] : {}) as never;
    for (const key of list ? value.keys() : Object.keys(source)) {
      const place = pointerTo(pointer, String(key));
      if (key === '__proto__')
        throw new PolicyError([fault('policy/bad-key', place, 'another key')]);
      if (list || source[key] !== undefined)
        target[key as never] = copy(source[key], place) as never;
    }
    stack.pop();
    return target;
  };
  return copy(given, '');
}
