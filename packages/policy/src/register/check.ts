import type { Issue, Severity } from '@metergram/model';

/** Codes of what can be wrong with a register, and with an edit of it. Stable. */
export type RegisterCode =
  | 'register/bad-shape'
  | 'register/too-large'
  | 'register/duplicate-id'
  | 'register/unknown-category'
  | 'register/unknown-term'
  | 'register/unknown-moment'
  | 'register/bad-period'
  | 'register/no-purpose'
  | 'register/no-basis'
  | 'register/no-data'
  | 'register/no-condition'
  | 'register/no-controller'
  | 'register/not-confirmed'
  | 'register/category-in-use'
  | 'register/not-found'
  | 'register/rule-missing'
  | 'register/purpose-missing'
  | 'register/unknown-option';

/** Why a register was not exported, edited or tied to policies; `issues` says what is wrong and where. */
export class RegisterError extends Error {
  override readonly name = 'RegisterError';
  readonly code: RegisterCode;
  readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[]) {
    const { code, pointer, message } = issues[0]!;
    super(`${code} at ${pointer || '/'}: ${message}`);
    this.code = code as RegisterCode;
    this.issues = issues;
  }
}

/** Gathers faults with the place of each. */
export class Faults {
  readonly issues: Issue[] = [];

  add(code: RegisterCode, pointer: string, message: string, severity: Severity = 'error'): void {
    this.issues.push({ code, severity, message, pointer });
  }

  /** `value` as an object of own data, or a fault. */
  object(value: unknown, pointer: string): Readonly<Record<string, unknown>> | undefined {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
    this.add('register/bad-shape', pointer, 'an object is expected');
    return undefined;
  }

  /** `value` as a list no longer than `most`, or a fault. */
  list(value: unknown, pointer: string, most: number): readonly unknown[] {
    if (!Array.isArray(value)) {
      this.add('register/bad-shape', pointer, 'a list is expected');
      return [];
    }
    if (value.length > most) {
      this.add('register/too-large', pointer, `at most ${most} entries are read`);
      return [];
    }
    return value;
  }

  /** `value` as a text that is not empty, or a fault. */
  text(value: unknown, pointer: string): string | undefined {
    if (typeof value === 'string' && value.trim() !== '' && value.length <= 10_000) return value;
    this.add('register/bad-shape', pointer, 'a text of 1 to 10000 characters is expected');
    return undefined;
  }

  /** `value` as one of `words`, or a fault. */
  oneOf(value: unknown, words: readonly string[], pointer: string): string | undefined {
    if (typeof value === 'string' && words.includes(value)) return value;
    this.add('register/bad-shape', pointer, `one of ${words.join(', ')} is expected`);
    return undefined;
  }
}

/** One step of an RFC 6901 pointer. */
export function step(pointer: string, token: string | number): string {
  return `${pointer}/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
