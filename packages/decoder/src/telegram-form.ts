import type { IssueColumns, RecordColumns, TelegramColumns } from './columns.ts';
import { type Frame, RecordView } from './record-form.ts';
import { controlName } from './tables/control.ts';
import { ISSUES, type IssueRow } from './tables/issue.ts';
import { LINK_KINDS, SECURITY_STATES, TELEGRAM_FLAGS } from './tables/codes.ts';
import { mediumOf } from './tables/medium.ts';
import { APPLICATION_ERRORS, statusFlags } from './tables/status.ts';
import type {
  Link,
  MeterAddress,
  Security,
  SecurityState,
  Status,
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

const bytesText = (count: number): string => (count === 1 ? '1 byte is' : `${count} bytes are`);

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
      return detail > 0 ? `${row.message}: ${bytesText(detail)} missing` : row.message;
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

/** What the records of the telegram in row `row` need. */
function frameOf(tables: Tables, row: number): Frame {
  const columns = tables.telegrams;
  const flags = columns.flags[row] as number;
  return {
    memory: tables.memory,
    words: tables.words,
    start: columns.frame[row] as number,
    msbFirst: (flags & TELEGRAM_FLAGS.msbFirst) !== 0,
    toMeter: (flags & TELEGRAM_FLAGS.toMeter) !== 0,
    mediumCode: (flags & TELEGRAM_FLAGS.meter) !== 0 ? (columns.medium[row] as number) : -1,
    body: columns.body[row] as number,
    offsetOf: offsets(columns.format[row] as number, columns.start[row] as number),
  };
}

/** A telegram in its JSON form, made field by field when asked for. It holds as long as the batch that it belongs to. */
export class TelegramView implements Telegram {
  readonly schema = 'metergram.telegram/1' as const;
  readonly #tables: Tables;
  readonly #row: number;

  constructor(tables: Tables, row: number) {
    this.#tables = tables;
    this.#row = row;
  }

  #has(flag: number): boolean {
    return ((this.#tables.telegrams.flags[this.#row] as number) & flag) !== 0;
  }

  get link(): Link {
    return linkForm(this.#tables.telegrams, this.#row);
  }

  get meter(): MeterAddress | null {
    if (!this.#has(TELEGRAM_FLAGS.meter)) return null;
    const columns = this.#tables.telegrams;
    const row = this.#row;
    return addressForm(
      columns.manufacturer[row] as number,
      columns.id[row] as number,
      columns.version[row] as number,
      columns.medium[row] as number,
      this.#has(TELEGRAM_FLAGS.anonymous),
    );
  }

  get sender(): MeterAddress | undefined {
    if (!this.#has(TELEGRAM_FLAGS.sender)) return undefined;
    const columns = this.#tables.telegrams;
    const row = this.#row;
    return addressForm(
      columns.senderManufacturer[row] as number,
      columns.senderId[row] as number,
      columns.senderVersion[row] as number,
      columns.senderMedium[row] as number,
      false,
    );
  }

  get security(): Security {
    return securityForm(this.#tables.telegrams, this.#row);
  }

  get accessNumber(): number | null {
    return this.#has(TELEGRAM_FLAGS.header)
      ? (this.#tables.telegrams.access[this.#row] as number)
      : null;
  }

  get messageCounter(): number | undefined {
    return this.#has(TELEGRAM_FLAGS.counter)
      ? this.#tables.telegrams.counter[this.#row]
      : undefined;
  }

  get status(): Status | null {
    if (!this.#has(TELEGRAM_FLAGS.header)) return null;
    const status = this.#tables.telegrams.status[this.#row] as number;
    return { code: status, flags: statusFlags(status) };
  }

  /** Views made anew at each call. */
  get records(): readonly RecordView[] {
    const { telegrams, records } = this.#tables;
    const frame = frameOf(this.#tables, this.#row);
    const first = telegrams.firstRecord[this.#row] as number;
    const count = telegrams.recordCount[this.#row] as number;
    const views: RecordView[] = [];
    for (let i = first; i < first + count; i++) views.push(new RecordView(records, frame, i));
    return views;
  }

  get issues(): readonly TelegramIssue[] {
    return issuesForm(this.#tables, this.#row, frameOf(this.#tables, this.#row).offsetOf);
  }

  /** The telegram as a plain object that nothing else refers to: the JSON form. */
  toJSON(): Telegram {
    const { sender, messageCounter } = this;
    return {
      schema: this.schema,
      link: this.link,
      meter: this.meter,
      ...(sender === undefined ? {} : { sender }),
      security: this.security,
      accessNumber: this.accessNumber,
      ...(messageCounter === undefined ? {} : { messageCounter }),
      status: this.status,
      records: this.records.map((record) => record.toJSON()),
      issues: this.issues,
    };
  }
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
