import type { KeyEntry } from './options.ts';

/** Diehl's second public 8-byte key, twice. */
const DIEHL = '51728910E66D83F851728910E66D83F8';

/**
 * AES keys that makers set at the factory and that are public: Diehl's (HYD, DME, EWT, SPL) and Apator's (APA, all zero). They
 * are used only where a caller passes them: such a key keeps nothing secret, and a meter that it opens should get one of
 * its own. Each entry is for any meter of its maker, so a key for one meter wins; put your own entries behind these, and
 * they win over equal ones too.
 *
 * @example
 * ```ts
 * import { DEFAULT_KEYS, createDecoderSync } from '@metergram/decoder';
 *
 * const mine = { manufacturer: 'HYD', id: '12345678', key: '0102030405060708090A0B0C0D0E0F11' };
 * const decoder = createDecoderSync({ keys: [...DEFAULT_KEYS, mine] });
 * ```
 */
export const DEFAULT_KEYS: readonly KeyEntry[] = [
  ...['HYD', 'DME', 'EWT', 'SPL'].map((manufacturer) => ({ manufacturer, id: '*', key: DIEHL })),
  { manufacturer: 'APA', id: '*', key: '0'.repeat(32) },
];
