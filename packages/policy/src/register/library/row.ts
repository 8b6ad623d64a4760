import type { Activity, Erasure, LegalBasis, ProposableField, Transfer } from '../activity.ts';
import { PROPOSABLE } from '../activity.ts';
import type { PartialText, Text } from '../../lang/language.ts';

/** What differs from row to row of the library; the rest is the same proposal for all. */
export interface LibraryRow {
  readonly line: number;
  readonly name: Text;
  readonly summary: PartialText;
  readonly purposes: readonly string[];
  readonly bases: readonly LegalBasis[];
  readonly subjects: readonly string[];
  readonly data: readonly string[];
  readonly special?: boolean;
  readonly recipients: readonly string[];
  readonly erasure: Erasure;
  readonly note?: PartialText;
}

const MEASURES = ['access-by-duty-need', 'access-log', 'encryption', 'processor-agreement'];
const NO_TRANSFERS: readonly Transfer[] = [];
const ALL: readonly ProposableField[] = PROPOSABLE;

/** Document that names the categories and activities; what it does not say is proposed by us. */
export const DOCUMENT = 'Protokollbibliotek for kraftselskap';

/** The rows of one category, numbered in order: `no-kraft.<category>.<number>`. */
export function libraryRows(category: string, rows: readonly LibraryRow[]): readonly Activity[] {
  return rows.map(({ line, special, ...row }, i) => ({
    id: `no-kraft.${category}.${i + 1}`,
    category,
    ...row,
    special: special ?? false,
    transfers: NO_TRANSFERS,
    measures: MEASURES,
    source: { document: DOCUMENT, line },
    proposed: ALL,
  }));
}
