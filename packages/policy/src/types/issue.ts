import type { MessageParameters } from './message.ts';

/** Codes of what can be wrong with a policy, a question or facts. Stable. */
export type PolicyCode =
  | 'policy/too-large'
  | 'policy/too-deep'
  | 'policy/cyclic'
  | 'policy/bad-key'
  | 'policy/bad-shape'
  | 'policy/bad-duration'
  | 'policy/bad-date'
  | 'policy/bad-zone'
  | 'policy/bad-detail'
  | 'policy/duplicate-id'
  | 'policy/unknown-term'
  | 'policy/term-cycle'
  | 'policy/unknown-parameter'
  | 'policy/no-clock'
  | 'fact/bad-shape'
  | 'fact/too-large'
  | 'ledger/backdated'
  | 'item/bad-shape'
  | 'question/bad-shape'
  | 'grant/bad-transition'
  | 'grant/beyond-principal'
  | 'grant/no-authority'
  | 'grant/widened';

/** A fault as data. */
export interface PolicyIssue {
  readonly code: PolicyCode;
  readonly severity: 'error' | 'warning';
  /** RFC 6901 pointer into what was given. */
  readonly pointer: string;
  readonly message: string;
  readonly params?: MessageParameters;
}
