import type { PolicyCode, PolicyIssue } from './types/issue.ts';

export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null;

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

/** Throws `PolicyError`: at this place there has to be something else. */
export const refuse = (code: PolicyCode, pointer: string, expected: string): never => {
  throw new PolicyError([fault(code, pointer, expected)]);
};

/** RFC 6901 pointer to a key below a place. */
export const pointerTo = (place: string, key: string): string =>
  `${place}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`;
