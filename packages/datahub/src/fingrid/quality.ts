import type { Quality } from '@metergram/model';
import { lookup } from '../core/lookup.ts';

/**
 * Datahub's quality codes and our word for each. `UNCERTAIN` says that something is wrong without saying what, so it is
 * `unknown`; `REVISED` marks a value that was corrected; `PMISSING` is a sum of which a part is missing.
 */
export const FINGRID_QUALITY: Readonly<Record<string, Quality>> = {
  OK: 'measured',
  REVISED: 'adjusted',
  EST: 'estimated',
  E21: 'estimated',
  E56: 'estimated',
  CALC: 'calculated',
  UNCERTAIN: 'unknown',
  PMISSING: 'incomplete',
  MISSING: 'missing',
  NONE: 'missing',
};

/** Our word for a code; a code that is new is `unknown`, and none at all is too. */
export function fingridQuality(code: string | null): Quality {
  return code === null ? 'unknown' : (lookup(FINGRID_QUALITY, code) ?? 'unknown');
}
