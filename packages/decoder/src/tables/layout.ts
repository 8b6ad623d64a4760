/**
 * The memory that WebAssembly and host share: three tables in columns. This list is its only description; the
 * generator prints the AssemblyScript side from it, and the host walks the same list.
 */
export type ColumnType = 'u8' | 'i8' | 'u16' | 'u32' | 'i64';

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly meaning: string;
}

const column = (name: string, type: ColumnType, meaning: string): Column => ({
  name,
  type,
  meaning,
});

/** One row a telegram. */
export const TELEGRAM_COLUMNS: readonly Column[] = [
  column('firstRecord', 'u32', 'index of its first record'),
  column('recordCount', 'u16', 'number of its records'),
  column('firstIssue', 'u32', 'index of its first issue'),
  column('issueCount', 'u16', 'number of its issues'),
  column('link', 'u8', 'kind of link layer, see LINK_KINDS'),
  column('format', 'u8', '0 unknown, 1 frame format A, 2 frame format B'),
  column('crc', 'u8', '0 ok, 1 removed, 2 wrong'),
  column('control', 'u8', 'control field'),
  column('address', 'u8', 'primary address of a wired telegram'),
  column('ci', 'u8', 'CI field of the application layer'),
  column('flags', 'u8', 'which of the fields are there, see TELEGRAM_FLAGS'),
  column('manufacturer', 'u16', "meter's manufacturer code"),
  column('id', 'u32', "meter's identification number, eight hexadecimal digits"),
  column('version', 'u8', "meter's version"),
  column('medium', 'u8', "meter's device type"),
  column(
    'senderManufacturer',
    'u16',
    "sender's manufacturer code, where an adapter sends for the meter",
  ),
  column('senderId', 'u32', "sender's identification number"),
  column('senderVersion', 'u8', "sender's version"),
  column('senderMedium', 'u8', "sender's device type"),
  column('access', 'u8', 'access number'),
  column('status', 'u8', 'status byte'),
  column('mode', 'u8', 'security mode'),
  column('security', 'u8', 'state of security, see SECURITY_STATES'),
  column('securityLayer', 'u8', '0 none, 1 transport layer, 2 extended link layer'),
  column('mac', 'u8', '0 none, 1 ok, 2 wrong'),
  column('frame', 'u32', 'address of the frame: CRCs removed, decrypted'),
  column('frameLength', 'u16', 'bytes in the frame'),
  column('start', 'u16', 'bytes of the input before the frame'),
  column(
    'body',
    'u16',
    'offset, before records were rebuilt or put together, of what they were made from',
  ),
  column('counter', 'u32', 'message counter, where TELEGRAM_FLAGS say that there is one'),
];

/** One row a data record. */
export const RECORD_COLUMNS: readonly Column[] = [
  column(
    'place',
    'u32',
    'offset of the DIF in the frame (bits 0–15), length of DIB (16–19) and of VIB (20–31)',
  ),
  column('size', 'u16', 'value bytes, an LVAR included'),
  column('meaning', 'u16', 'index into MEANINGS: quantity and unit'),
  column('kind', 'u8', 'see RECORD_KINDS'),
  column('function', 'u8', '0 instantaneous, 1 maximum, 2 minimum, 3 error'),
  column('validity', 'u8', '0 valid; otherwise why there is no value, see VALIDITIES'),
  column('flags', 'u8', 'see RECORD_FLAGS'),
  column('scale', 'i8', 'value = mantissa · 10^scale'),
  column('storage', 'u32', 'storage number, its low 32 bits'),
  column('tariff', 'u32', 'tariff'),
  column('subunit', 'u16', 'subunit'),
  column(
    'modifiers',
    'u32',
    'numbers of the first four combinable VIFEs, first in the lowest byte; 0 none',
  ),
  column('mantissa', 'i64', 'integer; civil seconds since 1970-01-01 for dates; bits of a real64'),
];

/** One row an issue. */
export const ISSUE_COLUMNS: readonly Column[] = [
  column('code', 'u8', 'index into ISSUES'),
  column('offset', 'u16', 'offset in the frame, or in the input where flagged'),
  column('detail', 'u16', 'what was there: a code, a count'),
  column('inInput', 'u8', '1: offset is one of the input as given'),
];
