import { formatInstant, fromScaled, type Issue, type Severity } from '@metergram/model';
import type { IssueColumns } from './tables.ts';

/** Codes of the issues that an aggregator tells of. */
export type AggregateIssueCode =
  | 'reading/conflict'
  | 'register/roll-over'
  | 'register/reset'
  | 'register/backward-jump'
  | 'register/outlier'
  | 'register/exchange'
  | 'reading/unknown-register'
  | 'reading/invalid-time'
  | 'reading/time-range'
  | 'reading/value-range'
  | 'reading/too-late';

/** Everything that can be odd about readings, by the module's number: code, severity, rule. */
export const ISSUES: Readonly<Record<number, readonly [AggregateIssueCode, Severity, string]>> = {
  1: ['reading/conflict', 'warning', 'two different values for one instant; neither is used'],
  2: ['register/roll-over', 'info', 'the register went through its capacity and goes on from zero'],
  3: ['register/reset', 'error', 'the register began again; what was used meanwhile is not known'],
  4: [
    'register/backward-jump',
    'error',
    'the register went back and stayed; what was used meanwhile is not known',
  ],
  5: [
    'register/outlier',
    'warning',
    'one reading does not fit those around it, which fit each other; it is not used',
  ],
  6: [
    'register/exchange',
    'info',
    'the meter was exchanged; the new one goes on where the old ended',
  ],
  8: ['reading/unknown-register', 'error', 'no such register'],
  9: ['reading/invalid-time', 'error', 'not a whole number of milliseconds'],
  10: ['reading/time-range', 'error', 'outside the time that readings are taken for'],
  11: ['reading/value-range', 'error', 'more than eighteen digits'],
  12: [
    'reading/too-late',
    'warning',
    'further behind the newest reading than lateness allows; not used',
  ],
};

/** An issue with readings: which register, when, and the two values that it is about. */
export interface ReadingIssue extends Issue {
  readonly code: AggregateIssueCode;
  readonly register: number;
  /** Epoch milliseconds; NaN where the reading's time was none. */
  readonly time: number;
  /**
   * Mantissas: of a conflict the lowest and highest, of a fall, roll-over, outlier or exchange the one before and the one
   * read, of a refused reading its own.
   */
  readonly values: readonly bigint[];
  /** Row among all rows pushed so far, the first is 0; where the issue is with one row. */
  readonly row?: number;
}

/** Row `at` of the module's table as an issue; `scale` is that of its register. */
export function readingIssue(table: IssueColumns, at: number, scale: number): ReadingIssue {
  const code = table.code[at]!;
  const [name, severity, text] = ISSUES[code]!;
  const register = table.register[at]!;
  const time = table.time[at]!;
  const a = table.a[at]!;
  const b = table.b[at]!;
  const when = Math.abs(time) <= 62e12 ? ` at ${formatInstant(Math.floor(time))}` : '';
  const values = code >= 8 ? [a] : [a, b];
  const shown = values.map((value) => fromScaled(value, scale)).join(' and ');
  return {
    code: name,
    severity,
    message: `register ${register}${when}: ${text} (${shown})`,
    register,
    time,
    values,
    ...(code >= 8 ? { row: table.row[at]! } : {}),
  };
}
