import type { IssueColumns, RecordColumns, TelegramColumns } from './columns.ts';
import { type Frame, recordForm } from './record-form.ts';
import { controlName } from './tables/control.ts';
import { ISSUES, type IssueRow } from './tables/issue.ts';
import { LINK_KINDS, SECURITY_STATES, TELEGRAM_FLAGS } from './tables/layout.ts';
import { mediumOf } from './tables/medium.ts';
import { APPLICATION_ERRORS, statusFlags } from './tables/status.ts';
import type {
  DataRecord,
  Link,
  MeterAddress,
  Security,
  SecurityState,
  Telegram,
  TelegramIssue,
} from './telegram.ts';

/** The tables of a batch and the memory that they and the frames lie in. */
export interface Tables {
  readonly telegrams: TelegramColumns;
  readonly records: RecordColumns;
  readonly issues: IssueColumns;
  readonly memory: Uint8Array;
  readonly words: Int32Array;
}

/**
 * Three letters of a manufacturer code (EN 13757-7 7.5.2): five bits each, A is 1. A group that is no letter prints as the
 * character that the same formula gives (`@` for 0), so that an unregistered code is seen as such.
 */
export function manufacturerLetters(code: number): string {
  return String.fromCharCode(
    0x40 + ((code >> 10) & 31),
    0x40 + ((code >> 5) & 31),
    0x40 + (code & 31),
  );
}

function addressForm(
  manufacturer: number,
  id: number,
  version: number,
  medium: number,
  anonymous: boolean,
): MeterAddress {
  return {
    manufacturer: anonymous ? null : manufacturerLetters(manufacturer),
    id: id.toString(16).padStart(8, '0'),
    version: anonymous ? null : version,
    medium: mediumOf(medium),
    mediumCode: medium,
  };
}

/** From an offset in the frame to one in the input: CRCs stand between the blocks of formats A and B. */
export function offsets(format: number, start: number): (offset: number) => number {
  if (format === 1)
    return (offset) =>
      start + (offset < 10 ? offset : offset + 2 + 2 * Math.floor((offset - 10) / 16));
  if (format === 2) return (offset) => start + (offset < 126 ? offset : offset + 2);
  return start === 0 ? (offset) => offset : (offset) => start + offset;
}

const code = (byte: number): string => byte.toString(16).padStart(2, '0');

/** What an issue's number adds to its sentence. */
function message(row: IssueRow, detail: number): string {
  switch (row.code) {
    case 'tpl/ci-unknown':
      return `${row.message} (${code(detail)})`;
    case 'tpl/application-error':
      return `${row.message}: ${APPLICATION_ERRORS[detail] ?? `code ${code(detail)}`}`;
    case 'record/reserved-dif':
    case 'record/reserved-vif':
    case 'record/reserved-lvar':
      return `${row.message} (${code(detail)})`;
    case 'tpl/alarm':
      return `${row.message}: state ${code(detail)}`;
    case 'compact/format-unknown':
      return `${row.message}: signature ${detail.toString(16).padStart(4, '0')}`;
    case 'security/unsupported':
    case 'security/plain':
      return `${row.message} (mode ${detail})`;
    case 'link/trailing-bytes':
    case 'link/leading-bytes':
      return `${detail} ${row.message}`;
    case 'link/truncated':
    case 'record/truncated':
    case 'tpl/truncated':
      return detail > 0 ? `${row.message}: ${detail} bytes are missing` : row.message;
    default:
      return row.message;
  }
}

function linkForm(columns: TelegramColumns, row: number): Link {
  const kind = LINK_KINDS[columns.link[row] as number] as Link['kind'];
  const control = columns.control[row] as number;
  const wired = kind.startsWith('wired');
  const hasControl = kind !== 'none' && kind !== 'wired-ack';
  const ci = columns.ci[row] as number;
  return {
    kind,
    format: ([null, 'A', 'B'] as const)[columns.format[row] as number] ?? null,
    crc: (['ok', 'removed', 'wrong'] as const)[columns.crc[row] as number] ?? 'removed',
    control: hasControl ? control : null,
    function: hasControl ? controlName(control, wired) : kind === 'wired-ack' ? 'ACK' : null,
    ...(wired && hasControl ? { address: columns.address[row] as number } : {}),
    ...(ci !== 0 ? { ci } : {}),
  };
}

function securityForm(columns: TelegramColumns, row: number): Security {
  const mac = columns.mac[row] as number;
  return {
    mode: columns.mode[row] as number,
    layer: ([null, 'tpl', 'ell'] as const)[columns.securityLayer[row] as number] ?? null,
    state: SECURITY_STATES[columns.security[row] as number] as SecurityState,
    ...(mac === 0 ? {} : { mac: mac === 1 ? ('ok' as const) : ('wrong' as const) }),
  };
}

/** The telegram in row `row` in its JSON form, a plain object that nothing else refers to. */
export function telegramForm(tables: Tables, row: number): Telegram {
  const columns = tables.telegrams;
  const flags = columns.flags[row] as number;
  const has = (flag: number): boolean => (flags & flag) !== 0;
  const status = columns.status[row] as number;
  const offsetOf = offsets(columns.format[row] as number, columns.start[row] as number);
  const frame: Frame = {
    memory: tables.memory,
    words: tables.words,
    start: columns.frame[row] as number,
    msbFirst: has(TELEGRAM_FLAGS.msbFirst),
    toMeter: has(TELEGRAM_FLAGS.toMeter),
    mediumCode: has(TELEGRAM_FLAGS.meter) ? (columns.medium[row] as number) : -1,
    body: columns.body[row] as number,
    offsetOf,
  };
  const records: DataRecord[] = [];
  const first = columns.firstRecord[row] as number;
  const count = columns.recordCount[row] as number;
  for (let i = first; i < first + count; i++) records.push(recordForm(tables.records, frame, i));
  return {
    schema: 'metergram.telegram/1',
    link: linkForm(columns, row),
    meter: has(TELEGRAM_FLAGS.meter)
      ? addressForm(
          columns.manufacturer[row] as number,
          columns.id[row] as number,
          columns.version[row] as number,
          columns.medium[row] as number,
          has(TELEGRAM_FLAGS.anonymous),
        )
      : null,
    ...(has(TELEGRAM_FLAGS.sender)
      ? {
          sender: addressForm(
            columns.senderManufacturer[row] as number,
            columns.senderId[row] as number,
            columns.senderVersion[row] as number,
            columns.senderMedium[row] as number,
            false,
          ),
        }
      : {}),
    security: securityForm(columns, row),
    accessNumber: has(TELEGRAM_FLAGS.header) ? (columns.access[row] as number) : null,
    status: has(TELEGRAM_FLAGS.header) ? { code: status, flags: statusFlags(status) } : null,
    records,
    issues: issuesForm(tables, row, offsetOf),
  };
}

function issuesForm(
  tables: Tables,
  row: number,
  offsetOf: (offset: number) => number,
): TelegramIssue[] {
  const { issues, telegrams } = tables;
  const first = telegrams.firstIssue[row] as number;
  const count = telegrams.issueCount[row] as number;
  return Array.from({ length: count }, (_, i) => {
    const at = first + i;
    const issue = ISSUES[issues.code[at] as number] as IssueRow;
    const offset = issues.offset[at] as number;
    return {
      code: issue.code,
      severity: issue.severity,
      layer: issue.layer,
      offset: issues.inInput[at] === 1 ? offset : offsetOf(offset),
      message: message(issue, issues.detail[at] as number),
    };
  });
}
