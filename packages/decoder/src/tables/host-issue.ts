import type { IssueRow } from './issue.ts';

/** Codes of {@link HOST_ISSUES}. */
export type HostIssueCode =
  | 'replay/duplicate'
  | 'replay/replayed'
  | 'transport/sequence-gap'
  | 'transport/sequence-restarted'
  | 'vendor/hook-failed'
  | 'vendor/hook-invalid';

/**
 * Issues that the module does not know: those of what looks at whole telegrams, behind subpaths of the package. Apart from
 * `ISSUES`, so that who only decodes does not load them.
 */
export const HOST_ISSUES: Readonly<Record<HostIssueCode, Omit<IssueRow, 'code' | 'detail'>>> = {
  'replay/duplicate': {
    severity: 'info',
    layer: 'tpl',
    message: 'the same telegram came before, through another receiver',
  },
  'replay/replayed': {
    severity: 'error',
    layer: 'tpl',
    message: 'sent before, or older than what the meter has sent before',
  },
  'transport/sequence-gap': {
    severity: 'error',
    layer: 'records',
    message: 'telegrams of a sequence are missing',
  },
  'transport/sequence-restarted': {
    severity: 'warning',
    layer: 'records',
    message: 'the meter begins its records anew; those that it had not completed are forgotten',
  },
  'vendor/hook-failed': {
    severity: 'error',
    layer: 'vendor',
    message: 'a format of the user has failed',
  },
  'vendor/hook-invalid': {
    severity: 'error',
    layer: 'vendor',
    message: 'a format of the user gave what is no record',
  },
};

/** An issue of {@link HOST_ISSUES}, with what its place adds to the sentence. */
export function hostIssue(
  code: HostIssueCode,
  offset: number,
  detail = '',
): Omit<IssueRow, 'detail'> & { readonly offset: number } {
  const { severity, layer, message } = HOST_ISSUES[code];
  return {
    code,
    severity,
    layer,
    offset,
    message: detail === '' ? message : `${message}: ${detail}`,
  };
}
