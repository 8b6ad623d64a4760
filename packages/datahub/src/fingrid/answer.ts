import { asList, asRecord, asText } from '../core/exact-json.ts';
import type { FingridEventReason, FingridHeader } from './wire.ts';

/**
 * An answer of the data interface, told apart. Datahub answers 200 to everything:
 *
 * - `data`: a transaction with something in it.
 * - `empty`: `{}`, or a transaction without content. There is no data, or no right to it: Datahub does not say which.
 * - `reasons`: a transaction that carries reasons instead of data (`RC-MDM-RMV-100`, no data found).
 * - `unreadable`: none of these.
 */
export type FingridAnswer =
  | {
      readonly kind: 'data';
      readonly header: FingridHeader;
      readonly transaction: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: 'empty'; readonly header: FingridHeader }
  | {
      readonly kind: 'reasons';
      readonly header: FingridHeader;
      readonly reasons: readonly { readonly code: string; readonly text: string }[];
    }
  | { readonly kind: 'unreadable' };

/** The one code that is known to mean that nothing was found. */
export const NO_DATA_REASON = 'RC-MDM-RMV-100';

function reasonsOf(transaction: Readonly<Record<string, unknown>>): readonly {
  readonly code: string;
  readonly text: string;
}[] {
  const listed = asRecord(transaction['EventReasons'])?.['EventReason'];
  // One reason may come as an object instead of a list of one.
  const entries = Array.isArray(listed) ? listed : listed === undefined ? [] : [listed];
  const reasons = asList(entries)
    .map((entry) => asRecord(entry) as FingridEventReason | null)
    .filter((entry) => entry !== null)
    .map((entry) => ({
      code: asText(entry.EventReasonCode) ?? '',
      text: asText(entry.EventReasonText) ?? '',
    }));
  const code = asText(transaction['ReasonCode']);
  return reasons.length === 0 && code !== null ? [{ code, text: '' }] : reasons;
}

/** Reads a parsed JSON answer of any of the three functions; the name of its envelope does not matter. */
export function parseAnswer(body: unknown): FingridAnswer {
  const outer = asRecord(body);
  if (outer === null) return { kind: 'unreadable' };
  const [envelope] = Object.values(outer);
  if (envelope === undefined) return { kind: 'empty', header: {} };
  const inner = asRecord(envelope);
  if (inner === null) return { kind: 'unreadable' };
  const header = (asRecord(inner['Header']) ?? {}) as FingridHeader;
  const transaction = asRecord(inner['Transaction']);
  if (transaction === null) {
    return 'Transaction' in inner || Object.keys(inner).some((key) => key !== 'Header')
      ? { kind: 'unreadable' }
      : { kind: 'empty', header };
  }
  const reasons = reasonsOf(transaction);
  if (reasons.length > 0) return { kind: 'reasons', header, reasons };
  if (Object.keys(transaction).length === 0) return { kind: 'empty', header };
  return { kind: 'data', header, transaction };
}
