import type { DataRecord, TelegramIssue } from '@metergram/decoder';
import { csvField } from '../csv-field.ts';
import type { Decoded, Writer } from './writer.ts';

const COLUMNS = [
  'line',
  'received',
  'manufacturer',
  'id',
  'version',
  'medium',
  'quantity',
  'value',
  'unit',
  'kind',
  'function',
  'storage',
  'tariff',
  'subunit',
  'modifiers',
  'obis',
  'offset',
  'issue',
  'severity',
  'message',
] as const;

type Row = Partial<Record<(typeof COLUMNS)[number], string | number | null | undefined>>;

/** A row for each record, then one for each issue; a telegram with neither has one row that names its meter. RFC 4180. */
export function csvWriter(): Writer {
  return {
    begin: () => `${COLUMNS.join(',')}\r\n`,
    telegram: (decoded) => {
      const { records, issues } = decoded.telegram;
      const rows = [...records.map(recordRow), ...issues.map(issueRow)];
      return (rows.length === 0 ? [{}] : rows).map((row) => print(decoded, row)).join('');
    },
    end: () => '',
  };
}

function recordRow(record: DataRecord): Row {
  const { kind, value } = record;
  return {
    ...record,
    value: kind === 'text' && value !== null ? guarded(value) : value,
    modifiers: record.modifiers.join(' '),
  };
}

/** What a meter sends as text is no formula to run: an apostrophe stands before it, as in the series' CSV. */
function guarded(text: string): string {
  return /^[=+\-@\t\r']/.test(text) ? `'${text}` : text;
}

function issueRow({ code, severity, offset, message }: TelegramIssue): Row {
  return { issue: code, severity, offset, message };
}

function print({ telegram: { meter }, line, received }: Decoded, row: Row): string {
  const whole: Row = {
    line,
    received,
    manufacturer: meter?.manufacturer,
    id: meter?.id,
    version: meter?.version,
    medium: meter?.medium,
    ...row,
  };
  return `${COLUMNS.map((column) => csvField(whole[column])).join(',')}\r\n`;
}
