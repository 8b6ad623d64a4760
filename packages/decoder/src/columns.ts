import { ISSUE_COLUMNS, RECORD_COLUMNS, TELEGRAM_COLUMNS } from './generated/columns.ts';

/** Columns of the telegram table; row i belongs to telegram i. See docs/generated/abi.md for the meaning of each. */
export interface TelegramColumns {
  readonly firstRecord: Uint32Array;
  readonly recordCount: Uint16Array;
  readonly firstIssue: Uint32Array;
  readonly issueCount: Uint16Array;
  readonly link: Uint8Array;
  readonly format: Uint8Array;
  readonly crc: Uint8Array;
  readonly control: Uint8Array;
  readonly address: Uint8Array;
  readonly ci: Uint8Array;
  readonly flags: Uint8Array;
  readonly manufacturer: Uint16Array;
  readonly id: Uint32Array;
  readonly version: Uint8Array;
  readonly medium: Uint8Array;
  readonly senderManufacturer: Uint16Array;
  readonly senderId: Uint32Array;
  readonly senderVersion: Uint8Array;
  readonly senderMedium: Uint8Array;
  readonly access: Uint8Array;
  readonly status: Uint8Array;
  readonly mode: Uint8Array;
  readonly security: Uint8Array;
  readonly securityLayer: Uint8Array;
  readonly mac: Uint8Array;
  readonly frame: Uint32Array;
  readonly frameLength: Uint16Array;
  readonly start: Uint16Array;
  readonly body: Uint16Array;
  readonly counter: Uint32Array;
}

/** Columns of the record table. The value of row i is `mantissa[i] · 10^scale[i]` of `MEANINGS[meaning[i]].unit`. */
export interface RecordColumns {
  readonly place: Uint32Array;
  readonly size: Uint16Array;
  readonly meaning: Uint16Array;
  readonly kind: Uint8Array;
  readonly function: Uint8Array;
  readonly validity: Uint8Array;
  readonly flags: Uint8Array;
  readonly scale: Int8Array;
  readonly storage: Uint32Array;
  readonly tariff: Uint32Array;
  readonly subunit: Uint16Array;
  readonly modifiers: Uint32Array;
  readonly mantissa: BigInt64Array;
}

/** Columns of the issue table. */
export interface IssueColumns {
  readonly code: Uint8Array;
  readonly offset: Uint16Array;
  readonly detail: Uint16Array;
  readonly inInput: Uint8Array;
}

/** The tables of a batch and the memory that they and the frames lie in. */
export interface Tables {
  readonly telegrams: TelegramColumns;
  readonly records: RecordColumns;
  readonly issues: IssueColumns;
  readonly memory: Uint8Array;
  readonly words: Int32Array;
}

const COLUMNS = TELEGRAM_COLUMNS.length + RECORD_COLUMNS.length + ISSUE_COLUMNS.length;

/** By the number behind a column's name. */
const ARRAYS = {
  0: Int8Array,
  1: Uint8Array,
  2: Uint16Array,
  4: Uint32Array,
  8: BigInt64Array,
} as const;

type Maker = readonly [name: string, array: (typeof ARRAYS)[keyof typeof ARRAYS]];
const makers = (columns: readonly string[]): readonly Maker[] =>
  columns.map((column) => [
    column.slice(0, -1),
    ARRAYS[Number(column.at(-1)) as keyof typeof ARRAYS],
  ]);
const TELEGRAMS: readonly Maker[] = makers(TELEGRAM_COLUMNS);
const RECORDS: readonly Maker[] = makers(RECORD_COLUMNS);
const ISSUES: readonly Maker[] = makers(ISSUE_COLUMNS);

/** Views of `rows` rows on the columns of one table, whose addresses come next in `addresses`. */
function viewsOf(
  columns: readonly Maker[],
  rows: number,
  addresses: Iterator<number>,
  buffer: ArrayBuffer,
): Record<string, ArrayBufferView> {
  const views: Record<string, ArrayBufferView> = {};
  for (const [name, ColumnArray] of columns)
    views[name] = new ColumnArray(buffer, addresses.next().value, rows);
  return views;
}

/** Views on all columns at `at` in memory, with so many rows of each table. */
export function columnViews(
  buffer: ArrayBuffer,
  at: number,
  telegrams: number,
  records: number,
  issues: number,
): { telegrams: TelegramColumns; records: RecordColumns; issues: IssueColumns } {
  const addresses = new Uint32Array(buffer, at, COLUMNS).values();
  return {
    telegrams: viewsOf(TELEGRAMS, telegrams, addresses, buffer) as never,
    records: viewsOf(RECORDS, records, addresses, buffer) as never,
    issues: viewsOf(ISSUES, issues, addresses, buffer) as never,
  };
}
