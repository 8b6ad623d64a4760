import type { MessageKey, MessageParameters, Policy } from '../types/index.ts';

/** How bad it is: `error` must be mended, `warning` should be looked at, `info` is what the source is like. */
export type LintSeverity = 'error' | 'warning' | 'info';

/** One thing that lint found. */
export interface LintFinding {
  readonly key: Extract<MessageKey, `lint.${string}`>;
  readonly severity: LintSeverity;
  readonly policy?: string;
  readonly rule?: string;
  readonly params: MessageParameters;
}

const SEVERITY: Readonly<Partial<Record<LintFinding['key'], LintSeverity>>> = {
  'lint.unstated-clock': 'warning',
  'lint.approximate': 'info',
  'lint.ambiguous': 'warning',
  'lint.contradiction': 'warning',
  'lint.floor-over-cap': 'warning',
  'lint.no-retention': 'warning',
  'lint.purpose-not-registered': 'warning',
  'lint.undeclared-fact': 'warning',
  'lint.inherit-missing': 'info',
  'lint.no-tenancy': 'warning',
  'lint.flow-proved': 'info',
  'lint.unused-term': 'info',
  'lint.unknown-cite': 'warning',
};

/** Make a finding; what is not in the table above is an error. */
export function finding(
  key: LintFinding['key'],
  policy: Policy | null,
  params: MessageParameters,
): LintFinding {
  const rule = params['rule'];
  return {
    key,
    severity: SEVERITY[key] ?? 'error',
    ...(policy === null ? null : { policy: policy.id }),
    ...(typeof rule === 'string' ? { rule } : null),
    params,
  };
}
