import type { Tables, TelegramColumns } from './columns.ts';
import { RecordView, type Writable, inputOffset } from './record-form.ts';
import { controlName } from './tables/control.ts';
import { ISSUES } from './generated/issues.ts';
import {
  FLAG_ANONYMOUS,
  FLAG_COUNTER,
  FLAG_HEADER,
  FLAG_METER,
  FLAG_SENDER,
} from './generated/numbers.ts';
import { mediumOf } from './generated/media.ts';
import { LINK_KINDS, SECURITY_STATES } from './tables/codes.ts';
import { isFixed, statusFlags } from './tables/status.ts';
import type { IssueRow } from './tables/issue.ts';
import type {
  Link,
  MeterAddress,
  Security,
  SecurityState,
  Status,
  Telegram,
  TelegramIssue,
} from './telegram.ts';

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
    id: hexadecimal(id, 8),
    version: anonymous ? null : version,
    medium: mediumOf(medium),
    mediumCode: medium,
  };
}

const hexadecimal = (number: number, digits: number): string =>
  number.toString(16).padStart(digits, '0');

/** An issue's sentence with its number. */
function message({ message: sentence, detail }: IssueRow, number: number): string {
  if (detail === '' || (detail === 'm' && number === 0)) return sentence;
  const said = 'dm'.includes(detail) ? number : hexadecimal(number, detail === 's' ? 4 : 2);
  return `${sentence} (${said})`;
}

function linkForm(columns: TelegramColumns, row: number): Link {
  const kind = LINK_KINDS[columns.link[row] as number] as Link['kind'];
  const control = columns.control[row] as number;
  const wired = kind.startsWith('wired');
  const hasControl = kind !== 'none' && kind !== 'wired-ack';
  const ci = columns.ci[row] as number;
  return {
    kind,
    format: [null, 'A', 'B'][columns.format[row] as number] as Link['format'],
    crc: ['ok', 'removed', 'wrong'][columns.crc[row] as number] as Link['crc'],
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
    layer: [null, 'tpl', 'ell'][columns.securityLayer[row] as number] as Security['layer'],
    state: SECURITY_STATES[columns.security[row] as number] as SecurityState,
    ...(mac === 0 ? {} : { mac: mac === 1 ? 'ok' : 'wrong' }),
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
    if (!this.#has(FLAG_METER)) return null;
    const columns = this.#tables.telegrams;
    const row = this.#row;
    return addressForm(
      columns.manufacturer[row] as number,
      columns.id[row] as number,
      columns.version[row] as number,
      columns.medium[row] as number,
      this.#has(FLAG_ANONYMOUS),
    );
  }

  get sender(): MeterAddress | undefined {
    if (!this.#has(FLAG_SENDER)) return undefined;
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
    return this.#has(FLAG_HEADER) ? (this.#tables.telegrams.access[this.#row] as number) : null;
  }

  get messageCounter(): number | undefined {
    return this.#has(FLAG_COUNTER) ? this.#tables.telegrams.counter[this.#row] : undefined;
  }

  get status(): Status | null {
    if (!this.#has(FLAG_HEADER)) return null;
    const { ci, status } = this.#tables.telegrams;
    const code = status[this.#row] as number;
    // The fixed structure names no manufacturer.
    const fixed = this.#has(FLAG_ANONYMOUS) && isFixed(ci[this.#row] as number);
    return { code, flags: statusFlags(code, fixed) };
  }

  /** Views made anew at each call. */
  get records(): readonly RecordView[] {
    const { telegrams } = this.#tables;
    const first = telegrams.firstRecord[this.#row] as number;
    const count = telegrams.recordCount[this.#row] as number;
    const views: RecordView[] = [];
    for (let i = first; i < first + count; i++)
      views.push(new RecordView(this.#tables, this.#row, i));
    return views;
  }

  get issues(): readonly TelegramIssue[] {
    const { issues, telegrams } = this.#tables;
    const first = telegrams.firstIssue[this.#row] as number;
    return Array.from({ length: telegrams.issueCount[this.#row] as number }, (_, i) => {
      const at = first + i;
      const issue = ISSUES[issues.code[at] as number] as IssueRow;
      const offset = issues.offset[at] as number;
      return {
        code: issue.code,
        severity: issue.severity,
        layer: issue.layer,
        offset: issues.inInput[at] === 1 ? offset : inputOffset(this.#tables, this.#row, offset),
        message: message(issue, issues.detail[at] as number),
      };
    });
  }

  /** The telegram as a plain object that nothing else refers to: the JSON form. */
  toJSON(): Telegram {
    const { sender, messageCounter } = this;
    const telegram = {
      schema: this.schema,
      link: this.link,
      meter: this.meter,
    } as Writable<Telegram>;
    if (sender !== undefined) telegram.sender = sender;
    telegram.security = this.security;
    telegram.accessNumber = this.accessNumber;
    if (messageCounter !== undefined) telegram.messageCounter = messageCounter;
    telegram.status = this.status;
    telegram.records = this.records.map((record) => record.toJSON());
    telegram.issues = this.issues;
    return telegram;
  }
}
