import type { KeyEntry } from '@metergram/decoder';
import { DerivationError, derivation } from '@metergram/decoder/derivation';
import { UsageError } from '../usage-error.ts';
import { csvFields, type Placed, placedLines } from './placed-lines.ts';

const KEY = /^([0-9a-f]{16}){1,2}$/i;

/** What {@link isKey} asks for. */
export const KEY_DIGITS = '32 hexadecimal digits (16 for DES)';

/** Whether a text is a key: 32 hexadecimal digits, or the 16 of a key for DES (security modes 2 and 3). */
export function isKey(text: unknown): text is string {
  return typeof text === 'string' && KEY.test(text);
}

/**
 * Reads a keys file: CSV with the header `manufacturer,id,key`, or JSON lines with these names; `version`, `medium` and
 * `derivation` may be there too. Empty lines and lines that begin with `#` are skipped. The messages of its errors name the
 * line and never the key.
 */
export function parseKeys(text: string, file: string): KeyEntry[] {
  const lines = placedLines(text, file);
  const first = lines[0];
  if (first === undefined) return [];
  if (first.text.startsWith('{'))
    return lines.map(({ text: line, place }) => jsonEntry(line, place));
  return csvEntries(first, lines.slice(1));
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
  return entry(value as Fields, place);
}

function csvEntries(header: Placed, rows: readonly Placed[]): KeyEntry[] {
  const names = csvFields(header.text, header.text).map((name) => name.toLowerCase());
  if (!['manufacturer', 'id', 'key'].every((name) => names.includes(name)))
    throw new UsageError(
      `${header.place} is not the header manufacturer,id,key`,
      'a keys file is CSV with this header, or JSON lines with these names',
    );
  return rows.map(({ text, place }) => {
    const row = csvFields(text, header.text);
    // An empty field of these says nothing, as if its column were not there.
    const told = names.map((name, i) => [name, row[i] === '' ? undefined : row[i]] as const);
    return entry(Object.fromEntries(told) as Fields, place);
  });
}

type Fields = Readonly<
  Record<'manufacturer' | 'id' | 'version' | 'medium' | 'derivation' | 'key', unknown>
>;

function entry(fields: Fields, place: string): KeyEntry {
  const { manufacturer, id, key, derivation: form } = fields;
  if (
    typeof manufacturer !== 'string' ||
    !/^([a-z?]{3}|(?=.{1,4}$)[a-z?]*\*[a-z?]*)$/i.test(manufacturer)
  )
    throw new UsageError(
      `${place}: manufacturer is three letters, with ? for any letter and * for any number of them`,
    );
  if (typeof id !== 'string' || !/^([0-9a-f?]{8}|(?=.{1,9}$)[0-9a-f?]*\*[0-9a-f?]*)$/i.test(id))
    throw new UsageError(
      `${place}: id is eight digits, with ? for any digit and * for any number of them`,
      typeof id === 'string' && /^\d{1,7}$/.test(id)
        ? 'a spreadsheet may have dropped its leading zeros'
        : undefined,
    );
  if (!isKey(key)) throw new UsageError(`${place}: key is ${KEY_DIGITS}`);
  return {
    manufacturer: manufacturer.toUpperCase(),
    id: id.toLowerCase(),
    version: octet(fields.version, 'version', place),
    mediumCode: octet(fields.medium, 'medium', place),
    key: key.toLowerCase(),
    derivation: form === undefined || form === null ? undefined : derived(form, place),
  };
}

function octet(value: unknown, name: string, place: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (!/^(\d{1,3})$/.test(String(value)) || Number(value) > 255)
    throw new UsageError(`${place}: ${name} is a number from 0 to 255`);
  return Number(value);
}

function derived(form: unknown, place: string): Uint8Array {
  try {
    return derivation(String(form));
  } catch (error) {
    if (error instanceof DerivationError) throw new UsageError(`${place}: ${error.message}`);
    throw error;
  }
}
