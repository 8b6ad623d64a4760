import type { KeyEntry } from '@metergram/decoder';
import { UsageError } from '../usage.ts';

const KEY = /^[0-9a-f]{32}$/i;

/** Whether a text is a key: 32 hexadecimal digits. */
export function isKey(text: unknown): text is string {
  return typeof text === 'string' && KEY.test(text);
}

/**
 * Reads a keys file: CSV with the header `manufacturer,id,key`, or JSON lines with these names. Empty lines and lines
 * that begin with `#` are skipped. The messages of its errors name the line and never the key.
 */
export function parseKeys(text: string, file: string): KeyEntry[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line, index) => ({ text: line.trim(), place: `${file} line ${index + 1}` }))
    .filter((line) => line.text !== '' && !line.text.startsWith('#'));
  const first = lines[0];
  if (first === undefined) return [];
  if (first.text.startsWith('{'))
    return lines.map(({ text: line, place }) => jsonEntry(line, place));
  return csvEntries(first, lines.slice(1));
}

interface Placed {
  readonly text: string;
  readonly place: string;
}

function jsonEntry(text: string, place: string): KeyEntry {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError(`${place} is no JSON`);
  }
  if (typeof value !== 'object' || value === null)
    throw new UsageError(`${place} is no object with manufacturer, id and key`);
  const { manufacturer, id, key } = value as Record<string, unknown>;
  return entry(manufacturer, id, key, place);
}

function csvEntries(header: Placed, rows: readonly Placed[]): KeyEntry[] {
  const separator = header.text.includes(';') ? ';' : ',';
  const fields = (text: string): string[] =>
    text.split(separator).map((field) =>
      field
        .trim()
        .replace(/^"(.*)"$/, '$1')
        .trim(),
    );
  const names = fields(header.text).map((name) => name.toLowerCase());
  const columns = ['manufacturer', 'id', 'key'].map((name) => names.indexOf(name));
  if (columns.includes(-1))
    throw new UsageError(
      `${header.place} is not the header manufacturer,id,key`,
      'a keys file is CSV with this header, or JSON lines with these names',
    );
  return rows.map(({ text, place }) => {
    const row = fields(text);
    const [manufacturer, id, key] = columns.map((column) => row[column]);
    return entry(manufacturer, id, key, place);
  });
}

function entry(manufacturer: unknown, id: unknown, key: unknown, place: string): KeyEntry {
  if (typeof manufacturer !== 'string' || !/^(\*|[a-z]{3})$/i.test(manufacturer))
    throw new UsageError(`${place}: manufacturer is three letters, or * for any`);
  if (typeof id !== 'string' || !/^(\*|[0-9a-f]{8})$/i.test(id))
    throw new UsageError(
      `${place}: id is eight digits, or * for any`,
      typeof id === 'string' && /^\d{1,7}$/.test(id)
        ? 'a spreadsheet may have dropped its leading zeros'
        : undefined,
    );
  if (!isKey(key)) throw new UsageError(`${place}: key is 32 hexadecimal digits`);
  return { manufacturer: manufacturer.toUpperCase(), id: id.toLowerCase(), key: key.toLowerCase() };
}
