import type { PolicyCode } from './types/issue.ts';
import { isObject, type Json, pointerTo, refuse } from './fault.ts';

/**
 * Most values in one document (ten characters of text or of a key count as one more), deepest nesting, longest text: past
 * these a document is refused, not read.
 */
const MOST = 500_000;
const DEEPEST = 48;
const LONGEST = 20_000;

/**
 * A plain copy of what someone handed in: later changes to theirs do not reach ours, and what is not JSON (functions,
 * cycles, `__proto__`) is refused with a code before anything else looks at it.
 */
export function takeIn(given: unknown): unknown {
  let count = 0;
  const stack: unknown[] = [];
  const copy = (value: unknown, pointer: string): unknown => {
    const limit = (broken: boolean, code: PolicyCode, expected: string): void => {
      if (broken) refuse(code, pointer, expected);
    };
    const list = Array.isArray(value);
    const length = typeof value === 'string' ? value.length : 0;
    count += 1 + length / 10;
    limit(
      count > MOST || length > LONGEST || (list && value.length > MOST),
      'policy/too-large',
      'smaller',
    );
    if (value === null || /^(str|bool)/.test(typeof value) || Number.isFinite(value)) return value;
    const proto: unknown = isObject(value) ? Object.getPrototypeOf(value) : 0;
    limit(
      !list && proto !== null && (proto === 0 || Object.getPrototypeOf(proto) !== null),
      'policy/bad-shape',
      'JSON',
    );
    limit(stack.includes(value), 'policy/cyclic', 'free of cycles');
    limit(stack.length >= DEEPEST, 'policy/too-deep', `at most ${DEEPEST} levels`);
    stack.push(value);
    const source = value as Json;
    const target: unknown[] & Record<string, unknown> = (list ? [] : {}) as never;
    for (const key of list ? value.keys() : Object.keys(source)) {
      const place = pointerTo(pointer, String(key));
      count += String(key).length / 10;
      if (key === '__proto__') refuse('policy/bad-key', place, 'another key');
      if (list || source[key] !== undefined)
        target[key as never] = copy(source[key], place) as never;
    }
    stack.pop();
    return target;
  };
  return copy(given, '');
}
